// SPDX-License-Identifier: Apache-2.0
import type { Route } from './case.ts';
import type { Department } from './department.ts';
import type { Rule } from './law.ts';

/** Days that somebody outside the company sets, or that no duty of the timeline brings about. */
export const OUTSIDE_DAYS = [
  'dissolution',
  'resolution',
  'service-ceased',
  'notice-received',
  'liquidation-ended',
  'forced-announcement',
  'accepted',
  'court-announcement',
  'claims-until',
  'procedure-ended',
  'deregistration-decided',
  'dpo-threshold',
  'dpo-changed',
  'suspension-filed',
  'objections-until',
] as const;

/** Steps of a wind-down (时间表事项), in the order people go through them. An act has a day on which it was done; a window only runs. */
export const STEPS = [
  'closing-notice',
  'closing-notice-online',
  'prepaid-told',
  'prepaid-told-local',
  'cause-published',
  'tax-told',
  'group-formed',
  'administrator-takes-over',
  'members-published',
  'creditors-told',
  'plan-approved',
  'announcement',
  'three-years',
  'claims-told',
  'claims-announced',
  'announcement-period',
  'open-contracts',
  'claims-court',
  'dpo-filed',
  'dpo-change-filed',
  'faces-filing-cancelled',
  'sms-signature',
  'notices-sent',
  'objection-period',
  'processors-told',
  'successor-told',
  'regulator-told',
  'holds-released',
  'disposal',
  'handed-over',
  'liquidation-report',
  'tax-cleared',
  'deregistration-applied',
  'deregistered',
  'suspension-period',
  'restoration-window',
  'further-distribution',
] as const;
export type StepId = (typeof STEPS)[number];
export type OutsideDay = (typeof OUTSIDE_DAYS)[number];
/** What a day can be the day of: the same word for the act and for what starts a clock. */
export type DayName = StepId | OutsideDay;

/** Days of the case as people entered them, YYYY-MM-DD; one after today is a plan. */
export type TimelineDays = Readonly<Partial<Record<DayName, string>>>;

/**
 * done; due: may be done now; overdue: its last day is over; ahead: its first day has not come; running: a window that is open; waiting: a
 * fact is missing, and the step says which.
 */
export type StepState = 'done' | 'due' | 'overdue' | 'ahead' | 'running' | 'waiting';

/** A provision behind a step, as short as people can judge it. */
export interface CitedRule {
  readonly id: string;
  readonly law: string;
  readonly lawEn: string;
  readonly article: string;
  readonly summaryZh: string;
  readonly summaryEn: string;
  /** How the row was checked: against the statute's text, by a secondary source, or not. */
  readonly checked: 'statute' | 'secondary' | 'unverified';
  /** How the version of this day follows on the one before, where the row says so. */
  readonly transitionZh: string | null;
  readonly transitionEn: string | null;
}

export interface TimelineStep {
  readonly id: StepId;
  readonly owner: Department;
  readonly kind: 'act' | 'window';
  readonly state: StepState;
  /** First day on which it may be done, or on which the window runs; null = from now on, or not known. */
  readonly earliest: string | null;
  /** Last day, inclusive; null = the law names none, or not known. */
  readonly latest: string | null;
  /** The last day by counting alone, where it fell on a holiday and `latest` is the working day after it (民法典 203). */
  readonly counted: string | null;
  readonly unit: 'calendar' | 'working';
  /** It must come before this. */
  readonly before: DayName | null;
  /** Day on which it was done or is planned; null = neither. */
  readonly day: string | null;
  /** True when `day` is outside first and last day. */
  readonly late: boolean;
  readonly early: boolean;
  /** What is not known: names of days, `condition:consumer`, `rule:⟨id⟩` where the row no longer states a length. */
  readonly waitsFor: readonly string[];
  /** Provisions, the one that gives the length first; empty = the product's own order. */
  readonly rules: readonly CitedRule[];
  /** True where the rule base has no wording for the length, so that no day is given. */
  readonly noWording: boolean;
  readonly needs: readonly StepId[];
  /** Of `needs`, those not done; of a step that is done, those it should have waited for. */
  readonly blockedBy: readonly StepId[];
  readonly blocks: readonly StepId[];
}

/** Records that become due for destruction in one year, by the rules that kept them; held and permanent ones have no year. */
export interface DueLine {
  readonly year: number;
  readonly rules: string;
  readonly records: number;
  /** First and last day after which they are destroyed. */
  readonly first: string;
  readonly last: string;
}

/** The wind-down's dates of one case on one legal day. */
export interface Timeline {
  readonly route: Route;
  readonly today: string;
  readonly steps: readonly TimelineStep[];
  /** How periods are counted; null when the pack has no such rule. */
  readonly counting: CitedRule | null;
  /** Years whose holidays no notice in the product covers: only Saturdays and Sundays were taken as days off in them. */
  readonly unpublished: readonly number[];
}

/** A rule as it is cited. */
export function citedRule(rule: Rule): CitedRule {
  const { id, law, lawEn, article, summaryZh, summaryEn } = rule;
  const checked = rule.verified !== true ? 'unverified' : rule.source.startsWith('statute:') ? 'statute' : 'secondary';
  return {
    id,
    law,
    lawEn,
    article,
    summaryZh,
    summaryEn,
    checked,
    transitionZh: rule.transitionZh ?? null,
    transitionEn: rule.transitionEn ?? null,
  };
}
