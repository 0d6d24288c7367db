// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Workbook } from '@cj-tech-master/excelts';
import { DuckDBInstance } from '@duckdb/node-api';
import { openCluster } from '../../src/store/index.ts';
import pg from 'pg';
import { renderDisposalList, renderPlan } from '../../src/tell/documents/index.ts';
import { planDocument } from '../tell/plan-document.ts';
import { pdfPages } from './pdf-text.ts';

/*
 * Looks for texts in a case's own folder, decoded: raw bytes (Postgres pages, logs, JSON), Parquet through DuckDB, gzip, base64,
 * the text of PDFs and the cells of workbooks.
 * Before that it writes a canary through each store's own path; one that is not found makes "nothing found" worthless.
 */
export interface Swept {
  readonly canaries: Readonly<Record<'database' | 'parquet' | 'text' | 'gzip' | 'base64' | 'pdf' | 'xlsx', boolean>>;
  /** Files with a hit and how many needles; never the needles. */
  readonly hits: readonly string[];
}

const CANARY = (kind: string) => `19900${kind.length}8${String(kind.charCodeAt(0)).padStart(3, '0')}1-${kind}`;

export async function sweep(args: { folder: string; needles: ReadonlySet<string>; canary: { code: string } }): Promise<Swept> {
  await plant(args.folder, args.canary.code);
  const canaries = { database: false, parquet: false, text: false, gzip: false, base64: false, pdf: false, xlsx: false };
  const hits: string[] = [];
  const matcher = new Matcher(args.needles);
  for (const name of readdirSync(args.folder, { recursive: true }) as string[]) {
    const path = join(args.folder, name);
    if (!statSync(path).isFile()) continue;
    for (const text of await decoded(path)) {
      for (const kind of Object.keys(canaries) as (keyof typeof canaries)[]) if (text.includes(CANARY(kind))) canaries[kind] = true;
      const n = matcher.count(text);
      if (n > 0) hits.push(`${name}: ${n}`);
    }
  }
  return { canaries, hits };
}

async function plant(folder: string, code: string): Promise<void> {
  const own = join(folder, code);
  const cluster = await openCluster(join(folder, 'control'));
  const client = new pg.Client({ host: cluster.host, user: 'postgres', database: 'shanhou' });
  await client.connect();
  await client.query('UPDATE shanhou.open_item SET detail = $1 WHERE ctid = (SELECT ctid FROM shanhou.open_item LIMIT 1)', [
    CANARY('database'),
  ]);
  await client.query('CHECKPOINT');
  await client.end();
  await cluster.close();
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run(
    `COPY (SELECT range AS n, '${CANARY('parquet')}' AS t FROM range(1000)) TO '${join(own, 'inventory', 'canary.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  duck.closeSync();
  writeFileSync(join(own, 'canary.json'), JSON.stringify({ t: CANARY('text') }));
  writeFileSync(join(own, 'canary.gz'), gzipSync(CANARY('gzip')));
  const inDocument = (kind: string) => planDocument({ groups: [{ ...planDocument().groups[0]!, dataset: CANARY(kind) }] });
  writeFileSync(join(own, 'documents', 'canary.pdf'), renderPlan(inDocument('pdf'), 'zh').bytes);
  writeFileSync(join(own, 'documents', 'canary.xlsx'), await renderDisposalList(inDocument('xlsx'), false, 'zh'));
  writeFileSync(join(own, 'canary.txt'), Buffer.from(`{"payload":"${CANARY('base64')}"}`).toString('base64'));
}

async function decoded(path: string): Promise<string[]> {
  const bytes = readFileSync(path);
  const raw = bytes.toString('utf8');
  const out = [raw];
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') out.push(await parquetText(path));
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) out.push(gunzipSync(bytes).toString('utf8'));
  if (raw.startsWith('%PDF-')) out.push((await pdfPages(bytes)).join('\n'));
  if (path.endsWith('.xlsx')) out.push(await workbookText(bytes));
  for (const [run] of bytes.toString('latin1').matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)) out.push(Buffer.from(run, 'base64').toString('utf8'));
  return [out.length > 1 ? out.join('\n') : raw];
}

async function workbookText(bytes: Uint8Array): Promise<string> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  const cells: string[] = [];
  for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text)));
  return cells.join('\n');
}

async function parquetText(path: string): Promise<string> {
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = await duck.runAndReadAll(`SELECT CAST(t AS VARCHAR) FROM (SELECT t FROM read_parquet('${path}') t)`);
  duck.closeSync();
  return rows
    .getRows()
    .map((r) => String(r[0]))
    .join('\n');
}

/** Counts which of many texts occur, by their first two characters. */
class Matcher {
  readonly #byStart = new Map<string, string[]>();

  constructor(needles: ReadonlySet<string>) {
    for (const needle of needles) {
      const start = needle.slice(0, 2);
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
    }
  }

  count(text: string): number {
    const seen = new Set<string>();
    for (let i = 0; i + 1 < text.length; i++) {
      const list = this.#byStart.get(text.slice(i, i + 2));
      if (list) for (const needle of list) if (text.startsWith(needle, i)) seen.add(needle);
    }
    return seen.size;
  }
}
