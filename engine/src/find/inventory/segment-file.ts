// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { syncDirectory } from '../../kit/index.ts';
import { literal } from './duck.ts';
import { InventoryError } from './error.ts';
import type { TableKind } from './segment-columns.ts';

export type SegmentKind = TableKind | 'contacts' | 'erase-list';

/** One immutable file of the inventory, as the manifest lists it. `path` is relative to the inventory folder, with `/`. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly path: string;
  readonly rows: number;
  readonly sha256: string;
}

/** A new name for a segment. Never one that exists: a segment in the manifest is not overwritten by a later try. */
export function segmentPath(folder: string, kind: SegmentKind, first: number, extension: 'parquet' | 'sealed'): string {
  return join(folder, kind, `${kind}-${String(first).padStart(12, '0')}-${randomBytes(4).toString('hex')}.${extension}`);
}

/** Writes the rows of a SELECT as one durable Parquet file: temp → sync → rename → sync folder. Throws `segment-unwritable`. */
export async function writeParquet(connection: DuckDBConnection, select: string, path: string): Promise<void> {
  const part = `${path}.part-${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await connection.run(`COPY (${select}) TO ${literal(part)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`);
    const fd = openSync(part, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(part, path);
    syncDirectory(dirname(path));
  } catch (error) {
    rmSync(part, { force: true });
    throw new InventoryError('segment-unwritable', { file: path }, error);
  }
}

/** The manifest line of a file that is already in place. */
export async function describeSegment(folder: string, kind: SegmentKind, path: string, rows: number): Promise<Segment> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { kind, path: relative(folder, path).split(sep).join('/'), rows, sha256: hash.digest('hex') };
}

/** Removes what interrupted runs left: parts, and segments that the manifest does not list. Returns the removed paths. */
export function removeUnlisted(folder: string, listed: ReadonlySet<string>, kinds: readonly SegmentKind[]): readonly string[] {
  const removed: string[] = [];
  for (const kind of kinds) {
    if (!existsSync(join(folder, kind))) continue;
    for (const name of readdirSync(join(folder, kind))) {
      if (!name.startsWith(`${kind}-`) || listed.has(`${kind}/${name}`)) continue;
      rmSync(join(folder, kind, name), { force: true });
      removed.push(`${kind}/${name}`);
    }
    syncDirectory(join(folder, kind));
  }
  return removed;
}
