// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import {
  BAGIT_TXT,
  type BoundFile,
  CHECKPOINT_FILE,
  LEAVES_PER_FILE,
  type ManifestLine,
  type Statement,
  TAG_MANIFEST,
  TIMESTAMPS_FOLDER,
  TIMESTAMP_LIST,
  asEnvelope,
  canonicalJson,
  entriesFile,
  openStatement,
  parseCanonical,
  parseVkey,
  renderBagInfo,
  renderManifest,
  tagLines,
  utf8,
} from '@shanhou/proof';
import { DurableWriter, syncDirectory, writeDurable } from '../../kit/index.ts';
import type { CrashPoint } from '../../model/crash-point.ts';
import { type BundleInput, type PayloadFile, boundPayload } from './bundle-input.ts';
import { EvidenceError } from './error.ts';
import { leafFile } from './leaf-files.ts';
import type { EvidenceLog } from './log.ts';
import { sealedBody } from './seal-entry.ts';
import type { StampFile } from './stamp-checkpoint.ts';

export interface Bundle {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
}

/** What a bundle gets besides its content. */
export interface Wrapping {
  readonly log: EvidenceLog;
  readonly folder: string;
  /** Of `stampCheckpoint`; over the log's checkpoint. */
  readonly timestamps: readonly StampFile[];
  readonly crash: CrashPoint;
}

/**
 * Writes the bundle of a log whose last leaf is the `evidence.sealed` entry of the same input: everything into `<folder>.part`, synced, then
 * renamed. Building again gives the same bytes; an older bundle is replaced only by a whole one. A crash leaves `.part` or `.old`, which the next run removes.
 * Throws EvidenceError `not-sealed` when a file differs from what was sealed, and what `sealEntry` throws.
 */
export async function buildBundle(input: BundleInput & Wrapping): Promise<Bundle> {
  const writer = new PayloadWriter(freshPart(input.folder));
  const bound: BoundFile[] = [];
  for await (const file of boundPayload(input)) bound.push(await writer.write(file));
  checkSealed(input, bound);
  for await (const file of logFiles(input, input.log.checkpoint())) await writer.write(file);
  return finish(writer, input);
}

/**
 * Gives a bundle that is there other time stamps. Everything else is copied as it is: what was sealed does not change, and data that a later
 * version would make differently is not made again. The caller has checked the bundle. Throws what the file system throws.
 */
export async function restampBundle(input: Wrapping): Promise<Bundle> {
  const writer = new PayloadWriter(freshPart(input.folder));
  for (const path of payloadOf(input.folder))
    if (!path.startsWith(TIMESTAMPS_FOLDER)) await writer.write({ path, bytes: () => stream(join(input.folder, path)) });
  return finish(writer, input);
}

/** Gives back its name to the older bundle when a crash came between the two renames. A sealed bundle cannot always be made again. */
export function recoverBundle(folder: string): void {
  const old = `${folder}.old`;
  if (existsSync(folder) || !existsSync(old)) return;
  renameSync(old, folder);
  syncDirectory(dirname(folder));
}

function freshPart(folder: string): string {
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  return part;
}

/** Time stamps, tag files, and the name under which others see the bundle. */
async function finish(writer: PayloadWriter, { log, folder, timestamps, crash }: Wrapping): Promise<Bundle> {
  for (const { name, bytes } of timestamps) await writer.write({ path: TIMESTAMPS_FOLDER + name, bytes });
  const listed = timestamps.map(({ name, bytes }) => ({ name, sha256: createHash('sha256').update(bytes).digest('hex') }));
  if (listed.length > 0) await writer.write({ path: TIMESTAMP_LIST, bytes: utf8(log.timestampList(listed)) });
  const sealed = lastStatement(log);
  if (!sealed) throw new EvidenceError('not-sealed', { leaf: log.size - 1 });
  writeTags(writer, { date: sealed.at.slice(0, 10), identifier: sealed.case });
  syncFolders(writer.root);
  replace(writer.root, folder);
  crash('evidence.bundle-written');
  return { folder, files: writer.lines.length, bytes: writer.bytes };
}

/** Payload paths of a bundle folder. */
function payloadOf(folder: string): string[] {
  return readdirSync(join(folder, 'data'), { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join('/'));
}

class PayloadWriter {
  readonly lines: ManifestLine[] = [];
  readonly root: string;
  bytes = 0;

  constructor(root: string) {
    this.root = root;
  }

  async write(file: PayloadFile): Promise<BoundFile> {
    const out = new DurableWriter(join(this.root, ...file.path.split('/')));
    const [short, long] = [createHash('sha256'), createHash('sha512')];
    let bytes = 0;
    try {
      for await (const chunk of file.bytes instanceof Uint8Array ? [file.bytes] : file.bytes()) {
        out.write(chunk);
        short.update(chunk);
        long.update(chunk);
        bytes += chunk.length;
      }
      out.commit();
    } catch (error) {
      out.abandon();
      throw error;
    }
    this.lines.push({ path: file.path, digest: long.digest('hex') });
    this.bytes += bytes;
    return { path: file.path, sha256: short.digest('hex'), bytes };
  }
}

/** The last leaf must bind exactly these files. */
function checkSealed(input: BundleInput, bound: readonly BoundFile[]): void {
  const last = lastStatement(input.log);
  if (last?.kind !== 'evidence.sealed') throw new EvidenceError('not-sealed', { leaf: input.log.size - 1 });
  if (canonicalJson(last.body) !== canonicalJson(sealedBody(bound))) {
    const said = new Set((last.body['files'] as readonly BoundFile[]).map((file) => canonicalJson(file)));
    throw new EvidenceError('not-sealed', { path: bound.find((file) => !said.has(canonicalJson(file)))?.path ?? 'more files' });
  }
}

function lastStatement(log: EvidenceLog): Statement | null {
  const [leaf] = log.size > 0 ? [...log.leaves(log.size - 1)] : [];
  return leaf ? openStatement(asEnvelope(parseCanonical(leaf)), parseVkey(log.vkey)) : null;
}

async function* logFiles(input: BundleInput, checkpoint: string): AsyncGenerator<PayloadFile> {
  yield { path: CHECKPOINT_FILE, bytes: utf8(checkpoint) };
  for (let number = 0; number * LEAVES_PER_FILE < input.log.size; number++) {
    const path = leafFile(join(input.log.folder, 'entries'), number);
    yield { path: entriesFile(number), bytes: () => stream(path) };
  }
}

function stream(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1024 * 1024 });
}

function writeTags(writer: PayloadWriter, info: { readonly date: string; readonly identifier: string }): void {
  const { root } = writer;
  const bagInfo = { ...info, payloadBytes: writer.bytes, payloadFiles: writer.lines.length };
  writeDurable(join(root, 'bagit.txt'), BAGIT_TXT);
  writeDurable(join(root, 'bag-info.txt'), renderBagInfo(bagInfo));
  writeDurable(join(root, 'manifest-sha512.txt'), renderManifest(writer.lines));
  writeDurable(join(root, TAG_MANIFEST), renderManifest(tagLines(bagInfo, writer.lines)));
}

/** Names of files are synced with each file; here the names of folders. */
function syncFolders(root: string): void {
  for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) if (item.isDirectory()) syncDirectory(item.parentPath);
}

function replace(part: string, folder: string): void {
  const old = `${folder}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder) && tagManifest(folder) === tagManifest(part)) {
    rmSync(part, { recursive: true });
    return;
  }
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(part, folder);
  syncDirectory(dirname(folder));
  rmSync(old, { recursive: true, force: true });
}

function tagManifest(folder: string): string | null {
  const path = join(folder, TAG_MANIFEST);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
