// SPDX-License-Identifier: Apache-2.0
import { namesSomebodyElse, plainName, wordsOf } from '../../kit/index.ts';
import type { Link } from '../../model/data-map.ts';
import { type Draft, type Role, personal } from './draft.ts';
import { reverse, underOthers } from './role-above.ts';
import { namesCustomers, unlinkedRole } from './role-alone.ts';
import { isMaster, masterRole } from './role-master.ts';

/** Whose records each dataset holds: masters by their nouns first, then what points to them, then what names people itself. */
export function decideRoles(drafts: readonly Draft[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const d of drafts) {
    const said = masterRole(d, drafts);
    if (said) roles.set(d.id, said);
  }
  const inside = new Set(
    [...Map.groupBy(drafts, (d) => d.place)]
      .filter(([, own]) => {
        const masters = own.map((d) => roles.get(d.id)).filter((r) => r?.master);
        return masters.some((r) => r?.role === 'staff') && !masters.some((r) => r?.role === 'customer');
      })
      .map(([place]) => place),
  );
  const hasCustomerColumns = (d: Draft) => namesCustomers(d, inside.has(d.place));
  for (const d of drafts)
    if (!roles.has(d.id) && hasCustomerColumns(d) && !pointsToPeople(d))
      roles.set(d.id, { role: 'customer', why: 'columns of customers', master: false });
  spreadCustomers(drafts, roles);
  for (const d of drafts)
    if (!roles.has(d.id) && personal(d) && !toStaff(d, roles)) roles.set(d.id, unlinkedRole(d, drafts, roles, hasCustomerColumns));
  spreadCustomers(drafts, roles);
  spreadStaff(drafts, roles, hasCustomerColumns);
  for (const d of drafts) if (!roles.has(d.id)) roles.set(d.id, unlinkedRole(d, drafts, roles, hasCustomerColumns));
  spreadCustomers(drafts, roles);
  reverse(drafts, roles);
  underOthers(drafts, roles);
  return roles;
}

/** Some link to people is there: it, not a copied name, tells whose the row is. */
function pointsToPeople(d: Draft): boolean {
  return d.links.some((l) => l.owner !== false && l.columns.length === 1);
}

/** A dataset that points to a customers' dataset is the customers' too (an order, its items); one that points only to staff is staff's. */
function spreadCustomers(drafts: readonly Draft[], roles: Map<string, Role>): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const d of drafts) {
      if ((roles.has(d.id) && roles.get(d.id)!.role !== 'none') || d.noun.entity === 'staff') continue;
      if (
        d.links.some(
          (l) => roles.get(l.to)?.role === 'customer' && !EMPLOYED.test(plainName(l.columns[0]!)) && belongs(d, l, roles.get(l.to)!.master),
        )
      ) {
        roles.set(d.id, { role: 'customer', why: 'linked to customers', master: false });
        changed = true;
      }
    }
  }
}

function toStaff(d: Draft, roles: ReadonlyMap<string, Role>): boolean {
  return d.links.some((l) => roles.get(l.to)?.role === 'staff' && !l.columns.some(namesSomebodyElse));
}

function spreadStaff(drafts: readonly Draft[], roles: Map<string, Role>, hasCustomerColumns: (d: Draft) => boolean): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const d of drafts) {
      if (roles.has(d.id) && roles.get(d.id)!.role !== 'none') continue;
      const to = d.links
        .map((l) => ({ l, role: roles.get(l.to) }))
        .find(
          ({ l, role }) => role?.role === 'staff' && belongs(d, l, role.master) && (d.noun.entity !== 'thing' || d.noun.about !== null),
        );
      if (!to || (!personal(d) && !/^(?:log|relation|role|post)$/.test(d.noun.words.at(-1) ?? '') && namesSomebodyElse(to.l.columns[0]!)))
        continue;
      if (hasCustomerColumns(d)) roles.set(d.id, { role: 'customer', why: 'columns of customers', master: false });
      else roles.set(d.id, { role: 'staff', why: 'linked to staff', master: false });
      changed = true;
    }
  }
}

/** `lecturer_user_no`: one who logs in like customers do, but works here. */
const EMPLOYED = /(?:^|_)(?:lecturer|teacher|doctor|coach|staff|employee|seller|merchant|courier|driver|agent|admin)_/;

/** True when a link says whose the row is: not who created it, and not from a catalogue of things. */
function belongs(d: Draft, link: Link, master: boolean): boolean {
  if (link.owner === false && link.evidence !== 'values') return false;
  // A declared `parent_id` of another table is what the row hangs on: an order's history.
  const hangs = link.evidence === 'foreign-key' && link.to !== d.id && plainName(link.columns[0]!) === 'parent_id';
  if (link.columns.some(namesSomebodyElse) && !hangs) return false;
  if (isMaster(d)) return false;
  if ((link.list === true || d.noun.about === 'staff') && !master) return false;
  if (
    d.noun.about === 'staff' &&
    d.noun.entity === 'event' &&
    link.evidence === 'name' &&
    /^user_?id$|^uid$/.test(plainName(link.columns[0]!))
  )
    return false;
  if (link.columns.some((c) => d.noun.words.includes(wordsOf(c).at(-2) ?? ''))) return true;
  return (
    d.noun.entity !== 'thing' ||
    d.noun.about === 'customer' ||
    d.noun.about === 'user' ||
    link.evidence === 'foreign-key' ||
    ownsByName(d, link)
  );
}

/** A thing that has a customer's key of its own (`user_tag(user_id, tag_id)`), but no price, stock or picture, is a relation. */
function ownsByName(d: Draft, link: Link): boolean {
  return (
    d.shape.columns.length <= 8 &&
    wordsOf(link.columns[0]!).length <= 2 &&
    !d.shape.columns.some((c) => /price|stock|sort|icon/.test(plainName(c.name)))
  );
}
