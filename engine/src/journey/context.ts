// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { type Clock, type Keyring, legalDay } from '../kit/index.ts';
import type { CrashPoint } from '../model/crash-point.ts';
import type { EntryKind } from '../model/evidence.ts';
import type { AskAuthority } from '../prove/evidence/index.ts';
import type { CaseStore, NewEntry } from './ports.ts';

/** How far a long step is: shown on a terminal as rows, rate and time left. */
export interface Progress {
  readonly step: string;
  readonly unit: string;
  readonly done: number;
  readonly total: number;
}

/** Everything a step of one case needs; made once in assemble. */
export interface CaseContext {
  readonly code: string;
  readonly store: CaseStore;
  /** The case's folder inside the data folder. */
  readonly folder: string;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly crash: CrashPoint;
  readonly progress: (progress: Progress) => void;
  /** The secret behind `env:NAME` or `file:PATH`. */
  readonly secret: (reference: string | undefined) => string | null;
  /** The way to time stamp authorities; the only one from a case to the network that is not a source. */
  readonly askAuthority: AskAuthority;
  /** pg-boss's way to our database. */
  readonly connection: Record<string, unknown>;
}

export function today(ctx: CaseContext): string {
  return legalDay(ctx.clock.now());
}

/** An evidence entry at the case's present time. */
export function entry(ctx: CaseContext, kind: EntryKind, body: Readonly<Record<string, unknown>>, leaves?: number): NewEntry {
  return { kind, at: ctx.clock.now().toISOString(), body, ...(leaves === undefined ? {} : { leaves }) };
}

/** The folders of a case, by room. */
export const folders = (ctx: { folder: string }) => ({
  inventory: join(ctx.folder, 'inventory'),
  archive: join(ctx.folder, 'archive'),
  outbox: join(ctx.folder, 'outbox'),
  offline: join(ctx.folder, 'offline'),
  documents: join(ctx.folder, 'documents'),
  answers: join(ctx.folder, 'answers'),
  log: join(ctx.folder, 'log'),
  evidence: join(ctx.folder, 'evidence'),
  timestamps: join(ctx.folder, 'timestamps'),
  temp: join(ctx.folder, 'temp'),
});
