// SPDX-License-Identifier: Apache-2.0
import type { ChunkLedger, Eraser, Intent } from '../../src/act/execute/index.ts';
import { executeChunk } from '../../src/act/execute/index.ts';
import { fingerprintRow } from '../../src/kit/index.ts';
import type { Row } from '../../src/model/cell.ts';
import type { CrashPointName } from '../../src/model/crash-point.ts';
import type { DatasetMap } from '../../src/model/data-map.ts';
import type { Chunk, ChunkResult, PlannedRecord } from '../../src/model/planned.ts';

export const INVENTORY_KEY = new Uint8Array(32).fill(7);

/** A ledger in memory that survives a "crash", as ours in PostgreSQL does. */
export class MemoryLedger implements ChunkLedger {
  readonly intents: Intent[] = [];
  readonly #chunks = new Map<string, Awaited<ReturnType<ChunkLedger['read']>>>();

  read(dataset: string, first: number) {
    return Promise.resolve(this.#chunks.get(`${dataset} ${first}`) ?? null);
  }

  intend(intent: Intent) {
    this.intents.push(intent);
    this.#chunks.set(`${intent.dataset} ${intent.first}`, {
      state: 'intended',
      fileBefore: intent.fileBefore,
      fileAfter: intent.fileAfter,
    });
    return Promise.resolve();
  }

  finish(chunk: { dataset: string; first: number; last: number }, result: ChunkResult) {
    this.#chunks.set(`${chunk.dataset} ${chunk.first}`, { state: 'done', result });
    return Promise.resolve();
  }
}

export function datasetMap(source: string, dataset: string, more: Partial<DatasetMap> = {}): DatasetMap {
  return {
    id: `${source}/${dataset}`,
    source,
    dataset,
    role: 'customer',
    recordClass: 'order',
    key: ['id'],
    fields: [],
    links: [],
    clocks: {},
    standing: [],
    rowRole: null,
    subjectKey: null,
    anonymiseTo: null,
    rows: 0,
    confidence: 1,
    evidence: [],
    ...more,
  };
}

export interface Planned {
  readonly key: Row;
  readonly row: Row;
  readonly disposition?: PlannedRecord['disposition'];
}

export function chunkOf(map: DatasetMap, rows: readonly Planned[], first = 0): Chunk {
  const seen = new Map<string, number>();
  const records = rows.map(({ key, row, disposition = 'delete' }, n): PlannedRecord => {
    const fingerprint = fingerprintRow(INVENTORY_KEY, row);
    const occurrence = map.key.length > 0 ? 0 : (seen.get(fingerprint) ?? 0);
    seen.set(fingerprint, occurrence + 1);
    return {
      index: first + n,
      key,
      occurrence,
      fingerprint,
      disposition,
      archiveClass: disposition === 'archive' ? 'order-2056-12-31' : null,
    };
  });
  return { dataset: map.id, first, last: first + rows.length - 1, records };
}

export interface Run {
  readonly eraser: Eraser;
  readonly map: DatasetMap;
  readonly columns: readonly string[];
  readonly chunk: Chunk;
  readonly ledger?: ChunkLedger;
  readonly archived?: (index: number) => boolean;
  readonly dieAt?: CrashPointName | undefined;
  readonly crash?: (name: CrashPointName) => void;
}

export class Killed extends Error {
  override readonly name = 'Killed';
}

export function run(args: Run): Promise<ChunkResult> {
  return executeChunk({
    chunk: args.chunk,
    map: args.map,
    columns: args.columns,
    eraser: args.eraser,
    ledger: args.ledger ?? new MemoryLedger(),
    inventoryKey: INVENTORY_KEY,
    archived: args.archived ?? (() => true),
    crash(name) {
      args.crash?.(name);
      if (name === args.dieAt) throw new Killed(name);
    },
  });
}
