// SPDX-License-Identifier: Apache-2.0
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { sha256, syncDirectory, writeDurable } from '../../kit/index.ts';
import { seal } from './age.ts';
import { dropFiles, keptFiles } from './kept-file.ts';
import { chunksIn, datasetFolder } from './layout.ts';
import { type ArchiveLine, readLines, renderLines } from './lines.ts';

export interface WithdrawnChunk {
  readonly path: string;
  /** SHA-256 of the new ciphertext; null when no record was left and the file is gone. */
  readonly sha256: string | null;
  readonly records: number;
}

/**
 * Takes records out of the archive that stayed in the source after all (drifted, blocked, refused), so that a record is in the
 * source or in the archive, never in both. Files that hold none of them are not touched; asking twice changes nothing more.
 * Returns the files that were written again. Throws VaultError `archive-damaged`.
 */
export async function withdraw(args: {
  readonly folder: string;
  readonly archiveClass: string;
  readonly dataset: string;
  readonly indexes: Iterable<number>;
  readonly recipient: string;
  readonly identity: string;
}): Promise<readonly WithdrawnChunk[]> {
  const indexes = [...args.indexes];
  const changed: WithdrawnChunk[] = [];
  for (const file of chunksIn(datasetFolder(args.folder, args.archiveClass, args.dataset))) {
    const here = indexes.filter((i) => i >= file.first && i <= file.last);
    if (here.length === 0) continue;
    const lines = await readLines(file.path, args.identity);
    const isHere = here.filter((i) => lines.delete(i)).length > 0;
    if (isHere) changed.push(await writeAgain(file.path, lines, args));
  }
  // Documents after their lines: a run killed between leaves documents without a line, and asking again takes them away.
  const folder = datasetFolder(args.folder, args.archiveClass, args.dataset);
  const asked = new Set(indexes);
  dropFiles(
    folder,
    keptFiles(folder, 0, Number.MAX_SAFE_INTEGER).filter((i) => asked.has(i)),
  );
  return changed;
}

async function writeAgain(
  path: string,
  lines: ReadonlyMap<number, ArchiveLine>,
  keys: { readonly recipient: string; readonly identity: string },
): Promise<WithdrawnChunk> {
  if (lines.size === 0) {
    rmSync(path);
    syncDirectory(dirname(path));
    return { path, sha256: null, records: 0 };
  }
  writeDurable(path, await seal(renderLines(lines.values()), keys.recipient));
  await readLines(path, keys.identity);
  return { path, sha256: sha256(readFileSync(path)), records: lines.size };
}
