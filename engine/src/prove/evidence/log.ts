// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Checkpoint,
  MerkleRoot,
  ProofError,
  encodeVkey,
  equalBytes,
  isDemoKey,
  leafHash,
  noteKeyOf,
  openCheckpoint,
  signCheckpoint,
  signStatement,
  signTimestampList,
  type TimestampFile,
} from '@shanhou/proof';
import { writeDurable } from '../../kit/index.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import type { EvidenceEntry } from '../../model/evidence.ts';
import { EvidenceError } from './error.ts';
import { LeafWriter, readLeaves, recoverLeaves } from './leaf-files.ts';

/*
 * The log of one case: `entries/NNNNNN.ndjson` and `checkpoint`. One process writes at a time (the case lock sees to that).
 * States: open → appending → open; broken after a failed write, until it is opened again.
 * A leaf that was synced stays; a leaf under a signed checkpoint can never be replaced without the next opening noticing.
 */
export interface EvidenceLog {
  readonly folder: string;
  readonly origin: string;
  /** Leaves so far. */
  readonly size: number;
  /** C2SP verifier key: what goes into a policy. */
  readonly vkey: string;
  /** 64 hex digits: what is published outside. */
  readonly fingerprint: string;
  /**
   * Appends leaves; the first has place `fromIndex`, which is its place in the evidence outbox. Leaves that the log has already are
   * compared and skipped, so that a resumed run may start at any earlier place. Durable when it returns.
   * Throws EvidenceError `log-gap`, `log-differs`, `leaf-malformed`; and what the file system throws (then open the log again).
   */
  append(fromIndex: number, leaves: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
  /** The leaf bytes of a statement: signed DSSE envelope. `seq` is the place it will have. */
  statement(entry: EvidenceEntry, seq: number, caseCode: string): Uint8Array;
  /** Leaves `from` … `to - 1`, by default to the end. */
  leaves(from: number, to?: number): Generator<Uint8Array>;
  /** Signs size and root, keeps the text durably beside the entries, and returns it. */
  checkpoint(): string;
  /** The signed list of the files of time stamps in a bundle. */
  timestampList(files: readonly TimestampFile[]): string;
}

/**
 * Opens or creates a log; reads every leaf, cuts off a torn tail, and compares with the last signed checkpoint.
 * `origin`: the key name (proof `logOrigin`); `demo` must agree with it. `seed`: 32 bytes, Ed25519.
 * Throws EvidenceError `log-damaged`.
 */
export function openLog(args: {
  readonly folder: string;
  readonly origin: string;
  readonly seed: Uint8Array;
  readonly demo: boolean;
  readonly crash: CrashPoint;
}): EvidenceLog {
  if (isDemoKey(args.origin) !== args.demo) throw new EvidenceError('log-damaged', { origin: args.origin });
  const key = noteKeyOf(args.origin, args.seed);
  const entries = join(args.folder, 'entries');
  const checkpointPath = join(args.folder, 'checkpoint');
  const signed = existsSync(checkpointPath) ? ownCheckpoint(readFileSync(checkpointPath), key) : null;
  const tree = new MerkleRoot();
  const compare = () => {
    if (signed?.size === tree.size && !equalBytes(signed.root, tree.root())) throw new EvidenceError('log-damaged', { leaf: tree.size });
  };
  for (const leaf of recoverLeaves(entries)) {
    compare();
    tree.add(leafHash(leaf));
  }
  compare();
  if (signed && signed.size > tree.size) throw new EvidenceError('log-damaged', { leaf: tree.size });
  let broken = false;

  return {
    folder: args.folder,
    origin: args.origin,
    get size() {
      return tree.size;
    },
    vkey: encodeVkey(key),
    fingerprint: key.fingerprint,
    async append(fromIndex, leaves) {
      if (broken) throw new EvidenceError('log-damaged', { leaf: tree.size });
      const known = tree.size;
      if (fromIndex > known) throw new EvidenceError('log-gap', { leaf: fromIndex, size: known });
      const present = readLeaves(entries, fromIndex, known);
      const writer = new LeafWriter(entries, known);
      let place = fromIndex;
      broken = true;
      try {
        for await (const leaf of leaves) {
          if (leaf.length === 0 || leaf.some((byte) => byte < 32)) throw new EvidenceError('leaf-malformed', { leaf: place });
          if (place >= known) {
            writer.write(leaf);
            tree.add(leafHash(leaf));
          } else if (!equalBytes(leaf, present.next().value ?? new Uint8Array())) throw new EvidenceError('log-differs', { leaf: place });
          place += 1;
        }
        writer.sync();
        broken = false;
      } catch (error) {
        // Before the first new leaf nothing was changed; afterwards the file may hold more or less than the tree.
        broken = tree.size > known;
        throw error;
      } finally {
        present.return(undefined);
        writer.close();
      }
      if (tree.size > known) args.crash('evidence.log-appended');
    },
    statement: (entry, seq, caseCode) =>
      signStatement({ case: caseCode, kind: entry.kind, seq, at: entry.at, body: entry.body }, key, args.seed),
    leaves: (from, to = tree.size) => readLeaves(entries, from, Math.min(to, tree.size)),
    checkpoint() {
      if (broken) throw new EvidenceError('log-damaged', { leaf: tree.size });
      const text = signCheckpoint({ origin: args.origin, size: tree.size, root: tree.root() }, args.seed);
      writeDurable(checkpointPath, text);
      return text;
    },
    timestampList: (files) => signTimestampList(files, args.origin, args.seed),
  };
}

function ownCheckpoint(bytes: Uint8Array, key: ReturnType<typeof noteKeyOf>): Checkpoint {
  try {
    return openCheckpoint(bytes, key).checkpoint;
  } catch (error) {
    if (error instanceof ProofError) throw new EvidenceError('log-damaged', { file: 'checkpoint' }, error);
    throw error;
  }
}
