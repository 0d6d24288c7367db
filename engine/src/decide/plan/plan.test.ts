// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { CaseFacts } from '../../model/case.ts';
import { FIELD_CATEGORIES } from '../../model/category.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import { DISPOSITIONS, REASONS } from '../../model/disposition.ts';
import type { Standing } from '../../model/standing.ts';
import { applicable, conditionsOf, loadPack } from '../law/index.ts';
import { lastDay } from './period.ts';
import { dayLiteral, literal } from './sql.ts';
import { CITED, archivedFields, compilePlan, type EvaluateInput, evaluate, explain, keptFields, planDigest } from './index.ts';

const rules = loadPack();
const rule = (id: string) => rules.find((r) => r.id === id)!;
const ended: Standing = { ended: true, cause: 'performed', endedOn: '2026-01-01', owed: [], conflicts: [] };
const known = (conditions: readonly string[]) => ({
  conditions,
  notConditions: conditionsOf(rules).filter((c) => !conditions.includes(c)),
});
const facts: CaseFacts = {
  sectors: ['retail-b2c'],
  route: 'liquidation',
  today: '2026-11-23',
  dissolution: '2026-08-31',
  role: 'controller',
  ...known(['network-operator', 'invoice-issuer']),
  confirmed: ['acct-t1', 'acct-t4'],
  refused: [],
};
type Change = Partial<Omit<EvaluateInput, 'record' | 'facts'>> & { facts?: Partial<CaseFacts>; record?: Partial<EvaluateInput['record']> };
const judge = (change: Change = {}) =>
  evaluate({
    rules,
    applicable,
    standing: ended,
    holds: [],
    ...change,
    facts: { ...facts, ...change.facts },
    record: { class: 'order', role: 'customer', pi: true, dates: {}, minor: null, anonymise: false, fields: [], ...change.record },
  });

describe('the last day of a period', () => {
  test.each([
    ['2023-11-23', 'P3Y', '2026-11-23'],
    ['2020-12-31', 'P30Y', '2050-12-31'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2025-08-31', 'P6M', '2026-02-28'],
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2026-10-24', 'P30D', '2026-11-23'],
    ['1899-12-31', 'P10Y', '1909-12-31'],
    ['0001-01-01', 'P5Y', '0006-01-01'],
    ['9999-06-30', 'P6M', '9999-12-30'],
    ['9999-07-01', 'P6M', null],
    ['9999-12-31', 'P1D', null],
    ['9997-01-01', 'P3Y', null],
    ['2023-02-29', 'P1Y', null],
    ['2023-00-10', 'P1Y', null],
    ['0000-01-01', 'P1Y', null],
    ['yesterday', 'P1Y', null],
    [null, 'P1Y', null],
    [undefined, 'P1Y', null],
  ])('of %s by %s is %s', (start, period, end) => expect(lastDay(start, period)).toBe(end));

  test('refuses a period it cannot count', () => {
    expect(() => lastDay('2020-01-01', 'P1W')).toThrow(expect.objectContaining({ code: 'not-a-period' }));
  });
});

describe('retention', () => {
  const voucher = (change: Change = {}) =>
    judge({ ...change, record: { class: 'accounting-voucher', dates: { 'fiscal-year.ended': '2020-12-31' }, ...change.record } });

  test('still runs on its last day and has expired on the day after', () => {
    const log = (created: string) => judge({ record: { class: 'log', dates: { 'record.created': created } } });
    expect(log('2026-05-23')).toMatchObject({
      disposition: 'archive',
      until: '2026-11-23',
      rules: ['csl-23'],
      reason: 'retention-running',
    });
    expect(log('2026-05-22')).toMatchObject({ disposition: 'delete', until: null, rules: ['pipl-47'], reason: 'retention-expired' });
  });

  test('a rule that Legal refused is ignored, an undecided one stops the record only while it would keep it longer', () => {
    expect(voucher({ facts: { confirmed: [], refused: ['acct-t1'] } })).toMatchObject({
      disposition: 'archive',
      until: '2030-12-31',
      rules: ['taxr-29'],
    });
    expect(voucher({ facts: { confirmed: [] } })).toMatchObject({ disposition: 'gap', rules: ['acct-t1'], reason: 'rule-unconfirmed' });
    const old = { record: { dates: { 'fiscal-year.ended': '1990-12-31' } } };
    expect(voucher({ ...old, facts: { confirmed: [] } })).toMatchObject({ reason: 'appraisal-missing', rules: ['arc-24'] });
    expect(voucher({ ...old, facts: { confirmed: [], ...known(['archive-appraisal-done']) } })).toMatchObject({
      disposition: 'delete',
      rules: ['arc-24'],
    });
  });

  test('confirmed and refused at once is not decided', () => {
    expect(voucher({ facts: { refused: ['acct-t1'] } }).reason).toBe('rule-unconfirmed');
  });

  test('an unanswered condition stops the record only while its rule would keep it longer', () => {
    const unasked = { conditions: ['network-operator'], notConditions: [] };
    const invoice = (issued: string, confirmed: string[]) =>
      judge({
        facts: { ...unasked, confirmed, refused: ['acct-t1'] },
        record: { class: 'invoice', dates: { 'invoice.issued': issued, 'fiscal-year.ended': '2010-12-31' } },
      });
    expect(invoice('2025-01-01', [])).toMatchObject({ disposition: 'gap', rules: ['inv-28'], reason: 'condition-unknown' });
    expect(invoice('2019-01-01', [])).toMatchObject({ disposition: 'delete', reason: 'retention-expired' });
    expect(voucher({ facts: { notConditions: [] } })).toMatchObject({ rules: ['acct-19'], reason: 'condition-unknown' });
  });

  test('without a start, or with a placeholder for one, is a gap', () => {
    expect(voucher({ record: { dates: {} } })).toMatchObject({ disposition: 'gap', reason: 'start-date-missing' });
    expect(voucher({ record: { dates: { 'fiscal-year.ended': '9999-12-31' } } })).toMatchObject({
      disposition: 'gap',
      reason: 'start-date-missing',
    });
  });

  test('ordered without a period is a gap unless another rule gives one', () => {
    const refused = { confirmed: [], refused: ['acct-t5', 'acct-t6'] };
    expect(judge({ facts: refused, record: { class: 'accounting-admin' } })).toMatchObject({ rules: ['al-23'], reason: 'no-period' });
    expect(judge({ record: { class: 'accounting-admin' } })).toMatchObject({ rules: ['acct-t6'], reason: 'rule-unconfirmed' });
    expect(voucher().disposition).toBe('archive');
  });

  test('of an unsettled claim lasts until it is settled', () => {
    const unsettled = known(['unsettled-claim']);
    expect(voucher({ facts: { ...unsettled, confirmed: ['acct-t1', 'acct-19'] } })).toMatchObject({
      disposition: 'hold',
      rules: ['acct-19'],
      reason: 'matter-open',
    });
  });
});

describe('the end', () => {
  test('follows the service, the purpose or the expired period', () => {
    const only = { route: 'contract-end-only' as const };
    expect(judge()).toMatchObject({ disposition: 'delete', rules: ['pipl-47'], reason: 'service-ceased' });
    expect(judge({ facts: only })).toMatchObject({ disposition: 'delete', rules: ['pipl-47-1a'], reason: 'purpose-ended' });
    expect(judge({ facts: only, standing: { ...ended, cause: 'service.ceased' } }).rules).toEqual(['pipl-47']);
    expect(judge({ facts: { dissolution: '2026-12-31' } }).rules).toEqual(['pipl-47-1a']);
    expect(judge({ facts: only, record: { class: 'log', dates: { 'record.created': '2025-01-01' } } }).rules).toEqual(['pipl-47-1e']);
  });

  test('is anonymised where people chose so, but only after every duty to keep', () => {
    expect(judge({ record: { anonymise: true } })).toMatchObject({ disposition: 'anonymise', rules: ['ndsr-24'] });
    expect(judge({ record: { anonymise: true, class: 'log', dates: { 'record.created': '2026-11-01' } } }).disposition).toBe('archive');
  });

  test('of a record without personal information is its exclusion, unless it must be kept', () => {
    expect(judge({ record: { pi: false } })).toMatchObject({ disposition: 'exclude', reason: 'no-personal-information' });
    expect(judge({ record: { pi: false, class: 'log', dates: { 'record.created': '2026-11-01' } } }).disposition).toBe('archive');
    expect(judge({ record: { pi: false, class: 'log', dates: { 'record.created': '2025-11-01' } } }).disposition).toBe('exclude');
  });

  test('a person linked to nothing is deleted with the service, and a gap while it runs', () => {
    expect(judge({ standing: null }).disposition).toBe('delete');
    expect(judge({ standing: null, facts: { route: 'contract-end-only' } })).toMatchObject({ disposition: 'gap', reason: 'unlinked' });
  });

  test('whether a car maker holds more than 100,000 persons is not known: nothing goes before somebody says', () => {
    const unknown = { sectors: ['auto' as const], userCount: null, notConditions: facts.notConditions.filter((c) => c !== 'pi-100k') };
    const record = { class: 'vehicle-record' as const, dates: { 'record.created': '2010-01-01' } };
    expect(judge({ facts: unknown, record })).toMatchObject({ disposition: 'gap', reason: 'condition-unknown', rules: ['ad-3'] });
    expect(judge({ facts: { ...unknown, refused: ['ad-3'] }, record })).toMatchObject({ disposition: 'delete' });
  });

  test('an objection rests the record, a hold that waits for approval stops it', () => {
    expect(judge({ holds: [{ kind: 'objection', approved: false }] })).toMatchObject({ disposition: 'hold', reason: 'objection' });
    expect(judge({ holds: [{ kind: 'litigation', approved: false }] })).toMatchObject({
      disposition: 'gap',
      rules: [],
      reason: 'hold-not-approved',
    });
  });
});

describe('what is written down', () => {
  test('every decision tells its steps', () => {
    const { steps } = judge({ record: { class: 'log', dates: { 'record.created': '2026-11-01' } } });
    expect(steps).toContainEqual({ asked: 'retention', rule: 'csl-23', answer: '2027-05-01' });
    expect(steps).toContainEqual({ asked: 'holds', rule: null, answer: 'none' });
    expect(judge({ holds: [{ kind: 'litigation', approved: true }] }).steps).toEqual([
      { asked: 'holds', rule: null, answer: 'litigation approved' },
    ]);
  });

  test('every rule that the plan cites by name is in the pack', () => {
    for (const id of Object.values(CITED)) expect(rules.map((r) => r.id)).toContain(id);
  });

  test('every disposition and reason has words in both languages', () => {
    for (const disposition of DISPOSITIONS) {
      for (const reason of REASONS) {
        for (const lang of ['zh', 'en'] as const) {
          const said = explain({ disposition, reason, until: '2050-12-31', rules: ['acct-t1', 'nobody-1'] }, facts, rules, lang);
          expect(said.includes('2050-12-31')).toBe(disposition === 'archive' || (disposition === 'hold' && reason === 'hold-approved'));
          expect(said).toContain(lang === 'zh' ? '会计档案管理办法' : 'Accounting Archives Measures');
          expect(said).toContain('nobody-1');
          expect(said).not.toContain('undefined');
        }
      }
    }
  });

  test('the plan digest changes with every one of its parts and with nothing else', () => {
    const parts = { dataMap: 'a', rules: 'b', facts, inventoryRoot: 'c', decisionsRoot: 'd', holds: [] };
    const digest = planDigest(parts);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(planDigest({ ...parts, facts: { ...facts } })).toBe(digest);
    const others = [
      { dataMap: 'x' },
      { rules: 'x' },
      { inventoryRoot: 'x' },
      { decisionsRoot: 'x' },
      { holds: [1] },
      { facts: { ...facts, today: '2026-11-24' } },
    ];
    expect(new Set(others.map((o) => planDigest({ ...parts, ...o })).concat(digest)).size).toBe(others.length + 1);
  });

  test('text reaches the SQL only as a literal, and what cannot be one is refused', () => {
    expect(literal("o'; DROP TABLE records; --")).toBe("'o''; DROP TABLE records; --'");
    expect(() => literal('a\0b')).toThrow(expect.objectContaining({ code: 'not-a-literal' }));
    expect(() => dayLiteral("2026-11-23' OR '1")).toThrow(expect.objectContaining({ code: 'not-a-day' }));
    expect(() =>
      compilePlan({ facts: { ...facts, today: '2026-02-30' }, rules, applicable, dataMap: { version: 1, datasets: [] } }),
    ).toThrow(expect.objectContaining({ code: 'not-a-day' }));
    const masked = { ...invoices, anonymiseTo: ['amount', 'buyer_phone'] };
    expect(() => compilePlan({ facts, rules, applicable, dataMap: { version: 1, datasets: [masked] } })).toThrow(
      expect.objectContaining({ code: 'not-anonymous', details: { what: 'orders/public.invoices.buyer_phone' } }),
    );
    expect(() => compilePlan({ facts, rules, applicable, dataMap: { version: 1, datasets: [invoices, invoices] } })).toThrow(
      expect.objectContaining({ code: 'duplicate-dataset' }),
    );
  });
});

const field = (name: string, category: DatasetMap['fields'][number]['category'], more = {}) => ({
  name,
  type: 'text',
  category,
  sensitivity: 'general' as const,
  confidence: 1,
  evidence: [],
  ...more,
});
const invoices: DatasetMap = {
  id: 'orders/public.invoices',
  source: 'orders',
  dataset: 'public.invoices',
  role: 'customer',
  recordClass: 'invoice',
  key: ['id'],
  fields: [
    field('id', null),
    field('title', 'invoice_title'),
    field('buyer_phone', 'phone', { drop: true }),
    field('buyer_birth_date', 'birth_date'),
    field('amount', null),
  ],
  links: [],
  clocks: {},
  standing: [],
  rowRole: null,
  subjectKey: null,
  anonymiseTo: null,
  rows: 0,
  confidence: 1,
  evidence: [],
};

describe('fields of an archive', () => {
  test('keep the invoice, drop the birthday and what people chose to drop', () => {
    expect(archivedFields(invoices, [rule('acct-t1')])).toEqual({
      kept: ['id', 'title', 'amount'],
      gone: ['buyer_phone', 'buyer_birth_date'],
    });
  });

  test('a rule with a list of fields keeps those; two rules keep what either asks for', () => {
    const listed = { ...rule('csl-23'), minimumFields: ['name', 'date'] };
    expect(keptFields([listed], ['name', 'phone', 'date'], 'service-ledger')).toEqual(['name', 'date']);
    expect(keptFields([listed, { ...listed, minimumFields: ['phone'] }], ['name', 'phone', 'email'], 'service-ledger')).toEqual([
      'name',
      'phone',
    ]);
  });

  test('a log stays whole but for secrets and profile', () => {
    expect(keptFields([rule('csl-23')], ['phone', 'ip', 'device_id'], 'log')).toBeNull();
    expect(keptFields([rule('csl-23')], ['phone', 'ip', 'password', 'birth_date'], 'log')).toEqual(['phone', 'ip']);
  });

  test('an identity file keeps its profile, never a password', () => {
    expect(keptFields([rule('ecl-31')], ['name', 'birth_date', 'password'], 'kyc')).toEqual(['name', 'birth_date']);
  });

  test('every category has an answer', () => {
    const kept = keptFields([rule('ecl-31')], FIELD_CATEGORIES, 'transaction-record')!;
    expect(kept).toEqual(expect.arrayContaining(['name', 'phone', 'address', 'order_no', 'transaction_no']));
    expect(kept).not.toContain('browsing_history');
  });
});
