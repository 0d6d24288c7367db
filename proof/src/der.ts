// SPDX-License-Identifier: Apache-2.0

/** Deeper than any certificate or token; nesting costs stack in every ASN.1 reader. */
const MAX_DEPTH = 32;

/**
 * True when the bytes are exactly one DER element (X.690 §10.1: definite, shortest lengths) with well-formed elements inside.
 * Asked before an ASN.1 library reads bytes of unknown origin: BER spellings, truncation, trailing bytes and deep nesting end here.
 */
export function isDer(bytes: Uint8Array): boolean {
  return elementEnd(bytes, 0, bytes.length, 0) === bytes.length;
}

/** Where the element at `at` ends, or -1 when it is malformed or does not end before `end`. */
function elementEnd(bytes: Uint8Array, at: number, end: number, depth: number): number {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (depth > MAX_DEPTH || tag === undefined || first === undefined || at + 2 > end || (tag & 31) === 31) return -1;
  const digits = first < 128 ? 0 : first & 127;
  if (first === 128 || digits > 4 || at + 2 + digits > end) return -1;
  let length = first;
  if (digits > 0) {
    length = 0;
    for (let i = 0; i < digits; i++) length = length * 256 + bytes[at + 2 + i]!;
    if (length < 128 || bytes[at + 2] === 0) return -1;
  }
  const start = at + 2 + digits;
  const stop = start + length;
  if (stop > end) return -1;
  if ((tag & 32) !== 0) for (let next = start; next < stop;) if ((next = elementEnd(bytes, next, stop, depth + 1)) < 0) return -1;
  return stop;
}
