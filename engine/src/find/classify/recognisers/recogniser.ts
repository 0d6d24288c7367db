// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../../model/category.ts';

export interface Recogniser {
  readonly category: FieldCategory;
  /** True when the whole value (NFKC, trimmed) is one. */
  whole(value: string): boolean;
  /** Finds it inside text: a global pattern and a check of what it found; null where it only stands alone. */
  readonly inside: { readonly pattern: RegExp; check(found: string): boolean } | null;
  /** A check digit makes a match proof by itself. */
  readonly checked: boolean;
}
