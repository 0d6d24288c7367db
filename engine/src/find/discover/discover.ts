// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../model/cell.ts';
import type { DatasetShape, Reader } from '../../model/source.ts';

export interface DiscoveredDataset {
  readonly shape: DatasetShape;
  /** Personal data: stays in memory, is never stored. */
  readonly sample: readonly Row[];
}

export interface Discovered {
  readonly source: string;
  readonly datasets: readonly DiscoveredDataset[];
  readonly failures: readonly { readonly dataset: string | null; readonly code: string; readonly detail: string }[];
}

/** What discover needs of a reader: one dataset at a time, so that one that cannot be read does not hide the others. */
export type DiscoverReader = Pick<Reader, 'source' | 'sample'> & {
  datasets(): Promise<readonly string[]>;
  shape(dataset: string): Promise<DatasetShape>;
};

/** Reads shapes and samples of every dataset. Throws only what concerns the source as a whole. */
export async function discover(
  reader: DiscoverReader,
  options: { readonly sampleSize?: number; readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<Discovered> {
  const names = await reader.datasets();
  const datasets: DiscoveredDataset[] = [];
  const failures: Discovered['failures'][number][] = [];
  for (const [at, name] of names.entries()) {
    options.onProgress?.(at, names.length);
    try {
      datasets.push({ shape: await reader.shape(name), sample: await reader.sample(name, options.sampleSize ?? 1_000) });
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (typeof code !== 'string' || code === 'unreachable') throw error;
      failures.push({ dataset: name, code, detail: '' });
    }
  }
  options.onProgress?.(names.length, names.length);
  return { source: reader.source, datasets, failures };
}
