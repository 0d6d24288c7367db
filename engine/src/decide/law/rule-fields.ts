// SPDX-License-Identifier: Apache-2.0
import { EFFECTS, RECORD_CLASSES, SECTORS, START_EVENTS } from '../../model/law.ts';

/** A field's test: true when the value is allowed. */
type Check = (value: unknown) => boolean;

const LEVELS = [
  'law',
  'administrative-regulation',
  'departmental-rule',
  'local-regulation',
  'judicial-interpretation',
  'national-standard',
  'notice',
];

const text: Check = (v) => typeof v === 'string' && v !== '' && v.isWellFormed();
const oneOf =
  (list: readonly string[]): Check =>
  (v) =>
    typeof v === 'string' && list.includes(v);
const orNull =
  (check: Check): Check =>
  (v) =>
    v === null || check(v);
const listOf =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.every(check) && new Set(v).size === v.length;
const someOf =
  (check: Check): Check =>
  (v) =>
    listOf(check)(v) && (v as unknown[]).length > 0;
const boolean: Check = (v) => typeof v === 'boolean';
/** A calendar day that exists. */
const day: Check = (v) => typeof v === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(v) && new Date(`${v}T00:00:00Z`).toJSON()?.slice(0, 10) === v;
/** ISO 8601 duration of one unit: years, months, days or hours. */
const period: Check = (v) => typeof v === 'string' && /^P([1-9]\d{0,2}[YMD]|T[1-9]\d{0,2}H)$/.test(v);
const word: Check = (v) => typeof v === 'string' && /^[a-z0-9-]+$/.test(v);
const condition: Check = (v) => typeof v === 'string' && /^[a-z0-9-]+(\|[a-z0-9-]+)*$/.test(v);
/** Ids become part of SQL text and of file names: only these letters. */
const id: Check = (v) => typeof v === 'string' && /^[a-z0-9][a-z0-9.-]*(@\d{4})?$/.test(v);

/** Every field of a rule that the product reads, and what it may hold (SCHEMA.md of the rule base). */
export const REQUIRED: Readonly<Record<string, Check>> = {
  id,
  law: text,
  lawEn: text,
  article: text,
  level: oneOf(LEVELS),
  inForceFrom: orNull(day),
  inForceTo: orNull(day),
  effect: oneOf(EFFECTS),
  decides: oneOf(['hard', 'confirm', 'info']),
  bound: orNull(oneOf(['floor', 'ceiling', 'exact'])),
  period: orNull(period),
  startEvent: orNull(oneOf(START_EVENTS)),
  storageBasis: orNull(oneOf(['direct', 'direct-no-period', 'delegated', 'unanchored'])),
  sectors: someOf(oneOf(SECTORS)),
  conditions: listOf(condition),
  recordClasses: someOf(oneOf(RECORD_CLASSES)),
  minimumFields: orNull(someOf(word)),
  summaryZh: text,
  summaryEn: text,
  source: text,
};

/** ISO 3166-2 with a GB/T 2260 code. */
const region: Check = (v) => typeof v === 'string' && /^[A-Z]{2}(-[A-Z0-9]{1,6})?$/.test(v);

/** Fields that a rule may leave out: versions, places, and what is carried for people. */
export const CARRIED: Readonly<Record<string, Check>> = {
  parent: orNull(someOf(id)),
  dutySince: orNull(day),
  periodRule: orNull(text),
  startEventText: orNull(text),
  startStated: orNull(boolean),
  region: orNull(region),
  appliesTo: listOf(text),
  action: text,
  noteEn: orNull(text),
  noteZh: orNull(text),
  transitionEn: orNull(text),
  transitionZh: orNull(text),
  transitionSettled: orNull(boolean),
  supersedes: someOf(id),
  supersededBy: orNull(id),
  verified: boolean,
  corrections: (v) => Array.isArray(v),
};
