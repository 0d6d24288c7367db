// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts, CaseRecord, Gate, Officer } from '../model/case.ts';
import type { DataMap } from '../model/data-map.ts';
import type { EvidenceEntry } from '../model/evidence.ts';
import type { AnswerKind, NoticeState } from '../model/notice.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { ChunkResult } from '../model/planned.ts';
import type { Source } from '../model/source.ts';
import type { Finding } from '../model/standing.ts';

/** An evidence entry on its way to the log; `leaves` > 1 stands for a run of per-record leaves and its closing statement. */
export type NewEntry = EvidenceEntry & { readonly leaves?: number };
export type OutboxEntry = EvidenceEntry & { readonly position: number; readonly firstLeaf: number; readonly leaves: number };

export type SegmentKind = 'records' | 'contacts' | 'erase-list' | 'subjects' | 'reviews' | 'customers' | 'standing' | 'plan' | 'outcomes';
export interface Segment {
  readonly kind: SegmentKind;
  readonly dataset: string | null;
  readonly path: string;
  readonly rows: number;
  readonly firstIndex: number | null;
  readonly sha256: string;
}

export interface StoredPlan {
  readonly version: number;
  readonly digest: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly preparedBy: string;
  readonly voidReason: string | null;
}

/** What an officer signed: an approval, a delegation, a revocation or an exception list. Oldest first. */
export interface StoredSigning {
  readonly officerId: string;
  readonly envelope: unknown;
  readonly at: string;
}

export interface ChunkRow {
  readonly dataset: string;
  readonly first: number;
  readonly last: number;
  readonly records: number;
  readonly state: 'intended' | 'done';
  readonly fileBefore: string | null;
  readonly fileAfter: string | null;
  readonly deleted: number;
  readonly anonymised: number;
  readonly exceptions: ChunkResult['exceptions'];
}

export interface ArchiveChunkRow {
  readonly archiveClass: string;
  readonly dataset: string;
  readonly first: number;
  readonly last: number;
  readonly path: string;
  readonly sha256: string;
  readonly records: number;
  /** Records that could not be archived because the source had changed: index and outcome. */
  readonly exceptions: ChunkResult['exceptions'];
}

export interface NoticeRow {
  readonly batch: number;
  readonly subject: number;
  readonly channel: 'sms' | 'email';
  readonly state: NoticeState;
  readonly id: string;
  /** How often the mail server put it off (4xx). */
  readonly attempts: number;
  readonly detail: string;
}

export interface NoticeCount {
  readonly channel: 'sms' | 'email';
  readonly state: NoticeState;
  /** Only for prepared, rejected and bounced: the class of reason. */
  readonly detail: string;
  readonly count: number;
}

export interface AnswerRow {
  /** Keyed hash of the Message-ID. */
  readonly idHash: string;
  /** Null where no notice of ours could be matched. */
  readonly subject: number | null;
  readonly kind: AnswerKind;
  readonly detail: string;
  readonly state: 'open' | 'settled';
  /** The sealed file with its words, in the answers folder. */
  readonly sealed: string | null;
  readonly at: string;
}

/** A finding as it is kept: on the subject of which record, on what document, by whom. Oldest first. */
export interface StoredFinding extends Finding {
  readonly dataset: string;
  /** Keyed hash of the record's key. */
  readonly recordKey: string;
  readonly reason: string;
  readonly documentSha256: string;
  readonly officerId: string;
  /** Hash of the evidence it speaks against; other evidence, and it no longer counts. */
  readonly seen: string;
  readonly at: string;
}

export interface Exception {
  readonly subject: number;
  readonly reason: string;
}

/** State of one case. Each writing method is one transaction; `entries` go to the evidence outbox in the same one. */
export interface CaseStore {
  readonly caseId: string;
  record(): Promise<CaseRecord & { readonly clockStart: string | null }>;
  /** Moves an injected clock; a case on real time has none to move. */
  setClock(start: string): Promise<void>;
  saveFacts(facts: CaseFacts, entries: readonly NewEntry[]): Promise<void>;
  officers(): Promise<readonly Officer[]>;
  addOfficer(officer: Officer): Promise<void>;

  sources(): Promise<readonly Source[]>;
  addSource(source: Source): Promise<void>;
  /** Forgets a source, what was discovered in it, and its open items but for that it was left out. */
  removeSource(name: string, entries: readonly NewEntry[]): Promise<void>;
  discovery(source: string): Promise<unknown>;
  saveDiscovery(source: string, body: unknown): Promise<void>;
  dataMap(): Promise<{ version: number; map: DataMap; digest: string; author: string } | null>;
  saveDataMap(map: DataMap, digest: string, author: string, entries: readonly NewEntry[]): Promise<number>;
  segments(kind?: SegmentKind): Promise<readonly Segment[]>;
  addSegments(segments: readonly Segment[], items: { step: string; items: readonly OpenItem[] } | null): Promise<void>;
  dropSegments(kinds: readonly SegmentKind[]): Promise<void>;

  gates(): Promise<ReadonlyMap<Gate, { at: string; body: Record<string, unknown> }>>;
  passGate(gate: Gate, body: Record<string, unknown>, entries: readonly NewEntry[]): Promise<void>;
  clearGates(gates: readonly Gate[]): Promise<void>;

  plan(): Promise<StoredPlan | null>;
  savePlan(plan: { digest: string; body: Record<string, unknown>; preparedBy: string }, entries: readonly NewEntry[]): Promise<void>;
  voidPlan(reason: string): Promise<void>;
  signings(): Promise<readonly StoredSigning[]>;
  addSigning(signing: StoredSigning, entries: readonly NewEntry[]): Promise<void>;
  exceptions(): Promise<readonly { subject: number; reason: string }[]>;
  addException(subject: number, reason: string, entries: readonly NewEntry[]): Promise<void>;

  /** The same exceptions under the numbers of a new inventory. */
  replaceExceptions(exceptions: readonly Exception[], at: string): Promise<void>;
  findings(): Promise<readonly StoredFinding[]>;
  addFinding(finding: StoredFinding, entries: readonly NewEntry[]): Promise<void>;

  notices(): Promise<readonly NoticeCount[]>;
  noticeBatches(): Promise<ReadonlySet<number>>;
  addNotices(batch: number, notices: readonly Pick<NoticeRow, 'subject' | 'channel' | 'id'>[], entries: readonly NewEntry[]): Promise<void>;
  noticesOf(batch: number): Promise<readonly NoticeRow[]>;
  unknownNotices(): Promise<readonly NoticeRow[]>;
  /** prepared → intended. */
  intendNotices(ids: readonly string[]): Promise<void>;
  /** intended → how the hand-over ended. */
  settleNotices(outcomes: readonly { id: string; state: NoticeState; detail: string }[], at: string): Promise<void>;
  /** intended → unknown: a run that died left them; the caller holds the case, so nobody is sending. */
  loseIntended(at: string): Promise<void>;
  /** unknown → prepared, by a person's decision. Null: all of them. */
  resendNotices(ids: readonly string[] | null): Promise<void>;
  /** By the last 24 digits of its id. */
  noticeByCode(code: string): Promise<NoticeRow | null>;
  answers(): Promise<readonly AnswerRow[]>;
  answer(idHash: string): Promise<AnswerRow | null>;
  addAnswer(
    answer: AnswerRow,
    change: { noticeState: 'bounced' | 'answered' | null; exception: Exception | null },
    entries: readonly NewEntry[],
  ): Promise<void>;
  settleAnswer(idHash: string, exception: Exception | null, entries: readonly NewEntry[]): Promise<void>;

  archiveChunks(): Promise<readonly ArchiveChunkRow[]>;
  saveArchiveChunk(row: ArchiveChunkRow): Promise<void>;
  chunk(dataset: string, first: number): Promise<ChunkRow | null>;
  chunks(): Promise<readonly ChunkRow[]>;
  intendChunk(chunk: {
    dataset: string;
    first: number;
    last: number;
    count: number;
    fileBefore?: string | undefined;
    fileAfter?: string | undefined;
  }): Promise<void>;
  finishChunk(chunk: { dataset: string; first: number; last: number }, result: ChunkResult): Promise<void>;

  openItems(): Promise<readonly (OpenItem & { step: string })[]>;
  replaceOpenItems(step: string, items: readonly OpenItem[]): Promise<void>;
  report<T>(name: string): Promise<T | null>;
  saveReport(name: string, body: unknown, entries: readonly NewEntry[]): Promise<void>;
  outbox(): Promise<readonly OutboxEntry[]>;

  /** Takes the case for changing. Throws StoreError `case-busy` when another process holds it. The lock goes with the process. */
  lock(): Promise<{ release(): Promise<void> }>;
}

export interface NewCase {
  readonly id: string;
  readonly code: string;
  readonly company: string;
  readonly facts: CaseFacts;
  readonly demo: boolean;
  /** ISO 8601; where time is injected (demo, tests). */
  readonly clockStart: string | null;
  readonly at: string;
}

/** All cases of the data folder. */
export interface CaseDirectory {
  list(): Promise<readonly { code: string; caseId: string }[]>;
  /** Throws StoreError `case-not-found`. */
  open(code: string): Promise<CaseStore>;
  /** Throws StoreError `case-exists`. */
  create(newCase: NewCase, entries: readonly NewEntry[]): Promise<CaseStore>;
  /** How pg-boss reaches the same database. */
  readonly connection: Record<string, unknown>;
  close(): Promise<void>;
}
