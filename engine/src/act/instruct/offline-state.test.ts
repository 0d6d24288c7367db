// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { OfflineForm } from '../../model/offline.ts';
import { actionFor, confirm, declared, instruct, outstanding, verifyUnits, writeInstruction } from './index.ts';

const FORM: OfflineForm = {
  medium: 'paper',
  holder: 'sales',
  place: '二号仓库',
  units: 12,
  unit: '箱',
  about: '2019–2024 年客户合同原件',
  recordClass: 'contract',
  clocks: { 'contract.ended': '2024-12-31' },
};
const AT = '2026-11-01T00:00:00.000Z';
const told = instruct(declared(FORM), { action: 'destroy', letter: 'a'.repeat(64), at: AT });
const said = (count: number) => confirm(told, { count, by: 'sales-1', document: 'b'.repeat(64), at: AT, store: 'boxes' });
const look = { by: 'it-1', department: 'it', holder: 'sales', document: null, at: AT, store: 'boxes' } as const;

describe('instructed, confirmed and verified are three states', () => {
  test('only what was looked at counts, and what is left says how far it is', () => {
    expect(outstanding(declared(FORM))).toEqual({ uninstructed: 12, unconfirmed: 0, unverified: 0 });
    expect(outstanding(told)).toEqual({ uninstructed: 0, unconfirmed: 12, unverified: 0 });
    expect(outstanding(said(11))).toEqual({ uninstructed: 0, unconfirmed: 1, unverified: 11 });
    expect(outstanding(verifyUnits(said(11), { ...look, count: 10 }))).toEqual({ uninstructed: 0, unconfirmed: 1, unverified: 1 });
    expect(outstanding(verifyUnits(said(12), { ...look, count: 12 }))).toEqual({ uninstructed: 0, unconfirmed: 0, unverified: 0 });
  });

  test('the same instruction changes nothing; another one takes back what was confirmed', () => {
    expect(instruct(said(12), { action: 'destroy', letter: 'a'.repeat(64), at: 'later' })).toEqual(said(12));
    expect(instruct(said(12), { action: 'keep-until', letter: 'c'.repeat(64), at: AT }).confirmed).toBeNull();
  });

  test.each([
    [
      'a confirmation before the instruction',
      'not-instructed',
      () => confirm(declared(FORM), { count: 1, by: 'x', document: '', at: AT, store: 'boxes' }),
    ],
    ['more units than there are', 'wrong-count', () => said(13)],
    ['no unit at all', 'wrong-count', () => said(0)],
    ['half a unit', 'wrong-count', () => said(1.5)],
    ['a look before the confirmation', 'not-confirmed', () => verifyUnits(told, { ...look, count: 1 })],
    ['a look at more than was confirmed', 'wrong-count', () => verifyUnits(said(3), { ...look, count: 4 })],
    ['the holder looking at its own work', 'holder-verifies', () => verifyUnits(said(3), { ...look, department: 'sales', count: 3 })],
  ])('refuses %s', (_, code, step) => {
    expect(step).toThrow(expect.objectContaining({ name: 'InstructError', code }));
  });
});

test('the plan says what people are asked to do', () => {
  expect(actionFor(FORM, 'delete')).toBe('destroy');
  expect(actionFor(FORM, 'archive')).toBe('keep-until');
  expect(actionFor({ ...FORM, medium: 'processor' }, 'delete')).toBe('return-or-delete');
  expect(actionFor(FORM, 'hold')).toBeNull();
  expect(actionFor(FORM, 'gap')).toBeNull();
});

test('the letter names place, number, act, basis and what to send back', () => {
  const letter = writeInstruction(FORM, 'keep-until', {
    company: '示例公司（虚构）',
    caseCode: 'T-1',
    store: 'boxes',
    day: '2026-11-01',
    planDigest: 'd'.repeat(12),
    basis: ['会计档案管理办法 附表1'],
    until: '2054-12-31',
  });
  for (const words of ['二号仓库', '12 箱', '保管至：2054-12-31', '会计档案管理办法 附表1', '监销人']) expect(letter).toContain(words);
});
