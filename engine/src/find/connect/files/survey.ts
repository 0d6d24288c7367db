// SPDX-License-Identifier: Apache-2.0
import type { DatasetShape } from '../../../model/source.ts';
import { Overrun, ExtractFailure, extract } from './extract.ts';
import type { Finding } from './messages.ts';
import type { FoundFile } from './walk.ts';

/** What one file holds, without a word of it. */
export interface Survey {
  readonly version: string;
  readonly tables: readonly DatasetShape[];
  /** How many records of each dataset that gathers files (`*.pdf`, `!unreadable`) lie here. */
  readonly gathered: ReadonlyMap<string, number>;
  /** Members that broke a limit; they are passed over from now on. */
  readonly skip: readonly string[];
  /** Why the file as a whole cannot be read; null where it was looked through. */
  readonly broken: Extract<Finding, { kind: 'unreadable' }> | null;
}

/** A file whose members break the limits again and again is given up as a whole. */
const MOST_OVERRUNS = 5;
const REMEMBERED = 20_000;

/** Surveys of unchanged files are not made again within a process: a case opens a folder once for each of its datasets. */
const known = new Map<string, Survey>();

/** Looks through one file; never throws for what it holds. */
export async function survey(found: FoundFile): Promise<Survey> {
  const before = known.get(found.file);
  if (before?.version === found.version) return before;
  const made = await lookThrough(found);
  known.delete(found.file);
  known.set(found.file, made);
  if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  return made;
}

async function lookThrough({ file, path, version }: FoundFile): Promise<Survey> {
  const broken = (reason: 'damaged' | 'limit' | 'unsupported', detail: string): Survey => ({
    version,
    tables: [],
    gathered: new Map([['!unreadable', 1]]),
    skip: [],
    broken: { kind: 'unreadable', path, reason, detail },
  });
  if (version.endsWith('special')) return broken('unsupported', 'not a file');
  const skip: string[] = [];
  while (skip.length < MOST_OVERRUNS) {
    try {
      return await once(file, path, version, skip);
    } catch (error) {
      if (error instanceof Overrun && !skip.includes(error.path)) skip.push(error.path);
      else if (error instanceof ExtractFailure && error.code !== 'limit') return broken('damaged', error.code);
      else if (error instanceof Overrun || error instanceof ExtractFailure) break;
      else throw error;
    }
  }
  return broken('limit', '5 s of CPU or 512 MB');
}

async function once(file: string, path: string, version: string, skip: readonly string[]): Promise<Survey> {
  const tables: DatasetShape[] = [];
  const gathered = new Map<string, number>();
  for await (const finding of extract<Finding>({ task: 'survey', file, path, skip, dataset: '', batch: 0, record: '' })) {
    if (finding.kind === 'table') {
      const { dataset, columns, rows, hazards, headerRow } = finding;
      const layout = headerRow === undefined ? {} : { layout: { headerRow } };
      tables.push({ dataset, comment: null, columns, key: ['#'], foreignKeys: [], hazards, rows, ...layout });
    } else {
      const dataset = finding.kind === 'document' ? finding.dataset : '!unreadable';
      gathered.set(dataset, (gathered.get(dataset) ?? 0) + 1);
    }
  }
  return { version, tables, gathered, skip, broken: null };
}
