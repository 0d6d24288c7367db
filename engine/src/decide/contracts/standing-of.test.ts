// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEBT_KINDS, type EndCause, type Finding, type StandingFact } from '../../model/standing.ts';
import { larger, sameAmount, sumOf } from './amount.ts';
import { standingOf } from './index.ts';

const basis = { dissolution: '2026-08-31', today: '2026-11-23' };

test('of whom nobody speaks has ended with the service, once the day of dissolution has come', () => {
  expect(standingOf([], basis)).toMatchObject({ ended: true, cause: 'none', endedOn: '2026-08-31' });
  expect(standingOf([], { ...basis, dissolution: '2026-12-31' })).toMatchObject({ ended: null, cause: 'none', endedOn: null });
  expect(standingOf([], { ...basis, dissolution: null })).toMatchObject({ ended: null, cause: 'none' });
});

test('the department that the data map names owns a conflict, before the usual one', () => {
  const fact = (dataset: string, value: 'ended' | 'active', more = {}): StandingFact => ({
    dataset,
    kind: 'contract',
    value,
    endedOn: null,
    cause: 'unknown',
    ...more,
  });
  expect(standingOf([fact('a', 'ended'), fact('b', 'active', { owner: 'it' })], basis).conflicts[0]?.owner).toBe('it');
});

describe('properties', () => {
  const any: fc.Arbitrary<StandingFact> = fc
    .record({
      dataset: fc.constantFrom('a/x', 'b/y', 'c/z'),
      kind: fc.constantFrom<StandingFact['kind']>('contract', 'contract', 'billing', ...DEBT_KINDS),
      end: fc.constantFrom('ended' as const, 'ended' as const, 'active' as const, 'unknown' as const),
      state: fc.constantFrom('open' as const, 'closed' as const, 'closed' as const, 'unknown' as const),
      endedOn: fc.option(fc.constantFrom('2024-02-29', '2026-11-23', '2027-01-01')),
      cause: fc.constantFrom<EndCause>('performed', 'rescinded', 'unknown'),
      more: fc.record({ contract: fc.constantFrom('1', '2'), amount: fc.constantFrom('0.1', '12.5', '300') }, { requiredKeys: [] }),
    })
    .map(({ end, state, more, ...f }) => ({ ...f, value: f.kind === 'contract' || f.kind === 'billing' ? end : state, ...more }));
  const facts = fc.array(any, { maxLength: 8 });
  const says = (f: StandingFact) => f.kind === 'contract' || f.kind === 'billing';

  test('the order of facts changes nothing', () => {
    fc.assert(
      fc.property(facts, fc.func(fc.integer()), (all, weigh) => {
        const standing = standingOf(all, basis);
        expect(
          standingOf(
            all.toSorted((a, b) => weigh(a) - weigh(b)),
            basis,
          ),
        ).toEqual(standing);
        expect(standingOf(all.toReversed(), basis)).toEqual(standing);
      }),
    );
  });

  test('ended is never said against a system that does not say so, nor while something is owed or unclear', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const { ended, owed, conflicts } = standingOf(all, basis);
        if (all.some((f) => says(f) && f.value !== 'ended')) expect(ended).not.toBe(true);
        const open = (f: StandingFact) => f.value === 'open' && !(f.kind === 'warranty' && f.endedOn !== null && f.endedOn < basis.today);
        expect(owed.length > 0).toBe(all.some((f) => !says(f) && open(f)));
        if (all.some((f) => !says(f) && f.value === 'unknown') || owed.length > 0 || conflicts.length > 0) expect(ended).not.toBe(true);
      }),
    );
  });

  test('one system alone contradicts nobody, and a finding on everything leaves no conflict about the end', () => {
    const found: Finding = { contract: null, ended: true, cause: 'expired', endedOn: '2025-01-01', settled: [...DEBT_KINDS] };
    fc.assert(
      fc.property(facts, (all) => {
        expect(
          standingOf(
            all.map((f) => ({ ...f, dataset: 'a/x', kind: 'contract', value: says(f) ? f.value : 'ended' })),
            basis,
          ).conflicts,
        ).toEqual([]);
        expect(standingOf(all, basis, [found])).toMatchObject({
          ended: true,
          cause: 'expired',
          endedOn: '2025-01-01',
          owed: [],
          conflicts: [],
        });
      }),
    );
  });
});

test('amounts are exact', () => {
  expect(sumOf(['0.1', '0.2'])).toBe('0.30');
  expect(sumOf(['9007199254740993', '0.001'])).toBe('9007199254740993.001');
  expect([larger('9.99', '10'), larger('10.1', '10')]).toEqual(['10', '10.1']);
  expect([sameAmount('1.50', '1.5'), sameAmount('1.5', '1.51')]).toEqual([true, false]);
});
