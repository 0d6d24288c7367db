// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass, Rule } from '../../model/law.ts';
import { ceasedByRoute, deletionsOf, isGeneral } from './case-rules.ts';
import { CITED, EXPIRED } from './cited.ts';
import { type Clock, clockOf } from './clock.ts';
import type { Law } from './duties.ts';

/**
 * What must have happened before a deletion rule speaks.
 * always    its conditions say all
 * day       the event's day has come (the record's own, or the case's)
 * ceased    the service has ceased
 * expired   the period of the record is over
 * erase     the person asked for it; withdrawn: consent was withdrawn
 * after     a period of its own is over
 */
export type Trigger =
  | { readonly kind: 'always' | 'ceased' | 'expired' | 'erase' | 'withdrawn' }
  | { readonly kind: 'account-closed' }
  | { readonly kind: 'after'; readonly clock: Clock };

export interface Deletion {
  readonly rule: Rule;
  readonly trigger: Trigger;
  /** Speaks only where neither the end of the service nor anything more special does. */
  readonly last: boolean;
}

/** Rules that name the ground of a deletion, the most special first. */
export function groundsOf(law: Law, recordClass: RecordClass, minor: boolean | null): readonly Deletion[] {
  return deletionsOf(law, recordClass, minor).flatMap((rule) => {
    const trigger = triggerOf(rule, recordClass, law.facts);
    const special = rule.id === CITED.unlawful || rule.id === CITED.withdrawn || Boolean(rule.region) || !isGeneral(rule, recordClass);
    return trigger === null ? [] : [{ rule, trigger, last: !special }];
  });
}

function triggerOf(rule: Rule, recordClass: RecordClass, facts: CaseFacts): Trigger | null {
  if (rule.id === CITED.withdrawn) return { kind: 'withdrawn' };
  if (rule.conditions.includes(EXPIRED) && !facts.conditions.includes(EXPIRED)) return { kind: 'expired' };
  if (rule.period !== null) {
    const clock = clockOf(rule, recordClass);
    return clock === null ? null : { kind: 'after', clock };
  }
  switch (rule.startEvent) {
    case 'account.closed':
      return { kind: 'account-closed' };
    case 'request.received':
      return { kind: 'erase' };
    case 'service.ceased':
      return { kind: 'ceased' };
    case 'dissolution.cause':
    case 'deregistration':
      return ceasedByRoute(facts) ? { kind: 'always' } : null;
    case 'other':
    case null:
      return rule.conditions.length > 0 ? { kind: 'always' } : null;
    default:
      return null;
  }
}
