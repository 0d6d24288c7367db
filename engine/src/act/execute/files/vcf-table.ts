// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer';
import type { Row } from '../../../model/cell.ts';
import type { TableFormat } from './table-format.ts';
import { cutOut, decoderOf, encodeAscii, textFormOf } from './text-form.ts';
import { textLines } from './text-lines.ts';

interface Property {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  /** Before the line end. */
  readonly contentEnd: number;
  readonly end: number;
  /** Name with its group, to write the property anew without parameters and value. */
  readonly head: string;
}

interface Card {
  readonly start: number;
  end: number;
  readonly properties: Property[];
}

/** vCards 2.1 to 4.0 (RFC 6350, RFC 2426): a card leaves with its bytes from `BEGIN` to the end of the `END` line. */
export const vcfTable: TableFormat = (bytes, { dataset, columns }) => {
  const form = textFormOf(bytes, dataset);
  const cards = cardsOf(bytes, form, decoderOf(form));
  const valueOf = (card: Card, name: string) => {
    const values = card.properties.filter((property) => property.name === name).map(({ value }) => value);
    return values.length === 0 ? null : values.join(';');
  };
  return {
    rows: cards.map((card): Row => columns.map((name) => valueOf(card, name))),
    rewrite({ remove, blank, places }) {
      const names = new Set(places.map((place) => columns[place]!));
      return cutOut(
        bytes,
        cards.flatMap((card, at) => {
          if (remove.has(at + 1)) return [{ start: card.start, end: card.end }];
          if (!blank.has(at + 1)) return [];
          const first = new Set<string>();
          return card.properties
            .filter((property) => names.has(property.name))
            .map(({ name, head, start, contentEnd, end }) => {
              // Several of one name would leave the `;` that joins them: the first stays, empty.
              if (first.has(name)) return { start, end };
              first.add(name);
              return { start, end: contentEnd, instead: encodeAscii(`${head}:`, form) };
            });
        }),
      );
    },
  };
};

interface Unfolded {
  text: string;
  readonly start: number;
  contentEnd: number;
  end: number;
}

function cardsOf(bytes: Uint8Array, form: ReturnType<typeof textFormOf>, decode: (bytes: Uint8Array) => string): Card[] {
  const cards: Card[] = [];
  let card: Card | null = null;
  for (const line of unfolded(bytes, form, decode)) {
    if (/^BEGIN:VCARD\s*$/i.test(line.text)) {
      card = { start: line.start, end: line.end, properties: [] };
      cards.push(card);
    } else if (card !== null) {
      card.end = line.end;
      if (/^END:VCARD\s*$/i.test(line.text)) card = null;
      else card.properties.push(...property(line));
    }
  }
  return cards;
}

/** Lines with their continuations: those that begin with a blank, and those after a soft line break of quoted-printable. */
function* unfolded(bytes: Uint8Array, form: ReturnType<typeof textFormOf>, decode: (bytes: Uint8Array) => string): Generator<Unfolded> {
  let whole: Unfolded | null = null;
  for (const { start, contentEnd, end } of textLines(bytes, form)) {
    const text = decode(bytes.subarray(start, contentEnd));
    const soft = whole?.text.endsWith('=') === true && /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(whole.text.slice(0, 200));
    if (whole !== null && (/^[ \t]/.test(text) || soft)) {
      whole.text = /^[ \t]/.test(text) ? whole.text + text.slice(1) : whole.text.slice(0, -1) + text;
      whole.contentEnd = contentEnd;
      whole.end = end;
      continue;
    }
    if (whole !== null) yield whole;
    whole = { text, start, contentEnd, end };
  }
  if (whole !== null) yield whole;
}

function property({ text, start, contentEnd, end }: Unfolded): Property[] {
  const found = /^((?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+))((?:;(?:[^":]|"[^"]*")*)?):([\s\S]*)$/.exec(text);
  if (!found) return [];
  const [, head = '', name = '', parameters = '', raw = ''] = found;
  return [{ name: name.toUpperCase(), value: valueOf(parameters, raw), start, contentEnd, end, head }];
}

function valueOf(parameters: string, raw: string): string {
  if (!/QUOTED-PRINTABLE/i.test(parameters)) return raw.replace(/\\([\\,;nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
  const bytes = Buffer.concat(
    raw
      .replace(/=\r?\n/g, '')
      .split(/(=[0-9A-Fa-f]{2})/)
      .map((piece) => (/^=[0-9A-Fa-f]{2}$/.test(piece) ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'utf8'))),
  );
  const charset = /CHARSET=([\w-]+)/i.exec(parameters)?.[1];
  const guess = isUtf8(bytes) ? 'utf-8' : 'gb18030';
  try {
    return new TextDecoder(charset === undefined ? guess : /^gb/i.test(charset) ? 'gb18030' : charset, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(guess).decode(bytes);
  }
}
