// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/decide/plan/index.ts';
import { inputOf, remembered } from './agree.ts';
import { type World, world } from './plan-world.ts';

/** Evaluates every record of many random cases, once as it is and once changed. */
function compare(
  change: (w: World) => World,
  check: (before: ReturnType<typeof evaluate>, after: ReturnType<typeof evaluate>) => void,
): void {
  fc.assert(
    fc.property(world(200), (w) => {
      const other = change(w);
      const [ask, askOther] = [remembered(), remembered()];
      w.records.forEach((r, i) => check(evaluate(inputOf(w, r, i, ask)), evaluate(inputOf(other, other.records[i]!, i, askOther))));
    }),
    { numRuns: 25, seed: 11, endOnFailure: true },
  );
}

const DESTROYED = new Set(['delete', 'anonymise']);

test('a hold that somebody approved holds, and one that nobody approved frees nothing', () => {
  const held = (approved: boolean) => (w: World) => ({
    ...w,
    records: w.records.map((r) => ({ ...r, holds: [...r.holds, { kind: 'litigation', approved, until: null }] })),
  });
  compare(held(true), (_, after) => expect(after.disposition).toBe('hold'));
  compare(held(false), (_, after) => expect(['hold', 'gap']).toContain(after.disposition));
});

test('one more floor never shortens: what was kept stays kept as long, what was held stays held', () => {
  compare(
    (w) => ({
      ...w,
      rules: [
        ...w.rules,
        {
          ...w.rules.find((r) => r.id === 'ss-21')!,
          id: 'odd-more',
          sectors: ['all'],
          startEvent: 'record.created',
          recordClasses: ['order', 'log', 'account', 'payment', 'kyc', 'contract'],
        },
      ],
    }),
    (before, after) => {
      if (
        before.disposition === 'archive' &&
        after.disposition === 'archive' &&
        before.until !== null &&
        before.reason !== 'ceiling-running'
      )
        expect(after.until === null || after.until >= before.until).toBe(true);
      if (before.disposition === 'archive') expect(DESTROYED).not.toContain(after.disposition);
      if (before.disposition === 'hold') expect(after.disposition).toBe('hold');
    },
  );
});

test('what waits for Legal is not let go by taking every confirmation back', () => {
  compare(
    (w) => ({ ...w, facts: { ...w.facts, confirmed: [], refused: [] } }),
    (before, after) => {
      if (before.reason === 'rule-unconfirmed') expect(DESTROYED).not.toContain(after.disposition);
    },
  );
});

test('an unknown condition never lets a record go that its being true would keep', () => {
  fc.assert(
    fc.property(world(200), (w) => {
      const without = (list: readonly string[]) => list.filter((c) => c !== 'network-operator');
      const facts = { ...w.facts, conditions: without(w.facts.conditions), notConditions: without(w.facts.notConditions) };
      const unknown = { ...w, facts };
      const known = { ...w, facts: { ...facts, conditions: [...facts.conditions, 'network-operator'] } };
      const [a, b] = [remembered(), remembered()];
      w.records.forEach((r, i) => {
        const yes = evaluate(inputOf(known, r, i, a));
        if (yes.disposition === 'archive') expect(DESTROYED).not.toContain(evaluate(inputOf(unknown, r, i, b)).disposition);
      });
    }),
    { numRuns: 25, seed: 12, endOnFailure: true },
  );
});
