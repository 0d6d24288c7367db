// SPDX-License-Identifier: Apache-2.0
import type { Decision } from '../../model/disposition.ts';
import { type Ask, type EvaluateInput, type Step, gap } from './ask.ts';
import { entrusted, handedOver, holds, reported, standing, takeOver, whose } from './ask-case.ts';
import { appraised, ceilings, end, openHandover, retention } from './ask-law.ts';
import { keptFields } from './kept-fields.ts';

export interface Evaluation extends Decision {
  /** Field categories that stay in the archive; null = the whole record, or nothing is archived. */
  readonly fieldsKept: readonly string[] | null;
  readonly steps: readonly Step[];
}

const QUESTIONS: readonly Ask[] = [
  holds,
  whose,
  reported,
  takeOver,
  entrusted,
  standing,
  handedOver,
  retention,
  ceilings,
  appraised,
  openHandover,
  end,
];

/**
 * What must become of one record: the slow and obvious statement of the plan's meaning; `compilePlan` states the same in SQL.
 * The first of these that answers decides: holds, whose record it is, a report that must come first, successor, processor, standing,
 * hand-over duties, retention, ceilings, appraisal, deletion. "Cannot tell" is the answer `gap`. Uses no clock: the legal day is `facts.today`.
 * Throws PlanError on a malformed period.
 */
export function evaluate(input: EvaluateInput): Evaluation {
  const steps: Step[] = [];
  const index = input.record.index ?? 0;
  for (const ask of QUESTIONS) {
    const found = ask(input, steps);
    if (found === null) continue;
    const kept = found.disposition === 'archive' ? input.rules.filter((r) => found.rules[0] === r.id) : null;
    return { index, ...found, fieldsKept: kept && keptFields(kept, input.record.fields, input.record.class), steps };
  }
  return { index, ...gap('no-rule'), fieldsKept: null, steps };
}
