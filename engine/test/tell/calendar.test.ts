// SPDX-License-Identifier: Apache-2.0
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { type CalendarEvent, renderCalendar } from '../../src/tell/documents/index.ts';

const EVENTS: readonly CalendarEvent[] = [
  {
    id: 'claims-announced@case.shanhou.invalid',
    day: '2026-12-31',
    title: 'CASE-2026 债权申报期（未接到通知者）；最晚, 顺延',
    description: `第一行；含分号, 逗号\\反斜线\n${'公告四十五日内申报'.repeat(20)}𠅤`,
  },
  { id: 'due-2028@case.shanhou.invalid', day: '2028-02-29', title: 'leap day', description: '' },
];
const render = (events = EVENTS, stamp = '2026-11-24T09:30:05.123+08:00') =>
  renderCalendar({ name: '注销时间表 CASE-2026', stamp, lang: 'zh', events });

describe('the calendar file', () => {
  test('is read back by another’s parser with the same texts and whole days', () => {
    const calendar = new ICAL.Component(ICAL.parse(render()) as unknown[]);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('prodid')).toMatch(/Shanhou/);
    const read = calendar.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
    expect(read.map((e) => [e.uid, e.summary, e.description])).toEqual(EVENTS.map((e) => [e.id, e.title, e.description]));
    expect(read.map((e) => [e.startDate.isDate, e.startDate.toString(), e.endDate.toString()])).toEqual([
      [true, '2026-12-31', '2027-01-01'],
      [true, '2028-02-29', '2028-03-01'],
    ]);
    const stamp = calendar.getFirstSubcomponent('vevent')!.getFirstPropertyValue('dtstamp');
    expect(String(stamp)).toBe('2026-11-24T01:30:05Z');
  });

  test('has CRLF only, and no line of more than 75 octets or with half a character', () => {
    const text = render();
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((l) => Buffer.byteLength(l)))).toBeLessThanOrEqual(75);
    expect(lines.some((l) => l.startsWith(' '))).toBe(true);
    expect(lines.every((l) => l.isWellFormed())).toBe(true);
  });

  test('a text from outside cannot end its line or its event', () => {
    const bad = { ...EVENTS[0]!, title: 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\u0007', description: 'a\rb' };
    const events = new ICAL.Component(ICAL.parse(render([bad])) as unknown[]).getAllSubcomponents('vevent');
    expect(events).toHaveLength(1);
    expect(new ICAL.Event(events[0]!).summary).toBe('x\nEND:VEVENT\nBEGIN:VEVENT');
  });

  test('the same input gives the same text; a later stamp changes only DTSTAMP', () => {
    expect(render()).toBe(render());
    const other = render(EVENTS, '2026-12-01T00:00:00Z').split('\r\n');
    const differ = render()
      .split('\r\n')
      .filter((line, i) => line !== other[i]);
    expect(differ.map((l) => l.split(':')[0])).toEqual(['DTSTAMP', 'DTSTAMP']);
  });
});
