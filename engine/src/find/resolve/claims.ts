// SPDX-License-Identifier: Apache-2.0
/** What records say of whose they are: an identity number, a birth day, a name. */
export const CLAIM = { number: 0, birth: 1, name: 2 } as const;
export type ClaimKind = (typeof CLAIM)[keyof typeof CLAIM];

/** How two components stand to each other by what they claim. */
export type Relation = 'same' | 'neutral' | 'names-differ' | 'births-differ' | 'numbers-differ';

/**
 * Claims by component: lists in typed arrays, thirteen bytes for each different claim and four a record. A component is judged by its masters' claims where they have
 * any of that kind: an order's receiver is not whose the order is.
 */
export class Claims {
  readonly #records: number;
  #head = new Int32Array(0);
  #next = new Int32Array(1024);
  #kind = new Uint8Array(1024);
  #value = new Float64Array(1024);
  size = 0;

  constructor(records: number) {
    this.#records = records;
  }

  /** `value`: a whole number below 2^53, equal where the claimed values are. */
  add(root: number, kind: ClaimKind, own: boolean, value: number): void {
    if (this.size === 0) this.#head = new Int32Array(this.#records).fill(-1);
    const code = kind * 2 + (own ? 1 : 0);
    for (let at = this.#head[root]!; at >= 0; at = this.#next[at]!) if (this.#kind[at] === code && this.#value[at] === value) return;
    if (this.size === this.#kind.length) this.#grow();
    this.#kind[this.size] = code;
    this.#value[this.size] = value;
    this.#next[this.size] = this.#head[root]!;
    this.#head[root] = this.size;
    this.size += 1;
  }

  /** After components were joined: the claims of each go to its new root. */
  regroup(find: (record: number) => number): void {
    for (let record = 0; record < this.#head.length; record++) {
      if (this.#head[record]! < 0) continue;
      const root = find(record);
      if (root === record) continue;
      for (let at = this.#head[record]!; at >= 0;) {
        const following = this.#next[at]!;
        this.#next[at] = this.#head[root]!;
        this.#head[root] = at;
        at = following;
      }
      this.#head[record] = -1;
    }
  }

  /** Whether a component claims anything of a kind. */
  says(root: number, kind: ClaimKind): boolean {
    return this.#code(root, kind) >= 0;
  }

  /** Hands over the values that a component claims of a kind; those of its masters where they say any. */
  each(root: number, kind: ClaimKind, take: (value: number) => void): void {
    const code = this.#code(root, kind);
    if (code < 0) return;
    for (let at = this.#head[root]!; at >= 0; at = this.#next[at]!) if (this.#kind[at] === code) take(this.#value[at]!);
  }

  /** The roots that claim anything, ascending. */
  *roots(): Generator<number> {
    for (let record = 0; record < this.#head.length; record++) if (this.#head[record]! >= 0) yield record;
  }

  /** One identity number in common is one person, two different ones are two; then birth days, then names. */
  relation(a: number, b: number): Relation {
    if (this.size === 0) return 'neutral';
    const numbers = this.#compare(a, b, CLAIM.number);
    if (numbers !== null) return numbers ? 'same' : 'numbers-differ';
    if (this.#compare(a, b, CLAIM.birth) === false) return 'births-differ';
    const names = this.#compare(a, b, CLAIM.name);
    return names === null ? 'neutral' : names ? 'same' : 'names-differ';
  }

  /** Whether two components have a value in common; null where one of them claims none. No set is made: this is asked tens of millions of times. */
  #compare(a: number, b: number, kind: ClaimKind): boolean | null {
    const left = this.#code(a, kind);
    const right = left < 0 ? -1 : this.#code(b, kind);
    if (right < 0) return null;
    for (let at = this.#head[a]!; at >= 0; at = this.#next[at]!) {
      if (this.#kind[at] !== left) continue;
      const value = this.#value[at];
      for (let to = this.#head[b]!; to >= 0; to = this.#next[to]!) if (this.#kind[to] === right && this.#value[to] === value) return true;
    }
    return false;
  }

  /** The code under which a component's claims of a kind count: its masters' own, else the others'; −1 where there is none. */
  #code(root: number, kind: ClaimKind): number {
    if (this.size === 0) return -1;
    let found = -1;
    for (let at = this.#head[root]!; at >= 0; at = this.#next[at]!) {
      if (this.#kind[at] === kind * 2 + 1) return kind * 2 + 1;
      if (this.#kind[at] === kind * 2) found = kind * 2;
    }
    return found;
  }

  #grow(): void {
    const size = this.#kind.length * 2;
    const [next, kind, value] = [new Int32Array(size), new Uint8Array(size), new Float64Array(size)];
    next.set(this.#next);
    kind.set(this.#kind);
    value.set(this.#value);
    [this.#next, this.#kind, this.#value] = [next, kind, value];
  }
}
