// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSealed } from '../../kit/index.ts';
import { type NoticeSubject, type RecordedNotice, objectionToHold, prepareNotices, writeMessage } from './index.ts';

const key = new Uint8Array(32).fill(5);
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shn-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const people: NoticeSubject[] = [
  { subject: 1, contact: { c: 'phone', v: '13900000001' }, name: '示例甲', minor: false, outcome: { delete: 3, archive: 1 } },
  { subject: 2, contact: { c: 'email', v: 'b@example.com' }, name: '示例乙', minor: true, outcome: { delete: 1 } },
  { subject: 3, contact: null, name: null, minor: false, outcome: { delete: 1 } },
  { subject: 4, contact: { c: 'phone', v: '13900000004' }, name: null, minor: false, outcome: { hold: 2 } },
];

function prepare(recorded: Map<number, readonly RecordedNotice[]>, crash: (name: string) => void = () => undefined) {
  return prepareNotices({
    subjects: (async function* () {
      yield* people;
    })(),
    company: '示例有限公司',
    caseCode: 'T-1',
    legalDay: '2026-10-20',
    folder,
    key,
    batchSize: 2,
    crash,
    ports: { recorded: (b) => recorded.has(b), recordBatch: async (b, notices) => void recorded.set(b, notices) },
  });
}

describe('notices', () => {
  test('go to everybody with a contact, once, in sealed batches; the others are open items', async () => {
    const recorded = new Map<number, readonly RecordedNotice[]>();
    const result = await prepare(recorded);
    expect([result.notices, result.batches]).toEqual([3, 2]);
    expect(result.openItems.map((i) => [i.kind, i.count])).toEqual([
      ['no-contact', 1],
      ['guardian-notice', 1],
    ]);
    expect([...recorded.values()].flat().map((n) => n.subject)).toEqual([1, 2, 4]);
    const all = readdirSync(folder)
      .map((f) => readFileSync(join(folder, f), 'latin1'))
      .join('');
    expect(all).not.toContain('13900000001');
    const lines = [...readSealed(join(folder, 'batch-000000.sealed'), key)] as { to: string; text: string }[];
    expect(lines.map((l) => l.to)).toEqual(['13900000001', 'b@example.com']);
    expect(lines[0]!.text).toContain('3 条将删除；1 条依法归档');
    expect(lines[1]!.text).toContain('监护人');
  });

  test('are not written twice under two names when a run dies between file and record', async () => {
    const recorded = new Map<number, readonly RecordedNotice[]>();
    await expect(
      prepare(recorded, (name) => {
        if (name === 'notify.batch-written') throw new Error('died');
      }),
    ).rejects.toThrow('died');
    const first = [...readSealed(join(folder, 'batch-000000.sealed'), key)] as { id: string }[];
    await prepare(recorded);
    const again = [...readSealed(join(folder, 'batch-000000.sealed'), key)] as { id: string }[];
    expect(again.map((l) => l.id)).toEqual(first.map((l) => l.id));
    const files = readdirSync(folder).length;
    await prepare(recorded);
    expect(readdirSync(folder).length).toBe(files);
  });

  test('say how to object and until when', () => {
    const { text } = writeMessage(people[0]!, { company: 'C', caseCode: 'T-1', legalDay: '2026-01-31', objectUntil: '2026-03-02' });
    expect(text).toContain('2026-03-02');
    expect(text).toContain('第四十七条');
    expect(text).not.toContain('13900000001');
  });

  test('an answer becomes a hold of the whole subject', () => {
    expect(objectionToHold({ subject: 7, kind: 'objection', date: '2026-11-01' })).toEqual({ subject: 7, reason: 'objection 2026-11-01' });
  });
});
