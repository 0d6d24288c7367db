// SPDX-License-Identifier: Apache-2.0
import { crc32, deflateRawSync, gunzipSync } from 'node:zlib';
import { ExecuteError } from '../error.ts';

const LARGEST_MEMBER = 50 << 20;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 18 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** The content of a gzip file (RFC 1952). Throws ExecuteError `file-unreadable`. */
export function openGzip(bytes: Uint8Array, file: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.min(LARGEST_MEMBER, Math.max(1 << 20, bytes.length * 200)) });
  } catch {
    throw new ExecuteError('file-unreadable', { file, state: 'gzip' });
  }
}

/** The same gzip file — its header with time, name and comment — with other content. */
export function rewriteGzip(bytes: Uint8Array, data: Uint8Array): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(data), 0);
  trailer.writeUInt32LE(data.length, 4);
  return Buffer.concat([bytes.subarray(0, headerEnd(bytes)), deflateRawSync(data), trailer]);
}

function headerEnd(bytes: Uint8Array): number {
  const flags = bytes[3]!;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  for (const bit of [8, 16]) if (flags & bit) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
