// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SealedWriter } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import type { StartEvent } from '../../model/law.ts';
import type { OpenItem } from '../../model/open-item.ts';
import type { Row } from '../../model/cell.ts';
import { type Reader, UNREADABLE_DATASET } from '../../model/source.ts';
import { type Duck, literal, openDuck } from './duck.ts';
import { type ReaderSetup, type RecordEntry, recordReader } from './record-reader.ts';
import { RowBuffer } from './row-buffer.ts';
import { type Segment, describeSegment, segmentPath, writeParquet } from './segment-file.ts';
import { SEGMENT_COLUMNS, type SegmentColumn, eventColumn } from './segment-columns.ts';

const ROWS_PER_SEGMENT = 100_000;
/** What a notice needs to reach somebody. */
const CONTACTS: ReadonlySet<FieldCategory> = new Set<FieldCategory>(['phone', 'email', 'name']);

export interface ScanOptions {
  /** Read-only; closed by the caller. */
  readonly reader: Pick<Reader, 'scan'>;
  readonly map: DatasetMap;
  /** Column names in the order of the source's rows; default: the order of the map's fields. */
  readonly columns?: readonly string[];
  /** Inventory index of the first record of this dataset. */
  readonly firstIndex: number;
  readonly keys: { readonly inventory: Uint8Array; readonly contacts: Uint8Array; readonly eraseList: Uint8Array };
  /** The legal day of the case, YYYY-MM-DD. */
  readonly today: string;
  /** The inventory folder of the case. */
  readonly folder: string;
  /** From `linkTargets`; a plain `source/dataset` stands for its primary key. */
  readonly linkedTo: ReadonlySet<string>;
  /** See ReaderSetup: for documents and messages. */
  readonly findPersonal?: ReaderSetup['findPersonal'];
  readonly knownCategories?: ReaderSetup['knownCategories'];
  readonly recognise?: ReaderSetup['recognise'];
  readonly batch?: number;
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly crash: CrashPoint;
  readonly onProgress?: (rows: number) => void;
}

export interface ScanResult {
  readonly segments: readonly Segment[];
  readonly rows: number;
  readonly problems: readonly OpenItem[];
}

/*
 * reading → (100,000 rows) → segment in place → reading … → end: sealed files in place → result.
 * Nothing is visible until a file is complete; a scan that dies leaves files which no manifest lists (see removeUnlisted).
 * A dataset without key stays in one DuckDB table, which may spill to the temp folder, until identical rows are numbered.
 */

/**
 * Streams one dataset into `records` segments and, where there is something to put in, one sealed contacts and one sealed erase-list file.
 * Memory is bounded by a batch and a segment. Throws InventoryError, and what the reader throws.
 */
export async function scanDataset(options: ScanOptions): Promise<ScanResult> {
  const duck = await openDuck({
    memoryLimit: options.memoryLimit ?? '512MB',
    threads: options.threads ?? 1,
    tempFolder: join(options.folder, 'tmp'),
  });
  const scan = new Scan(options, duck);
  try {
    return await scan.run();
  } catch (error) {
    scan.abandon();
    throw error;
  } finally {
    duck.close();
  }
}

class Scan {
  readonly #options: ScanOptions;
  readonly #duck: Duck;
  readonly #keyless: boolean;
  readonly #events: readonly StartEvent[];
  readonly #segments: Segment[] = [];
  readonly #problems = new Map<string, OpenItem & { readonly examples: number[]; count: number }>();
  #contacts: Sealed | null = null;
  #erase: Sealed | null = null;
  #next: number;

  constructor(options: ScanOptions, duck: Duck) {
    this.#options = options;
    this.#duck = duck;
    this.#keyless = options.map.key.length === 0;
    this.#events = Object.keys(options.map.clocks) as StartEvent[];
    this.#next = options.firstIndex;
  }

  async run(): Promise<ScanResult> {
    const { map, reader, linkedTo, today } = this.#options;
    const columns = this.#options.columns ?? map.fields.map((field) => field.name);
    const { findPersonal, knownCategories, recognise } = this.#options;
    const read = recordReader({
      map,
      columns,
      inventoryKey: this.#options.keys.inventory,
      linkedTo,
      today,
      ...(findPersonal ? { findPersonal } : {}),
      ...(knownCategories ? { knownCategories } : {}),
      ...(recognise ? { recognise } : {}),
    });
    const reasonAt = map.dataset === UNREADABLE_DATASET ? columns.indexOf('reason') : -1;
    const buffer = await RowBuffer.create(this.#duck.connection, 'scanned', this.#scanned());
    for await (const batch of reader.scan(map.dataset, this.#options.batch ?? 2000, columns)) {
      const salts = randomBytes(16 * batch.length).toString('hex');
      for (let i = 0; i < batch.length; i++) {
        const source = batch[i]!;
        if (reasonAt >= 0) this.#unreadable(this.#next, source.row.slice(reasonAt));
        else if (source.unread) this.#unreadable(this.#next, ['attachment']);
        const full = this.#take(buffer, read(source), salts.slice(32 * i, 32 * i + 32));
        if (full !== undefined) await full;
      }
      if (buffer.rows >= ROWS_PER_SEGMENT && !this.#keyless) await this.#segment(buffer);
      this.#options.onProgress?.(this.#next - this.#options.firstIndex);
    }
    if (buffer.rows > 0) await this.#segment(buffer);
    await this.#seal('contacts', this.#contacts);
    await this.#seal('erase-list', this.#erase);
    return { segments: this.#segments, rows: this.#next - this.#options.firstIndex, problems: [...this.#problems.values()] };
  }

  abandon(): void {
    this.#contacts?.writer.abandon();
    this.#erase?.writer.abandon();
  }

  #take(buffer: RowBuffer, entry: RecordEntry, salt: string): Promise<void> | undefined {
    const index = this.#next++;
    const full = buffer.add([
      index,
      entry.key,
      entry.fingerprint,
      salt,
      entry.role,
      entry.personal,
      entry.minor,
      entry.identifiers,
      entry.places,
      entry.says,
      entry.facts.length > 0 ? JSON.stringify(entry.facts) : null,
      ...this.#events.map((event) => entry.clocks[event]),
    ]);
    const { folder, firstIndex, keys } = this.#options;
    for (const { c, v } of entry.erase) {
      const line = `{"i":${index},"c":"${c}","v":${JSON.stringify(v)}}`;
      this.#erase ??= sealed(segmentPath(folder, 'erase-list', firstIndex, 'sealed'), keys.eraseList);
      this.#erase.writer.json(line);
      if (!CONTACTS.has(c)) continue;
      this.#contacts ??= sealed(segmentPath(folder, 'contacts', firstIndex, 'sealed'), keys.contacts);
      this.#contacts.writer.json(line);
    }
    for (const wrong of entry.wrong) this.#report(index, wrong);
    return full;
  }

  /** A file nobody can read: named by its number and the reason, for its path may be a person's name. */
  #unreadable(index: number, why: Row): void {
    this.#note(index, { kind: 'source-unreadable', owner: 'it', field: null, detail: why.filter((part) => part !== null).join(': ') });
  }

  #report(index: number, wrong: RecordEntry['wrong'][number]): void {
    const invalid = wrong.code === 'invalid-identifier';
    this.#note(index, {
      kind: invalid ? 'invalid-identifier' : 'gap',
      owner: invalid ? 'support' : 'it',
      field: wrong.field,
      detail: wrong.code,
    });
  }

  #note(index: number, about: Pick<OpenItem, 'kind' | 'owner' | 'field' | 'detail'>): void {
    const { source, dataset } = this.#options.map;
    const name = `${about.kind}:${about.detail}:${about.field}`;
    const item = this.#problems.get(name) ?? { ...about, source, dataset, count: 0, examples: [] };
    item.count += 1;
    if (item.examples.length < 10) item.examples.push(index);
    this.#problems.set(name, item);
  }

  async #segment(buffer: RowBuffer): Promise<void> {
    await buffer.flush();
    const path = segmentPath(this.#options.folder, 'records', this.#next - buffer.rows, 'parquet');
    await writeParquet(this.#duck.connection, this.#select(), path);
    this.#segments.push(await describeSegment(this.#options.folder, 'records', path, buffer.rows));
    this.#options.crash('inventory.segment-written');
    await buffer.clear();
  }

  /** Columns that differ from row to row; the others are constants of the final SELECT. */
  #scanned(): readonly SegmentColumn[] {
    const events = new Set(this.#events.map(eventColumn));
    return SEGMENT_COLUMNS.records
      .filter((c) => c.name !== 'dataset' && c.name !== 'occ' && (c.type !== 'DATE' || events.has(c.name)))
      .toSorted((a, b) => this.#rank(a) - this.#rank(b));
  }

  #rank(column: SegmentColumn): number {
    return column.type === 'DATE' ? 1 + this.#events.findIndex((event) => eventColumn(event) === column.name) : 0;
  }

  #select(): string {
    const events = new Set(this.#events.map(eventColumn));
    const occurrence = this.#keyless ? '(row_number() OVER (PARTITION BY fp ORDER BY idx) - 1)::INTEGER' : '0::INTEGER';
    const list = SEGMENT_COLUMNS.records.map((c) => {
      if (c.name === 'dataset') return `${literal(this.#options.map.id)}::VARCHAR AS dataset`;
      if (c.name === 'occ') return `${occurrence} AS occ`;
      return c.type === 'DATE' && !events.has(c.name) ? `NULL::DATE AS "${c.name}"` : `"${c.name}"`;
    });
    return `SELECT ${list.join(', ')} FROM scanned ORDER BY idx`;
  }

  async #seal(kind: 'contacts' | 'erase-list', sealed: Sealed | null): Promise<void> {
    if (!sealed) return;
    sealed.writer.commit();
    this.#segments.push(await describeSegment(this.#options.folder, kind, sealed.path, sealed.writer.lines));
  }
}

interface Sealed {
  readonly path: string;
  readonly writer: SealedWriter;
}

function sealed(path: string, key: Uint8Array): Sealed {
  return { path, writer: new SealedWriter(path, key) };
}
