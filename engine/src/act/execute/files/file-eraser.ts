// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../../model/source.ts';
import { ExecuteError } from '../error.ts';
import type { Eraser } from '../ports.ts';
import { plantFiles, unplantFiles } from './canaries.ts';
import { siteOf } from './place.ts';
import { takeFiles } from './take-files.ts';
import { takeRows } from './take-rows.ts';

/** Write access to a file or a folder of files. Throws ExecuteError `source-unreachable`, `permission-denied`. */
export function openFileEraser(source: Source): Eraser {
  const site = siteOf(source.locator, source.name);
  return {
    source: source.name,
    async erase(job) {
      const { dataset, key } = job.map;
      // What nobody could read is nobody's to delete: it has the role `unknown` and is never planned.
      if (dataset === '!unreadable') throw new ExecuteError('dataset-differs', { dataset: job.map.id });
      siteOf(source.locator, source.name);
      return key[0] === 'path' ? takeFiles(site, job) : takeRows(site, job);
    },
    plant: (marks) => plantFiles(site, source.name, marks),
    async unplant() {
      await Promise.resolve();
      unplantFiles(site, source.name);
    },
    close: () => Promise.resolve(),
  };
}
