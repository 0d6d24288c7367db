// SPDX-License-Identifier: Apache-2.0
import { namesSomebodyElse } from '../../kit/index.ts';
import { type Draft, PERSONAL, type Role, personal } from './draft.ts';
import { isMaster } from './role-master.ts';

/** People whom somebody with a login looks after. */
const KEPT_BY_USER = new Set('patient passenger traveller traveler tourist child baby insured'.split(' '));
/** Whoever may become a customer is known by the row, not by the customer that it became. */
const OWN_NAME = new Set('lead clue prospect visitor fangke fk candidate subscriber applicant'.split(' '));
/** What is kept in a table of its own and may be pointed to from anywhere. */
const KEPT_APART = new Set('address card phone email profile dz dizhi'.split(' '));

/** Marks people behind whom others of their own kind stand. */
export function underOthers(drafts: readonly Draft[], roles: Map<string, Role>): void {
  const known = new Map(drafts.map((d) => [d.id, d]));
  const upward = (d: Draft) =>
    d.links.filter(
      (l) => l.owner !== false && l.columns.length === 1 && l.evidence !== 'values' && l.to !== d.id && !l.columns.some(namesSomebodyElse),
    );
  const named = (d: Draft) => d.findings.filter((f) => f.category !== null && PERSONAL.has(f.category)).length;
  for (const d of drafts) {
    const own = roles.get(d.id)!;
    const people = own.master || (isMaster(d) && personal(d));
    if (!people || own.role === 'none' || OWN_NAME.has(d.noun.head)) continue;
    const above = upward(d).some((l) => {
      const there = roles.get(l.to);
      const parent = known.get(l.to)!;
      if (there?.master !== true || there.role !== own.role) return false;
      if (upward(parent).some((back) => back.to === d.id) && named(parent) <= named(d)) return false;
      // A customer behind whom a person or a login stands is the customer all the same.
      return (
        d.noun.entity !== 'customer' ||
        parent.noun.entity === 'customer' ||
        (parent.noun.entity === 'user' && KEPT_BY_USER.has(d.noun.head))
      );
    });
    if (above) roles.set(d.id, { ...own, master: true, under: true });
  }
}

/** An address table that customers point to holds customers' rows, whoever else points there too. */
export function reverse(drafts: readonly Draft[], roles: Map<string, Role>): void {
  const known = new Map(drafts.map((d) => [d.id, d]));
  for (const d of drafts) {
    const from = roles.get(d.id);
    if (from?.role !== 'customer') continue;
    for (const l of d.links) {
      const there = known.get(l.to);
      const said = roles.get(l.to);
      if (!from.master && !(KEPT_APART.has(there?.noun.head ?? '') && !['merchant', 'supplier', 'staff'].includes(there?.noun.about ?? '')))
        continue;
      if (there && !isMaster(there) && there.noun.entity !== 'thing' && personal(there) && said?.role !== 'customer')
        roles.set(l.to, { role: 'customer', why: 'customers point to it', master: false });
    }
  }
}
