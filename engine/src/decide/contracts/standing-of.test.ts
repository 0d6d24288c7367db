// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EndCause, StandingFact } from '../../model/standing.ts';
import { positive, sumOf } from './amount.ts';
import { standingOf } from './index.ts';

const today = '2026-11-23';
const dissolution = '2026-08-31';
const fact = (kind: StandingFact['kind'], value: string, more: Partial<StandingFact> = {}): StandingFact => ({
  dataset: kind === 'contract' ? 'crm/contracts' : 'orders/public.accounts',
  kind,
  value,
  endedOn: null,
  cause: 'unknown',
  ...more,
});
const of = (...facts: StandingFact[]) => standingOf(facts, dissolution, today);

describe('standing', () => {
  test('has ended when every system says so, since the latest day, for the cause given with it', () => {
    const facts = [
      fact('contract', 'ended', { endedOn: '2025-03-01', cause: 'performed' }),
      fact('billing', 'ended', { endedOn: '2025-06-30', cause: 'expired' }),
    ];
    expect(of(...facts)).toEqual({ ended: true, cause: 'expired', endedOn: '2025-06-30', owed: [], conflicts: [] });
  });

  test('is running when everybody says active, and while one contract of several runs', () => {
    expect(of(fact('contract', 'active'), fact('billing', 'active'))).toMatchObject({ ended: false, cause: 'running' });
    expect(of(fact('contract', 'ended'), fact('contract', 'active'))).toMatchObject({ ended: false, cause: 'running', conflicts: [] });
  });

  test('cannot be told when two systems contradict each other, and names both', () => {
    expect(of(fact('contract', 'ended'), fact('billing', 'active'))).toEqual({
      ended: null,
      cause: 'conflict',
      endedOn: null,
      owed: [],
      conflicts: [{ left: 'crm/contracts', right: 'orders/public.accounts', says: 'ended/active' }],
    });
  });

  test('is unsettled while money or a dispute is open, even where systems contradict each other', () => {
    const standing = of(
      fact('contract', 'ended'),
      fact('billing', 'active'),
      fact('balance', '360.10'),
      fact('balance', '0.2'),
      fact('dispute', 'open'),
    );
    expect(standing).toMatchObject({ ended: false, cause: 'unsettled', owed: ['balance CNY 360.30', 'dispute'] });
    expect(standing.conflicts).toHaveLength(1);
  });

  test('a zero balance and a closed dispute stand in nobody’s way', () => {
    expect(of(fact('contract', 'ended'), fact('balance', '0.00'), fact('balance', '-5'), fact('dispute', 'closed')).ended).toBe(true);
  });

  test('cannot be told when a word or an amount cannot be read', () => {
    expect(of(fact('contract', 'unknown'))).toMatchObject({ ended: null, cause: 'unknown' });
    expect(of(fact('contract', 'ended'), fact('balance', '1,000'))).toMatchObject({ ended: null, cause: 'unknown' });
    expect(of(fact('contract', 'ended'), fact('dispute', '?'))).toMatchObject({ ended: null, cause: 'unknown' });
    expect(of(fact('contract', 'ended', { endedOn: '9999-12-31' }))).toMatchObject({ ended: null, cause: 'unknown' });
  });

  test('an end that is still to come is not an end', () => {
    expect(of(fact('contract', 'ended', { endedOn: '2026-11-24' }))).toMatchObject({ ended: false, cause: 'running' });
    expect(of(fact('contract', 'ended', { endedOn: '2026-11-23' })).ended).toBe(true);
  });

  test('of whom nobody speaks has ended with the service, once the day of dissolution has come', () => {
    expect(of()).toMatchObject({ ended: true, cause: 'none', endedOn: dissolution });
    expect(standingOf([], '2026-12-31', today)).toMatchObject({ ended: null, cause: 'none', endedOn: null });
    expect(standingOf([], null, today)).toMatchObject({ ended: null, cause: 'none' });
  });

  test('the order of facts changes nothing, and ended is never said against an active system', () => {
    const any = fc.record({
      dataset: fc.constantFrom('a/x', 'b/y', 'c/z'),
      kind: fc.constantFrom('contract' as const, 'billing' as const, 'balance' as const, 'dispute' as const),
      value: fc.constantFrom('ended', 'ended', 'active', 'unknown', '0', '12.5', 'open', 'closed'),
      endedOn: fc.option(fc.constantFrom('2024-02-29', '2026-11-23', '2027-01-01')),
      cause: fc.constantFrom<EndCause>('performed', 'rescinded', 'unknown'),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), fc.func(fc.integer()), (facts, weigh) => {
        const standing = of(...facts);
        expect(of(...facts.toSorted((a, b) => weigh(a) - weigh(b)))).toEqual(standing);
        expect(of(...facts.toReversed())).toEqual(standing);
        if (facts.some((f) => (f.kind === 'contract' || f.kind === 'billing') && f.value !== 'ended'))
          expect(standing.ended).not.toBe(true);
      }),
    );
  });
});

describe('amounts', () => {
  test('are exact', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.30');
    expect(sumOf(['9007199254740993', '0.001'])).toBe('9007199254740993.001');
    expect(['360', '0.00', '-1', '0.01', '1e3', '', 'NaN'].map(positive)).toEqual([true, false, false, true, null, null, null]);
  });
});
