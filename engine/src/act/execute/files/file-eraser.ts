// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncDirectory, writeDurable } from '../../../kit/index.ts';
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import type { Eraser } from '../ports.ts';
import type { FileFormat } from './file-format.ts';
import { replaceFile } from './replace-file.ts';

/** Write access to one file; a symbolic link stays and what it points to is replaced. Throws ExecuteError `source-unreachable`. */
export function openFileEraser(source: Source, format: FileFormat): Eraser {
  if (!existsSync(source.locator)) throw new ExecuteError('source-unreachable', { source: source.name });
  const path = realpathSync(source.locator);
  const canary = join(dirname(path), `shanhou-canary.${format.extension}`);
  return {
    source: source.name,
    erase: (job) => replaceFile(path, format, job),
    async plant(marks) {
      writeDurable(canary, await format.canary(marks, readFileSync(path)));
    },
    async unplant() {
      await Promise.resolve();
      if (!existsSync(canary)) return;
      rmSync(canary);
      syncDirectory(dirname(canary));
    },
    close: () => Promise.resolve(),
  };
}
