// SPDX-License-Identifier: Apache-2.0
import { type FieldCategory, SENSITIVE_CATEGORIES, type Sensitivity } from '../../model/category.ts';
import type { Cell } from '../../model/cell.ts';
import type { FieldMap } from '../../model/data-map.ts';
import type { ColumnShape } from '../../model/source.ts';
import { COLUMN_WORDS, plainName } from './column-words.ts';
import { RECOGNISERS } from './recognisers/index.ts';

const ENOUGH = 0.6;
const NUMBERS = /^(?:small|big|tiny|medium)?int|^integer|^numeric|^decimal|^real|^double|^float|^bool|^date|^time|^bytea/i;
/** Categories that only text can hold. */
const TEXTUAL: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'name',
  'address',
  'email',
  'nickname',
  'free_text_may_contain',
  'company_name',
  'invoice_title',
  'account_name',
  'gender',
  'region',
  'avatar',
]);
/** Categories whose values, not names, are the proof where both are there. */
const BY_VALUE: ReadonlySet<FieldCategory> = new Set<FieldCategory>(['id_card', 'credit_code', 'phone', 'email', 'ip']);

/** What a column holds, by values first where they prove it, else by name and comment. */
export function classifyColumn(column: ColumnShape, values: readonly Cell[]): FieldMap {
  const texts = values.filter((v): v is string => v !== null && v.trim() !== '').map((v) => v.normalize('NFKC').trim());
  const named = byName(column);
  const seen = byValues(texts);
  const evidence: string[] = [];
  let category: FieldCategory | null = null;
  let confidence = 0;
  if (seen && (seen.checked || BY_VALUE.has(seen.category) || (named === null && seen.share > 0.8))) {
    category = seen.category;
    confidence = seen.checked ? 0.99 : 0.9;
    evidence.push(`values ${Math.round(seen.share * texts.length)}/${texts.length}`);
    if (named === category) evidence.push('name');
  } else if (named && !(TEXTUAL.has(named) && NUMBERS.test(column.type))) {
    category = named;
    confidence = seen?.category === named ? 0.95 : 0.7;
    evidence.push('name');
    if (seen?.category === named) evidence.push(`values ${Math.round(seen.share * texts.length)}/${texts.length}`);
  }
  return { name: column.name, type: column.type, category, sensitivity: sensitivityOf(category), confidence, evidence };
}

export function sensitivityOf(category: FieldCategory | null): Sensitivity {
  if (category === null) return 'none';
  return SENSITIVE_CATEGORIES.has(category) ? 'sensitive' : 'general';
}

function byName(column: ColumnShape): FieldCategory | null {
  const name = plainName(column.name);
  const words =
    COLUMN_WORDS.find(([pattern]) => pattern.test(name)) ??
    (column.comment ? COLUMN_WORDS.find(([pattern]) => pattern.test(column.comment!)) : undefined);
  return words?.[1] ?? null;
}

function byValues(texts: readonly string[]): { category: FieldCategory; share: number; checked: boolean } | null {
  if (texts.length === 0) return null;
  let best: { category: FieldCategory; share: number; checked: boolean } | null = null;
  for (const r of RECOGNISERS) {
    const share = texts.filter((t) => r.whole(t)).length / texts.length;
    if (share >= ENOUGH && (best === null || (share > best.share && !best.checked)))
      best = { category: r.category, share, checked: r.checked };
  }
  return best;
}
