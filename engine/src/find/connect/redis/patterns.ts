// SPDX-License-Identifier: Apache-2.0
import { type RedisName, partPattern, splitRedisKey } from '../../../kit/index.ts';

/** More words than this at one place of a key are no fixed words: they name something each. */
const MOST_WORDS = 20;
const SAMPLE = 1_000;

/** Keys of one pattern: how many times SCAN gave one, and up to a thousand of them, the same ones each time. */
export interface Found {
  keys: number;
  sample: { readonly rank: number; readonly key: Buffer }[];
}

interface Node {
  readonly next: Map<string, Node>;
  /** All parts at this place are taken together. */
  any: boolean;
  found: Found | null;
}

/**
 * Learns which parts of keys are words that all of a kind share and which differ from key to key. The same keys give the same patterns, in whatever
 * order they come. Memory: at most twenty words at each place, and a thousand keys for each pattern.
 */
export class Patterns {
  readonly #roots = new Map<string, { readonly db: number; readonly kind: string; readonly separators: string; readonly node: Node }>();

  add(db: number, kind: string, key: Buffer, text: string): void {
    const { parts, separators } = splitRedisKey(text);
    const id = `${db} ${kind} ${separators} ${parts.length}`;
    let root = this.#roots.get(id);
    if (!root) this.#roots.set(id, (root = { db, kind, separators, node: node() }));
    let here = root.node;
    for (const part of parts) here = step(here, partPattern(part));
    here.found ??= { keys: 0, sample: [] };
    here.found.keys += 1;
    here.found.sample.push({ rank: rankOf(key), key });
    if (here.found.sample.length >= 2 * SAMPLE) cut(here.found);
  }

  /** Every name with its keys, by name. */
  *names(): Generator<readonly [RedisName, Found]> {
    for (const { db, kind, separators, node: root } of this.#roots.values())
      for (const [parts, found] of leaves(root, separators.length + 1)) {
        cut(found);
        yield [{ db, kind, parts, separators }, found];
      }
  }
}

function step(here: Node, pattern: string): Node {
  let next = here.next.get(here.any ? '**' : pattern);
  if (!next) here.next.set(here.any ? '**' : pattern, (next = node()));
  if (here.next.size <= MOST_WORDS) return next;
  merge(here);
  return here.next.get('**')!;
}

/** Takes all branches of a node together. */
function merge(here: Node): void {
  const whole = node();
  for (const branch of here.next.values()) join(whole, branch);
  here.next.clear();
  here.next.set('**', whole);
  here.any = true;
}

function join(into: Node, from: Node): void {
  if (from.found) {
    into.found ??= { keys: 0, sample: [] };
    into.found.keys += from.found.keys;
    into.found.sample.push(...from.found.sample);
    cut(into.found);
  }
  if (from.any && !into.any) merge(into);
  for (const [pattern, branch] of from.next) join(step(into, pattern), branch);
}

function* leaves(here: Node, depth: number, before: readonly string[] = []): Generator<readonly [readonly string[], Found]> {
  if (depth === 1 && !before.some((pattern) => pattern.endsWith('*'))) hideWords(here);
  for (const [pattern, next] of here.next) {
    if (next.found) yield [[...before, pattern], next.found];
    if (depth > 1) yield* leaves(next, depth - 1, [...before, pattern]);
  }
}

/** A word at the end, with no star before it, is in one key only: it may be that key's person. */
function hideWords(here: Node): void {
  const words = [...here.next].filter(([pattern]) => !pattern.endsWith('*'));
  for (const [word, branch] of words) {
    here.next.delete(word);
    const star = here.next.get('*');
    if (star) join(star, branch);
    else here.next.set('*', branch);
  }
}

function node(): Node {
  return { next: new Map(), any: false, found: null };
}

function cut(found: Found): void {
  const sorted = found.sample.toSorted((a, b) => a.rank - b.rank || Buffer.compare(a.key, b.key));
  found.sample = sorted.filter(({ key }, at) => at === 0 || !sorted[at - 1]!.key.equals(key)).slice(0, SAMPLE);
}

/** FNV-1a: spreads a sample over the keys; nothing else depends on it. */
function rankOf(key: Buffer): number {
  let hash = 0x811c9dc5;
  for (const byte of key) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
