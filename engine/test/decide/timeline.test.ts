// SPDX-License-Identifier: Apache-2.0
import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { loadPack } from '../../src/decide/law/index.ts';
import { HOLIDAYS, compileTimeline } from '../../src/decide/timeline/index.ts';
import { DUTIES } from '../../src/decide/timeline/duties.ts';
import { lengthOf } from '../../src/decide/timeline/length.ts';
import { endAfter, isWorkingDay, rollOn, workCalendar, workingDaysAfter } from '../../src/decide/timeline/working-days.ts';
import { periodEnd } from '../../src/kit/index.ts';
import { lawOf } from '../../src/journey/timeline.ts';
import { type CaseFacts, ROUTES } from '../../src/model/case.ts';
import type { Rule } from '../../src/model/law.ts';
import { type StepId, type TimelineDays, STEPS } from '../../src/model/timeline.ts';
import { remarks } from '../../src/model/words-timeline.ts';

/** A shop of which every question is answered with no. */
const QUIET: CaseFacts = {
  sectors: ['retail-b2c'],
  route: 'liquidation',
  today: '2026-11-24',
  dissolution: null,
  role: 'controller',
  conditions: [],
  notConditions: ['consumer', 'prepaid', 'biometric', 'faces-100k', 'important-data', 'transfer-needed', 'invoice-issuer'],
  confirmed: [],
  refused: [],
  region: null,
  userCount: 1_000,
};

function timeline(more: Partial<CaseFacts>, days: TimelineDays, options: { done?: StepId[]; rules?: readonly Rule[] } = {}) {
  const facts = { ...QUIET, ...more };
  const { route, today } = facts;
  const law = lawOf(options.rules ?? loadPack(), facts);
  const made = compileTimeline({ route, today, days, done: new Set(options.done), law });
  const step = (id: StepId) => made.steps.find((s) => s.id === id);
  /** First day, last day and state; undefined = no such step. */
  const at = (id: StepId) => {
    const s = step(id);
    return s && ([s.earliest, s.latest, s.state] as const);
  };
  return { ...made, step, at };
}

describe('days off', () => {
  test('agree with a data package of others on every day of the years that have a notice', () => {
    for (const year of Object.keys(HOLIDAYS).map(Number)) {
      const calendar = workCalendar();
      const differ: string[] = [];
      for (let day = `${year}-01-01`; day.startsWith(String(year)); day = periodEnd(day, { count: 1, unit: 'day' })!)
        if (isWorkingDay(day, calendar) !== chineseDays.isWorkday(day)) differ.push(day);
      expect(differ).toEqual([]);
      expect(calendar.asked.size).toBe(0);
    }
  });

  test.each([
    ['a Saturday that is worked in place of Spring Festival', '2026-02-14', true],
    ['a Sunday that is worked in place of the National Day', '2026-09-20', true],
    ['a Monday in Spring Festival', '2026-02-23', false],
    ['the Tuesday after it', '2026-02-24', true],
    ['a plain Saturday', '2026-11-21', false],
    ['New Year’s Eve of 2024, a day of the notice’s advice only', '2024-02-09', true],
  ])('%s', (_, day, works) => {
    expect(isWorkingDay(day, workCalendar())).toBe(works);
  });

  test('a last day in Spring Festival moves to the first working day after it, one on a worked Saturday does not', () => {
    expect(rollOn('2026-02-16', workCalendar())).toBe('2026-02-24');
    expect(rollOn('2026-02-14', workCalendar())).toBe('2026-02-14');
    expect(rollOn('2025-10-01', workCalendar())).toBe('2025-10-09');
  });

  test('thirty working days from 10 September 2026 count the worked Sunday and Saturday and leave out two holidays', () => {
    expect(workingDaysAfter('2026-09-10', 30, workCalendar())).toBe('2026-10-28');
  });

  test('a year without a notice knows weekends only, and says so', () => {
    const calendar = workCalendar();
    expect(rollOn('2027-10-01', calendar)).toBe('2027-10-01');
    expect([...calendar.asked]).toEqual([2027]);
  });

  test('a leap day and a short month end on the month’s last day', () => {
    const end = (start: string, count: number) => endAfter(start, { count, unit: 'month' }, workCalendar());
    expect(end('2024-02-29', 12)).toEqual({ counted: '2025-02-28', rolled: '2025-02-28' });
    expect(end('2024-02-29', 36)).toEqual({ counted: '2027-02-28', rolled: '2027-03-01' });
    expect(end('2025-12-31', 2)).toEqual({ counted: '2026-02-28', rolled: '2026-02-28' });
    expect(endAfter('2024-02-20', { count: 10, unit: 'day' }, workCalendar())!.counted).toBe('2024-03-01');
  });
});

describe('the ordinary route, worked by hand in docs/measured/timelines.md', () => {
  const days: TimelineDays = {
    dissolution: '2026-08-31',
    'group-formed': '2026-09-10',
    'creditors-told': '2026-09-18',
    'notice-received': '2026-09-23',
    announcement: '2026-09-21',
    'service-ceased': '2026-10-12',
    'liquidation-ended': '2026-12-01',
  };
  const t = timeline({ conditions: ['consumer'], notConditions: QUIET.notConditions.filter((c) => c !== 'consumer') }, days);

  test('gives every duty its first and last day', () => {
    expect(t.at('cause-published')).toEqual(['2026-08-31', '2026-09-10', 'overdue']);
    expect(t.at('group-formed')).toEqual(['2026-08-31', '2026-09-15', 'done']);
    expect(t.at('members-published')).toEqual(['2026-09-10', '2026-09-20', 'overdue']);
    expect(t.at('creditors-told')).toEqual(['2026-09-10', '2026-09-20', 'done']);
    expect(t.at('announcement')).toEqual(['2026-09-10', '2026-11-09', 'done']);
    expect(t.at('claims-told')).toEqual(['2026-09-23', '2026-10-23', 'done']);
    expect(t.at('claims-announced')).toEqual(['2026-09-21', '2026-11-05', 'done']);
    expect(t.at('closing-notice')).toEqual([null, '2026-09-11', 'overdue']);
    expect(t.at('holds-released')).toEqual(['2026-11-06', null, 'due']);
    expect(t.at('disposal')).toEqual(['2026-11-06', '2026-12-30', 'due']);
    expect(t.at('deregistration-applied')).toEqual(['2026-12-01', '2026-12-31', 'ahead']);
  });

  test('nothing is destroyed before every claims window is over, and destruction holds up the report and the application', () => {
    expect(t.step('disposal')!.blockedBy).toEqual(expect.arrayContaining(['plan-approved', 'notices-sent', 'holds-released']));
    expect(t.step('disposal')!.blocks).toEqual(['liquidation-report', 'deregistration-applied']);
    const soon = timeline({ today: '2026-11-05' }, { ...days, disposal: '2026-11-04' });
    expect(soon.step('disposal')).toMatchObject({ early: true, late: false });
    expect(soon.at('holds-released')).toEqual(['2026-11-06', null, 'ahead']);
  });

  test('the last day to object that customers were told is waited for as well', () => {
    const told = timeline({}, { ...days, 'objections-until': '2026-11-30' });
    expect(told.at('objection-period')).toEqual([null, '2026-11-30', 'running']);
    expect(told.at('disposal')).toEqual(['2026-12-01', '2026-12-30', 'ahead']);
    expect(t.step('objection-period')).toBeUndefined();
  });

  test('cites each row with how far it was checked', () => {
    const [main, also] = t.step('creditors-told')!.rules;
    expect(main).toMatchObject({ id: 'co-235', article: '235', checked: 'statute' });
    expect(also).toMatchObject({ id: 'ji2-11' });
    expect(t.counting).toMatchObject({ id: 'cc-201', article: '201-203,1259' });
  });
});

describe('the other routes, worked by hand in docs/measured/timelines.md', () => {
  test('simplified: twenty days that end in Spring Festival, then twenty days to apply', () => {
    const t = timeline({ route: 'simplified', today: '2026-02-10' }, { dissolution: '2026-01-20', announcement: '2026-01-27' });
    expect(t.at('announcement-period')).toEqual(['2026-01-27', '2026-02-24', 'running']);
    expect(t.step('announcement-period')!.counted).toBe('2026-02-16');
    expect(t.at('deregistration-applied')).toEqual(['2026-02-25', '2026-03-09', 'ahead']);
    expect(t.step('deregistration-applied')!.counted).toBe('2026-03-08');
    expect(t.at('plan-approved')).toEqual([null, '2026-01-26', 'overdue']);
    expect(t.step('announcement')!.blockedBy).toEqual(['plan-approved']);
    expect(t.step('group-formed')).toBeUndefined();
  });

  test('forced: three years, then ninety days since the measures of 2025 and sixty before', () => {
    const forced = (announced: string) =>
      timeline({ route: 'forced', today: '2026-03-01' }, { dissolution: '2022-05-10', 'forced-announcement': announced });
    const t = forced('2026-01-05');
    expect(t.at('three-years')).toEqual(['2022-05-10', '2025-05-12', 'done']);
    expect(t.at('announcement-period')).toEqual(['2026-01-05', '2026-04-07', 'running']);
    expect(t.at('deregistered')).toEqual(['2026-04-08', null, 'ahead']);
    expect(t.at('group-formed')).toEqual(['2022-05-10', '2022-05-25', 'overdue']);
    expect(t.step('group-formed')!.rules[0]!.id).toBe('co-232@2018');
    expect(t.step('cause-published')).toBeUndefined();
    expect(t.step('restoration-window')).toMatchObject({ state: 'waiting', waitsFor: ['deregistered'] });
    expect(t.step('restoration-window')!.rules[0]!.checked).toBe('unverified');
    expect(t.unpublished).toEqual([2022]);
    expect(forced('2025-08-01').step('announcement-period')).toMatchObject({ latest: '2025-09-30', rules: [{ id: 'co-241' }] });
  });

  test('bankruptcy: the court sets the last day for claims within thirty days and three months', () => {
    const t = timeline(
      { route: 'bankruptcy', today: '2026-09-20' },
      { accepted: '2025-12-31', 'court-announcement': '2026-01-10', 'claims-until': '2026-03-20', 'procedure-ended': '2026-09-18' },
    );
    expect(t.at('open-contracts')).toEqual(['2025-12-31', '2026-02-28', 'done']);
    expect(t.at('claims-court')).toEqual(['2026-01-10', '2026-03-20', 'done']);
    expect(t.at('holds-released')).toEqual(['2026-03-21', null, 'due']);
    expect(t.at('deregistration-applied')).toEqual(['2026-09-18', '2026-09-28', 'due']);
    expect(t.at('further-distribution')).toEqual(['2026-09-18', '2028-09-18', 'running']);
    const court = (until?: string) =>
      timeline({ route: 'bankruptcy' }, { 'court-announcement': '2026-01-10', ...(until === undefined ? {} : { 'claims-until': until }) });
    expect(court().step('claims-court')).toMatchObject({ state: 'waiting', waitsFor: ['claims-until'], latest: null });
    expect(court('2026-02-08').step('claims-court')).toMatchObject({ early: true });
    expect(court('2026-04-11').step('claims-court')).toMatchObject({ late: true });
  });

  test('successor: ten and thirty days from the resolution; no claims window, because no row states one', () => {
    const t = timeline({ route: 'successor', today: '2026-05-01' }, { resolution: '2026-04-25' });
    expect(t.at('creditors-told')).toEqual(['2026-04-25', '2026-05-06', 'due']);
    expect(t.at('announcement')).toEqual(['2026-04-25', '2026-05-25', 'due']);
    expect(t.step('holds-released')).toBeUndefined();
    expect(t.step('deregistration-applied')!.waitsFor).toEqual(['deregistration-decided']);
  });
});

describe('facts, versions and refusals', () => {
  test('a missing day or an unanswered condition is named, not assumed', () => {
    const t = timeline({ notConditions: [], userCount: null }, {});
    expect(t.step('closing-notice')).toMatchObject({ state: 'waiting', waitsFor: ['condition:consumer'], latest: null });
    expect(t.step('dpo-filed')).toMatchObject({ state: 'waiting', waitsFor: ['condition:pi-1m'] });
    expect(t.step('regulator-told')).toMatchObject({ state: 'waiting', waitsFor: ['condition:important-data|pi-10m'] });
    expect(t.step('group-formed')).toMatchObject({ state: 'waiting', waitsFor: ['dissolution'] });
    expect(t.step('holds-released')!.waitsFor).toEqual(['notice-received', 'announcement']);
    expect(remarks(t.step('regulator-told')!, 'zh')).toContain('是否“重要数据或者一千万人以上”');
  });

  test('the number of persons decides who files an officer and who reports to the province', () => {
    const of = (userCount: number) => timeline({ userCount }, { 'dpo-threshold': '2026-09-10' });
    expect(of(999_999).step('dpo-filed')).toBeUndefined();
    expect(of(1_000_000).step('dpo-filed')).toMatchObject({ latest: '2026-10-28', unit: 'working' });
    expect(of(9_999_999).step('regulator-told')).toBeUndefined();
    expect(
      of(10_000_000)
        .step('regulator-told')!
        .rules.map((r) => r.id),
    ).toEqual(['ndsr-32', 'ndsr-28']);
  });

  test('thirty whole days lie between a closing notice and the first day without service', () => {
    const shop = (noticed: string) =>
      timeline(
        { sectors: ['e-commerce-seller'], today: '2026-03-01' },
        { 'service-ceased': '2026-04-01', 'closing-notice-online': noticed },
      ).step('closing-notice-online')!;
    expect(shop('2026-03-01')).toMatchObject({ latest: '2026-03-01', late: false, state: 'done' });
    expect(shop('2026-03-02')).toMatchObject({ late: true, state: 'due', day: '2026-03-02' });
  });

  test('local rules on prepaid cards speak where the company sits', () => {
    const card = (region: string | null | undefined) => {
      const { region: _, notConditions, ...rest } = QUIET;
      const facts = {
        ...rest,
        sectors: ['prepaid-card'] as const,
        conditions: ['prepaid'],
        notConditions: notConditions.filter((c) => c !== 'prepaid'),
      };
      return compileTimeline({
        route: 'liquidation',
        today: '2026-01-05',
        days: { 'service-ceased': '2026-04-01' },
        done: new Set(),
        law: lawOf(loadPack(), region === undefined ? facts : { ...facts, region }),
      }).steps.find((s) => s.id === 'prepaid-told-local');
    };
    expect(card('CN-310115')).toMatchObject({ latest: '2026-03-01', rules: [{ id: 'sh-17' }] });
    expect(card('CN-110105')).toMatchObject({ latest: '2026-03-31', rules: [{ id: 'bj-18' }] });
    expect(card('CN-440300')).toBeUndefined();
    expect(card(undefined)).toMatchObject({ state: 'waiting', waitsFor: ['condition:region'] });
  });

  test('fifteen days that were running when the law of 2023 came begin again with it', () => {
    const formed = (dissolution: string) => {
      const step = timeline({}, { dissolution }).step('group-formed')!;
      return [step.latest, step.rules[0]!.id];
    };
    expect(formed('2024-06-15')).toEqual(['2024-07-01', 'co-232@2018']);
    expect(formed('2024-06-16')).toEqual(['2024-07-16', 'co-232']);
    expect(formed('2024-07-01')).toEqual(['2024-07-16', 'co-232']);
  });

  test('a rule that Legal refused gives no step, and a row that no longer states its length gives no day', () => {
    const days = { dissolution: '2026-08-31', 'liquidation-ended': '2026-12-01' };
    expect(timeline({ refused: ['co-229'] }, days).step('cause-published')).toBeUndefined();
    const rules = loadPack().map((r) => (r.id === 'mer-32' ? { ...r, periodRule: 'apply in time' } : r));
    expect(timeline({}, days, { rules }).step('deregistration-applied')).toMatchObject({
      state: 'waiting',
      waitsFor: ['rule:mer-32'],
      latest: null,
    });
  });

  test('what the case knows to be done is done, with or without a day', () => {
    const t = timeline({ userCount: 10_000_000 }, {}, { done: ['regulator-told'] });
    expect(t.step('regulator-told')).toMatchObject({ state: 'done', day: null, waitsFor: [] });
    expect(t.step('disposal')!.blockedBy).not.toContain('regulator-told');
  });
});

describe('the table of duties', () => {
  test('names only rows of the pack, and every row it reads a length from states one', () => {
    const pack = loadPack();
    for (const duty of DUTIES) {
      for (const id of [...duty.rules, ...(duty.also ?? [])]) expect(pack.map((r) => r.id)).toContain(id);
      if (!duty.within && !duty.until) continue;
      for (const id of duty.rules)
        expect(
          lengthOf(
            pack.find((r) => r.id === id)!,
            duty.read,
          ),
          `${duty.id} ${id}`,
        ).toBeInstanceOf(Array);
    }
  });

  test('no route holds itself up in a circle, and each has its steps once', () => {
    for (const route of ROUTES) {
      const { steps } = timeline({ route, conditions: [...QUIET.notConditions], notConditions: [], userCount: 20_000_000 }, {});
      const ids = steps.map((s) => s.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(STEPS.filter((id) => ids.includes(id)));
      const seen = new Set<StepId>();
      const visit = (id: StepId, trail: StepId[]): void => {
        expect(trail).not.toContain(id);
        if (seen.has(id)) return;
        for (const next of steps.find((s) => s.id === id)!.needs) visit(next, [...trail, id]);
        seen.add(id);
      };
      for (const id of ids) visit(id, []);
    }
  });

  test('a step never ends before it may begin, whatever days are entered', () => {
    for (const route of ROUTES) {
      const days: TimelineDays = Object.fromEntries(
        [
          'dissolution',
          'group-formed',
          'announcement',
          'notice-received',
          'accepted',
          'resolution',
          'forced-announcement',
          'service-ceased',
        ].map((name) => [name, '2026-01-20']),
      );
      for (const s of timeline({ route }, days).steps)
        if (s.earliest !== null && s.latest !== null && s.before === null) expect(s.latest >= s.earliest, s.id).toBe(true);
    }
  });
});
