// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Row } from '../../model/cell.ts';
import type { Source } from '../../model/source.ts';
import { VerifyError } from './error.ts';
import type { Probe } from './ports.ts';
import { type SheetRow, type Texts, dateStyles, decode, elements, rowsOf, wordsOf } from './sheet-xml.ts';
import { unzip } from './unzip.ts';

const CANARY = 'shanhou-canary.xlsx';
/** Names of what is searched besides the sheets; a sheet's name cannot hold a colon. */
const LEFT_TEXTS = ':texts no cell shows';
const OTHER_PARTS = ':other parts of the file';

interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * Looks at an xlsx file by its zip parts and XML, without a spreadsheet library; hidden sheets, texts that no cell shows any more, comments
 * and document properties are searched too, and a canary file beside it. Throws VerifyError.
 */
export function openXlsxProbe(source: Source): Probe {
  if (!existsSync(source.locator)) throw new VerifyError('source-unreachable', { source: source.name });
  const canary = join(dirname(realpathSync(source.locator)), CANARY);
  const sheets = new Map<string, Sheet>();
  const load = (path: string, prefix: string) => {
    for (const [name, sheet] of sheetsOf(path)) sheets.set(prefix + name, sheet);
  };
  load(source.locator, `${basename(source.locator)}#`);
  if (existsSync(canary)) load(canary, `${CANARY}:`);
  const sheet = (dataset: string) => {
    const found = sheets.get(dataset);
    if (!found) throw new VerifyError('dataset-unreadable', { source: source.name, dataset });
    return found;
  };
  return {
    source: source.name,
    numbered: true,
    datasets: async () => Promise.resolve([...sheets.keys()]),
    columns: async (dataset) => Promise.resolve(sheet(dataset).header),
    countRows: async (dataset) => Promise.resolve(sheet(dataset).rows.length),
    async *rows(dataset): AsyncGenerator<Row> {
      await Promise.resolve();
      yield* sheet(dataset).rows;
    },
    hidesRows: async () => Promise.resolve(false),
    close: async () => {
      await Promise.resolve();
      sheets.clear();
    },
  };
}

function sheetsOf(path: string): ReadonlyMap<string, Sheet> {
  const parts = unzip(readFileSync(path), path);
  const xml = (name: string) => parts.get(name)?.().toString('utf8') ?? '';
  const book = xml('xl/workbook.xml');
  if (book === '') throw new VerifyError('file-unreadable', { path, state: 'no-workbook' });
  const texts: Texts = {
    shared: [...elements(xml('xl/sharedStrings.xml'), 'si')].map((si) => wordsOf(si.body)),
    dates: dateStyles(xml('xl/styles.xml')),
    date1904: ['1', 'true'].includes([...elements(book, 'workbookPr')][0]?.attributes.get('date1904') ?? ''),
    used: new Set(),
  };
  const targets = new Map(
    [...elements(xml('xl/_rels/workbook.xml.rels'), 'Relationship')].map((r) => [r.attributes.get('Id'), r.attributes.get('Target') ?? '']),
  );
  const out = new Map<string, Sheet>();
  const read = new Set(['xl/sharedStrings.xml']);
  for (const element of elements(book, 'sheet')) {
    const id = [...element.attributes].find(([name]) => /(?:^|:)id$/.test(name))?.[1];
    const target = targets.get(id) ?? '';
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    read.add(part);
    out.set(element.attributes.get('name') ?? '', tableOf([...rowsOf(xml(part), texts)]));
  }
  const left = texts.shared.filter((_, n) => !texts.used.has(n));
  out.set(LEFT_TEXTS, { header: ['text'], rows: left.map((text) => [text]) });
  const others = [...parts.keys()].filter((name) => /\.(?:xml|vml|rels)$/.test(name) && !read.has(name));
  out.set(OTHER_PARTS, {
    header: ['text'],
    rows: others.map((name) => [decode(xml(name).replace(/<[^>]*>/g, ' ')) + attributeTexts(xml(name))]),
  });
  return out;
}

/** Links and properties stand in attributes. */
function attributeTexts(xml: string): string {
  return [...xml.matchAll(/(?:Target|val|value|name|ref)="([^"]*)"/gi)].map((match) => ` ${decode(match[1]!)}`).join('');
}

/** The first row with any value is the header; rows without any value are not records. */
function tableOf(rows: readonly SheetRow[]): Sheet {
  const says = (row: SheetRow) => [...row.values()].some((cell) => cell !== null && cell !== '');
  const [head, ...data] = rows.filter(says);
  if (!head) return { header: [], rows: [] };
  const width = Math.max(...rows.flatMap((row) => [...row.keys()])) + 1;
  const header = Array.from({ length: width }, (_, at) => head.get(at) ?? '');
  return { header, rows: data.map((row) => header.map((_, at) => row.get(at) ?? null)) };
}
