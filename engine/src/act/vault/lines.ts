// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Cell } from '../../model/cell.ts';
import { unseal } from './age.ts';
import { VaultError } from './error.ts';

/** One archived record as it stands in a chunk file: inventory index, fingerprint of the whole row, kept cells by column. */
export interface ArchiveLine {
  readonly i: number;
  readonly fp: string;
  readonly v: Readonly<Record<string, Cell>>;
  /** Documents and messages: SHA-256 (hex) of the bytes that are kept in `<i>.age` beside. */
  readonly f?: string;
}

/** Lines end with LF, the last one too; order is by index, so that equal sets are equal bytes. */
export function renderLines(lines: Iterable<ArchiveLine>): string {
  return [...lines]
    .toSorted((a, b) => a.i - b.i)
    .map((line) => JSON.stringify({ i: line.i, fp: line.fp, v: line.v, f: line.f }) + '\n')
    .join('');
}

/** Opens a chunk file from disk. Throws VaultError `archive-damaged` for a wrong key, a cut or changed file, or foreign content. */
export async function readLines(path: string, identity: string): Promise<Map<number, ArchiveLine>> {
  return (await openLines(path, readFileSync(path), identity)).lines();
}

/** Opens the bytes of a chunk file: its text, and its lines when somebody asks for them. Throws as `readLines`; `path` is for the error. */
export async function openLines(
  path: string,
  bytes: Uint8Array,
  identity: string,
): Promise<{ readonly text: string; lines(): Map<number, ArchiveLine> }> {
  try {
    const text = await unseal(bytes, identity);
    return { text, lines: () => parseLines(path, text) };
  } catch (cause) {
    throw new VaultError('archive-damaged', { path }, cause);
  }
}

function parseLines(path: string, text: string): Map<number, ArchiveLine> {
  try {
    const lines = new Map<number, ArchiveLine>();
    for (const piece of text.split('\n')) {
      if (piece === '') continue;
      const line = parseLine(JSON.parse(piece));
      if (lines.has(line.i)) throw new Error('one index twice');
      lines.set(line.i, line);
    }
    return lines;
  } catch (cause) {
    throw new VaultError('archive-damaged', { path }, cause);
  }
}

function parseLine(value: unknown): ArchiveLine {
  const line = value as Partial<ArchiveLine> | null;
  if (typeof line?.i !== 'number' || typeof line.fp !== 'string' || typeof line.v !== 'object' || line.v === null)
    throw new Error('not an archive line');
  if (line.f !== undefined && !/^[0-9a-f]{64}$/.test(line.f)) throw new Error('not an archive line');
  return { i: line.i, fp: line.fp, v: line.v, ...(line.f === undefined ? {} : { f: line.f }) };
}
