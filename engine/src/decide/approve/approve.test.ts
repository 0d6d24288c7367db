// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { CASE, type Person, person, verify } from '../../../test/decide/approve/people.ts';
import { DESTROYING, DISPOSITIONS } from '../../model/disposition.ts';
import {
  type Approval,
  type Basis,
  type Delegation,
  type Signing,
  checkApprovals,
  exceptionAllowed,
  exceptionHash,
  exceptionListHash,
  holdItems,
  laterHolds,
  lostExceptions,
  payloadBytes,
  quorumOf,
  readPayload,
  revocable,
  uncovered,
} from './index.ts';

const digest = 'a'.repeat(64);
const AT = '2026-11-23T02:00:00.000Z';
const [legal, it, liquidation, sales, deputy] = [
  person('legal'),
  person('it'),
  person('liquidation'),
  person('sales'),
  person('hr', 'deputy-1'),
];
const second = person('legal', 'legal-2');
const officers = [legal, it, liquidation, sales, deputy, second].map((p) => p.officer);

const approves = (p: Person, more: Partial<Approval> = {}): Signing =>
  p.signs('approval', { planDigest: digest, caseCode: CASE, officer: p.officer.id, department: p.officer.department, at: AT, ...more });
const delegates = (p: Person, to: Person, more: Partial<Delegation> = {}): Signing =>
  p.signs('delegation', {
    caseCode: CASE,
    officer: p.officer.id,
    department: p.officer.department,
    to: to.officer.id,
    until: '2026-11-30',
    at: AT,
    ...more,
  });
const hashOf = (s: Signing) => readPayload(new Uint8Array(Buffer.from((s.envelope as { payload: string }).payload, 'base64')))!.hash;
const revokes = (p: Person, target: Signing): Signing =>
  p.signs('revocation', { caseCode: CASE, officer: p.officer.id, target: hashOf(target), at: '2026-11-24T02:00:00.000Z' });
const check = (signings: readonly Signing[], more: Partial<Parameters<typeof checkApprovals>[0]> = {}) =>
  checkApprovals({ caseCode: CASE, digest, preparedBy: 'lead-1', signings, officers, verify, now: '2027-05-01T00:00:00.000Z', ...more });
const codes = (...signings: Signing[]) => check(signings).refused.map((r) => r.error.code);

describe('a plan', () => {
  test('is approved when Legal, IT and the liquidation group have signed its digest, in any order, months ago', () => {
    expect(check([it, liquidation, legal].map((p) => approves(p)))).toMatchObject({ approved: true, missing: [], refused: [] });
  });

  test('names the departments it still waits for', () => {
    expect(check([approves(it)])).toMatchObject({ approved: false, missing: ['legal', 'liquidation'] });
  });

  test('is not approved by another plan’s signatures, nor by another case’s', () => {
    expect(check([it, liquidation, legal].map((p) => approves(p, { planDigest: 'b'.repeat(64) }))).refused.map((r) => r.code)).toEqual(
      Array(3).fill('stale-digest'),
    );
    expect(check([it, liquidation, legal].map((p) => approves(p, { caseCode: 'CASE-2' }))).refused.map((r) => r.code)).toEqual(
      Array(3).fill('bad-signature'),
    );
  });

  test.each(['id-legal-1', 'legal-1'])('is not approved by whoever prepared it, known as %s', (preparedBy) => {
    const result = check(
      [it, liquidation, legal].map((p) => approves(p)),
      { preparedBy },
    );
    expect(result).toMatchObject({ approved: false, missing: ['legal'], refused: [{ code: 'preparer', officer: 'id-legal-1' }] });
  });

  test('is not approved by whoever prepared it under another label with the same key, nor by their delegate', () => {
    const again = person('legal', 'legal-9', legal.keys);
    const more = { preparedBy: 'legal-1', officers: [...officers, again.officer] };
    expect(check([approves(again)], more).refused.map((r) => r.code)).toEqual(['preparer']);
    const lent = [delegates(legal, deputy), approves(deputy, { department: 'legal', onBehalfOf: legal.officer.id })];
    expect(check(lent, more).refused.map((r) => r.code)).toEqual(['preparer']);
  });

  test('needs as many as the quorum of the case asks for; the three can never be asked less', () => {
    expect([...quorumOf('plan', { legal: 2, it: 0, finance: 1 })]).toEqual([
      ['legal', 2],
      ['it', 1],
      ['liquidation', 1],
      ['finance', 1],
    ]);
    const three = [it, liquidation, legal].map((p) => approves(p));
    const more = { quorum: { legal: 2 } };
    expect(check(three, more)).toMatchObject({ approved: false, missing: ['legal'] });
    expect(check([...three, approves(second)], more).approved).toBe(true);
  });
});

describe('a signature is refused', () => {
  test('from a department that has no say, and from nobody we know', () => {
    expect(codes(approves(sales)).concat(codes({ ...approves(it), officerId: 'id-ghost' }))).toEqual(['not-entitled', 'unknown-officer']);
  });

  test('when another key made it, when it speaks for another officer or department, and when it is no approval', () => {
    const forged = { ...approves(it, { officer: legal.officer.id, department: 'legal' }), officerId: legal.officer.id };
    expect(codes(forged)).toEqual(['bad-signature']);
    expect(codes(approves(it, { officer: legal.officer.id }))).toEqual(['bad-signature']);
    expect(codes(approves(it, { department: 'legal' }))).toEqual(['bad-signature']);
    expect(codes({ officerId: it.officer.id, envelope: { payload: 'e30=', sig: '' } })).toEqual(['bad-signature']);
  });

  test('the second time, also when one key hides behind two officers or a colleague follows', () => {
    expect(codes(approves(it), approves(it))).toEqual(['already-signed']);
    const colleague = person('it', 'it-2');
    const double = person('liquidation', 'liquidation-2', legal.keys);
    const more = { officers: [...officers, colleague.officer, double.officer] };
    expect(check([approves(it), approves(colleague)], more).refused.map((r) => r.code)).toEqual(['already-signed']);
    expect(check([approves(legal), approves(double), approves(it)], more)).toMatchObject({ approved: false, missing: ['liquidation'] });
  });

  test('when it is dated later than now, until then', () => {
    expect(check([approves(it)], { now: '2026-11-23T01:49:59.999Z' }).refused.map((r) => r.code)).toEqual(['post-dated']);
  });
});

describe('a delegate', () => {
  const signsFor = (more: Partial<Approval> = {}) => approves(deputy, { department: 'legal', onBehalfOf: legal.officer.id, ...more });

  test('signs for who delegated, through the last day in Shanghai', () => {
    const last = '2026-11-30T15:59:59.999Z';
    expect(check([delegates(legal, deputy), signsFor({ at: last })])).toMatchObject({ missing: ['it', 'liquidation'], refused: [] });
  });

  test.each<[string, Signing[], string]>([
    ['without a delegation', [signsFor()], 'no-delegation'],
    ['after its last day', [delegates(legal, deputy), signsFor({ at: '2026-11-30T16:00:00.000Z' })], 'delegation-over'],
    ['before it was given', [delegates(legal, deputy, { at: '2026-11-24T00:00:00.000Z' }), signsFor()], 'delegation-over'],
    ['for another department than it was given for', [delegates(it, deputy), signsFor()], 'no-delegation'],
    ['when somebody else gave it', [delegates(it, deputy, { department: 'legal' }), signsFor()], 'no-delegation'],
    ['when it was given to another', [delegates(legal, sales), signsFor()], 'no-delegation'],
    ['when a colleague gave it', [delegates(second, deputy), signsFor()], 'no-delegation'],
  ])('is refused %s', (_, signings, code) => {
    expect(check(signings).refused.map((r) => r.code)).toEqual([code]);
  });

  test('is refused once it is taken back, and is heard only once beside who delegated', () => {
    const given = delegates(legal, deputy);
    expect(check([given, signsFor(), revokes(legal, given)]).refused.map((r) => r.code)).toEqual(['no-delegation']);
    const two = check([given, approves(legal), signsFor()], { quorum: { legal: 2 } });
    expect(two).toMatchObject({ approved: false, refused: [{ code: 'already-signed' }] });
  });

  test('does not sign for two departments', () => {
    const own = person('it', 'it-3');
    const result = check([delegates(legal, own), approves(own, { department: 'legal', onBehalfOf: legal.officer.id }), approves(own)], {
      officers: [...officers, own.officer],
    });
    expect(result.refused.map((r) => r.code)).toEqual(['already-signed']);
  });
});

describe('what was taken back', () => {
  test('does not count; signed again it does', () => {
    const first = approves(legal);
    const after = [first, revokes(legal, first)];
    expect(check(after)).toMatchObject({ missing: ['legal', 'it', 'liquidation'], refused: [{ code: 'revoked' }] });
    expect(check([...after, approves(legal, { at: '2026-11-25T00:00:00.000Z' })]).missing).toEqual(['it', 'liquidation']);
  });

  test('must be one’s own', () => {
    const first = approves(legal);
    expect(check([first, revokes(it, first)]).missing).toEqual(['it', 'liquidation']);
    expect(revocable(check([first]), it.officer.id)).toEqual([]);
    expect(revocable(check([first]), legal.officer.id)).toEqual([{ is: 'approval', hash: hashOf(first) }]);
  });
});

test('signed bytes are read back only in their one spelling, as what they are', () => {
  const approval: Approval = { planDigest: digest, caseCode: CASE, officer: 'o', department: 'it', at: AT };
  expect(readPayload(payloadBytes('approval', approval))).toMatchObject({ is: 'approval', payload: approval });
  const text = new TextDecoder().decode(payloadBytes('approval', approval));
  const changed = [
    text.replace('{', '{ '),
    text.replace('"kind":"shanhou-plan-approval/1",', ''),
    text.replace('approval/1', 'approval/2'),
    text.replace('"at"', '"extra":"1","at"'),
  ];
  for (const other of changed) expect(readPayload(new TextEncoder().encode(other))).toBeNull();
});

test('after approval a record may only leave destruction', () => {
  for (const before of DISPOSITIONS)
    for (const after of DISPOSITIONS)
      expect(exceptionAllowed(before, after)).toBe(DESTROYING.has(before) && ['hold', 'gap'].includes(after));
});

test('exceptions that Legal signed may grow and never shrink', () => {
  const [a, b] = [1, 2].map((subject) => exceptionHash({ subject, reason: 'objection 2026-11-23' })) as [string, string];
  const signed = [{ list: exceptionListHash([a, b]), lines: [b, a] }];
  expect(lostExceptions(signed, [a, b, 'c'])).toBe(0);
  expect(lostExceptions(signed, [a])).toBe(1);
  expect(lostExceptions([{ ...signed[0]!, lines: [a] }], [a, b])).toBe(1);
  expect(lostExceptions([{ ...signed[0]!, lines: null }], [a, b])).toBe(1);
});

describe('what signatures no longer cover', () => {
  const hold = { matter: '案-1', kind: 'litigation' as const, approvedBy: 'legal-1', until: null, dataset: 'a/x' };
  const basis: Basis = {
    dataMap: 'm',
    datasets: { 'a/x': '1', 'a/y': '1' },
    rules: 'r',
    ruleHashes: { 'pipl-47': '1', 'acct-t1': '1' },
    facts: {
      sectors: [],
      route: 'liquidation',
      today: '2026-11-23',
      dissolution: '2026-08-31',
      role: 'controller',
      conditions: [],
      notConditions: [],
      confirmed: [],
      refused: [],
      holds: [hold],
    },
    inventoryRoot: 'i',
    decisionsRoot: 'd',
    findings: 'f',
  };
  const facts = (more: Partial<Basis['facts']>): Partial<Basis> => ({ facts: { ...basis.facts, ...more } });

  test.each<[string, Partial<Basis>, unknown]>([
    ['nothing, when only the day has passed', facts({ today: '2027-06-01' }), []],
    ['nothing, when a hold was added', facts({ holds: [hold, { ...hold, matter: '案-2' }] }), []],
    [
      'a hold that was released',
      facts({ holds: [{ ...hold, released: { by: 'legal-1', on: '2026-12-01', reason: '结案' } }] }),
      [{ part: 'holds', what: ['案-1'] }],
    ],
    ['a hold that became narrower', facts({ holds: [{ ...hold, from: '2026-01-01' }] }), [{ part: 'holds', what: ['案-1'] }]],
    ['a hold that is gone', facts({ holds: [] }), [{ part: 'holds', what: ['案-1'] }]],
    [
      'the facts that changed',
      facts({ conditions: ['prepaid'], dissolution: null }),
      [{ part: 'facts', what: ['conditions', 'dissolution'] }],
    ],
    [
      'the rules that changed',
      { rules: 's', ruleHashes: { 'pipl-47': '2', 'tax-29': '1', 'acct-t1': '1' } },
      [{ part: 'rules', what: ['pipl-47', 'tax-29'] }],
    ],
    ['the datasets that changed', { dataMap: 'n', datasets: { 'a/x': '1' } }, [{ part: 'data-map', what: ['a/y'] }]],
    ['another inventory', { inventoryRoot: null }, [{ part: 'inventory', what: [] }]],
    ['other decisions', { decisionsRoot: 'e' }, [{ part: 'decisions', what: [] }]],
    ['findings', { findings: 'g' }, [{ part: 'findings', what: [] }]],
  ])('is %s', (_, change, expected) => {
    expect(uncovered(basis, { ...basis, ...change })).toEqual(expected);
  });

  test('a hold keeps its meaning when its subject has another number', () => {
    const about = { dataset: 'a/x', recordKey: 'k' };
    const of = (subject: number): Basis => ({ ...basis, facts: { ...basis.facts, holds: [{ ...hold, subject, about }] } });
    expect(uncovered(of(1), of(2))).toEqual([]);
  });
});

test('later holds are those that the plan did not know; what Legal must see to is said on the day', () => {
  const hold = {
    matter: '案-1',
    kind: 'litigation' as const,
    approvedBy: 'legal-1',
    until: null,
    dataset: 'a/x',
    custodian: 'legal',
    reviewOn: '2026-12-01',
  };
  expect(laterHolds([hold], [hold, { ...hold, matter: '案-2' }]).map((h) => h.matter)).toEqual(['案-2']);
  const details = (h: object, day: string) => holdItems([{ ...hold, ...h }], day).map((i) => i.detail);
  expect(details({}, '2026-12-01')).toEqual([]);
  expect(details({}, '2026-12-02')).toEqual(['review-passed 案-1']);
  const { custodian: _custodian, reviewOn: _reviewOn, ...bare } = hold;
  expect(holdItems([{ ...bare, until: '2026-11-30' }], '2026-12-01').map((i) => i.detail)).toEqual([
    'review-unset 案-1',
    'custodian-unset 案-1',
    'hold-ended 案-1',
  ]);
  expect(details({ released: { by: 'legal-1', on: '2026-11-01', reason: '结案' } }, '2027-01-01')).toEqual([]);
});
