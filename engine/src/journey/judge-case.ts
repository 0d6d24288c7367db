// SPDX-License-Identifier: Apache-2.0
import { applicable, loadPack } from '../decide/law/index.ts';
import { evaluate, opinion } from '../decide/plan/index.ts';
import { JourneyError } from './error.ts';
import { type WorkedCase, readWorkedCase } from './worked-case.ts';

export interface Judged {
  readonly id: string;
  readonly disposition: string;
  readonly until: string | null;
  readonly rules: readonly string[];
  readonly fieldsKept: readonly string[] | null;
  readonly explanation: string;
}

/** Decides one worked case by the shipped rules. A case that speaks of what is in no list is a gap that names it. */
export function judgeCase(c: WorkedCase, lang: 'zh' | 'en'): Judged {
  const rules = loadPack();
  try {
    const input = readWorkedCase(c, rules, applicable);
    const found = evaluate(input);
    const { disposition, until, rules: cited, fieldsKept } = found;
    const gone = fieldsKept === null ? [] : input.record.fields.filter((f) => !fieldsKept.includes(f));
    const explanation = opinion(input, found, gone, lang).join('\n');
    return { id: c.id, disposition, until, rules: cited, fieldsKept, explanation };
  } catch (error) {
    if (!(error instanceof JourneyError)) throw error;
    const explanation = lang === 'zh' ? `无法判断：不认识的值 ${error.detail}。` : `Cannot tell: unknown value ${error.detail}.`;
    return { id: c.id, disposition: 'gap', until: null, rules: [], fieldsKept: null, explanation };
  }
}
