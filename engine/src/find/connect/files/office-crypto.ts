// SPDX-License-Identifier: Apache-2.0
import { createDecipheriv, createHash } from 'node:crypto';
import { Unreadable } from './unreadable.ts';

/** Excel encrypts a workbook that is only protected with this password, and opens it without asking (MS-OFFCRYPTO §2.3.4.5 and its note). */
const BUILT_IN = 'VelvetSweatshop';
const SEGMENT = 4096;
const MAX_SPIN = 1_000_000;

const encrypted = () => new Unreadable('encrypted', 'office: password');
const le32 = (n: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
};

/** The zip inside an encrypted Office file that needs no password of anybody's. Throws Unreadable `encrypted` for every other. */
export function openBuiltIn(info: Buffer, packed: Buffer): Buffer {
  try {
    const agile = info.readUInt16LE(0) === 4 && info.readUInt16LE(2) === 4;
    const length = Number(packed.readBigUInt64LE(0));
    const plain = agile ? agilePackage(info.toString('utf8', 8), packed.subarray(8)) : standardPackage(info, packed.subarray(8));
    return plain.subarray(0, length);
  } catch (error) {
    // Whatever the reason, nobody can look inside.
    throw error instanceof Unreadable ? error : encrypted();
  }
}

interface AgilePart {
  readonly salt: Buffer;
  readonly block: number;
  readonly bits: number;
  readonly hash: string;
  readonly hashSize: number;
}

/** MS-OFFCRYPTO §2.3.4.10–15. */
function agilePackage(xml: string, body: Buffer): Buffer {
  const key = /<(?:\w+:)?keyData\b[^>]*>/.exec(xml)?.[0] ?? '';
  const password = /<(?:\w+:)?encryptedKey\b[^>]*>/.exec(xml)?.[0] ?? '';
  const part = (tag: string): AgilePart => ({
    salt: Buffer.from(attribute(tag, 'saltValue'), 'base64'),
    block: Number(attribute(tag, 'blockSize')),
    bits: Number(attribute(tag, 'keyBits')),
    hash: attribute(tag, 'hashAlgorithm').replace('-', '').toLowerCase(),
    hashSize: Number(attribute(tag, 'hashSize')),
  });
  const lock = part(password);
  const data = part(key);
  const spins = Number(attribute(password, 'spinCount'));
  if (!(spins <= MAX_SPIN)) throw encrypted();
  const digest = (...parts: Buffer[]) => createHash(lock.hash).update(Buffer.concat(parts)).digest();
  let spun = digest(lock.salt, Buffer.from(BUILT_IN, 'utf16le'));
  for (let i = 0; i < spins; i += 1) spun = digest(le32(i), spun);
  const opened = (name: string, block: string) =>
    decrypt(
      fit(digest(spun, Buffer.from(block, 'hex')), lock.bits / 8),
      fit(lock.salt, lock.block),
      Buffer.from(attribute(password, name), 'base64'),
    );
  const input = opened('encryptedVerifierHashInput', 'fea7d2763b4b9e79').subarray(0, lock.salt.length);
  const hash = opened('encryptedVerifierHashValue', 'd7aa0f6d3061344e').subarray(0, lock.hashSize);
  if (!digest(input).equals(hash)) throw encrypted();
  const secret = opened('encryptedKeyValue', '146e0be7abacd0d6').subarray(0, data.bits / 8);
  const out: Buffer[] = [];
  for (let at = 0, i = 0; at < body.length; at += SEGMENT, i += 1) {
    const segment = body.subarray(at, at + SEGMENT);
    const iv = createHash(data.hash)
      .update(Buffer.concat([data.salt, le32(i)]))
      .digest();
    out.push(decrypt(secret, fit(iv, data.block), segment.subarray(0, segment.length - (segment.length % 16))));
  }
  return Buffer.concat(out);
}

/** MS-OFFCRYPTO §2.3.4.5–9: SHA-1, AES in ECB. */
function standardPackage(info: Buffer, body: Buffer): Buffer {
  const headerSize = info.readUInt32LE(8);
  const keyBytes = info.readUInt32LE(12 + 16) / 8;
  const verifier = info.subarray(12 + headerSize);
  const sha1 = (...parts: Buffer[]) => createHash('sha1').update(Buffer.concat(parts)).digest();
  let spun = sha1(verifier.subarray(4, 20), Buffer.from(BUILT_IN, 'utf16le'));
  for (let i = 0; i < 50_000; i += 1) spun = sha1(le32(i), spun);
  spun = sha1(spun, le32(0));
  const stretch = (fill: number) => sha1(Buffer.alloc(64, fill).map((byte, i) => byte ^ (spun[i] ?? 0)) as Buffer);
  const key = Buffer.concat([stretch(0x36), stretch(0x5c)]).subarray(0, keyBytes);
  const check = sha1(decrypt(key, null, verifier.subarray(20, 36)));
  if (!decrypt(key, null, verifier.subarray(40, 72)).subarray(0, 20).equals(check)) throw encrypted();
  return decrypt(key, null, body.subarray(0, body.length - (body.length % 16)));
}

function decrypt(key: Buffer, iv: Buffer | null, bytes: Buffer): Buffer {
  const cipher = createDecipheriv(`aes-${key.length * 8}-${iv === null ? 'ecb' : 'cbc'}`, key, iv);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** Cut, or filled up with 0x36. */
function fit(bytes: Buffer, length: number): Buffer {
  return bytes.length >= length ? bytes.subarray(0, length) : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, 0x36)]);
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}
