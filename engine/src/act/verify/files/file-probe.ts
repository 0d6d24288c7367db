// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import type { Row } from '../../../model/cell.ts';
import type { Source } from '../../../model/source.ts';
import { VerifyError } from '../error.ts';
import type { Piece, Probe, TableShape } from '../ports.ts';
import { DOCUMENT_KINDS } from './kinds.ts';
import { type Found, look, lookInto } from './look.ts';
import { piecesIn, requiredControl, standingControl } from './pieces.ts';
import { type Table, contentCell, tableIn } from './tables.ts';

/**
 * Looks at a file or folder with decoders of its own: tables row by row, documents by the hash of their bytes, and for the search
 * everything that lies there, archives and attachments opened, leftovers and names too. Throws VerifyError `source-unreachable`.
 */
export function openFileProbe(source: Source): Probe {
  if (!existsSync(source.locator)) throw new VerifyError('source-unreachable', { source: source.name });
  return {
    source: source.name,
    numbered: true,
    datasets: async () => {
      const out = new Set<string>();
      for await (const piece of piecesOf(source, new Set())) if (piece.kind === 'row') out.add(piece.dataset);
      return [...out];
    },
    columns: async (dataset) => Promise.resolve(isGathered(dataset) ? ['path', 'content'] : tableOf(source, dataset).columns),
    countRows: async (dataset, as) => {
      let count = 0;
      for await (const _ of rowsOf(source, dataset, as)) count += 1;
      return count;
    },
    rows: (dataset, as) => rowsOf(source, dataset, as),
    pieces: (known) => piecesOf(source, known),
    hidesRows: async () => Promise.resolve(false),
    close: async () => Promise.resolve(),
  };
}

function isGathered(dataset: string): boolean {
  return dataset.startsWith('*.');
}

async function* rowsOf(source: Source, dataset: string, as?: TableShape): AsyncGenerator<Row> {
  await Promise.resolve();
  if (!isGathered(dataset)) return yield* tableOf(source, dataset, as).rows;
  const columns = as?.columns ?? ['path', 'content'];
  for (const { path, bytes, kind, isCanary, problem } of look(source)) {
    if (isCanary || problem !== null || !DOCUMENT_KINDS.includes(kind) || `*.${kind}` !== dataset) continue;
    yield columns.map((name) => (name === 'path' ? path : name === 'content' ? contentCell(bytes) : null));
  }
}

/** Throws VerifyError `dataset-unreadable` where the table is not there. */
function tableOf(source: Source, dataset: string, as?: TableShape): Table {
  for (const found of lookInto(source, dataset)) {
    const sheet = sheetIn(found, dataset);
    if (sheet !== undefined) return tableIn(found, sheet, as);
  }
  throw new VerifyError('dataset-unreadable', { source: source.name, dataset });
}

/** The sheet that a table's name means in this file; null = the file is the table, undefined = it is another file's. */
function sheetIn({ path, kind, isCanary }: Found, dataset: string): string | null | undefined {
  if (isCanary) return undefined;
  if (path === dataset) return null;
  return kind === 'xlsx' && dataset.startsWith(`${path}#`) ? dataset.slice(path.length + 1) : undefined;
}

async function* piecesOf(source: Source, known: ReadonlySet<string>): AsyncGenerator<Piece> {
  const standing = standingControl(source);
  if (standing !== null) yield { kind: 'control', dataset: standing };
  for (const found of look(source)) {
    yield { kind: 'control', dataset: requiredControl(source, found) };
    yield* piecesIn(found, known);
  }
}
