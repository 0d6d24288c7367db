// SPDX-License-Identifier: Apache-2.0
export { ENTERED_DAYS, compileTimeline } from './compile-timeline.ts';
export { HOLIDAYS, type HolidayNotice } from './holidays.ts';
export type { AskLaw, TimelineQuestion } from './ports.ts';
