// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { loadPack } from '../../src/decide/law/index.ts';
import { type CountedDataset, type RiskQuestion, viewRisks } from '../../src/govern/risks/index.ts';
import { CAUSES } from '../../src/govern/risks/causes.ts';
import { RISK_CAUSES, RISK_KINDS, type RiskCause } from '../../src/model/risk.ts';
import { countText } from '../../src/model/words-risk.ts';

const pack = loadPack();
const CUSTOMERS: CountedDataset = {
  role: 'customer',
  source: 'postgres',
  records: 1_000,
  sensitive: 2,
  categories: ['name', 'phone', 'id_card', 'bank_card'],
};
const NOTHING_REACHED = { planned: false, notified: false, executed: false, verified: false, evidenced: false };
const ALL_REACHED = { planned: true, notified: true, executed: true, verified: true, evidenced: true };

function view(more: Partial<RiskQuestion> = {}) {
  const made = viewRisks({
    today: '2026-11-24',
    datasets: [],
    subjects: { all: 0, minors: 0 },
    offline: [],
    processors: 0,
    openItems: [],
    reached: ALL_REACHED,
    timeline: { steps: [] },
    unapprovedHolds: 0,
    unverifiedRules: 0,
    treatedApart: 0,
    recipientUntold: false,
    rule: (id) => pack.find((r) => r.id === id) ?? null,
    ...more,
  });
  const line = (cause: RiskCause) => made.lines.find((l) => l.cause === cause);
  return { ...made, line };
}

describe('risks by count', () => {
  test('a case in which nothing was counted has no line, and every kind is named quiet', () => {
    const v = view();
    expect(v.lines).toEqual([]);
    expect(v.uncounted).toEqual([]);
    expect(v.quiet).toEqual(RISK_KINDS);
  });

  test('what no step has looked for yet is uncounted, not zero', () => {
    const v = view({ datasets: null, subjects: null, reached: NOTHING_REACHED, unverifiedRules: null });
    const uncounted = v.uncounted.map((l) => l.cause);
    expect(uncounted).toEqual(
      expect.arrayContaining(['sensitive-columns', 'minors', 'gaps', 'untold', 'residue', 'copies', 'unverified-rules']),
    );
    expect(uncounted).not.toContain('overdue-steps');
    expect(v.lines).toEqual([]);
  });

  test('an item found early counts even before its step is through', () => {
    const v = view({ reached: NOTHING_REACHED, openItems: [{ kind: 'source-unreachable', count: 0 }] });
    expect(v.line('unreachable')).toMatchObject({ count: 1, open: 1, owner: 'it', kind: 'technical' });
  });

  test('columns are counted with the rows behind them; empty datasets and declared stores are not', () => {
    const v = view({
      datasets: [
        CUSTOMERS,
        { ...CUSTOMERS, source: 'files', records: 40, sensitive: 1, categories: ['phone', 'password', 'free_text_may_contain'] },
        { ...CUSTOMERS, records: 0 },
        { ...CUSTOMERS, source: 'offline' },
        { ...CUSTOMERS, role: 'staff', records: 7, sensitive: 0, categories: [] },
        { ...CUSTOMERS, role: 'supplier', records: 9, sensitive: 0, categories: ['phone'] },
      ],
    });
    expect(v.line('sensitive-columns')).toMatchObject({ count: 3, records: 1_040, open: null, unit: 'column' });
    expect(v.line('secrets')).toMatchObject({ count: 1, records: 40 });
    expect(v.line('free-text')).toMatchObject({ count: 1, records: 40 });
    expect(v.line('clear-files')).toMatchObject({ count: 1, records: 40 });
    expect(v.line('customer-lists')).toMatchObject({ count: 2, records: 1_040 });
    expect(v.line('loose-lists')).toMatchObject({ count: 1, records: 40 });
    expect(v.line('staff-records')).toMatchObject({ count: 1, records: 7 });
    expect(v.line('partner-records')).toMatchObject({ count: 1, records: 9 });
  });

  test('things in staff hands are a matter of conduct, other offline stores of leaks; what we looked at is not open', () => {
    const v = view({
      offline: [
        { medium: 'paper', units: 12, verified: 12 },
        { medium: 'processor', units: 1, verified: 0 },
        { medium: 'phone', units: 3, verified: 1 },
        { medium: 'usb-disk', units: 2, verified: 0 },
      ],
    });
    expect(v.line('offline-stores')).toMatchObject({ kind: 'leak', count: 13, open: 1 });
    expect(v.line('staff-copies')).toMatchObject({ kind: 'moral', count: 5, open: 4, owner: 'hr' });
    expect(countText(v.line('staff-copies')!, 'zh')).toBe('5 件，未了 4');
    expect(countText(v.line('staff-copies')!, 'en')).toBe('5 units, 4 open');
  });

  test('open items of a kind are added up; overdue and unknown steps of the timeline count', () => {
    const step = (state: 'overdue' | 'waiting' | 'done') => ({ state }) as RiskQuestion['timeline']['steps'][number];
    const v = view({
      openItems: [
        { kind: 'no-contact', count: 6 },
        { kind: 'notice-bounced', count: 2 },
        { kind: 'standing-conflict', count: 4 },
        { kind: 'shared-identifier', count: 7 },
        { kind: 'hazard', count: 300 },
      ],
      timeline: { steps: [step('overdue'), step('waiting'), step('waiting'), step('done')] },
      recipientUntold: true,
    });
    expect(v.line('untold')).toMatchObject({ count: 8, open: 8, kind: 'legal' });
    expect(v.line('conflicts')).toMatchObject({ count: 4, owner: 'sales' });
    expect(v.line('shared-identifiers')).toMatchObject({ count: 1 });
    expect(v.line('hazards')).toMatchObject({ count: 1, unit: 'item' });
    expect(v.line('overdue-steps')).toMatchObject({ count: 1 });
    expect(v.line('unknown-steps')).toMatchObject({ count: 2 });
    expect(v.line('recipient-untold')).toMatchObject({ kind: 'competition', rules: [{ id: 'pipl-22' }, { id: 'pipl-23' }] });
  });

  test('every cause is counted once and names only rows of the pack', () => {
    expect(CAUSES.map((c) => c.cause)).toEqual(expect.arrayContaining([...RISK_CAUSES]));
    expect(CAUSES).toHaveLength(RISK_CAUSES.length);
    for (const { rules } of CAUSES) for (const id of rules) expect(pack.map((r) => r.id)).toContain(id);
  });
});
