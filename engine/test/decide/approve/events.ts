// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { Disposition } from '../../../src/model/disposition.ts';
import { person } from './people.ts';

/* Who is there, and what can happen: people sign, lend their voice, take it back, cheat; plans are made anew; sources drift; months pass. */
export const PEOPLE = [
  person('legal', 'legal-1'),
  person('legal', 'legal-2'),
  person('it', 'it-1'),
  person('it', 'it-2'),
  person('liquidation', 'liquidation-1'),
  person('sales', 'sales-1'),
] as const;
export const RECORDS = 5;

export type Event =
  | {
      do: 'sign';
      who: number;
      as: 'own' | 'legal' | 'it';
      digest: 'present' | 'first' | 'other';
      key: 'own' | 'another';
      later: boolean;
      name?: 'another';
    }
  | { do: 'sign for'; who: number; behalf: number }
  | { do: 'lend'; who: number; to: number; days: number }
  | { do: 'take back'; who: number; whose: number }
  | { do: 'plan again'; by: number; decisions: Disposition[] }
  | { do: 'except'; subject: number }
  | { do: 'sign exceptions' }
  | { do: 'lose exception' }
  | { do: 'hold'; subject: number }
  | { do: 'release' }
  | { do: 'drift'; record: number }
  | { do: 'make harsher'; record: number }
  | { do: 'change'; part: 'rules' | 'dataMap' | 'inventoryRoot' | 'findings' | 'conditions' }
  | { do: 'wait'; days: number }
  | { do: 'restart' };

const who = fc.nat(PEOPLE.length - 1);
const entitled = fc.constantFrom(0, 2, 4);
const disposition = fc.constantFrom<Disposition>('delete', 'delete', 'archive', 'anonymise', 'hold', 'gap', 'exclude');
/** What honest people do most of the time. */
const usual: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: entitled.map((w): Event => ({ do: 'sign', who: w, as: 'own', digest: 'present', key: 'own', later: false })) },
  { weight: 1, arbitrary: entitled.map((w): Event => ({ do: 'sign', who: w, as: 'own', digest: 'present', key: 'own', later: true })) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('lend' as const),
      who: entitled,
      to: fc.constantFrom(5, 3),
      days: fc.integer({ min: 0, max: 9 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sign for' as const), who: fc.constant(5), behalf: entitled }) },
  { weight: 1, arbitrary: entitled.map((w): Event => ({ do: 'take back', who: w, whose: w })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 30 }).map((days): Event => ({ do: 'wait', days })) },
);
/** What goes wrong, by chance or on purpose. */
const odd: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    do: fc.constant('sign' as const),
    who,
    as: fc.constantFrom('own' as const, 'legal' as const, 'it' as const),
    digest: fc.constantFrom('present' as const, 'first' as const, 'other' as const),
    key: fc.constantFrom('own' as const, 'another' as const),
    later: fc.boolean(),
  }),
  entitled.map((w): Event => ({ do: 'sign', who: w, as: 'own', digest: 'present', key: 'own', later: false, name: 'another' })),
  fc.record({ do: fc.constant('sign for' as const), who, behalf: who }),
  fc.record({ do: fc.constant('lend' as const), who, to: who, days: fc.integer({ min: -1, max: 40 }) }),
  fc.record({ do: fc.constant('take back' as const), who, whose: who }),
  fc.record({
    do: fc.constant('plan again' as const),
    by: who,
    decisions: fc.array(disposition, { minLength: RECORDS, maxLength: RECORDS }),
  }),
  fc.record({ do: fc.constant('except' as const), subject: fc.nat(RECORDS - 1) }),
  fc.record({ do: fc.constant('hold' as const), subject: fc.nat(RECORDS - 1) }),
  fc.constantFrom<Event>({ do: 'sign exceptions' }, { do: 'lose exception' }, { do: 'release' }, { do: 'restart' }),
  fc.record({ do: fc.constantFrom('drift' as const, 'make harsher' as const), record: fc.nat(RECORDS - 1) }),
  fc.constantFrom('rules', 'dataMap', 'inventoryRoot', 'findings', 'conditions').map((part) => ({ do: 'change', part }) as Event),
  fc.integer({ min: 30, max: 200 }).map((days): Event => ({ do: 'wait', days })),
);
const one = (e: fc.Arbitrary<Event>) => e.map((x) => [x]);
const lend = (from: number): Event => ({ do: 'lend', who: from, to: 5, days: 9 });
/** Mostly what is usual; now and then what takes several steps to go wrong. */
export const events: fc.Arbitrary<readonly Event[]> = fc
  .array(
    fc.oneof(
      { weight: 20, arbitrary: one(usual) },
      { weight: 4, arbitrary: one(odd) },
      {
        weight: 1,
        arbitrary: fc
          .nat(RECORDS - 1)
          .map((subject): Event[] => [{ do: 'except', subject }, { do: 'sign exceptions' }, { do: 'lose exception' }]),
      },
      {
        weight: 1,
        arbitrary: fc.constant<Event[]>([lend(0), lend(2), { do: 'sign for', who: 5, behalf: 0 }, { do: 'sign for', who: 5, behalf: 2 }]),
      },
    ),
    { minLength: 3, maxLength: 30 },
  )
  .map((steps) => steps.flat());
