// SPDX-License-Identifier: Apache-2.0
import type { EvaluateInput } from './ask.ts';
import { ceasedByRoute } from './case-rules.ts';
import { endOf } from './clock.ts';
import { type Duty, dutiesOf } from './duties.ts';
import { inWindow } from './window.ts';

/** The service has ceased for this person: the company ends, or the contract ended because the service did. */
export function isCeased({ facts, standing }: EvaluateInput): boolean {
  return ceasedByRoute(facts) || standing?.cause === 'service.ceased' || standing?.cause === 'none';
}

/** Duties that speak to the record on the day it was made. */
export function duties(input: EvaluateInput): readonly Duty[] {
  return dutiesOf(input, input.record.class, input.record.minor).filter((d) => inWindow(d.window, input.record.dates, input.facts));
}

export function untilOf({ clock }: Duty, { record, facts }: EvaluateInput): string | null {
  return clock === null ? null : endOf(clock, record.dates, facts);
}

/** A period asked for the record. Asked once retention has let it pass, it says that the period is over. */
export function hadPeriod(input: EvaluateInput): boolean {
  return duties(input).some((d) => (d.kind === 'period' || d.kind === 'appraisal') && d.applies);
}

/**
 * Every period that speaks to the record, floor or ceiling, is over: there is nothing left to hand over. An open rule whose start nobody
 * knows says nothing here; retention has asked it already.
 */
export function allOver(input: EvaluateInput): boolean {
  const asked = duties(input)
    .filter((d) => d.applies && (d.kind === 'period' || d.kind === 'ceiling'))
    .map((d) => ({ firm: d.firm, until: untilOf(d, input) }))
    .filter((d) => d.firm || d.until !== null);
  return asked.length > 0 && asked.every(({ until }) => until !== null && until < input.facts.today);
}
