// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '../../model/disposition.ts';
import { type Ask, type EvaluateInput, type Found, decide, gap } from './ask.ts';
import { appraisalOf, handoverOf } from './case-rules.ts';
import { APPRAISED, CITED, REQUESTS } from './cited.ts';
import { endOf, startOf } from './clock.ts';
import { type Deletion, groundsOf } from './deletion.ts';
import { type Duty, coveredBy } from './duties.ts';
import { allOver, duties, hadPeriod, isCeased, untilOf } from './record-duties.ts';

/** The questions that the law answers once the case lets a record pass: must it be kept, must it go, by which provision. */

interface Asked extends Duty {
  readonly until: string | null;
}

export const retention: Ask = (input, steps) => {
  const asked = duties(input)
    .filter((d) => d.kind !== 'ceiling' && d.kind !== 'appraisal')
    .map((d) => ({ ...d, until: untilOf(d, input) }));
  for (const d of asked) steps.push({ asked: 'retention', rule: d.rule.id, answer: answerOf(d) });
  const of = (kind: Duty['kind']) => asked.find((d) => d.kind === kind && d.firm && d.applies);

  const forever = of('permanent');
  if (forever) return decide('archive', 'retention-running', [forever.rule.id]);
  const matter = of('matter');
  if (matter) return decide('hold', 'matter-open', [matter.rule.id]);

  const periods = asked.filter((d) => d.kind === 'period');
  const firm = periods.filter((d) => d.firm && d.applies);
  if (firm.some((d) => d.until === null)) return gap('start-date-missing');
  const endless = of('open-ended');
  if (endless) return gap('no-period', [endless.rule.id]);

  const longest = firm.reduce((last, d) => (d.until! > last ? d.until! : last), '');
  const lapsed = duties(input).filter((d) => d.kind === 'appraisal' && d.firm && d.applies);
  const spoken = firm.length > 0;
  const keepsLonger = (d: Asked) => {
    if (d.kind === 'period' && d.until === null) {
      const covers = [...firm, ...lapsed].map((f) => coveredBy(d, f));
      return !covers.includes('always') && !(covers.includes('while-running') && longest >= input.facts.today);
    }
    if (d.kind === 'period') return d.until! >= input.facts.today && d.until! > longest;
    return d.kind !== 'silent' || !spoken;
  };
  const stops = asked.find((d) => !(d.applies && d.firm) && keepsLonger(d));
  if (stops) return gap(whyOpen(stops), [stops.rule.id]);
  if (!spoken && of('silent')) {
    const elsewhere = periods.find((d) => d.applies && !d.firm);
    return elsewhere ? gap('rule-unconfirmed', [elsewhere.rule.id]) : gap('no-period', [of('silent')!.rule.id]);
  }

  const winner = firm.find((d) => d.until === longest);
  return winner && longest >= input.facts.today ? decide('archive', 'retention-running', [winner.rule.id], longest) : null;
};

export const ceilings: Ask = (input, steps) => {
  const asked = duties(input)
    .filter((d) => d.kind === 'ceiling')
    .map((d) => ({ ...d, until: untilOf(d, input) }));
  for (const d of asked) steps.push({ asked: 'ceiling', rule: d.rule.id, answer: d.until ?? 'start missing' });
  if (asked.some((d) => d.until === null)) return gap('start-date-missing');
  const over = asked.find((d) => d.until! < input.facts.today);
  if (over) return decide('delete', 'retention-expired', [over.rule.id]);
  if (isCeased(input) || asked.length === 0) return null;
  const first = asked.reduce((a, b) => (b.until! < a.until! ? b : a));
  return decide('archive', 'ceiling-running', [first.rule.id], first.until);
};

/** A hand-over that Legal has not confirmed may stop a deletion; it does not stop keeping. */
export const openHandover: Ask = (input, steps) => {
  const { open } = handoverOf(input, input.record.class);
  if (open === null || allOver(input)) return null;
  steps.push({ asked: 'hand-over', rule: open.id, answer: 'not confirmed' });
  return gap('rule-unconfirmed', [open.id]);
};

/** Archives wait for their appraisal (档案法实施条例 24), and so does what an old schedule let lapse (财会〔2016〕3号). */
export const appraised: Ask = (input, steps) => {
  const { bar: ordered } = appraisalOf(input, input.record.class);
  const lapsed = input.facts.conditions.includes(APPRAISED) ? undefined : duties(input).find((d) => d.kind === 'appraisal');
  const bar = ordered ?? lapsed?.rule ?? null;
  if (bar === null) return null;
  steps.push({ asked: 'appraisal', rule: bar.id, answer: 'not appraised' });
  return gap('appraisal-missing', [bar.id]);
};

export const end: Ask = (input, steps) => {
  const { record } = input;
  if (!record.pi) return decide('exclude', 'no-personal-information');
  if (record.anonymise) return decide('anonymise', 'anonymise-chosen', [CITED.anonymise]);
  const expired = hadPeriod(input);
  steps.push({
    asked: 'end',
    rule: null,
    answer: `${isCeased(input) ? 'service ceased' : 'purpose ended'}${expired ? ', retention expired' : ''}`,
  });
  return groundFor(input, appraisalOf(input, record.class).allowed?.id ?? null, expired);
};

function groundFor(input: EvaluateInput, allowed: string | null, expired: boolean): Found {
  if (allowed !== null) return decide('delete', 'retention-expired', [allowed]);
  const why = expired ? 'retention-expired' : isCeased(input) ? 'service-ceased' : 'purpose-ended';
  const grounds = groundsOf(input, input.record.class, input.record.minor).filter((g) => isMet(g, input));
  const special = grounds.find((g) => !g.last);
  if (special) return decide('delete', why, [special.rule.id]);
  if (isCeased(input)) return decide('delete', why, [CITED.serviceCeased]);
  const other = grounds[0];
  if (other) return decide('delete', why, [other.rule.id]);
  return decide('delete', why, [expired ? CITED.retentionExpired : CITED.purposeEnded]);
}

function isMet({ trigger }: Deletion, input: EvaluateInput): boolean {
  const { facts, record, holds } = input;
  const asked = (kind: string) => holds.some((h) => h.kind === kind);
  switch (trigger.kind) {
    case 'always':
      return true;
    case 'ceased':
      return isCeased(input);
    case 'expired':
      return hadPeriod(input);
    case 'erase':
      return asked(REQUESTS.erase);
    case 'withdrawn':
      return asked(REQUESTS.withdraw);
    case 'account-closed': {
      const day = startOf('account.closed', record.dates, facts);
      return day !== null && day <= facts.today;
    }
    case 'after': {
      const until = endOf(trigger.clock, record.dates, facts);
      return until !== null && until < facts.today;
    }
  }
}

function whyOpen({ applies, unsettled }: Duty): Reason {
  if (applies === null) return 'condition-unknown';
  return unsettled ? 'transition-unsettled' : 'rule-unconfirmed';
}

function answerOf(d: Asked): string {
  const end = d.kind === 'period' ? (d.until ?? `${d.rule.startEvent} missing`) : d.kind;
  return [end, d.firm ? '' : 'not confirmed', d.unsettled ? 'not settled' : '', d.applies ? '' : 'condition unknown']
    .filter(Boolean)
    .join(', ');
}
