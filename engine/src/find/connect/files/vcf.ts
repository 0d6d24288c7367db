// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../../../model/cell.ts';
import { columnNames } from './columns.ts';
import { quotedPrintable } from './transfer.ts';
import { decodeText } from './text.ts';
import type { Table } from './table.ts';

/**
 * vCards 2.1 to 4.0 (RFC 6350, RFC 2426) as a table: a card a row, property names as columns in order of first appearance, several of one name joined by `;`.
 * Lines are unfolded, quoted-printable and escapes decoded; pictures stay as they are spelled. A card that never ends is read as far as it goes.
 */
export function vcfTable(dataset: string, text: string): Table {
  const columns = new Set<string>();
  let rows = 0;
  for (const card of cards(text)) {
    for (const name of card.keys()) columns.add(name);
    rows += 1;
  }
  const names = [...columns];
  return {
    dataset,
    columns: columnNames(names, names.length),
    rows,
    hazards: [],
    *scan() {
      let number = 0;
      for (const card of cards(text))
        yield { key: [String((number += 1))], row: names.map((name): Cell => card.get(name)?.join(';') ?? null) };
    },
  };
}

function* cards(text: string): Generator<ReadonlyMap<string, string[]>> {
  let card: Map<string, string[]> | null = null;
  for (const line of unfolded(text)) {
    if (/^BEGIN:VCARD\s*$/i.test(line)) {
      if (card !== null) yield card;
      card = new Map();
    } else if (/^END:VCARD\s*$/i.test(line)) {
      if (card !== null) yield card;
      card = null;
    } else if (card !== null) {
      const [name, value] = property(line) ?? [];
      if (name !== undefined && value !== undefined) card.set(name, [...(card.get(name) ?? []), value]);
    }
  }
  if (card !== null) yield card;
}

/** Lines with their continuations: those that begin with a blank, and those after a soft line break of quoted-printable. */
function* unfolded(text: string): Generator<string> {
  let whole: string | null = null;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (whole !== null && /^[ \t]/.test(line)) whole += line.slice(1);
    else if (whole !== null && whole.endsWith('=') && /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(whole.slice(0, 200)))
      whole = whole.slice(0, -1) + line;
    else {
      if (whole !== null) yield whole;
      whole = line;
    }
  }
  if (whole !== null) yield whole;
}

function property(line: string): [name: string, value: string] | null {
  const found = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)((?:;(?:[^":]|"[^"]*")*)?):([\s\S]*)$/.exec(line);
  if (found === null) return null;
  const [, name = '', parameters = '', raw = ''] = found;
  if (!/QUOTED-PRINTABLE/i.test(parameters))
    return [name.toUpperCase(), raw.replace(/\\([\\,;nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign))];
  const charset = /CHARSET=([\w-]+)/i.exec(parameters)?.[1] ?? null;
  const bytes = quotedPrintable(raw);
  return [name.toUpperCase(), charset === null ? (decodeText(bytes)?.text ?? bytes.toString('latin1')) : decodeCharset(bytes, charset)];
}

/** Text by the name of its charset; by its bytes where nobody knows that name, or where they do not fit it. */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(/^gb/i.test(charset) ? 'gb18030' : charset, { fatal: true }).decode(bytes);
  } catch {
    return decodeText(bytes)?.text ?? new TextDecoder('latin1').decode(bytes);
  }
}
