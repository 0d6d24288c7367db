// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSealed } from '../../kit/index.ts';
import { RECORD_CLASSES } from '../../model/law.ts';
import { CLASS_WORDS } from './class-words.ts';
import {
  type Held,
  type Letter,
  type NoticeSubject,
  type RecordedNotice,
  messageIdOf,
  objectionToHold,
  prepareNotices,
  writeMessage,
} from './index.ts';
import { bounceAddress, codesInAddresses, codesInMessageIds, noticeId, replyAddress } from './notice-id.ts';

const key = new Uint8Array(32).fill(5);
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shn-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const held = (recordClass: Held['recordClass'], disposition: Held['disposition'], count: number, until: string | null = null): Held => ({
  recordClass,
  disposition,
  count,
  until,
});
const people: NoticeSubject[] = [
  {
    subject: 1,
    contact: { c: 'phone', v: '13900000001' },
    name: '示例甲',
    minor: false,
    held: [held('order', 'delete', 3), held('payment', 'archive', 1, '2056-12-31'), held('marketing', 'exclude', 7)],
  },
  { subject: 2, contact: { c: 'email', v: 'b@example.com' }, name: '示例乙', minor: true, held: [held('account', 'delete', 1)] },
  { subject: 3, contact: null, name: null, minor: false, held: [held('account', 'delete', 1)] },
  { subject: 4, contact: { c: 'phone', v: '13900000004' }, name: null, minor: false, held: [held('contract', 'hold', 2)] },
];
const answersBy = ['清算组客服', 'the liquidation group'] as const;

function prepare(recorded: Map<number, readonly RecordedNotice[]>, crash: (name: string) => void = () => undefined) {
  return prepareNotices({
    subjects: (async function* () {
      yield* people;
    })(),
    company: '示例有限公司',
    caseCode: 'T-1',
    legalDay: '2026-10-20',
    answersBy,
    folder,
    key,
    batchSize: 2,
    crash,
    ports: { recorded: (b) => recorded.has(b), recordBatch: async (b, notices) => void recorded.set(b, notices) },
  });
}

describe('notices', () => {
  test('are written for everybody with a contact, once, in sealed batches; the others are open items', async () => {
    const recorded = new Map<number, readonly RecordedNotice[]>();
    const result = await prepare(recorded);
    expect([result.notices, result.batches]).toEqual([3, 2]);
    expect(result.openItems.map((i) => [i.kind, i.count])).toEqual([
      ['no-contact', 1],
      ['guardian-notice', 1],
    ]);
    expect([...recorded.values()].flat().map((n) => [n.subject, n.channel])).toEqual([
      [1, 'sms'],
      [2, 'email'],
      [4, 'sms'],
    ]);
    const all = readdirSync(folder)
      .map((f) => readFileSync(join(folder, f), 'latin1'))
      .join('');
    expect(all).not.toContain('13900000001');
    const lines = [...readSealed(join(folder, 'batch-000000.sealed'), key)] as Letter[];
    expect(lines.map((l) => l.to)).toEqual(['13900000001', 'b@example.com']);
    expect(lines[1]!.text).toContain('监护人');
  });

  test('are not written twice under two names when a run dies between file and record', async () => {
    const recorded = new Map<number, readonly RecordedNotice[]>();
    await expect(
      prepare(recorded, (name) => {
        if (name === 'notify.batch-written') throw new Error('died');
      }),
    ).rejects.toThrow('died');
    const first = [...readSealed(join(folder, 'batch-000000.sealed'), key)] as Letter[];
    await prepare(recorded);
    const again = [...readSealed(join(folder, 'batch-000000.sealed'), key)] as Letter[];
    expect(again.map((l) => l.id)).toEqual(first.map((l) => l.id));
    const files = readdirSync(folder).length;
    await prepare(recorded);
    expect(readdirSync(folder).length).toBe(files);
  });

  test('an answer becomes a hold of the whole subject', () => {
    expect(objectionToHold({ subject: 7, kind: 'objection', date: '2026-11-01' })).toEqual({ subject: 7, reason: 'objection 2026-11-01' });
  });
});

describe('the words of a notice', () => {
  const head = { company: '示例公司', caseCode: 'T-1', legalDay: '2026-01-31', objectUntil: '2026-03-02', answersBy };
  const { text } = writeMessage(people[0]!, head);
  const [zh, en] = text.split('————————') as [string, string];

  test('name company, case, what is held by class, what becomes of it and until when, in Chinese first, then in English', () => {
    for (const part of ['示例公司', 'T-1', '订单 3 条：将删除', '支付记录 1 条：依法归档保存至 2056-12-31，期满销毁', '第四十七条'])
      expect(zh).toContain(part);
    for (const part of [
      '示例公司',
      'T-1',
      'orders (3): will be deleted',
      'payments (1): will be archived as the law demands until 2056-12-31',
    ])
      expect(en).toContain(part);
  });

  test('promise no destruction of what is kept permanently', () => {
    const { text: forever } = writeMessage({ ...people[0]!, held: [held('accounting-report', 'archive', 2)] }, head);
    expect(forever).toContain('2 条：依法归档，永久保存\n');
    expect(forever).toContain('(2): will be archived and kept permanently, as the law demands\n');
    expect(forever).not.toMatch(/期满销毁|then destroyed/);
  });

  test('say how and until when to object, who answers, and that nobody can prove that no other copy exists', () => {
    for (const part of ['2026-03-02', '异议', '更正', '清算组客服', '任何人都无法证明别处不存在其他副本']) expect(zh).toContain(part);
    for (const part of ['2026-03-02', 'objection', 'correction', 'the liquidation group', 'Nobody can prove that no other copy exists'])
      expect(en).toContain(part);
  });

  test('hold no personal data but the name, and say nothing of records that are not about the customer', () => {
    expect(text).not.toContain('13900000001');
    expect(text).not.toContain('7 条');
  });

  test('exist for every record class in both languages', () => {
    expect(Object.keys(CLASS_WORDS).toSorted()).toEqual([...RECORD_CLASSES].toSorted());
    expect(Object.values(CLASS_WORDS).every(([a, b]) => a !== '' && /^[a-z ]+$/.test(b))).toBe(true);
  });
});

describe('the id of a notice', () => {
  test('is the same each time, another for each case, subject and key, and finds its way back from addresses and Message-IDs', () => {
    const id = noticeId(key, 'T-1', 7);
    expect(id).toMatch(/^t-1\.[0-9a-f]{24}$/);
    expect(noticeId(key, 'T-1', 7)).toBe(id);
    const others = [noticeId(key, 'T-1', 8), noticeId(key, 'T-2', 7), noticeId(new Uint8Array(32), 'T-1', 7)];
    expect(new Set([id, ...others].map((x) => x.slice(-24))).size).toBe(4);
    const code = id.slice(-24);
    expect(codesInAddresses(`A <${bounceAddress(id, 'a.example')}>, ${replyAddress(id, 'a.example').toUpperCase()}`)).toEqual([code, code]);
    expect(codesInMessageIds(`<x@y> ${messageIdOf(id, 'a.example')}`)).toEqual([code]);
    expect(codesInMessageIds('<t-1.abc@a.example>')).toEqual([]);
  });
});
