// SPDX-License-Identifier: Apache-2.0
import { fromBase64, toBase64 } from './encoding.ts';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** The DER bytes of every PEM block (RFC 7468) with this label; text between blocks is ignored. Throws ProofError `bad-base64`. */
export function pemBlocks(text: string, label: string): readonly Uint8Array[] {
  return [...text.matchAll(BLOCK)].filter((m) => m[1] === label).map((m) => fromBase64(m[2]!.replace(/\s/g, '')));
}

/** One PEM block, lines of 64 characters. */
export function pemOf(der: Uint8Array, label: string): string {
  return `-----BEGIN ${label}-----\n${toBase64(der).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}
