// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util';

/**
 * What the tests of law and plan use of vitest, so that one process can run them again and again without starting vitest each time.
 * Tests are collected on import and run in order until the first that fails.
 */
type Body = (...args: never[]) => unknown;
type Row = readonly unknown[];

let collected: Body[] = [];
let after: Body[] = [];

export const test = Object.assign((_: string, body: Body) => void collected.push(body), {
  each: (rows: readonly unknown[]) => (_: string, body: Body) =>
    void collected.push(...rows.map((row) => () => body(...((Array.isArray(row) ? row : [row]) as never[])))),
  skipIf: (skip: boolean) => (_: string, body: Body) => void (skip ? 0 : collected.push(body)),
});
export const describe = Object.assign((_: string, body: () => void) => body(), {
  skipIf: (skip: boolean) => (_: string, body: () => void) => (skip ? undefined : body()),
});
export const beforeAll = (body: Body) => void collected.unshift(body);
export const afterAll = (body: Body) => void after.push(body);

/** True when every collected test passes. */
export async function allPass(): Promise<boolean> {
  const [tests, last] = [collected, after];
  [collected, after] = [[], []];
  try {
    for (const body of tests) await body();
    return true;
  } catch (error) {
    if (process.env['SHANHOU_MUTANT_WHY']) process.stderr.write(`${String(error).slice(0, 300)}\n`);
    return false;
  } finally {
    for (const body of last) await body();
  }
}

class Containing {
  readonly part: object;
  constructor(part: object) {
    this.part = part;
  }
}

class ContainingAll {
  readonly parts: Row;
  constructor(parts: Row) {
    this.parts = parts;
  }
}

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null;

/** `toEqual`: what is undefined is as good as absent. */
function equal(a: unknown, b: unknown): boolean {
  if (b instanceof Containing || b instanceof ContainingAll) return matches(a, b);
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return isDeepStrictEqual(a, b);
  if (a instanceof Map || a instanceof Set) return isDeepStrictEqual(a, b);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => equal(a[key], b[key]));
}

function matches(value: unknown, part: unknown): boolean {
  if (part instanceof Containing) return matches(value, part.part);
  if (part instanceof ContainingAll) return part.parts.every((p) => (value as Row).some((v) => matches(v, p)));
  if (!isObject(part)) return isDeepStrictEqual(value, part);
  if (Array.isArray(part)) return Array.isArray(value) && value.length === part.length && part.every((p, i) => matches(value[i], p));
  return isObject(value) && Object.entries(part).every(([key, wanted]) => matches(value[key], wanted));
}

function thrown(body: unknown): unknown {
  try {
    (body as () => void)();
    return null;
  } catch (error) {
    return error;
  }
}

function has(value: unknown, part: unknown): boolean {
  return typeof value === 'string' ? value.includes(part as string) : [...(value as Iterable<unknown>)].includes(part);
}

function matchers(value: unknown, wanted: boolean, what: string) {
  const check = (holds: boolean) => {
    if (holds !== wanted) throw new Error(what);
  };
  return {
    toBe: (other: unknown) => check(Object.is(value, other)),
    toBeNull: () => check(value === null),
    toBeGreaterThanOrEqual: (least: number) => check((value as number) >= least),
    toContain: (part: unknown) => check(has(value, part)),
    toContainEqual: (part: unknown) => check((value as Row).some((v) => equal(v, part))),
    toEqual: (other: unknown) => check(equal(value, other)),
    toHaveLength: (length: number) => check((value as Row).length === length),
    toMatch: (pattern: RegExp) => check(pattern.test(value as string)),
    toMatchObject: (part: unknown) => check(matches(value, part)),
    toThrow: (like?: unknown) => check(((error) => error !== null && (like === undefined || matches(error, like)))(thrown(value))),
  };
}

export const expect = Object.assign(
  (value: unknown, what = 'not as expected') => ({ ...matchers(value, true, what), not: matchers(value, false, what) }),
  { objectContaining: (part: object) => new Containing(part), arrayContaining: (parts: Row) => new ContainingAll(parts) },
);
