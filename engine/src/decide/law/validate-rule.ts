// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../model/law.ts';
import { LawError } from './error.ts';
import { CARRIED, REQUIRED } from './rule-fields.ts';

/**
 * One rule as parsed from JSON, checked against the closed lists; the same object comes back, with every field it carried.
 * `row` is its place in the pack, for the error. Throws LawError naming the rule and the field: not-an-object, unknown-field, missing-field, wrong-value.
 */
export function validateRule(json: unknown, row: number | null = null): Rule {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new LawError('not-an-object', '?', '', row);
  const fields = json as Record<string, unknown>;
  const named = typeof fields['id'] === 'string' ? fields['id'] : '?';
  for (const field of Object.keys(fields)) {
    if (!Object.hasOwn(REQUIRED, field) && !Object.hasOwn(CARRIED, field)) throw new LawError('unknown-field', named, field, row);
  }
  for (const [field, check] of Object.entries(REQUIRED)) {
    if (!Object.hasOwn(fields, field)) throw new LawError('missing-field', named, field, row);
    if (!check(fields[field])) throw new LawError('wrong-value', named, field, row);
  }
  for (const [field, check] of Object.entries(CARRIED)) {
    if (Object.hasOwn(fields, field) && !check(fields[field])) throw new LawError('wrong-value', named, field, row);
  }
  const rule = json as Rule;
  if (rule.period !== null && rule.startEvent === null) throw new LawError('wrong-value', named, 'startEvent', row);
  if (rule.period?.startsWith('PT') && (rule.effect === 'retain' || rule.effect === 'delete-by'))
    throw new LawError('wrong-value', named, 'period', row);
  if (rule.inForceFrom !== null && rule.inForceTo !== null && rule.inForceTo < rule.inForceFrom)
    throw new LawError('wrong-value', named, 'inForceTo', row);
  return rule;
}
