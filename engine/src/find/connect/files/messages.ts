// SPDX-License-Identifier: Apache-2.0
import type { ColumnShape, Hazard, SourceRow } from '../../../model/source.ts';
import type { UnreadableReason } from './unreadable.ts';

/** What the process asks of the worker: to look through one file, or to give the rows or the bytes of a dataset that lies in it. */
export interface Order {
  readonly task: 'survey' | 'rows' | 'bytes';
  readonly file: string;
  /** The file's path as datasets name it. */
  readonly path: string;
  readonly skip: readonly string[];
  /** rows, bytes */
  readonly dataset: string;
  /** rows: how many come together. */
  readonly batch: number;
  /** bytes: which record. */
  readonly record: string;
}

/** One finding of a survey. */
export type Finding =
  | {
      readonly kind: 'table';
      readonly dataset: string;
      readonly columns: readonly ColumnShape[];
      readonly rows: number;
      readonly hazards: readonly Hazard[];
      readonly headerRow?: number;
    }
  | { readonly kind: 'document'; readonly dataset: string; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: UnreadableReason; readonly detail: string };

/** What the worker says. `at` comes whenever a file or member is opened; after every `item` it waits for `next`. */
export type Reply =
  | { readonly type: 'at'; readonly path: string }
  | { readonly type: 'item'; readonly item: Finding | readonly SourceRow[] | Uint8Array }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly code: string };
