// SPDX-License-Identifier: Apache-2.0
export { CaseSummary, FieldLine, GateView, LedgerLine, OpenItemView } from './case-summary.ts';
