// SPDX-License-Identifier: Apache-2.0
import type { Route } from '../../model/case.ts';
import type { Rule } from '../../model/law.ts';
import type { StepId, TimelineDays } from '../../model/timeline.ts';
import type { HolidayNotice } from './holidays.ts';

/** The version of a provision that is in force on a day and speaks to this case, with the conditions nobody has answered; null = it does not speak. */
export type AskLaw = (id: string, day: string) => { readonly rule: Rule; readonly asks: readonly string[] } | null;

export interface TimelineQuestion {
  readonly route: Route;
  /** The legal day, YYYY-MM-DD. */
  readonly today: string;
  readonly days: TimelineDays;
  /** Steps that the case itself knows to be done, whether or not their day is known. */
  readonly done: ReadonlySet<StepId>;
  readonly law: AskLaw;
  /** Notices on days off; left out = those of the product. */
  readonly holidays?: Readonly<Record<number, HolidayNotice>>;
}
