// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../model/cell.ts';
import { DOCUMENT_TYPES, type DatasetShape, type DerivedCopy, type Reader, UNREADABLE_DATASET } from '../../model/source.ts';

export interface DiscoveredDataset<F = unknown> {
  readonly shape: DatasetShape;
  /** Personal data: stays in memory, is never stored. */
  readonly sample: readonly Row[];
  /** What `lookAt` made of the words of documents. */
  readonly findings?: F;
}

export interface Discovered<F = unknown> {
  readonly source: string;
  readonly datasets: readonly DiscoveredDataset<F>[];
  readonly copies?: readonly DerivedCopy[];
  readonly failures: readonly { readonly dataset: string | null; readonly code: string; readonly detail: string }[];
}

/** What discover needs of a reader: one dataset at a time, so that one that cannot be read does not hide the others. */
export type DiscoverReader = Pick<Reader, 'source' | 'sample'> & {
  datasets(): Promise<readonly string[]>;
  shape(dataset: string): Promise<DatasetShape>;
  copies?(): Promise<readonly DerivedCopy[]>;
  sampleTexts?(dataset: string, size: number): AsyncIterable<string>;
};

export interface DiscoverOptions<F> {
  readonly sampleSize?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Reads the words of sampled documents, one at a time; they are not kept. */
  readonly lookAt?: (texts: AsyncIterable<string>) => Promise<F>;
}

const SAMPLE = 1_000;
const DOCUMENTS = 200;
/** All samples of a source together: a folder of ten thousand lists must not be held in memory. */
const ROWS_IN_MEMORY = 200_000;

/** Reads shapes and samples of every dataset. Throws only what concerns the source as a whole. */
export async function discover<F = unknown>(reader: DiscoverReader, options: DiscoverOptions<F> = {}): Promise<Discovered<F>> {
  const names = await reader.datasets();
  const size = options.sampleSize ?? Math.max(20, Math.min(SAMPLE, Math.floor(ROWS_IN_MEMORY / Math.max(1, names.length))));
  const datasets: DiscoveredDataset<F>[] = [];
  const failures: Discovered['failures'][number][] = [];
  for (const [at, name] of names.entries()) {
    options.onProgress?.(at, names.length);
    try {
      const shape = await reader.shape(name);
      const texts = shape.columns.some((c) => DOCUMENT_TYPES.has(c.type)) ? reader.sampleTexts?.(name, DOCUMENTS) : undefined;
      // Of files that cannot be read every reason is told.
      const sample = texts ? [] : await reader.sample(name, name === UNREADABLE_DATASET ? shape.rows : size);
      datasets.push({ shape, sample, ...(texts && options.lookAt ? { findings: await options.lookAt(texts) } : {}) });
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (typeof code !== 'string' || code === 'unreachable') throw error;
      failures.push({ dataset: name, code, detail: '' });
    }
  }
  options.onProgress?.(names.length, names.length);
  return { source: reader.source, datasets, copies: (await reader.copies?.()) ?? [], failures };
}
