// SPDX-License-Identifier: Apache-2.0
import { fromUtf8, utf8 } from './encoding.ts';
import { ProofError } from './error.ts';
import { canonicalJson, hasExactly, isCount } from './json.ts';
import { DISPOSITION_NAMES, type DispositionName, OUTCOME_NAMES, type OutcomeName } from './kinds.ts';

/** What became of one record; one leaf of the log. */
export interface DispositionLeaf {
  /** Place in the inventory. */
  readonly index: number;
  readonly disposition: DispositionName;
  readonly outcome: OutcomeName;
  /** Last day of keeping, YYYY-MM-DD, or null. */
  readonly until: string | null;
  /** Ids of the rules that decided, the winner first. */
  readonly rules: readonly string[];
  /** A closed reason code. */
  readonly reason: string;
}

/** How every disposition leaf begins; keys are sorted, so no statement begins so. */
export const DISPOSITION_START: Uint8Array = utf8('{"d":');

/** The leaf's bytes: canonical JSON with one-letter keys, since there is one for each record. */
export function dispositionLeaf(leaf: DispositionLeaf): Uint8Array {
  return utf8(
    canonicalJson({
      k: 'd',
      i: leaf.index,
      d: leaf.disposition,
      o: leaf.outcome,
      u: leaf.until,
      r: [...leaf.rules],
      w: leaf.reason,
    }),
  );
}

/** Reads a disposition leaf. Throws ProofError `bad-disposition` for anything but the one spelling of a closed value. */
export function parseDisposition(bytes: Uint8Array): DispositionLeaf {
  let value: unknown;
  const source = fromUtf8(bytes);
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new ProofError('bad-disposition', '', error);
  }
  if (!hasExactly(value, ['d', 'i', 'k', 'o', 'r', 'u', 'w'])) throw new ProofError('bad-disposition');
  const { k, i, d, o, u, r, w } = value;
  const disposition = DISPOSITION_NAMES.find((name) => name === d);
  const outcome = OUTCOME_NAMES.find((name) => name === o);
  if (k !== 'd' || !isCount(i) || !disposition || !outcome) throw new ProofError('bad-disposition');
  if (!(u === null || isDay(u))) throw new ProofError('bad-disposition');
  if (!Array.isArray(r) || !r.every(isCode) || !isCode(w)) throw new ProofError('bad-disposition');
  const leaf: DispositionLeaf = { index: i, disposition, outcome, until: u, rules: r, reason: w };
  if (canonicalJson(value) !== source) throw new ProofError('bad-disposition');
  return leaf;
}

/** A day of the calendar, YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** Rule ids and reasons are plain codes: nothing personal fits through here. */
function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(value);
}
