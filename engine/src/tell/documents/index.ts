// SPDX-License-Identifier: Apache-2.0
export { type ArchiveLine, type CaseDocument, STEPS, type StoreLine } from './case-document.ts';
export { DOCUMENT_ERROR_CODES, DocumentError } from './error.ts';
export type { ApprovalLine, DatasetLine, DecisionGroup, Language, PlanDocument, RuleLine } from './ports.ts';
export { DOCUMENT_NAMES, type DocumentName, addresseeOf, partiesOf, renderDocument, writeDocument } from './render-document.ts';
export { type CalendarEvent, renderCalendar } from './render-calendar.ts';
export { renderDisposalList } from './render-list.ts';
export { renderPlan, writePlan } from './render-plan.ts';
export {
  type CorrectionsRead,
  type ListCorrection,
  type ListSheetRead,
  ROW_REFUSALS,
  type RefusedRow,
  type RowRefusal,
  readCorrections,
} from './read-corrections.ts';
