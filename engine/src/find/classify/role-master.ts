// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import { type Draft, type Role, personal } from './draft.ts';

const STAFF_SIGNS =
  /^(?:dept|department|post|position|role|job|salary|wage|entry|hire|leave|title|emp|org)_?(?:id|no|ids|name|date|level|code|list)?$|^(?:bm|gw|gz|rzsj|rzrq|gh)(?:id|dm)?$|入职|工号|薪资/;

export function masterRole(d: Draft, all: readonly Draft[]): Role | null {
  const { entity } = d.noun;
  if (!isMaster(d) || entity === null) return null;
  const why = 'name';
  switch (entity) {
    case 'customer':
      return { role: 'customer', why, master: true };
    case 'staff':
    case 'supplier':
    case 'merchant':
      return { role: entity, why, master: true };
    case 'user':
      return { role: userRole(d, all), why, master: true };
    default:
      return null;
  }
}

/** A clinic's register of patients is no clinic. */
const OF_SERVED = /^(?:patient|member|customer|student|client|guest|passenger|insured)_?(?:id|no|code)$/;

/** `coupon_user(user_id, coupon_id)` is about users, it is not them. */
export function isMaster(d: Draft): boolean {
  const head = d.noun.head;
  const firm = d.noun.entity === 'merchant' || d.noun.entity === 'supplier';
  if (firm && d.links.some((l) => l.columns.some((c) => OF_SERVED.test(plainName(c))))) return false;
  if (/^(?:member|guest|student|subscriber|visitor)$/.test(head) && d.links.length >= 2 && !personal(d)) return false;
  return d.noun.master && !d.links.some((l) => l.columns.some((c) => plainName(c) === `${head}_id` || plainName(c) === `${head}id`));
}

/** Those who log in are customers, unless signs of employment, or another table of customers beside them, say that they are staff. */
function userRole(d: Draft, all: readonly Draft[]): DatasetRole {
  const near = all.filter((o) => o.place === d.place && o !== d);
  const others = near.some((o) => isMaster(o) && o.noun.entity === 'customer' && personal(o));
  const staff = near.some((o) => isMaster(o) && o.noun.entity === 'staff' && personal(o) && o.shape.columns.length > 2);
  const employed = d.shape.columns.filter((c) => STAFF_SIGNS.test(plainName(c.name)) || STAFF_SIGNS.test(c.comment ?? '')).length;
  const served = near.some(
    (o) =>
      o.noun.entity === 'event' &&
      o.links.some((l) => l.to === d.id && l.owner !== false) &&
      !/log|history|record|notice|relation/.test(o.shape.dataset),
  );
  const logins = near.some((o) => o.noun.entity === 'customer' && o.links.some((l) => l.to === d.id && l.owner !== false));
  if (others && (!staff || (!served && !logins))) return 'staff';
  if (employed >= 1 && !served) return 'staff';
  if (employed >= 2 && others) return 'staff';
  const granted = near.some((o) => /role|permission|menu/.test(o.shape.dataset) && o.links.some((l) => l.to === d.id));
  return granted && !served && !staff ? 'staff' : 'customer';
}
