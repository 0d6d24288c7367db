// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Row } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { VerifyError, stateOf } from './error.ts';
import type { Probe } from './ports.ts';

const CANARY = 'shanhou-canary.csv';

/** Looks at a CSV file, and at a canary file beside it. Throws VerifyError. */
export function openCsvProbe(source: Source): Probe {
  const own = basename(source.locator);
  const folder = existsSync(source.locator) ? dirname(realpathSync(source.locator)) : dirname(source.locator);
  const tables = new Map<string, string[][]>();
  const table = (dataset: string) => {
    const known = tables.get(dataset) ?? split(read(source, dataset === own ? source.locator : join(folder, dataset)));
    tables.set(dataset, known);
    return known;
  };
  return {
    source: source.name,
    numbered: true,
    datasets: async () => Promise.resolve(existsSync(join(folder, CANARY)) ? [own, CANARY] : [own]),
    columns: async (dataset) => Promise.resolve(table(dataset)[0] ?? []),
    countRows: async (dataset) => Promise.resolve(Math.max(0, table(dataset).length - 1)),
    async *rows(dataset): AsyncGenerator<Row> {
      await Promise.resolve();
      const [header, ...records] = table(dataset);
      for (const record of records) yield header!.map((_, at) => record[at] ?? null);
    },
    hidesRows: async () => Promise.resolve(false),
    close: async () => Promise.resolve(),
  };
}

function read(source: Source, path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new VerifyError('source-unreachable', { source: source.name, state: stateOf(error) });
  }
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Records of a delimited text: a small machine over characters; lines without any character are not records. */
function split(text: string): string[][] {
  const delimiter = commonest(text.slice(0, headerEnd(text)));
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endField = () => {
    record.push(field);
    field = '';
    state = 'start';
  };
  const endRecord = () => {
    const nothing = record.length === 0 && field === '' && state === 'start';
    endField();
    if (!nothing) records.push(record);
    record = [];
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (state === 'quoted') {
      if (c !== '"') field += c;
      else if (text[at + 1] === '"') field += text[++at]!;
      else state = 'closed';
    } else if (c === delimiter) endField();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[at + 1] === '\n') at += 1;
      endRecord();
    } else if (c === '"' && state === 'start') state = 'quoted';
    else {
      field += c;
      if (state === 'start') state = 'plain';
    }
  }
  if (field !== '' || record.length > 0 || state !== 'start') endRecord();
  return records;
}

function headerEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}

function commonest(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '');
  return [',', ';', '\t', '|'].map((d) => ({ d, n: bare.split(d).length })).reduce((a, b) => (b.n > a.n ? b : a)).d;
}
