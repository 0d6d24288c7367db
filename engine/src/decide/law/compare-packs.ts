// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../../kit/index.ts';
import type { Rule } from '../../model/law.ts';

export interface RuleChange {
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Fields that differ, with what they were and are, as JSON; empty for added and removed. */
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

/** How one pack differs from another, in order of id. */
export function comparePacks(before: readonly Rule[], after: readonly Rule[]): readonly RuleChange[] {
  const [old, now] = [new Map(before.map((r) => [r.id, r])), new Map(after.map((r) => [r.id, r]))];
  return [...new Set([...old.keys(), ...now.keys()])].toSorted().flatMap((id): RuleChange[] => {
    const [a, b] = [old.get(id), now.get(id)];
    if (a === undefined) return [{ id, kind: 'added', fields: [] }];
    if (b === undefined) return [{ id, kind: 'removed', fields: [] }];
    const fields = fieldsThatDiffer(a, b);
    return fields.length === 0 ? [] : [{ id, kind: 'changed', fields }];
  });
}

function fieldsThatDiffer(before: Rule, after: Rule): RuleChange['fields'] {
  const value = (rule: Rule, field: string) => canonicalJson((rule as unknown as Record<string, unknown>)[field] ?? null);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: value(before, field), after: value(after, field) }))
    .filter((f) => f.before !== f.after);
}
