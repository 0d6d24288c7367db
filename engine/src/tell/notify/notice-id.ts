// SPDX-License-Identifier: Apache-2.0
import { keyedHash } from '../../kit/index.ts';

/*
 * A notice's id is `<case code in small letters>.<24 hex digits>`, the digits a keyed hash of case and subject: a run that is taken up again
 * makes the same one, and it says nothing about the person. From it come the Message-ID (RFC 5322) and, by its digits alone, the
 * addresses that bounces and replies come back to (VERP): whoever holds the code has had the message.
 */
const CODE = /[0-9a-f]{24}/;

export function noticeId(key: Uint8Array, caseCode: string, subject: number): string {
  return `${caseCode.toLowerCase()}.${keyedHash(key, `notice:${caseCode}:${subject}`).slice(0, 24)}`;
}

export const codeOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1);
export const messageIdOf = (id: string, domain: string): string => `<${id}@${domain}>`;
export const bounceAddress = (id: string, domain: string): string => `bounce+${codeOf(id)}@${domain}`;
export const replyAddress = (id: string, domain: string): string => `reply+${codeOf(id)}@${domain}`;

/** The codes in our own return addresses within a text (a header, a bounced header block), in the order found. */
export function codesInAddresses(text: string): string[] {
  return [...text.matchAll(/\b(?:bounce|reply)\+([0-9a-f]{24})@/gi)].map((m) => m[1]!.toLowerCase());
}

/** The codes in Message-IDs of ours within a text. */
export function codesInMessageIds(text: string): string[] {
  return [...text.matchAll(/<[a-z0-9-]{2,32}\.([0-9a-f]{24})@[^<>\s]+>/gi)].map((m) => m[1]!.toLowerCase());
}

/** The code of a return address to which bounces go, if this is one. */
export function bounceCode(address: string): string | null {
  return new RegExp(`^bounce\\+(${CODE.source})@`, 'i').exec(address)?.[1]?.toLowerCase() ?? null;
}
