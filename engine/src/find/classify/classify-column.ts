// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { Cell } from '../../model/cell.ts';
import type { ColumnShape } from '../../model/source.ts';
import { commentHead, nameHead } from './column-text.ts';
import { COLUMN_RULES, type ColumnRule, NOT_COMMENTED, NOT_NAMED } from './column-words.ts';
import { contradicts } from './contradict.ts';
import { certainIdCard } from './recognisers/id-card.ts';
import { fitting } from './recognisers/fitting.ts';
import { RECOGNISERS } from './recognisers/index.ts';
import type { Recogniser } from './recognisers/recogniser.ts';

/** What one column seems to hold, before its neighbours are asked. */
export interface ColumnFinding {
  readonly category: FieldCategory | null;
  /** 0…1 */
  readonly confidence: number;
  readonly evidence: readonly string[];
  /** Values alone prove it: it holds whatever the table is. */
  readonly proven: boolean;
}

const ENOUGH = 0.6;
const NUMBERS = /^(?:small|big|tiny|medium)?int|^integer|^numeric|^decimal|^real|^double|^float|^bool|^bit|^number/i;
const MOMENTS = /^date|^time|^year/i;
/** Categories that only text can hold. */
const TEXTUAL: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'name',
  'address',
  'email',
  'nickname',
  'free_text_may_contain',
  'json_may_contain',
  'image_may_contain',
  'company_name',
  'invoice_title',
  'account_name',
  'avatar',
  'password',
  'token',
  'ip',
  'occupation',
  'wechat_openid',
  'browsing_history',
  'voice_recording',
]);
/** Categories that a number cannot hold except as a code of it. */
const NEVER_MOMENT: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  ...TEXTUAL,
  'phone',
  'id_card',
  'health',
  'gender',
  'region',
  'bank_card',
  'order_no',
]);
const VETO_FREE: ReadonlySet<FieldCategory> = new Set<FieldCategory>(['birth_date', 'health', 'account_balance', 'gender', 'age']);
/** Categories whose values, not names, are the proof where both are there. */
const BY_VALUE: ReadonlySet<FieldCategory> = new Set<FieldCategory>(['id_card', 'credit_code', 'foreign_permit', 'phone', 'email', 'ip']);
/** What a name may say although values look like a phone or a mail address: people log in with theirs. */
const KEEPS_NAME: ReadonlySet<FieldCategory> = new Set<FieldCategory>(['account_name', 'landline', 'wechat_openid', 'password', 'token']);

/** What a column holds, by values first where they prove it, else by name and comment where the values do not speak against it. */
export function classifyColumn(column: ColumnShape, values: readonly Cell[]): ColumnFinding {
  const texts = spread(values.filter((v): v is string => v !== null && v.trim() !== '')).map((v) =>
    v.slice(0, LONGEST).normalize('NFKC').trim(),
  );
  const named = byWords(column);
  const seen = byValues(texts);
  const share = seen ? `values ${Math.round(seen.share * texts.length)}/${texts.length}` : '';
  if (seen && isProof(seen, texts) && !(named && KEEPS_NAME.has(named.category)))
    return {
      category: seen.category,
      confidence: seen.checked ? 0.99 : 0.95,
      evidence: [share, ...(named?.category === seen.category ? [named.by] : [])],
      proven: true,
    };
  if (named && fits(named.category, column, texts)) {
    const agreed = seen?.category === named.category;
    const real = seen?.category === 'name' && named.weak && seen.share > 0.8;
    if (real) return { category: 'name', confidence: 0.85, evidence: [named.by, share], proven: false };
    return {
      category: named.category,
      confidence: agreed ? 0.95 : texts.length > 0 ? 0.8 : 0.7,
      evidence: [named.by, ...(agreed ? [share] : [])],
      proven: false,
    };
  }
  if (seen && seen.share > 0.8 && named === null && new Set(texts).size >= (seen.category === 'gender' ? 2 : 3))
    return { category: seen.category, confidence: 0.6, evidence: [share], proven: false };
  return { category: null, confidence: 0, evidence: [], proven: false };
}

/** So many values of a sample are judged, spread over it; the evidence says how many. A longer value is judged by its beginning. */
const JUDGED = 400;
const LONGEST = 2_000;

function spread(values: readonly string[]): readonly string[] {
  if (values.length <= JUDGED) return values;
  return Array.from({ length: JUDGED }, (_, i) => values[Math.floor((i * values.length) / JUDGED)]!);
}

interface Named {
  readonly category: FieldCategory;
  readonly by: 'name' | 'comment';
  readonly weak: boolean;
}

function byWords(column: ColumnShape): Named | null {
  const name = nameHead(column.name);
  const comment = commentHead(column.comment) || (/\p{Script=Han}/u.test(name) ? name : '');
  const byName = COLUMN_RULES.find((r) => r.name?.test(name) && !vetoed(r, name, comment));
  const byComment = comment === '' ? undefined : COLUMN_RULES.find((r) => r.comment?.test(comment) && !vetoed(r, name, comment));
  if (byName && !(byComment && (byName.weak || vague(byName)) && !byComment.weak))
    return { category: byName.category, by: 'name', weak: byName.weak === true };
  return byComment ? { category: byComment.category, by: 'comment', weak: byComment.weak === true || byName?.weak === true } : null;
}

/** Addresses that are no place where somebody lives. */
const NO_PLACE = /^(?:bank|web|site|url|mac|ip|email|mail|server|file|image|img|pic|download|notify|callback|return|video|h5|open_bank)_/;

const vague = (rule: ColumnRule) => rule.category.endsWith('_may_contain');

function vetoed(rule: ColumnRule, name: string, comment: string): boolean {
  if (/^(?:is|has|need|enable|can|allow)_/.test(name) || comment.startsWith('是否')) return true;
  if (rule.category === 'address' && NO_PLACE.test(name)) return true;
  if (rule.category === 'name' && !rule.name?.test(name) && /(?:id|ids|no|code|type|level|num|key)$/.test(name)) return true;
  if (VETO_FREE.has(rule.category)) return false;
  return (
    NOT_NAMED.test(name) || (NOT_COMMENTED.test(comment) && !vague(rule) && rule.category !== 'region' && !rule.comment?.test(comment))
  );
}

function fits(category: FieldCategory, column: ColumnShape, texts: readonly string[]): boolean {
  if (TEXTUAL.has(category) && NUMBERS.test(column.type)) return false;
  if (NEVER_MOMENT.has(category) && MOMENTS.test(column.type)) return false;
  if (category === 'region' && nameHead(column.name).length <= 3 && texts.some((t) => !/\p{Script=Han}/u.test(t))) return false;
  return !contradicts(category, texts);
}

interface Seen {
  readonly category: FieldCategory;
  readonly share: number;
  readonly checked: boolean;
}

/** A card number's check digit is right by chance once in ten: one or two values prove nothing. */
function isProof(seen: Seen, texts: readonly string[]): boolean {
  if (seen.category === 'id_card') return texts.length >= 3 || texts.some(certainIdCard);
  if (seen.checked) return seen.category !== 'bank_card' || texts.length >= 3;
  return BY_VALUE.has(seen.category);
}

function byValues(texts: readonly string[]): Seen | null {
  if (texts.length === 0) return null;
  const counts = new Map<Recogniser, number>();
  for (const text of texts) for (const r of fitting(text)) counts.set(r, (counts.get(r) ?? 0) + 1);
  let best: Seen | null = null;
  for (const r of RECOGNISERS) {
    const share = (counts.get(r) ?? 0) / texts.length;
    if (share >= ENOUGH && (best === null || (share > best.share && !best.checked)))
      best = { category: r.category, share, checked: r.checked };
  }
  return best;
}
