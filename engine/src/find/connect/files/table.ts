// SPDX-License-Identifier: Apache-2.0
import type { Hazard, SourceRow } from '../../../model/source.ts';

/** A table found in a file. */
export interface Table {
  readonly dataset: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly hazards: readonly Hazard[];
  /** 1-based sheet row of the header. */
  readonly headerRow?: number;
  /** Other types than text, by column. */
  readonly types?: Readonly<Record<string, string>>;
  scan(): Iterable<SourceRow> | AsyncIterable<SourceRow>;
}
