// SPDX-License-Identifier: Apache-2.0
import type { Allowance } from './limits.ts';
import { Unreadable } from './unreadable.ts';
import { xmlGuarded } from './xlsx.ts';
import { xmlEvents } from './xlsx-sheet.ts';
import { unpackWhole, type ZipPart } from './zip.ts';

/** Parts with words: body, headers, footers, notes, comments; and links, which may be addresses. */
const PARTS = /^word\/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments|glossary\/document)\.xml$|^word\/_rels\/[^/]+\.rels$/;

/**
 * The words of a Word document (ECMA-376 part 1, §17): all text, also struck out, hidden, in fields, notes and text boxes, whatever a reader would show of it.
 * Throws Unreadable; `image-only` where there are pictures and no word.
 */
export async function docxText(file: Buffer, parts: ReadonlyMap<string, ZipPart>, allowance: Allowance): Promise<string> {
  if (!parts.has('word/document.xml') && ![...parts.keys()].some((name) => /^word\/document\d*\.xml$/.test(name)))
    throw new Unreadable('damaged', 'docx: no document');
  const texts: string[] = [];
  for (const [name, part] of parts)
    if (PARTS.test(name)) texts.push(await xmlGuarded(() => partText(unpackWhole(file, part, allowance), name.endsWith('.rels'))));
  const text = texts.join('\n');
  if (text.trim() === '' && [...parts.keys()].some((name) => name.startsWith('word/media/')))
    throw new Unreadable('image-only', 'docx: pictures only');
  return text;
}

async function partText(bytes: Buffer, links: boolean): Promise<string> {
  let out = '';
  let inText = false;
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += 256 * 1024) yield bytes.subarray(at, at + 256 * 1024);
  };
  for await (const events of xmlEvents(chunks())) {
    for (const { kind, value, attributes } of events) {
      if (kind === 'text') {
        if (inText) out += value;
      } else if (links) {
        const target = attributes['Target'] ?? '';
        if (kind === 'open' && /^(?:mailto|tel):/i.test(target)) out += `${target.slice(target.indexOf(':') + 1)}\n`;
      } else if (value === 't' || value === 'delText' || value === 'instrText') inText = kind === 'open';
      else if (kind === 'open' && (value === 'tab' || value === 'ptab')) out += '\t';
      else if (kind === 'open' && (value === 'br' || value === 'cr')) out += '\n';
      else if (kind === 'open' && value === 'noBreakHyphen') out += '-';
      else if (kind === 'close' && (value === 'p' || value === 'tr')) out += '\n';
      else if (kind === 'close' && value === 'tc') out += '\t';
    }
  }
  return out;
}
