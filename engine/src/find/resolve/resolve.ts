// SPDX-License-Identifier: Apache-2.0
import { UnionFind } from './union-find.ts';

export interface ResolveInput {
  /** Number of records. */
  readonly records: number;
  /** Number of different identifiers. */
  readonly identifiers: number;
  /** Edge i says that `record[i]` has `identifier[i]`; grouped by identifier. */
  readonly record: Uint32Array;
  readonly identifier: Uint32Array;
  /** 0 hard, 1 soft, 2 reference. */
  readonly class: Uint8Array;
  /** 1 where a record has any identifier; the others belong to nobody. */
  readonly linked: Uint8Array;
  /** 1 where a record is a subject by itself (a customer, not an order). */
  readonly master: Uint8Array;
  /** A soft identifier joins at most this many components. */
  readonly cap?: number;
  /** A component with more masters than this is taken apart. */
  readonly largest?: number;
}

export interface Review {
  readonly kind: 'shared-identifier' | 'oversized-subject';
  /** Identifier number; −1 for an oversized component. */
  readonly identifier: number;
  /** How many components the identifier touches, or how many masters the component has. */
  readonly components: number;
  /** Up to ten records. */
  readonly examples: readonly number[];
}

export interface Resolution {
  /** Subject of each record, numbered by first record; −1 = unlinked. */
  readonly subjects: Int32Array;
  readonly review: readonly Review[];
}

const SOFT = 1;

/** Joins records into subjects. Pure; the same edges in any order within an identifier give the same answer. Memory: eight bytes a record. */
export function resolve(input: ResolveInput): Resolution {
  const sets = new UnionFind(input.records);
  joinHard(input, sets);
  const review = joinSoft(input, sets);
  // Holds counts of masters first, then the answer.
  const subjects = new Int32Array(input.records);
  takeApart(input, sets, subjects, review);
  number(input, sets, subjects);
  return { subjects, review };
}

function joinHard({ record, identifier, class: kind }: ResolveInput, sets: UnionFind): void {
  for (let i = 1; i < record.length; i++) {
    if (kind[i] !== SOFT && identifier[i] === identifier[i - 1]) sets.union(record[i]!, record[i - 1]!);
  }
}

/** Which soft identifiers may join is decided on the firm components, before any of them joins: order cannot matter. */
function joinSoft({ record, identifier, class: kind, identifiers, cap = 8 }: ResolveInput, sets: UnionFind): Review[] {
  const review: Review[] = [];
  const allowed = new Uint8Array((identifiers >> 3) + 1);
  for (let from = 0; from < record.length;) {
    let to = from + 1;
    while (to < record.length && identifier[to] === identifier[from]) to += 1;
    if (kind[from] === SOFT && to - from > 1) {
      const n = identifier[from]!;
      const components = componentsOf(record, from, to, sets, cap);
      if (components > cap) {
        const examples = Array.from(record.subarray(from, to))
          .toSorted((a, b) => a - b)
          .slice(0, 10);
        review.push({ kind: 'shared-identifier', identifier: n, components, examples });
      } else if (components > 1) allowed[n >> 3]! |= 1 << (n & 7);
    }
    from = to;
  }
  for (let i = 1; i < record.length; i++) {
    const n = identifier[i]!;
    if (kind[i] === SOFT && n === identifier[i - 1] && (allowed[n >> 3]! & (1 << (n & 7))) !== 0) sets.union(record[i]!, record[i - 1]!);
  }
  return review;
}

/** How many components these records are in. Most identifiers touch one or two: a set is made only for those beyond the cap. */
function componentsOf(record: Uint32Array, from: number, to: number, sets: UnionFind, cap: number): number {
  const few: number[] = [];
  for (let i = from; i < to; i++) {
    const root = sets.find(record[i]!);
    if (few.includes(root)) continue;
    few.push(root);
    if (few.length <= cap) continue;
    const roots = new Set(few);
    for (let rest = i + 1; rest < to; rest++) roots.add(sets.find(record[rest]!));
    return roots.size;
  }
  return few.length;
}

/** Too many masters in one component: a chain of chance. Its records go back to what references and hard identifiers joined. */
function takeApart(input: ResolveInput, sets: UnionFind, counts: Int32Array, review: Review[]): void {
  const { records, master, largest = 200 } = input;
  const broken = new Map<number, number[]>();
  for (let i = 0; i < records; i++) {
    if (master[i] !== 1) continue;
    const root = sets.find(i);
    if (++counts[root]! > largest) broken.set(root, []);
  }
  if (broken.size === 0) return;
  for (let i = 0; i < records; i++) {
    const examples = master[i] === 1 ? broken.get(sets.find(i)) : undefined;
    if (examples !== undefined && examples.length < 10) examples.push(i);
  }
  for (const [root, examples] of [...broken].toSorted((a, b) => a[1][0]! - b[1][0]!))
    review.push({ kind: 'oversized-subject', identifier: -1, components: counts[root]!, examples });
  const firm = new UnionFind(records);
  joinHard(input, firm);
  const apart: number[] = [];
  for (let i = 0; i < records; i++) if (broken.has(sets.find(i))) apart.push(i);
  for (const i of apart) sets.parent[i] = firm.find(i);
}

/** A component's smallest record is its root, so that it is met before the others of it. */
function number({ records, linked }: ResolveInput, sets: UnionFind, subjects: Int32Array): void {
  subjects.fill(-1);
  let next = 0;
  for (let i = 0; i < records; i++) {
    if (linked[i] !== 1) continue;
    const root = sets.find(i);
    // What is linked is joined only to what is linked; should a root not be, its number is kept at its place all the same until the end.
    if (subjects[root] === -1) subjects[root] = next++;
    subjects[i] = subjects[root]!;
  }
  for (let i = 0; i < records; i++) if (linked[i] !== 1) subjects[i] = -1;
}
