// SPDX-License-Identifier: Apache-2.0
import type { Cell } from '../../../model/cell.ts';
import { columnNames } from './columns.ts';
import type { Table } from './table.ts';

/** Deeper than any export; a parser that is given millions of brackets holds them all. */
const DEEPEST = 1_000;

/** The members of one object: a text as it is, anything else as it is spelled. */
type Members = ReadonlyMap<string, string>;

/**
 * A JSON array of objects (RFC 8259), or a line of JSON for each object, as a table whose columns are all keys in order of first appearance; null where the
 * text is neither. An array that is empty or holds anything else is no table.
 */
export function jsonTable(dataset: string, text: string, byLine: boolean): Table | null {
  const columns = new Set<string>();
  let rows = 0;
  try {
    for (const members of byLine ? lineObjects(text) : arrayObjects(text)) {
      for (const key of members.keys()) columns.add(key);
      rows += 1;
    }
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (rows === 0) return null;
  const keys = [...columns];
  return {
    dataset,
    columns: columnNames(keys, keys.length),
    rows,
    hazards: [],
    *scan() {
      let number = 0;
      for (const members of byLine ? lineObjects(text) : arrayObjects(text))
        yield { key: [String((number += 1))], row: keys.map((key): Cell => members.get(key) ?? null) };
    },
  };
}

/** Whether the whole text is one JSON value, nested no deeper than we go. */
export function isJson(text: string): boolean {
  try {
    const start = skipSpace(text, 0);
    if (skipSpace(text, valueEnd(text, start)) !== text.length) return false;
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function* lineObjects(text: string): Generator<Members> {
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') continue;
    const start = skipSpace(line, 0);
    if (line[start] !== '{') throw new SyntaxError('not an object');
    yield objectMembers(line.slice(start));
  }
}

/** The slices of the objects in an array. Each slice is checked when its members are read. */
function* arrayObjects(text: string): Generator<Members> {
  let at = skipSpace(text, 0);
  if (text[at] !== '[') throw new SyntaxError('not an array');
  at = skipSpace(text, at + 1);
  if (text[at] === ']') return;
  for (;;) {
    if (text[at] !== '{') throw new SyntaxError('not an object');
    const end = valueEnd(text, at);
    yield objectMembers(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ']') break;
    if (text[at] !== ',') throw new SyntaxError('no comma');
    at = skipSpace(text, at + 1);
  }
  if (skipSpace(text, at + 1) !== text.length) throw new SyntaxError('something after the array');
}

function objectMembers(slice: string): Members {
  JSON.parse(slice);
  const members = new Map<string, string>();
  let at = skipSpace(slice, 1);
  while (slice[at] === '"') {
    const keyEnd = stringEnd(slice, at);
    const key = JSON.parse(slice.slice(at, keyEnd)) as string;
    const start = skipSpace(slice, skipSpace(slice, keyEnd) + 1);
    const end = valueEnd(slice, start);
    const spelled = slice.slice(start, end);
    members.set(key, spelled.startsWith('"') ? (JSON.parse(spelled) as string) : spelled);
    at = skipSpace(slice, end);
    at = slice[at] === ',' ? skipSpace(slice, at + 1) : slice.length;
  }
  return members;
}

/** The place after the value that begins at `from`, by brackets and quotes alone; no recursion, so depth costs nothing. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length;) {
    const sign = text[at]!;
    if (sign === '"') {
      at = stringEnd(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > DEEPEST) throw new SyntaxError('too deep');
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth < 0) return at;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (sign === ',' || /\s/.test(sign))) return at;
    at += 1;
  }
  throw new SyntaxError('cut off');
}

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  throw new SyntaxError('text is cut off');
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return at;
}
