// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../model/law.ts';
import { LawError } from './error.ts';
import { validateRule } from './validate-rule.ts';

/**
 * A pack given as data: every rule checked, then what holds between rules. Ordered by id. `known` are rules of other packs that it may
 * refer to. Throws LawError: duplicate-rule, unknown-rule (a parent or a later version that is nowhere), circular-parents,
 * overlapping-versions (two versions of one provision in force on the same day), and what `validateRule` throws.
 */
export function checkPack(pack: readonly unknown[], known: readonly Rule[] = []): readonly Rule[] {
  const rules = pack.map((json, row) => validateRule(json, row));
  const byId = new Map(known.map((rule) => [rule.id, rule]));
  rules.forEach((rule, row) => {
    if (byId.has(rule.id)) throw new LawError('duplicate-rule', rule.id, 'id', row);
    byId.set(rule.id, rule);
  });
  rules.forEach((rule, row) => {
    for (const parent of rule.parent ?? []) if (!byId.has(parent)) throw new LawError('unknown-rule', rule.id, 'parent', row);
    if (climbsToItself(rule, byId)) throw new LawError('circular-parents', rule.id, 'parent', row);
    const next = rule.supersededBy ?? null;
    if (next === null) return;
    const later = byId.get(next);
    if (later === undefined) throw new LawError('unknown-rule', rule.id, 'supersededBy', row);
    if (rule.inForceTo === null || later.inForceFrom === null || rule.inForceTo >= later.inForceFrom)
      throw new LawError('overlapping-versions', rule.id, 'inForceTo', row);
  });
  return rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function climbsToItself(start: Rule, byId: ReadonlyMap<string, Rule>): boolean {
  const seen = new Set<string>();
  const open = [...(start.parent ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === start.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(byId.get(id)?.parent ?? []));
  }
  return false;
}
