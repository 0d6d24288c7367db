// SPDX-License-Identifier: Apache-2.0
import type { Route } from '../../model/case.ts';
import type { Department } from '../../model/department.ts';
import type { DayName, StepId } from '../../model/timeline.ts';

/**
 * One duty of the timeline: which rows of the rule base speak, what starts the clock, and what it must follow or precede. No number of
 * days stands here: lengths are read from the rows, `read` naming the words of a row that states more than one.
 */
export interface Duty {
  readonly id: StepId;
  readonly owner: Department;
  /** Left out = every route. */
  readonly routes?: readonly Route[];
  readonly window?: true;
  /** The first that speaks to the case gives the length; none speaks = no such duty. Empty = the product's own order. */
  readonly rules: readonly string[];
  /** Cited beside, where they speak. */
  readonly also?: readonly string[];
  /** Starts the clock of `within`, or is the first day of a step that has no length. */
  readonly after?: DayName;
  /** The clock starts where this window ends. */
  readonly afterEndOf?: StepId;
  /** The length after `after` within which it must be done, or for which the window runs. */
  readonly within?: true;
  /** At least the length before this day. */
  readonly ahead?: DayName;
  /** Before this, without a length. */
  readonly before?: DayName;
  /** Not before these windows are over. */
  readonly notBefore?: readonly StepId[];
  /** The window's last day is one that a court or registry sets, between two lengths of the row. */
  readonly until?: DayName;
  /** Where the row states the length: a pattern on its words, group 1 = ISO 8601 or days. */
  readonly read?: RegExp;
  /** Asked on the legal day rather than on the day that starts the clock: what an authority may do now. */
  readonly lawOfToday?: true;
  /** A clock that was running on this day starts again on it (transition of the row). */
  readonly startsAnew?: string;
  readonly noWording?: true;
  /** No step before this day is known. */
  readonly onlyWhen?: DayName;
  readonly needs?: readonly StepId[];
}

const LIQUIDATION: readonly Route[] = ['liquidation'];
const SIMPLIFIED: readonly Route[] = ['simplified'];
const FORCED: readonly Route[] = ['forced'];
const BANKRUPTCY: readonly Route[] = ['bankruptcy'];
const SUCCESSOR: readonly Route[] = ['successor'];
/** Routes at whose end the company is struck off on its own application. */
const APPLYING: readonly Route[] = ['liquidation', 'simplified', 'bankruptcy', 'successor'];
const ENDING: readonly Route[] = [...APPLYING, 'forced'];
/** Routes on which the customers' information is disposed of; a suspended company goes on. */
const DISPOSING: readonly Route[] = [...ENDING, 'contract-end-only'];
/** The rows on a merger (co-220) state no window for claims, so none ends there. */
const WITH_CLAIMS: readonly Route[] = ['liquidation', 'simplified', 'forced', 'bankruptcy'];

const CLAIM_WINDOWS: readonly StepId[] = ['claims-told', 'claims-announced', 'announcement-period', 'claims-court'];
const BEFORE_APPLYING: readonly StepId[] = ['tax-cleared', 'liquidation-report', 'disposal', 'handed-over', 'processors-told'];

/** Which provisions of which route: a reading of the rows, set out in docs/measured/timelines.md. */
export const DUTIES: readonly Duty[] = [
  // Customers who must know beforehand.
  { id: 'closing-notice', owner: 'marketing', rules: ['cplr-21'], ahead: 'service-ceased' },
  { id: 'closing-notice-online', owner: 'marketing', rules: ['ecl-16'], ahead: 'service-ceased' },
  { id: 'prepaid-told', owner: 'support', rules: ['cplr-22'], before: 'service-ceased', needs: ['closing-notice'] },
  { id: 'prepaid-told-local', owner: 'support', rules: ['sh-17', 'gs-22', 'bj-18'], ahead: 'service-ceased' },

  // The company's own end.
  {
    id: 'cause-published',
    owner: 'liquidation',
    routes: ['liquidation', 'simplified', 'forced', 'successor'],
    rules: ['co-229'],
    after: 'dissolution',
    within: true,
  },
  { id: 'tax-told', owner: 'liquidation', routes: ['liquidation', 'forced'], rules: ['taxr-50'], before: 'group-formed' },
  {
    id: 'group-formed',
    owner: 'liquidation',
    routes: ['liquidation', 'forced'],
    rules: ['co-232'],
    also: ['co-233', 'cc-70'],
    after: 'dissolution',
    within: true,
    startsAnew: '2024-07-01',
  },
  { id: 'administrator-takes-over', owner: 'liquidation', routes: BANKRUPTCY, rules: ['eb-13'], also: ['eb-127'], after: 'accepted' },
  { id: 'members-published', owner: 'liquidation', routes: LIQUIDATION, rules: ['mer-32'], after: 'group-formed', within: true },
  {
    id: 'creditors-told',
    owner: 'liquidation',
    routes: LIQUIDATION,
    rules: ['co-235'],
    also: ['ji2-11'],
    after: 'group-formed',
    within: true,
  },
  {
    id: 'creditors-told',
    owner: 'liquidation',
    routes: SUCCESSOR,
    rules: ['co-220'],
    after: 'resolution',
    within: true,
    read: /(P\d+D) notice/,
  },
  { id: 'plan-approved', owner: 'legal', routes: SIMPLIFIED, rules: [], before: 'announcement' },
  { id: 'plan-approved', owner: 'legal', routes: DISPOSING.filter((r) => r !== 'simplified'), rules: [], before: 'disposal' },
  { id: 'announcement', owner: 'liquidation', routes: LIQUIDATION, rules: ['co-235-2'], after: 'group-formed', within: true },
  {
    id: 'announcement',
    owner: 'liquidation',
    routes: SUCCESSOR,
    rules: ['co-220'],
    after: 'resolution',
    within: true,
    read: /(P\d+D) announcement/,
  },
  {
    id: 'announcement',
    owner: 'liquidation',
    routes: SIMPLIFIED,
    rules: ['co-240'],
    also: ['mer-33', 'merr-48'],
    needs: ['plan-approved'],
  },

  // Windows in which others may speak.
  {
    id: 'three-years',
    owner: 'liquidation',
    routes: FORCED,
    window: true,
    rules: ['co-241'],
    after: 'dissolution',
    within: true,
    read: /(three years) after/,
    lawOfToday: true,
  },
  {
    id: 'claims-told',
    owner: 'legal',
    routes: LIQUIDATION,
    window: true,
    rules: ['co-235-3'],
    after: 'notice-received',
    within: true,
    needs: ['creditors-told'],
  },
  {
    id: 'claims-announced',
    owner: 'legal',
    routes: LIQUIDATION,
    window: true,
    rules: ['co-235-4'],
    after: 'announcement',
    within: true,
    needs: ['announcement'],
  },
  {
    id: 'announcement-period',
    owner: 'legal',
    routes: SIMPLIFIED,
    window: true,
    rules: ['co-240'],
    also: ['mer-33'],
    after: 'announcement',
    within: true,
    needs: ['announcement'],
  },
  {
    id: 'announcement-period',
    owner: 'legal',
    routes: FORCED,
    window: true,
    rules: ['fd-3', 'co-241'],
    after: 'forced-announcement',
    within: true,
    needs: ['three-years'],
  },
  { id: 'open-contracts', owner: 'legal', routes: BANKRUPTCY, window: true, rules: ['eb-18'], after: 'accepted', within: true },
  {
    id: 'claims-court',
    owner: 'legal',
    routes: BANKRUPTCY,
    window: true,
    rules: ['eb-45'],
    after: 'court-announcement',
    until: 'claims-until',
    read: /(P\d+[DM]) to (P\d+[DM])/,
  },

  // Authorities, carriers, processors, customers.
  { id: 'dpo-filed', owner: 'legal', rules: ['dpo-1'], also: ['pipl-52', 'audit-12'], after: 'dpo-threshold', within: true },
  { id: 'dpo-change-filed', owner: 'legal', rules: ['dpo-1'], after: 'dpo-changed', within: true },
  { id: 'faces-filing-cancelled', owner: 'legal', rules: ['face-15b'], also: ['face-15'], after: 'service-ceased', within: true },
  { id: 'sms-signature', owner: 'it', routes: DISPOSING, rules: [], also: ['cc-59'], before: 'notices-sent', noWording: true },
  {
    id: 'notices-sent',
    owner: 'support',
    routes: DISPOSING,
    rules: [],
    also: ['gbt35273-6.4'],
    before: 'disposal',
    needs: ['plan-approved'],
  },
  {
    id: 'objection-period',
    owner: 'support',
    routes: DISPOSING,
    window: true,
    rules: [],
    until: 'objections-until',
    onlyWhen: 'objections-until',
    needs: ['notices-sent'],
  },
  { id: 'processors-told', owner: 'legal', routes: DISPOSING, rules: [], before: 'deregistration-applied' },
  { id: 'successor-told', owner: 'legal', routes: DISPOSING, rules: ['pipl-22'], also: ['ndsr-14'], before: 'disposal' },
  { id: 'regulator-told', owner: 'legal', routes: DISPOSING, rules: ['ndsr-32'], also: ['ndsr-28'], before: 'disposal' },
  { id: 'holds-released', owner: 'legal', routes: WITH_CLAIMS, rules: [], notBefore: CLAIM_WINDOWS, needs: CLAIM_WINDOWS },
  {
    id: 'disposal',
    owner: 'it',
    routes: DISPOSING,
    rules: ['pipl-47'],
    also: ['pipl-47-2', 'pipl-21', 'cc-59'],
    after: 'service-ceased',
    notBefore: [...CLAIM_WINDOWS, 'objection-period'],
    before: 'deregistration-applied',
    needs: ['plan-approved', 'notices-sent', 'successor-told', 'regulator-told', 'holds-released', 'objection-period'],
  },
  { id: 'handed-over', owner: 'legal', routes: ENDING, rules: ['aml-34b', 'cred-12'], before: 'deregistration-applied' },

  // Striking off, and what is open afterwards.
  {
    id: 'liquidation-report',
    owner: 'liquidation',
    routes: LIQUIDATION,
    rules: ['co-239'],
    also: ['co-236'],
    before: 'deregistration-applied',
    needs: ['disposal'],
  },
  { id: 'tax-cleared', owner: 'liquidation', routes: APPLYING, rules: ['taxr-15'], also: ['inv-27'], before: 'deregistration-applied' },
  {
    id: 'tax-cleared',
    owner: 'liquidation',
    routes: FORCED,
    rules: ['taxr-15'],
    also: ['inv-27'],
    after: 'dissolution',
    within: true,
  },
  {
    id: 'deregistration-applied',
    owner: 'liquidation',
    routes: LIQUIDATION,
    rules: ['mer-32'],
    also: ['merr-44', 'merr-46'],
    after: 'liquidation-ended',
    within: true,
    read: /apply within (P\d+D) after liquidation ends/,
    needs: BEFORE_APPLYING,
  },
  {
    id: 'deregistration-applied',
    owner: 'liquidation',
    routes: SIMPLIFIED,
    rules: ['co-240'],
    afterEndOf: 'announcement-period',
    within: true,
    read: /apply within (P\d+D) after it ends/,
    needs: ['announcement-period', ...BEFORE_APPLYING],
  },
  {
    id: 'deregistration-applied',
    owner: 'liquidation',
    routes: BANKRUPTCY,
    rules: ['eb-121'],
    after: 'procedure-ended',
    within: true,
    read: /(\d+)日内注销/,
    needs: BEFORE_APPLYING,
  },
  {
    id: 'deregistration-applied',
    owner: 'liquidation',
    routes: SUCCESSOR,
    rules: ['merr-44'],
    also: ['merr-46'],
    after: 'deregistration-decided',
    within: true,
    needs: BEFORE_APPLYING,
  },
  {
    id: 'deregistered',
    owner: 'liquidation',
    routes: APPLYING,
    rules: ['mer-31'],
    also: ['cc-59'],
    needs: ['deregistration-applied'],
  },
  {
    id: 'deregistered',
    owner: 'liquidation',
    routes: FORCED,
    rules: ['co-241'],
    also: ['cc-59'],
    notBefore: ['announcement-period'],
    lawOfToday: true,
  },
  {
    id: 'suspension-period',
    owner: 'liquidation',
    routes: ['suspension'],
    window: true,
    rules: ['mer-30'],
    after: 'suspension-filed',
    within: true,
  },
  {
    id: 'restoration-window',
    owner: 'legal',
    routes: FORCED,
    window: true,
    rules: ['fd-12'],
    also: ['fd-13'],
    after: 'deregistered',
    within: true,
  },
  {
    id: 'further-distribution',
    owner: 'legal',
    routes: BANKRUPTCY,
    window: true,
    rules: ['eb-121'],
    after: 'procedure-ended',
    within: true,
  },
];
