// SPDX-License-Identifier: Apache-2.0
import { fromUtf8 } from './encoding.ts';
import { ProofError, type ProofErrorCode } from './error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper than anything we write: a reader's verdict must not depend on its stack. */
const MAX_DEPTH = 64;

/**
 * Canonical JSON: object keys sorted by UTF-16 code unit, no white space (RFC 8785 for the values allowed here).
 * Throws TypeError for what has no single spelling: undefined, functions, NaN, infinities, lone surrogates, other classes; and for nesting
 * deeper than 64.
 */
export function canonicalJson(value: unknown): string {
  return spelled(value, 0);
}

function spelled(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON is too deep');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot hold ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => spelled(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([k, v]) => `${text(k)}:${spelled(v, depth + 1)}`).join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold ${typeof value}`);
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical JSON cannot hold a lone surrogate');
  return JSON.stringify(value);
}

/**
 * The value of bytes that are canonical JSON and nothing else: a second spelling, a duplicate key or a trailing byte is refused.
 * Throws ProofError with `code`.
 */
export function parseCanonical(bytes: Uint8Array, code: ProofErrorCode = 'bad-json', detail = ''): unknown {
  let value: unknown;
  let same: boolean;
  try {
    const source = fromUtf8(bytes);
    value = JSON.parse(source);
    same = canonicalJson(value) === source;
  } catch (error) {
    throw new ProofError(code, detail, error);
  }
  if (!same) throw new ProofError(code, detail);
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an object that has exactly these keys. */
export function hasExactly<K extends string>(value: unknown, keys: readonly K[]): value is Readonly<Record<K, unknown>> {
  return isObject(value) && Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

/** True for a whole number from 0 to 2^53 - 1. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}
