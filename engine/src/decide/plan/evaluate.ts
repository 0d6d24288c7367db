// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { DatasetRole } from '../../model/data-map.ts';
import type { Decision, Disposition, Reason } from '../../model/disposition.ts';
import type { RecordClass, Rule, StartEvent } from '../../model/law.ts';
import type { Standing } from '../../model/standing.ts';
import { CITED, LIMITATION_HOLD, OBJECTION_HOLD, PREPAID_CONDITIONS } from './cited.ts';
import { type Duty, dutiesOf } from './duties.ts';
import { keptFields } from './kept-fields.ts';
import { lastDay } from './period.ts';
import type { Applicable, Successor } from './ports.ts';

export interface EvaluateInput {
  readonly facts: CaseFacts;
  readonly rules: readonly Rule[];
  readonly applicable: Applicable;
  readonly record: {
    readonly index?: number;
    readonly class: RecordClass;
    readonly role: DatasetRole;
    /** Holds personal information. */
    readonly pi: boolean;
    readonly dates: Readonly<Partial<Record<StartEvent, string | null>>>;
    readonly minor: boolean | null;
    /** IT and Legal chose to anonymise this dataset rather than to delete its rows. */
    readonly anonymise: boolean;
    /** Field categories of the record. */
    readonly fields: readonly string[];
  };
  /** null = the record is linked to no subject. */
  readonly standing: Standing | null;
  readonly holds: readonly { readonly kind: string; readonly approved: boolean }[];
  readonly successor?: Successor | null;
}

/** One question that was asked on the way to the decision, and its answer. */
export interface Step {
  readonly asked: string;
  readonly rule: string | null;
  readonly answer: string;
}

export interface Evaluation extends Decision {
  /** Field categories that stay in the archive; null = the whole record, or nothing is archived. */
  readonly fieldsKept: readonly string[] | null;
  readonly steps: readonly Step[];
}

/**
 * What must become of one record: the slow and obvious statement of the plan's meaning; `compilePlan` states the same in SQL.
 * The first of these that answers decides: holds, whose record it is, successor, processor, standing, retention, ceilings, deletion.
 * "Cannot tell" is the answer `gap`. Uses no clock: the legal day is `facts.today`. Throws PlanError on a malformed period.
 */
export function evaluate(input: EvaluateInput): Evaluation {
  const steps: Step[] = [];
  const index = input.record.index ?? 0;
  for (const ask of [holds, whose, takeOver, entrusted, standing, retention, ceilings, end]) {
    const found = ask(input, steps);
    if (found === null) continue;
    const kept = found.disposition === 'archive' ? input.rules.filter((r) => found.rules[0] === r.id) : null;
    return { index, ...found, fieldsKept: kept && keptFields(kept, input.record.fields, input.record.class), steps };
  }
  return { index, ...gap('no-rule'), fieldsKept: null, steps };
}

type Found = Omit<Decision, 'index'>;
type Ask = (input: EvaluateInput, steps: Step[]) => Found | null;

const decide = (disposition: Disposition, reason: Reason, rules: readonly string[] = [], until: string | null = null): Found => ({
  disposition,
  until,
  rules,
  reason,
});
const gap = (reason: Reason, rules: readonly string[] = []): Found => decide('gap', reason, rules);

const holds: Ask = ({ holds: all }, steps) => {
  steps.push({
    asked: 'holds',
    rule: null,
    answer: all.map((h) => `${h.kind} ${h.approved ? 'approved' : 'not approved'}`).join(', ') || 'none',
  });
  if (all.some((h) => h.kind !== OBJECTION_HOLD && h.approved)) return decide('hold', 'hold-approved');
  if (all.some((h) => h.kind === OBJECTION_HOLD)) return decide('hold', 'objection');
  if (all.some((h) => h.kind === LIMITATION_HOLD)) return gap('hold-not-approved', [CITED.limitation]);
  return all.length > 0 ? gap('hold-not-approved') : null;
};

const whose: Ask = (input, steps) => {
  const { role, pi } = input.record;
  steps.push({ asked: 'whose', rule: null, answer: `${role}, ${pi ? 'personal information' : 'no personal information'}` });
  if (role === 'unknown') return gap('unreadable');
  if (role !== 'customer') return decide('exclude', 'not-a-customer');
  return !pi && duties(input).length === 0 ? decide('exclude', 'no-personal-information') : null;
};

const takeOver: Ask = ({ standing: s, successor, facts }, steps) => {
  if (s?.cause !== 'assumed-by-successor') return null;
  const told = successor?.noticeSentOn ?? null;
  const lawful = successor?.samePurpose === true && told !== null && told <= facts.today;
  steps.push({
    asked: 'successor',
    rule: CITED.transfer,
    answer: lawful ? `told on ${told}, same purpose` : 'not told, or another purpose',
  });
  return lawful ? decide('transfer', 'successor', [CITED.transfer]) : gap('successor', [CITED.transfer]);
};

const entrusted: Ask = ({ facts, successor }, steps) => {
  if (facts.role !== 'processor') return null;
  steps.push({ asked: 'instruction of the principal', rule: CITED.processor, answer: successor?.instruction ?? 'none' });
  if (successor?.instruction === 'return') return decide('handOver', 'processor-return', [CITED.processor]);
  if (successor?.instruction === 'delete') return decide('delete', 'processor-return', [CITED.processor]);
  return gap('processor-return', [CITED.processor]);
};

const standing: Ask = ({ standing: s, facts }, steps) => {
  steps.push({ asked: 'standing', rule: null, answer: s === null ? 'no subject' : `${s.cause} ${s.endedOn ?? ''}`.trim() });
  if (s === null) return ceasedByRoute(facts) ? null : gap('unlinked');
  if (s.owed.length > 0) {
    const prepaid = PREPAID_CONDITIONS.every((c) => facts.conditions.includes(c));
    return decide('hold', 'obligation-owed', prepaid ? [CITED.prepaid] : []);
  }
  if (s.conflicts.length > 0 || s.cause === 'conflict') return gap('standing-conflict');
  if (s.ended === null) return gap('standing-unknown');
  return s.ended ? null : decide('hold', 'contract-running');
};

const retention: Ask = (input, steps) => {
  const asked = duties(input)
    .filter((d) => d.kind !== 'ceiling')
    .map((d) => ({ ...d, until: untilOf(d, input) }));
  for (const d of asked) steps.push({ asked: 'retention', rule: d.rule.id, answer: answerOf(d) });
  const periods = asked.filter((d) => d.kind === 'period');
  const firm = periods.filter((d) => d.firm && d.applies);
  if (firm.some((d) => d.until === null)) return gap('start-date-missing');

  const spoken = periods.some((d) => d.applies);
  const endless = asked.filter((d) => d.kind === 'open-ended' || (d.kind === 'silent' && !spoken));
  const lost = endless.find((d) => d.firm && d.applies);
  if (lost) return gap('no-period', [lost.rule.id]);

  const longest = firm.reduce((last, d) => (d.until! > last ? d.until! : last), '');
  const keepsLonger = (d: (typeof asked)[number]) =>
    d.kind === 'period' ? d.until === null || (d.until >= input.facts.today && d.until > longest) : endless.includes(d);
  const open = asked.find((d) => d.applies === null && keepsLonger(d));
  if (open) return gap('condition-unknown', [open.rule.id]);
  const undecided = asked.find((d) => d.applies && !d.firm && keepsLonger(d));
  if (undecided) return gap('rule-unconfirmed', [undecided.rule.id]);

  const winner = firm.find((d) => d.until === longest);
  return winner && longest >= input.facts.today ? decide('archive', 'retention-running', [winner.rule.id], longest) : null;
};

const ceilings: Ask = (input, steps) => {
  for (const d of duties(input).filter((each) => each.kind === 'ceiling')) {
    const until = untilOf(d, input);
    steps.push({ asked: 'ceiling', rule: d.rule.id, answer: until ?? 'start missing' });
    if (until === null) return gap('start-date-missing');
    if (until < input.facts.today) return decide('delete', 'retention-expired', [d.rule.id]);
  }
  return null;
};

const end: Ask = (input, steps) => {
  const { record, facts } = input;
  if (!record.pi) return decide('exclude', 'no-personal-information');
  if (record.anonymise) return decide('anonymise', 'anonymise-chosen', [CITED.anonymise]);
  const expired = duties(input).some((d) => d.kind === 'period' && d.applies);
  const cause = input.standing?.cause;
  const ceased = ceasedByRoute(facts) || cause === 'service.ceased' || cause === 'none';
  steps.push({ asked: 'end', rule: null, answer: `${ceased ? 'service ceased' : 'purpose ended'}${expired ? ', retention expired' : ''}` });
  if (ceased) return decide('delete', expired ? 'retention-expired' : 'service-ceased', [CITED.serviceCeased]);
  return expired
    ? decide('delete', 'retention-expired', [CITED.retentionExpired])
    : decide('delete', 'purpose-ended', [CITED.purposeEnded]);
};

/** The company itself is ending and the day has come: it no longer provides any service (个人信息保护法 47 一款二项). */
export function ceasedByRoute(facts: CaseFacts): boolean {
  return facts.route !== 'contract-end-only' && facts.dissolution !== null && facts.dissolution <= facts.today;
}

function duties(input: EvaluateInput): readonly Duty[] {
  return dutiesOf(input, input.record.class, input.record.minor);
}

function untilOf({ rule }: Duty, { record, facts }: EvaluateInput): string | null {
  if (rule.period === null || rule.startEvent === null) return null;
  const ofCase = rule.startEvent === 'service.ceased' || rule.startEvent === 'dissolution.cause' ? facts.dissolution : null;
  return lastDay(record.dates[rule.startEvent] ?? ofCase, rule.period);
}

function answerOf(d: Duty & { until: string | null }): string {
  const end = d.kind === 'period' ? (d.until ?? `${d.rule.startEvent} missing`) : d.kind;
  return [end, d.firm ? '' : 'not confirmed', d.applies ? '' : 'condition unknown'].filter(Boolean).join(', ');
}
