// SPDX-License-Identifier: Apache-2.0
import { RISK_KINDS, type RiskLine, type RiskView } from '../../model/risk.ts';
import { citedRule } from '../../model/timeline.ts';
import { CAUSES } from './causes.ts';
import type { RiskQuestion } from './ports.ts';

/**
 * The risks of a case by what raises them (counts), who owns them, and what is open. No score: a number that nobody counted would say more
 * than is known. What cannot be counted yet is listed as such, and a kind without a count is named quiet, which is no proof of safety.
 */
export function viewRisks(question: RiskQuestion): RiskView {
  const all = CAUSES.map(({ cause, kind, unit, owner, rules, counted }): RiskLine => {
    const found = counted(question);
    return {
      kind,
      cause,
      unit,
      owner,
      count: found?.count ?? null,
      records: found?.records ?? null,
      open: found?.open ?? null,
      rules: rules.map((id) => question.rule(id)).flatMap((rule) => (rule ? [citedRule(rule)] : [])),
    };
  });
  const lines = all.filter((line) => line.count !== null && line.count > 0);
  return {
    today: question.today,
    lines,
    uncounted: all.filter((line) => line.count === null),
    quiet: RISK_KINDS.filter((kind) => !lines.some((line) => line.kind === kind)),
  };
}
