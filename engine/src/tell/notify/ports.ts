// SPDX-License-Identifier: Apache-2.0
/** One customer to be told. `outcome`: how many records end how. */
export interface NoticeSubject {
  readonly subject: number;
  readonly contact: { readonly c: 'phone' | 'email'; readonly v: string } | null;
  readonly name: string | null;
  /** Under 14: the message speaks to the guardian. */
  readonly minor: boolean;
  readonly outcome: Readonly<Record<string, number>>;
}

export interface RecordedNotice {
  readonly subject: number;
  readonly channel: 'sms' | 'email';
  readonly state: 'handed-over';
  readonly messageId: string;
}

/** What the corridor keeps: which batches are recorded, and the notices of one, in one transaction with their evidence. */
export interface NoticePorts {
  recorded(batch: number): boolean;
  /** `sealed`: SHA-256 of the sealed file, hex. */
  recordBatch(batch: number, notices: readonly RecordedNotice[], sealed: string): Promise<void>;
}
