// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProofError, type TimestampAuthority, parseTimestampQuery, timestampQueryBytes, utf8, verifyTimestamp } from '@shanhou/proof';
import { sha256, writeDurable } from '../../kit/index.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import type { Authority, TimestampSettings } from './authority.ts';
import { timestampTrust } from './authority.ts';
import { EvidenceError } from './error.ts';
import type { AskAuthority } from './ports.ts';

/** A file for data/timestamps. */
export interface StampFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Stamps {
  /** Query and response of every authority whose token verifies, sorted. */
  readonly files: readonly StampFile[];
  /** Authorities without a good token, and why: a code, never text from outside. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * One token of each authority over the checkpoint: those kept in `folder` that still verify, and new ones for the rest. A token is verified
 * by the checker's own code before it is kept, durably, with its query. An authority that fails is named and does not stop the others.
 * Throws EvidenceError `authority-invalid` and what the file system throws.
 */
export async function stampCheckpoint(args: {
  readonly folder: string;
  readonly checkpoint: string;
  readonly settings: TimestampSettings;
  readonly ask: AskAuthority;
  readonly crash: CrashPoint;
}): Promise<Stamps> {
  const trust = timestampTrust(args.settings);
  const data = utf8(args.checkpoint);
  const files: StampFile[] = [];
  const missing: { name: string; reason: string }[] = [];
  for (const [i, authority] of args.settings.authorities.entries()) {
    try {
      const trusted = trust.authorities[i]!;
      files.push(...((await kept(args.folder, data, trusted)) ?? (await requested(args, data, authority, trusted))));
    } catch (error) {
      missing.push({ name: authority.name, reason: reasonOf(error) });
    }
  }
  return { files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)), missing };
}

/** The token of an earlier run; null when there is none or it is not good for this checkpoint and these roots. */
async function kept(folder: string, data: Uint8Array, authority: TimestampAuthority): Promise<readonly StampFile[] | null> {
  const [query, response] = [`${authority.name}.tsq`, `${authority.name}.tsr`];
  if (!existsSync(join(folder, query)) || !existsSync(join(folder, response))) return null;
  const pair = [query, response].map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  try {
    await verify(pair, data, authority);
    return pair;
  } catch (error) {
    if (error instanceof ProofError) return null;
    throw error;
  }
}

async function requested(
  { folder, ask, crash }: { readonly folder: string; readonly ask: AskAuthority; readonly crash: CrashPoint },
  data: Uint8Array,
  { name, url, policy }: Authority,
  trusted: TimestampAuthority,
): Promise<readonly StampFile[]> {
  const nonce = new Uint8Array(randomBytes(8));
  // The content of a positive DER INTEGER in its shortest form.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const query = timestampQueryBytes({ imprint: Uint8Array.from(Buffer.from(sha256(data), 'hex')), nonce, policy });
  const pair = [
    { name: `${name}.tsq`, bytes: query },
    { name: `${name}.tsr`, bytes: Uint8Array.from(await ask(url, query)) },
  ];
  await verify(pair, data, trusted);
  for (const file of pair) writeDurable(join(folder, file.name), file.bytes);
  crash('evidence.timestamped');
  return pair;
}

function verify(pair: readonly StampFile[], data: Uint8Array, authority: TimestampAuthority) {
  const [query, response] = [pair[0]!.bytes, pair[1]!.bytes];
  return verifyTimestamp({ response, data, query: parseTimestampQuery(query), chain: [], revocations: null, authority });
}

function reasonOf(error: unknown): string {
  if (error instanceof EvidenceError) return [error.code, ...Object.values(error.details)].join(' ');
  if (error instanceof ProofError) return `authority-garbage ${error.detail}`.trim();
  throw error;
}
