// SPDX-License-Identifier: Apache-2.0
import { type Ask, decide, gap } from './ask.ts';
import { ceasedByRoute, handoverOf, isDissolving, owedRule, reportBar } from './case-rules.ts';
import { CITED, LIMITATION_HOLD, OBJECTION_HOLD, REQUESTS } from './cited.ts';
import { dutiesOf } from './duties.ts';
import { allOver } from './record-duties.ts';

/** The questions that facts of the case and the person answer, in the order in which they are asked. */

const IS_REQUEST: ReadonlySet<string> = new Set(Object.values(REQUESTS));

export const holds: Ask = ({ holds: all, facts }, steps) => {
  const active = all.filter((h) => !IS_REQUEST.has(h.kind) && !((h.until ?? null) !== null && h.until! < facts.today));
  steps.push({
    asked: 'holds',
    rule: null,
    answer: active.map((h) => `${h.kind} ${h.approved ? 'approved' : 'not approved'}`).join(', ') || 'none',
  });
  const approved = active.filter((h) => h.kind !== OBJECTION_HOLD && h.approved);
  if (approved.length > 0) {
    const until = approved.some((h) => !h.until) ? null : approved.reduce((last, h) => (h.until! > last ? h.until! : last), '');
    return decide('hold', 'hold-approved', approved.every((h) => h.kind === LIMITATION_HOLD) ? [CITED.limitation] : [], until);
  }
  if (active.some((h) => h.kind === OBJECTION_HOLD)) return decide('hold', 'objection');
  if (active.some((h) => h.kind === LIMITATION_HOLD)) return gap('hold-not-approved', [CITED.limitation]);
  if (active.length > 0) return gap('hold-not-approved');
  return all.some((h) => h.kind === REQUESTS.access) ? decide('hold', 'request-open', [CITED.access]) : null;
};

export const whose: Ask = (input, steps) => {
  const { role, pi } = input.record;
  steps.push({ asked: 'whose', rule: null, answer: `${role}, ${pi ? 'personal information' : 'no personal information'}` });
  if (role === 'unknown') return gap('unreadable');
  if (role !== 'customer') return decide('exclude', 'not-a-customer');
  return !pi && dutiesOf(input, input.record.class, input.record.minor).length === 0 ? decide('exclude', 'no-personal-information') : null;
};

export const reported: Ask = (input, steps) => {
  const bar = reportBar(input, input.record.class);
  if (bar === null) return null;
  steps.push({ asked: 'report', rule: bar.rule, answer: bar.reason });
  return decide(bar.disposition, bar.reason, [bar.rule]);
};

export const takeOver: Ask = ({ standing: s, successor, facts }, steps) => {
  if (s?.cause !== 'assumed-by-successor') return null;
  const told = successor?.noticeSentOn ?? null;
  const wasTold = told !== null && told <= facts.today;
  const consent = successor?.separateConsent === true;
  const sold = !isDissolving(facts) || facts.conditions.includes('third-party-transfer');
  const rule = sold ? CITED.provide : CITED.transfer;
  steps.push({ asked: 'successor', rule, answer: `${wasTold ? `told on ${told}` : 'not told'}, ${consent ? 'consent' : 'no consent'}` });
  if (!wasTold) return gap('successor', [rule]);
  if (sold) return consent ? decide('transfer', 'successor', [rule]) : gap('consent-missing', [rule]);
  if (facts.conditions.includes('cross-border') && !consent) return gap('consent-missing', [CITED.export]);
  return successor?.samePurpose === true || consent ? decide('transfer', 'successor', [rule]) : gap('successor', [rule]);
};

export const entrusted: Ask = ({ facts, successor, standing: s }, steps) => {
  if (facts.role !== 'processor') return null;
  steps.push({ asked: 'instruction of the principal', rule: CITED.processor, answer: successor?.instruction ?? 'none' });
  if (s !== null && s.owed.length === 0) {
    if (s.conflicts.length > 0 || s.cause === 'conflict') return gap('standing-conflict');
    if (s.ended === null) return gap('standing-unknown');
    if (!s.ended) return decide('hold', 'contract-running');
  }
  if (successor?.instruction === 'return') return decide('handOver', 'processor-return', [CITED.processor]);
  if (successor?.instruction === 'delete') return decide('delete', 'processor-return', [CITED.processor]);
  return gap('processor-return', [CITED.processor]);
};

export const standing: Ask = (input, steps) => {
  const { standing: s, facts } = input;
  steps.push({ asked: 'standing', rule: null, answer: s === null ? 'no subject' : `${s.cause} ${s.endedOn ?? ''}`.trim() });
  if (s === null) return ceasedByRoute(facts) ? null : gap('unlinked');
  if (s.owed.length > 0) return decide('hold', 'obligation-owed', owedRule(input, input.record.class));
  if (s.conflicts.length > 0 || s.cause === 'conflict') return gap('standing-conflict');
  if (s.ended === null) return gap('standing-unknown');
  return s.ended ? null : decide('hold', 'contract-running');
};

export const handedOver: Ask = (input, steps) => {
  const { firm, atOnce } = handoverOf(input, input.record.class);
  if (firm === null) return null;
  const over = !atOnce && allOver(input);
  steps.push({ asked: 'hand-over', rule: firm.id, answer: over ? 'every period is over' : 'due' });
  return over ? null : decide('handOver', 'handover-duty', [firm.id]);
};
