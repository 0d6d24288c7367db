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

/** Joins records into subjects. Pure; the same edges in any order within an identifier give the same answer. */
export function resolve(input: ResolveInput): Resolution {
  const sets = new UnionFind(input.records);
  joinHard(input, sets);
  const firm = sets.parent.slice();
  const review = joinSoft(input, sets);
  takeApart(input, sets, firm, review);
  return { subjects: number(input, sets), review };
}

function joinHard({ record, identifier, class: kind }: ResolveInput, sets: UnionFind): void {
  for (let i = 1; i < record.length; i++) {
    if (kind[i] !== SOFT && identifier[i] === identifier[i - 1]) sets.union(record[i]!, record[i - 1]!);
  }
}

/** Which soft identifiers may join is decided on the firm components, before any of them joins: order cannot matter. */
function joinSoft({ record, identifier, class: kind, cap = 8 }: ResolveInput, sets: UnionFind): Review[] {
  const review: Review[] = [];
  const allowed: [number, number][] = [];
  for (let from = 0; from < record.length;) {
    let to = from + 1;
    while (to < record.length && identifier[to] === identifier[from]) to += 1;
    if (kind[from] === SOFT && to - from > 1) {
      const roots = new Set<number>();
      for (let i = from; i < to; i++) roots.add(sets.find(record[i]!));
      if (roots.size > cap) {
        const examples = Array.from(record.subarray(from, to))
          .toSorted((a, b) => a - b)
          .slice(0, 10);
        review.push({ kind: 'shared-identifier', identifier: identifier[from]!, components: roots.size, examples });
      } else if (roots.size > 1) allowed.push([from, to]);
    }
    from = to;
  }
  for (const [from, to] of allowed) for (let i = from + 1; i < to; i++) sets.union(record[i]!, record[i - 1]!);
  return review;
}

/** Too many masters in one component: a chain of chance. Its records go back to what references and hard identifiers joined. */
function takeApart({ records, master, largest = 200 }: ResolveInput, sets: UnionFind, firm: Int32Array, review: Review[]): void {
  const masters = new Map<number, number[]>();
  for (let i = 0; i < records; i++) {
    if (master[i] !== 1) continue;
    const root = sets.find(i);
    const list = masters.get(root);
    if (list) list.push(i);
    else masters.set(root, [i]);
  }
  const broken = new Set<number>();
  for (const [root, list] of masters) {
    if (list.length <= largest) continue;
    broken.add(root);
    review.push({ kind: 'oversized-subject', identifier: -1, components: list.length, examples: list.slice(0, 10) });
  }
  if (broken.size === 0) return;
  const apart: number[] = [];
  for (let i = 0; i < records; i++) if (broken.has(sets.find(i))) apart.push(i);
  for (const i of apart) sets.parent[i] = firm[i]!;
}

function number({ records, linked }: ResolveInput, sets: UnionFind): Int32Array {
  const subjects = new Int32Array(records).fill(-1);
  const numbers = new Map<number, number>();
  for (let i = 0; i < records; i++) {
    if (linked[i] !== 1) continue;
    const root = sets.find(i);
    let n = numbers.get(root);
    if (n === undefined) numbers.set(root, (n = numbers.size));
    subjects[i] = n;
  }
  return subjects;
}
