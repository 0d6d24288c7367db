// SPDX-License-Identifier: Apache-2.0
import type { DatasetShape, DerivedCopy, Reader, SourceKind } from '../../model/source.ts';

/**
 * A `Reader` that can also be asked one dataset at a time, so that one unreadable table does not hide the others.
 * `shapes()` is all of `shape(d)` and throws at the first that fails.
 */
export interface DatasetReader extends Reader {
  /** Names of all datasets, readable or not, in a stable order. */
  datasets(): Promise<readonly string[]>;
  /** One dataset's shape, rows counted. Throws ConnectError. */
  shape(dataset: string): Promise<DatasetShape>;
  /** Copies that a query made; they are not among `datasets`. */
  copies?(): Promise<readonly DerivedCopy[]>;
  /** The words of up to `size` documents or messages spread over the dataset, one at a time. */
  sampleTexts?(dataset: string, size: number): AsyncIterable<string>;
}

/** What `inspectSource` says without reading rows. */
export interface SourceInspection {
  readonly source: string;
  readonly kind: SourceKind;
  /** Server or file format and version, e.g. `PostgreSQL 16.4`, `SQLite, WAL`, `CSV gb18030 ","`. */
  readonly format: string;
  readonly datasets: number;
  /** Plain facts worth an officer's look, without personal data: `role can write`, `foreign table public.x is not read`. */
  readonly notes: readonly string[];
}
