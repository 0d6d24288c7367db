// SPDX-License-Identifier: Apache-2.0
import { decodeNamed } from './decode-text.ts';
import { quotedPrintable } from './mail.ts';

/** Values of a vCard by property name, in capitals, without group and parameters; several of one name are joined by `;`. */
export type VCard = ReadonlyMap<string, string>;

/** Cards of a vCard file (2.1 to 4.0), lines unfolded, quoted-printable and escapes opened. */
export function cardsIn(text: string): VCard[] {
  const cards: Map<string, string>[] = [];
  let open: Map<string, string> | null = null;
  for (const line of logicalLines(text)) {
    const word = line.trimEnd().toUpperCase();
    if (word === 'BEGIN:VCARD') {
      open = new Map();
      cards.push(open);
    } else if (word === 'END:VCARD') open = null;
    else if (open) {
      const { name, parameters = '', value = '' } = PROPERTY.exec(line)?.groups ?? {};
      if (name === undefined) continue;
      const known = open.get(name.toUpperCase());
      const said = valueOf(value, parameters);
      open.set(name.toUpperCase(), known === undefined ? said : `${known};${said}`);
    }
  }
  return cards;
}

/** RFC 6350 §3.3 without what it says about values: `[group.]name[;parameters]:value`, where a quoted parameter may hold a colon. */
const PROPERTY = /^(?:[a-z0-9-]+\.)?(?<name>[a-z0-9-]+)(?<parameters>(?:;(?:"[^"]*"|[^":])*)?):(?<value>.*)$/is;

function logicalLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const last = lines.at(-1);
    if (last !== undefined && (line.startsWith(' ') || line.startsWith('\t'))) lines[lines.length - 1] = last + line.slice(1);
    else if (last?.endsWith('=') && /;(?:encoding=)?quoted-printable/i.test(last.slice(0, 200)))
      lines[lines.length - 1] = last.slice(0, -1) + line;
    else lines.push(line);
  }
  return lines;
}

function valueOf(raw: string, parameters: string): string {
  if (!/quoted-printable/i.test(parameters))
    return raw.replace(/\\(.)/gs, (all, sign: string) => (/[nN]/.test(sign) ? '\n' : /[\\,;]/.test(sign) ? sign : all));
  return decodeNamed(quotedPrintable(raw), /charset=([\w-]+)/i.exec(parameters)?.[1]);
}
