// SPDX-License-Identifier: Apache-2.0
import { posix } from 'node:path';
import { ExecuteError } from '../error.ts';
import { elements, plainText, xmlPart } from './xml-spans.ts';
import { type ZipMember, openZip } from './zip-bytes.ts';

const LARGEST_PART = 256 << 20;

/** Parts that a workbook with fewer rows would contradict, or that hold copies of its rows. */
const REFUSED: readonly (readonly [part: RegExp, reason: string])[] = [
  [/^_xmlsignatures\//i, 'workbook-signed'],
  [/vbaProject\.bin$/i, 'workbook-has-macros'],
  [/^xl\/pivotCache\//i, 'workbook-has-pivot-cache'],
  [/^xl\/(?:connections\.xml$|queryTables\/|externalLinks\/|model\/)/i, 'workbook-has-external-data'],
  [/^xl\/revisions\//i, 'workbook-has-change-history'],
];

export interface Related {
  readonly id: string;
  /** Last word of the relationship's type: `worksheet`, `comments`, `hyperlink`… */
  readonly type: string;
  /** Part name; for a link out of the file its address. */
  readonly target: string;
}

/** An xlsx workbook (ECMA-376 part 1) as parts of text. */
export interface Book {
  /** Part of each worksheet by its name. */
  readonly sheets: ReadonlyMap<string, string>;
  /** Shared texts by number. */
  readonly texts: readonly string[];
  readonly textsPart: string | null;
  /** Style numbers that show a date. */
  readonly dates: ReadonlySet<number>;
  readonly date1904: boolean;
  readonly partNames: readonly string[];
  /** Why rows may not be taken out of it; null = they may. */
  readonly refused: string | null;
  /** A part's text; empty where there is none. */
  xml(part: string): string;
  related(part: string): readonly Related[];
  /** The file with parts in other words, or without them (null). */
  withParts(changed: ReadonlyMap<string, string | null>): Buffer;
}

/** Throws ExecuteError `file-unreadable`. */
export function openBook(bytes: Uint8Array, dataset: string): Book {
  const zip = openZip(bytes, dataset, LARGEST_PART);
  const members = new Map(zip.members.map((member) => [member.name, member]));
  const xml = (name: string) => {
    const member = members.get(name);
    return member ? xmlPart(zip.read(member)).text : '';
  };
  const related = (part: string) => relationships(part, xml(relsOf(part)));
  const book = xml('xl/workbook.xml');
  if (book === '') throw new ExecuteError('file-unreadable', { dataset, state: 'no-workbook' });
  if (/<!DOCTYPE/i.test(book)) throw new ExecuteError('file-unreadable', { dataset, state: 'doctype' });
  const rels = related('xl/workbook.xml');
  const partOf = (type: string) => rels.find((rel) => rel.type === type)?.target ?? null;
  const textsPart = partOf('sharedStrings');
  return {
    sheets: sheetsOf(book, rels),
    texts: [...elements(xml(textsPart ?? ''), 'si')].map((si) => unescaped(wordsOf(si.body))),
    textsPart,
    dates: dateStyles(xml(partOf('styles') ?? '')),
    date1904: ['1', 'true'].includes([...elements(book, 'workbookPr')][0]?.attributes.get('date1904') ?? ''),
    partNames: [...members.keys()],
    refused: zip.refused ?? REFUSED.find(([part]) => zip.members.some(({ name }) => part.test(name)))?.[1] ?? null,
    xml,
    related,
    withParts(changed) {
      const changes = new Map<ZipMember, Uint8Array | null>();
      for (const [name, text] of changed) {
        const member = members.get(name);
        if (member) changes.set(member, text === null ? null : xmlPart(zip.read(member)).encode(text));
      }
      return zip.rewrite(changes);
    },
  };
}

/** Name of the part that lists what a part is related to. */
export function relsOf(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
}

function relationships(part: string, xml: string): Related[] {
  return [...elements(xml, 'Relationship')].map(({ attributes }) => {
    const target = attributes.get('Target') ?? '';
    const inside = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target);
    return {
      id: attributes.get('Id') ?? '',
      type: /[^/]*$/.exec(attributes.get('Type') ?? '')?.[0] ?? '',
      target: attributes.get('TargetMode') === 'External' ? target : inside,
    };
  });
}

function sheetsOf(book: string, rels: readonly Related[]): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const { attributes } of elements(book, 'sheet')) {
    const id = [...attributes].find(([name]) => /(?:^|:)id$/.test(name))?.[1];
    const part = rels.find((rel) => rel.id === id && rel.type === 'worksheet')?.target;
    if (part !== undefined) out.set(attributes.get('name') ?? '', part);
  }
  return out;
}

/** Words of `<t>` in plain and rich text, without phonetic guides. */
export function wordsOf(body: string): string {
  const spoken = body.includes('rPh') ? body.replace(/<(?:[\w.-]+:)?rPh[\s>][\s\S]*?<\/(?:[\w.-]+:)?rPh>/g, '') : body;
  return [...elements(spoken, 't')].map((t) => plainText(t.body)).join('');
}

/** `_x000D_` and its like (ST_Xstring, ECMA-376 §22.9.2.19). */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Styles whose number format shows a date or time (ECMA-376 §18.8.30: built-in 14–22, 27–36, 45–47, 50–58, or letters y m d h s). */
function dateStyles(xml: string): ReadonlySet<number> {
  const own = new Map([...elements(xml, 'numFmt')].map(({ attributes: a }) => [Number(a.get('numFmtId')), a.get('formatCode') ?? '']));
  const isDate = (id: number) => {
    const code = own.get(id);
    if (code !== undefined) return /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''));
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  };
  const formats = [...elements([...elements(xml, 'cellXfs')][0]?.body ?? '', 'xf')];
  return new Set(formats.flatMap(({ attributes }, n) => (isDate(Number(attributes.get('numFmtId') ?? 0)) ? [n] : [])));
}
