// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SealedWriter, sha256 } from '../../kit/index.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import type { OpenItem } from '../../model/open-item.ts';
import { noticeId } from './notice-id.ts';
import type { Letter, NoticePorts, NoticeSubject, RecordedNotice } from './ports.ts';
import { type Letterhead, daysAfter, writeMessage } from './write-message.ts';

/** Longer than the 30 days of 消费者权益保护法实施条例 art. 21. */
const DAYS_TO_OBJECT = 30;

export interface PrepareArgs {
  readonly subjects: AsyncIterable<NoticeSubject>;
  readonly company: string;
  readonly caseCode: string;
  /** YYYY-MM-DD */
  readonly legalDay: string;
  readonly answersBy: Letterhead['answersBy'];
  /** The outbox folder. */
  readonly folder: string;
  /** 32 bytes, keyring purpose `contacts`. */
  readonly key: Uint8Array;
  /** Notices in one sealed file. */
  readonly batchSize: number;
  readonly ports: NoticePorts;
  readonly crash: CrashPoint;
}

export interface Prepared {
  readonly notices: number;
  readonly batches: number;
  /** The last day to object that the notices name, YYYY-MM-DD. */
  readonly objectUntil: string;
  readonly openItems: readonly OpenItem[];
}

/**
 * Writes a notice for each subject with a contact, in batches: sealed file first, then its record. The subjects must come in the same order
 * each time; a batch that is recorded is passed over, one that was only written is written again with the same ids.
 */
export async function prepareNotices(args: PrepareArgs): Promise<Prepared> {
  const head: Letterhead = { ...args, objectUntil: daysAfter(args.legalDay, DAYS_TO_OBJECT) };
  let batch: NoticeSubject[] = [];
  let batches = 0;
  let notices = 0;
  let silent = 0;
  let unguarded = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    if (!args.ports.recorded(batches)) await writeBatch(args, head, batches, batch);
    notices += batch.length;
    batches += 1;
    batch = [];
  };
  for await (const subject of args.subjects) {
    // A child's own contact is the only one held; whether a guardian reads it, a person must find out.
    if (subject.minor) unguarded += 1;
    if (subject.contact === null) silent += 1;
    else batch.push(subject);
    if (batch.length >= args.batchSize) await flush();
  }
  await flush();
  return {
    notices,
    batches,
    objectUntil: head.objectUntil,
    openItems: [...item('no-contact', silent, 'announce-publicly'), ...item('guardian-notice', unguarded, 'find-guardian')],
  };
}

async function writeBatch(args: PrepareArgs, head: Letterhead, number: number, batch: readonly NoticeSubject[]): Promise<void> {
  const path = batchPath(args.folder, number);
  const writer = new SealedWriter(path, args.key);
  const notices: RecordedNotice[] = [];
  try {
    for (const subject of batch) {
      const id = noticeId(args.key, args.caseCode, subject.subject);
      const channel = subject.contact!.c === 'email' ? ('email' as const) : ('sms' as const);
      writer.line({ id, channel, to: subject.contact!.v, ...writeMessage(subject, head) } satisfies Letter);
      notices.push({ subject: subject.subject, channel, id });
    }
    writer.commit();
  } catch (error) {
    writer.abandon();
    throw error;
  }
  args.crash('notify.batch-written');
  await args.ports.recordBatch(number, notices, sha256(readFileSync(path)));
  args.crash('notify.recorded');
}

/** Where a batch of the outbox lies. */
export function batchPath(folder: string, batch: number): string {
  return join(folder, `batch-${String(batch).padStart(6, '0')}.sealed`);
}

function item(kind: 'no-contact' | 'guardian-notice', count: number, detail: string): OpenItem[] {
  if (count === 0) return [];
  return [
    { kind, owner: kind === 'no-contact' ? 'marketing' : 'legal', source: null, dataset: null, field: null, count, examples: [], detail },
  ];
}
