// SPDX-License-Identifier: Apache-2.0
import { type KeyObject, createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { DurableWriter } from './durable-file.ts';

/*
 * A sealed file holds lines (JSON values) that must not lie in clear in our folders: contacts, the erase list, the outbox.
 * Layout: `SHSF1\n` ‖ 8 random bytes ‖ frames; a frame is uint32 length ‖ AES-256-GCM(ciphertext ‖ tag) with
 * nonce = 8 random bytes ‖ uint32 counter, and one byte of additional data: 1 for the last frame, else 0.
 * A cut, reordered or changed file fails to open (STREAM construction, Hoang et al. 2015).
 */
const MAGIC = Buffer.from('SHSF1\n');
const FRAME = 64 * 1024;
const NEW_LINE = 10;
const TAG = 16;
/** No line is longer than this; a length beyond it is damage. */
const LARGEST = 16 * 1024 * 1024;

export class SealedError extends Error {
  override readonly name = 'SealedError';
  readonly code: 'sealed-damaged';
  constructor(path: string, cause?: unknown) {
    super(`sealed file cannot be opened (wrong key, cut or changed): ${path}`, { cause });
    this.code = 'sealed-damaged';
  }
}

export class SealedWriter {
  #file: DurableWriter;
  #key: KeyObject;
  #prefix = randomBytes(8);
  #counter = 0;
  /** What the next frame will hold, and how much of it is filled. */
  #room = Buffer.allocUnsafe(2 * FRAME);
  #size = 0;
  lines = 0;

  get path(): string {
    return this.#file.path;
  }

  /** `key`: 32 bytes, used for this purpose only. */
  constructor(path: string, key: Uint8Array) {
    this.#file = new DurableWriter(path);
    this.#key = createSecretKey(key);
    this.#file.write(Buffer.concat([MAGIC, this.#prefix]));
  }

  /** Appends one JSON value. */
  line(value: unknown): void {
    this.json(JSON.stringify(value));
  }

  /** Appends one JSON value that is text already. */
  json(text: string): void {
    // At most three bytes for each UTF-16 unit, and the line's end.
    const most = text.length * 3 + 1;
    if (this.#size > 0 && this.#size + most > this.#room.length) this.#flush(0);
    if (most > this.#room.length) this.#room = Buffer.allocUnsafe(most);
    this.#size += this.#room.write(text, this.#size, 'utf8');
    this.#room[this.#size++] = NEW_LINE;
    this.lines += 1;
    if (this.#size >= FRAME) this.#flush(0);
  }

  commit(beforeRename?: () => void): void {
    this.#flush(1);
    this.#file.commit(beforeRename);
  }

  abandon(): void {
    this.#file.abandon();
  }

  #flush(last: 0 | 1): void {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(this.#prefix, this.#counter++));
    cipher.setAAD(Uint8Array.of(last));
    const head = Buffer.alloc(4);
    head.writeUInt32BE(this.#size + TAG);
    this.#file.write(Buffer.concat([head, cipher.update(this.#room.subarray(0, this.#size)), cipher.final(), cipher.getAuthTag()]));
    this.#size = 0;
  }
}

/** The lines of a sealed file, one after the other; memory is bounded by a frame. Throws SealedError. */
export function* readSealed(path: string, key: Uint8Array): Generator<unknown> {
  const fd = openSync(path, 'r');
  try {
    const head = take(path, fd, MAGIC.length + 8);
    if (!head || !head.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealedError(path);
    const prefix = head.subarray(MAGIC.length);
    let next = take(path, fd, 4);
    for (let counter = 0; next; counter++) {
      const size = next.readUInt32BE();
      const body = size < 16 || size > LARGEST ? null : take(path, fd, size);
      if (!body) throw new SealedError(path);
      next = take(path, fd, 4);
      for (const line of open(path, key, nonce(prefix, counter), body, next ? 0 : 1).split('\n')) if (line !== '') yield JSON.parse(line);
    }
  } finally {
    closeSync(fd);
  }
}

function open(path: string, key: Uint8Array, iv: Buffer, body: Buffer, last: 0 | 1): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv);
    decipher.setAAD(Uint8Array.of(last));
    decipher.setAuthTag(body.subarray(body.length - 16));
    return Buffer.concat([decipher.update(body.subarray(0, body.length - 16)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SealedError(path, error);
  }
}

/** Exactly `size` bytes, or null at the end of the file; a part of them means that the file was cut. */
function take(path: string, fd: number, size: number): Buffer | null {
  const buffer = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const n = readSync(fd, buffer, at, size - at, null);
    if (n === 0) break;
    at += n;
  }
  if (at > 0 && at < size) throw new SealedError(path);
  return at === 0 ? null : buffer;
}

function nonce(prefix: Uint8Array, counter: number): Buffer {
  const iv = Buffer.alloc(12);
  iv.set(prefix);
  iv.writeUInt32BE(counter, 8);
  return iv;
}
