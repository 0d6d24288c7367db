// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { conditionsOf, loadPack } from '../../src/decide/law/index.ts';
import { type EvaluateInput, REQUESTS, type Successor } from '../../src/decide/plan/index.ts';
import { type CaseFacts, ROUTES } from '../../src/model/case.ts';
import type { DatasetMap } from '../../src/model/data-map.ts';
import { RECORD_CLASSES, SECTORS, type Rule, START_EVENTS, type RecordClass, type Sector } from '../../src/model/law.ts';
import type { Standing } from '../../src/model/standing.ts';

/** A random case and its records, for comparing the two statements of the plan's meaning. */
export interface World {
  readonly facts: CaseFacts;
  readonly rules: readonly Rule[];
  readonly successor: Successor | null;
  readonly datasets: readonly { readonly recordClass: RecordClass; readonly anonymise: boolean }[];
  readonly records: readonly WorldRecord[];
}
export interface WorldRecord extends Pick<EvaluateInput, 'standing' | 'holds'> {
  readonly dataset: number;
  readonly role: EvaluateInput['record']['role'];
  readonly pi: boolean;
  readonly minor: boolean | null;
  readonly dates: EvaluateInput['record']['dates'];
}

const base = loadPack().find((r) => r.id === 'csl-23')!;
/** Shapes that the pack does not hold yet: days, ages, no end, local silence, a tie, a short ceiling. */
const odd: Rule[] = [
  { ...base, id: 'odd-days', period: 'P30D', conditions: [], recordClasses: ['log', 'order'], startEvent: 'captured' },
  { ...base, id: 'odd-child', period: 'P2Y', conditions: ['under-14'], recordClasses: ['order', 'child-pi'], startEvent: 'record.created' },
  {
    ...base,
    id: 'odd-grown',
    period: 'P1Y',
    conditions: ['cii|under-14', 'consumer'],
    recordClasses: ['order', 'account'],
    decides: 'confirm',
  },
  { ...base, id: 'odd-endless', period: null, conditions: ['pi-1m'], recordClasses: ['contract', 'account'], startEvent: 'permanent' },
  {
    ...base,
    id: 'odd-silent',
    period: null,
    storageBasis: 'direct-no-period',
    decides: 'confirm',
    conditions: ['under-14'],
    recordClasses: ['order', 'marketing'],
  },
  { ...base, id: 'odd-tie', period: 'P6M', conditions: [], recordClasses: ['log'], startEvent: 'record.created' },
  {
    ...base,
    id: 'odd-ceiling',
    effect: 'delete-by',
    bound: 'ceiling',
    period: 'P1M',
    conditions: [],
    recordClasses: ['log', 'credit-info', 'marketing'],
    startEvent: 'service.ceased',
  },
  { ...base, id: 'odd-info', decides: 'info', conditions: [], recordClasses: ['any-pi'] },
];
const permanent: Rule = {
  ...base,
  id: 'odd-for-ever',
  period: null,
  startEvent: 'permanent',
  conditions: ['pi-1m'],
  recordClasses: ['kyc'],
};
export const worldRules: readonly Rule[] = [...loadPack(), ...odd, permanent];

const often = [
  'accounting-voucher',
  'invoice',
  'payment',
  'log',
  'order',
  'contract',
  'account',
  'transaction-record',
  'credit-info',
  'marketing',
  'child-pi',
  'ledger',
  'kyc',
  'buyer-identity',
  'device-record',
  'product-trace-record',
] as const;
const recordClass = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...often) },
  { weight: 1, arbitrary: fc.constantFrom(...RECORD_CLASSES) },
);

/** Days near every edge: the legal day, month ends, leap days, before 1900, the end of the calendar, and nonsense. */
const day = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .date({ min: new Date('2014-01-01T00:00:00Z'), max: new Date('2027-06-30T00:00:00Z'), noInvalidDate: true })
      .map((d) => d.toJSON().slice(0, 10)),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '1996-11-23',
      '2016-11-23',
      '2024-11-23',
      '2023-11-22',
      '2023-11-23',
      '2023-11-24',
      '2026-05-23',
      '2026-05-22',
      '2026-05-24',
      '2021-11-22',
      '2021-11-23',
      '2026-10-23',
      '2026-10-24',
      '2026-10-22',
      '2025-11-23',
      '2025-01-01',
      '2024-12-31',
      '2020-01-01',
      '2019-12-31',
      '2026-01-01',
      '2025-12-31',
      '2026-04-30',
      '2026-05-01',
      '2000-12-31',
      '2001-12-31',
      '2010-12-31',
      '1970-01-01',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('2024-02-29', '2020-02-29', '2025-08-31', '2026-08-31', '2020-12-31', '1996-12-31', '2016-12-31'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1899-12-30',
      '1899-12-31',
      '0001-01-01',
      '9999-12-31',
      '9996-12-31',
      '9969-12-31',
      '9970-01-01',
      '9999-06-30',
      '9999-07-01',
      '9998-12-31',
    ),
  },
);
const dates = fc
  .record(Object.fromEntries(START_EVENTS.map((e) => [e, fc.option(day, { freq: 4 })])))
  .map((d) => d as WorldRecord['dates']);

const standing: fc.Arbitrary<Standing | null> = fc.option(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .constantFrom<Standing['cause']>('performed', 'service.ceased', 'expired', 'none', 'unknown')
        .map((cause) => ({ ended: true, cause, endedOn: '2026-08-31', owed: [], conflicts: [] }) satisfies Standing),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        ended: fc.option(fc.boolean()),
        cause: fc.constantFrom<Standing['cause']>(
          'running',
          'unsettled',
          'conflict',
          'unknown',
          'none',
          'performed',
          'assumed-by-successor',
        ),
        endedOn: fc.constant(null),
        owed: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant(['balance CNY 360.00']) }),
        conflicts: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.constant([{ left: 'a/b', right: 'c/d', says: 'ended/active' }]) },
        ),
      }),
    },
  ),
  { freq: 6 },
);
const hold = fc.record({
  kind: fc.constantFrom('litigation', 'limitation-evidence', 'limitation-evidence', 'objection', ...Object.values(REQUESTS)),
  approved: fc.boolean(),
  until: fc.constantFrom(null, null, '2026-11-22', '2026-11-23', '2029-02-01'),
});
const request = fc.record({
  kind: fc.constantFrom(REQUESTS.erase, REQUESTS.withdraw),
  approved: fc.constant(true),
  until: fc.constant(null),
});
const holds = fc.oneof(
  { weight: 8, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(hold, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(request, { maxLength: 2 }) },
);

const conditions = conditionsOf(worldRules);
const facts: fc.Arbitrary<CaseFacts> = fc
  .record({
    sectors: fc.oneof<fc.Arbitrary<Sector[]>[]>(
      fc.subarray(
        ['retail-b2c', 'e-commerce-platform', 'e-commerce-seller', 'insurance', 'credit-reporting', 'security-services'] as const,
        {
          minLength: 1,
        },
      ),
      fc.subarray(['payment', 'medical', 'medical-device', 'food', 'cosmetics', 'hazardous-goods', 'auto', 'telecom-internet'] as const, {
        minLength: 1,
      }),
      fc.subarray([...SECTORS], { minLength: 1, maxLength: 6 }),
    ),
    route: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('liquidation' as const, 'simplified' as const, 'contract-end-only' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...ROUTES) },
    ),
    region: fc.constantFrom(null, null, 'CN-440300', 'CN-110105', 'CN-310115'),
    userCount: fc.constantFrom(null, 5_000, 100_001, 1_000_000, 10_000_000),
    reported: fc.constantFrom([], ['ndsr-32']),
    dissolution: fc.constantFrom('2026-08-31', '2026-11-23', '2026-10-23', '2026-12-31', null),
    role: fc.oneof(
      { weight: 6, arbitrary: fc.constant('controller' as const) },
      { weight: 1, arbitrary: fc.constant('processor' as const) },
    ),
    known: fc.array(fc.constantFrom(true, false, false, false, null), { minLength: conditions.length, maxLength: conditions.length }),
    confirmed: fc.subarray(worldRules.filter((r) => r.decides === 'confirm').map((r) => r.id)),
    refused: fc.oneof(fc.constant([]), fc.subarray(worldRules.filter((r) => r.decides === 'confirm').map((r) => r.id))),
  })
  .map(({ known, ...rest }) => ({
    ...rest,
    today: '2026-11-23',
    conditions: conditions.filter((_, i) => known[i] === true),
    notConditions: conditions.filter((_, i) => known[i] === false),
  }));

const record = fc.record({
  dataset: fc.nat(7),
  role: fc.oneof(
    { weight: 6, arbitrary: fc.constant('customer' as const) },
    { weight: 1, arbitrary: fc.constantFrom('staff' as const, 'supplier' as const, 'merchant' as const, 'none' as const) },
  ),
  pi: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  minor: fc.constantFrom(null, null, false, true),
  dates,
  standing,
  holds,
});

export const world = (size: number): fc.Arbitrary<World> =>
  fc.record({
    facts,
    rules: fc.oneof(fc.constant(worldRules), fc.constant(loadPack())),
    successor: fc.option(
      fc.record(
        {
          samePurpose: fc.boolean(),
          noticeSentOn: fc.constantFrom('2026-09-01', '2026-12-01', null),
          separateConsent: fc.boolean(),
          instruction: fc.constantFrom('return' as const, 'delete' as const),
        },
        { requiredKeys: [] },
      ),
    ),
    datasets: fc.array(
      fc.record({
        recordClass,
        anonymise: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      }),
      { minLength: 8, maxLength: 8 },
    ),
    records: fc.array(record, { minLength: size, maxLength: size }),
  });

/** Ids carry quotes on purpose: they must reach the SQL as text and nothing else. */
export const idOf = (dataset: number): string => `crm/o'${dataset}"; --`;

export function datasetMap(id: string, recordClass: RecordClass, anonymise: boolean): DatasetMap {
  return {
    id,
    source: 'crm',
    dataset: id.slice(4),
    role: 'customer',
    recordClass,
    key: ['id'],
    fields: [],
    links: [],
    clocks: {},
    standing: [],
    rowRole: null,
    subjectKey: null,
    anonymiseTo: anonymise ? ['sku'] : null,
    rows: 0,
    confidence: 1,
    evidence: [],
  };
}
