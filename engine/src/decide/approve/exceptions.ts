// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, sha256 } from '../../kit/index.ts';
import type { HoldOrder } from '../../model/case.ts';
import { DESTROYING, type Disposition } from '../../model/disposition.ts';

/**
 * May a record's end change after approval without a new plan? Only out of destruction, into rest (`hold` or `gap`).
 * Everything else adds a record to destruction or makes its fate another one, and voids the approval.
 */
export function exceptionAllowed(before: Disposition, after: Disposition): boolean {
  return DESTROYING.has(before) && (after === 'hold' || after === 'gap');
}

/** One line of the exception list: a subject by objection or correction, or a hold entered after the signatures. */
export type ExceptionLine = { readonly subject: number; readonly reason: string } | { readonly hold: HoldOrder };

/** A line as it is signed: one hash, so that a longer list can be compared with what was signed before. */
export function exceptionHash(line: ExceptionLine): string {
  return sha256(canonicalJson('hold' in line ? { hold: { ...line.hold } } : { ...line }));
}

/** SHA-256 over the lines' hashes, sorted: the order in which exceptions came is without effect. */
export function exceptionListHash(lines: readonly string[]): string {
  return sha256(canonicalJson([...lines].toSorted()));
}

/**
 * How many exceptions that Legal signed are no longer there: an exception may be added, never taken away. `signed`: each list's hash with the
 * lines that are kept for it; lines that are not what was signed, or are not kept at all, count as lost.
 */
export function lostExceptions(
  signed: readonly { readonly list: string; readonly lines: readonly string[] | null }[],
  now: readonly string[],
): number {
  const there = new Set(now);
  return signed.reduce((n, { list, lines }) => {
    if (lines === null || exceptionListHash(lines) !== list) return n + 1;
    return n + lines.filter((line) => !there.has(line)).length;
  }, 0);
}
