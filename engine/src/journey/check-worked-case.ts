// SPDX-License-Identifier: Apache-2.0
import { isDay } from '../decide/plan/index.ts';
import { CONDITION_ZH } from '../model/terms.ts';
import { JourneyError } from './error.ts';
import type { WorkedCase } from './worked-case.ts';

const isObject = (x: unknown) => typeof x === 'object' && x !== null && !Array.isArray(x);
const isText = (x: unknown) => typeof x === 'string' && x !== '';
const isTexts = (x: unknown) => Array.isArray(x) && x.every((t) => typeof t === 'string');
const isObjects = (x: unknown) => Array.isArray(x) && x.every(isObject);
const isCount = (x: unknown) => typeof x === 'number' && Number.isInteger(x) && x >= 0;
/** GB/T 2260 code, with or without the ISO 3166 prefix: CN-440300, 440300, CN-44. */
const isRegion = (x: unknown) => typeof x === 'string' && /^(CN-)?\d{2}(\d{2}){0,2}$/.test(x);
const isAnswer = (x: unknown) => typeof x === 'boolean';

/** Joint controllers each owe what a controller owes (个人信息保护法 20). */
const ROLES: ReadonlySet<unknown> = new Set(['controller', 'joint-controller', 'processor']);

type Check = readonly [what: string, value: unknown, test: (x: unknown) => boolean];

/** Refuses a case that would be read as something its author did not say: JourneyError `unknown-word`, naming the part and the value. */
export function checkWorkedCase(c: WorkedCase): void {
  const parts: readonly Check[] = [
    ['case', c.case, isObject],
    ['record', c.record, isObject],
  ];
  const all: readonly Check[] = [...parts, ...(parts.every(([, value, test]) => test(value)) ? insides(c) : [])];
  const wrong = all.find(([, value, test]) => !test(value));
  if (wrong) throw new JourneyError('unknown-word', `${wrong[0]}: ${JSON.stringify(wrong[1]) ?? 'missing'}`);
}

function insides({ case: facts, record, subject, standing, holds, requests, successor, confirmed, refused }: WorkedCase): readonly Check[] {
  const given = (what: string, value: unknown, test: Check[2]): Check => [what, value, (x) => x === undefined || x === null || test(x)];
  const stated = [...(facts.conditions ?? []), ...(facts.notConditions ?? [])];
  return [
    ['sectors', facts.sectors, (x) => isTexts(x) && (x as string[]).length > 0],
    ['route', facts.route, isText],
    ['today', facts.today, (x) => typeof x === 'string' && isDay(x)],
    ['class', record.class, isText],
    given('region', facts.region, isRegion),
    given('userCount', facts.userCount, isCount),
    given('role', facts.role, (x) => ROLES.has(x)),
    given('conditions', facts.conditions, isTexts),
    given('notConditions', facts.notConditions, isTexts),
    ...stated.map((c): Check => ['condition', c, (x) => typeof x === 'string' && Object.hasOwn(CONDITION_ZH, x)]),
    given('reported', facts.reported, isTexts),
    given('fields', record.fields, isTexts),
    given('dates', record.dates, isObject),
    given('subject', subject, isObject),
    given('age', subject?.age, isCount),
    given('standing', standing, isObject),
    given('ended', standing?.ended, isAnswer),
    given('owed', standing?.owed, isTexts),
    given('holds', holds, isObjects),
    given('requests', requests, (x) => Array.isArray(x) && x.every((r) => isText(r) || isObject(r))),
    given('successor', successor, isObject),
    given('confirmed', confirmed, isTexts),
    given('refused', refused, isTexts),
  ];
}
