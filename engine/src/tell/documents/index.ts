// SPDX-License-Identifier: Apache-2.0
export { DOCUMENT_ERROR_CODES, DocumentError } from './error.ts';
export type { ApprovalLine, DatasetLine, DecisionGroup, Language, PlanDocument, RuleLine } from './ports.ts';
export { type CalendarEvent, renderCalendar } from './render-calendar.ts';
export { renderDisposalList } from './render-list.ts';
export { renderPlan } from './render-plan.ts';
