// SPDX-License-Identifier: Apache-2.0
import type { Disposition } from '../../model/disposition.ts';
import type { RecordClass } from '../../model/law.ts';
import type { NoticeState } from '../../model/notice.ts';

/** Records of one class that end one way. `until`: last day they are kept, YYYY-MM-DD; null on an archive: kept permanently. */
export interface Held {
  readonly recordClass: RecordClass;
  readonly disposition: Disposition;
  readonly count: number;
  readonly until: string | null;
}

/** One customer to be told. */
export interface NoticeSubject {
  readonly subject: number;
  readonly contact: { readonly c: 'phone' | 'email'; readonly v: string } | null;
  readonly name: string | null;
  /** Under 14: the message speaks to the guardian. */
  readonly minor: boolean;
  readonly held: readonly Held[];
}

export interface RecordedNotice {
  readonly subject: number;
  readonly channel: 'sms' | 'email';
  /** See notice-id.ts. */
  readonly id: string;
}

/** What the corridor keeps: which batches are recorded, and the notices of one, in one transaction with their evidence. */
export interface NoticePorts {
  recorded(batch: number): boolean;
  /** `sealed`: SHA-256 of the sealed file, hex. */
  recordBatch(batch: number, notices: readonly RecordedNotice[], sealed: string): Promise<void>;
}

/** A notice in clear, as it lies in a sealed batch. Lives in memory only. */
export interface Letter {
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly title: string;
  readonly text: string;
}

/** How handing over one notice ended. `detail`: a class of reason, or the hash of the server's queue id; never an address. */
export interface NoticeOutcome {
  readonly id: string;
  readonly state: Extract<NoticeState, 'prepared' | 'handed-over' | 'rejected' | 'unknown'>;
  readonly detail: string;
}

/** Where the two sides of a hand-over are written down, each in one transaction. */
export interface SendPorts {
  /** Durable before the first byte goes out. */
  intend(ids: readonly string[]): Promise<void>;
  settle(outcomes: readonly NoticeOutcome[]): Promise<void>;
}

/** A message as it came, or only its size when that is over the limit. */
export interface Incoming {
  /** Where it lay: a file name or an IMAP uid; for error messages. */
  readonly where: string;
  readonly bytes: Buffer | null;
}
