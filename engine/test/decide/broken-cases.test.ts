// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { type WorkedCase, judgeCase } from '../../src/journey/index.ts';

/** A platform's transaction on the last day of its third year: archived until that day. Each test breaks one part of it. */
const SOUND = {
  id: 'c',
  case: { sectors: ['e-commerce-platform'], route: 'liquidation', today: '2026-11-23', dissolution: '2026-08-31', conditions: [] },
  record: { class: 'transaction-record', fields: ['name'], dates: { 'transaction.completed': '2023-11-23' } },
  subject: { kind: 'person', age: null },
  standing: { ended: true, cause: 'performed', endedOn: '2023-11-23', owed: [] },
};
const judge = (part: Record<string, unknown>) => judgeCase({ ...SOUND, ...part } as unknown as WorkedCase, 'zh');
const inCase = (facts: Record<string, unknown>) => judge({ case: { ...SOUND.case, ...facts } });
const inRecord = (more: Record<string, unknown>) => judge({ record: { ...SOUND.record, ...more } });
const ended = (more: Record<string, unknown>) => judge({ standing: { ...SOUND.standing, ...more } });

test('the sound case is archived', () =>
  expect(judge({})).toMatchObject({ disposition: 'archive', until: '2026-11-23', rules: ['ecl-31'] }));

describe('a part that is missing or in no closed list is a gap that names it, never a default', () => {
  test.each([
    ['no sector', () => inCase({ sectors: [] }), 'sectors'],
    ['an unknown sector', () => inCase({ sectors: ['moon-base'] }), 'moon-base'],
    ['no route', () => inCase({ route: undefined }), 'route'],
    ['an unknown route', () => inCase({ route: 'evaporation' }), 'evaporation'],
    ['no legal day', () => inCase({ today: undefined }), 'today'],
    ['a legal day that the calendar does not have', () => inCase({ today: '2026-02-30' }), '2026-02-30'],
    ['a day of dissolution that is none', () => inCase({ dissolution: 'soon' }), 'soon'],
    ['a condition outside the list', () => inCase({ conditions: ['prepaied'] }), 'prepaied'],
    ['a region that is no code', () => inCase({ region: '深圳' }), '深圳'],
    ['a count that is no number', () => inCase({ userCount: 'many' }), 'many'],
    ['a role that is none', () => inCase({ role: 'bystander' }), 'bystander'],
    ['no record', () => judge({ record: undefined }), 'record'],
    ['several records in one case', () => judge({ record: [SOUND.record, SOUND.record] }), 'record'],
    ['an unknown class', () => inRecord({ class: 'gossip' }), 'gossip'],
    ['a hold that is nothing', () => judge({ holds: [null] }), 'holds'],
    ['a hold until a day that is none', () => judge({ holds: [{ kind: 'litigation', approved: true, until: 'later' }] }), 'later'],
    ['a request that is nothing', () => judge({ requests: [null] }), 'requests'],
    ['no case at all', () => judge({ case: null }), 'case'],
  ])('%s', (_, decide, named) => {
    const { disposition, until, rules, explanation } = decide();
    expect({ disposition, until, rules }).toEqual({ disposition: 'gap', until: null, rules: [] });
    expect(explanation).toContain(named);
  });
});

describe('a day of the record that cannot start a period is a gap', () => {
  test.each([['1899-12-30'], ['9999-12-31'], ['2023/11/23'], ['2023-11-31'], [20231123], [null]])('%s', (day) => {
    expect(inRecord({ dates: { 'transaction.completed': day } })).toMatchObject({ disposition: 'gap', rules: [] });
  });

  test('and so is one under a name that no rule knows', () => {
    expect(inRecord({ dates: { transaction_completed: '2023-11-23' } })).toMatchObject({ disposition: 'gap', rules: [] });
  });
});

describe('the standing says no more than it says', () => {
  test('whether the contract ended is left out', () => expect(ended({ ended: undefined })).toMatchObject({ disposition: 'gap' }));
  test('a contract whose last day is to come has not ended', () =>
    expect(ended({ endedOn: '2027-05-31' })).toMatchObject({ disposition: 'hold', rules: [] }));
  test('not settled, though the case does not say what is owed', () =>
    expect(ended({ ended: false, cause: 'unsettled' })).toMatchObject({ disposition: 'hold' }));
  test('a child under 14 is told through the guardian', () => {
    const successor = { name: '承接公司', contact: '400-000-0000', samePurpose: true, noticeSentOn: '2026-09-01' };
    const passedOn = (told: string | null) =>
      judge({
        subject: { kind: 'person', age: 9 },
        standing: { ended: false, cause: 'assumed-by-successor' },
        successor: { ...successor, guardianNoticeSentOn: told },
      });
    expect(passedOn(null)).toMatchObject({ disposition: 'gap', rules: ['pipl-22'] });
    expect(passedOn('2026-09-02')).toMatchObject({ disposition: 'transfer', rules: ['pipl-22'] });
  });
});

test('keys that the format does not have change nothing', () => {
  expect(inCase({ weather: 'fine' })).toEqual(judge({}));
});
