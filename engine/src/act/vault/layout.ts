// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../kit/index.ts';

/*
 * <folder>/<class>/                     one BagIt bag for each retention class
 *   data/<dataset slug>/schema.json     columns and types in clear, no personal data
 *   data/<dataset slug>/<first>-<last>.ndjson.age
 *   data/<dataset slug>/<index>.age     bytes of a document or message
 */

/** One chunk file of a class. `first` and `last` are inventory indexes, inclusive. */
export interface ChunkFile {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/** A folder name for a dataset: readable where it is plain, made unique by a hash where it is not. */
export function slug(dataset: string): string {
  const plain = dataset.replace(/[^A-Za-z0-9.-]+/g, '_');
  return `${plain}-${sha256(dataset).slice(0, 8)}`;
}

export function datasetFolder(folder: string, archiveClass: string, dataset: string): string {
  return join(folder, archiveClass, 'data', slug(dataset));
}

export function chunkPath(folder: string, archiveClass: string, dataset: string, first: number, last: number): string {
  return join(datasetFolder(folder, archiveClass, dataset), `${first}-${last}.ndjson.age`);
}

/** Chunk files of one dataset folder, in order of index. */
export function chunksIn(dataFolder: string): ChunkFile[] {
  if (!existsSync(dataFolder)) return [];
  return readdirSync(dataFolder)
    .flatMap((name) => {
      const match = /^(\d+)-(\d+)\.ndjson\.age$/.exec(name);
      return match ? [{ path: join(dataFolder, name), first: Number(match[1]), last: Number(match[2]) }] : [];
    })
    .toSorted((a, b) => a.first - b.first);
}

/** Chunk files of a class over all its datasets, in order of index. */
export function chunksOfClass(folder: string, archiveClass: string): ChunkFile[] {
  const data = join(folder, archiveClass, 'data');
  if (!existsSync(data)) return [];
  return readdirSync(data)
    .flatMap((name) => chunksIn(join(data, name)))
    .toSorted((a, b) => a.first - b.first);
}
