// SPDX-License-Identifier: Apache-2.0
import type { ReviewReason } from '../../model/subject.ts';
import { CLAIM, type ClaimKind, Claims, type Relation } from './claims.ts';
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
  /** An identifier joins at most this many different people: components of a soft one, names of a hard one. */
  readonly cap?: number;
  /** A component with more masters than this is taken apart. */
  readonly largest?: number;
  /** Identifiers that a person decided about: they mean one subject, or say nothing. */
  readonly decided?: ReadonlyMap<number, boolean>;
  /** Pairs of records that a person found to be the same subject, or not. */
  readonly same?: readonly Pair[];
  readonly apart?: readonly Pair[];
}
export type Pair = readonly [record: number, record: number];

export interface Review {
  readonly reason: ReviewReason;
  /** Identifier number; −1 where two records are meant. */
  readonly identifier: number;
  /** How many components it touches. */
  readonly touched: number;
  /** Up to ten records, ascending. */
  readonly examples: readonly number[];
}

export interface Resolution {
  /** Subject of each record, numbered by first record; −1 = unlinked. */
  readonly subjects: Int32Array;
  readonly review: readonly Review[];
}

const SOFT = 1;
const REFERENCE = 2;
/** Which level an identifier joins at: systems' own keys and people's decisions, then hard identifiers, then soft ones. 0: not at all. */
const [BASE, FIRM, WEAK] = [1, 2, 3];
const SEVERITY: readonly Relation[] = ['names-differ', 'births-differ', 'numbers-differ'];
const NONE: readonly number[] = [];
/** Up to so many components a list is quicker than a set. */
const FEW = 16;
/** More claimants than this are compared with the first one only. */
const PAIRWISE = 64;

/**
 * Joins records into subjects. States: base joined → (claim)* → finish. Each level is decided on the components of the one before, before any of it joins, so the order of
 * edges cannot matter; what only a chain would join is taken apart again. Pure.
 */
export class Resolver {
  readonly #in: ResolveInput;
  readonly #cap: number;
  readonly #sets: UnionFind;
  readonly #joins: Uint8Array;
  readonly #pairs: { level: number; pair: Pair }[] = [];
  #contested: Uint8Array | null = null;
  readonly #claims: Claims;
  readonly #review: Review[] = [];

  constructor(input: ResolveInput) {
    this.#in = input;
    this.#cap = input.cap ?? 8;
    this.#sets = new UnionFind(input.records);
    this.#joins = new Uint8Array(input.identifiers);
    for (const pair of input.same ?? []) this.#pairs.push({ level: BASE, pair });
    const { identifier, class: kind } = input;
    for (let i = 0; i < identifier.length; i++) if (kind[i] === REFERENCE) this.#joins[identifier[i]!] = BASE;
    for (const [id, same] of input.decided ?? []) this.#joins[id] = same ? BASE : 0;
    this.#join(BASE);
    this.#claims = new Claims(input.records);
  }

  /** Whether what this record claims can matter: somebody else shares an identifier with its component. */
  wants(record: number): boolean {
    this.#contested ??= this.#findContested();
    return this.#contested[this.#sets.find(record)] === 1;
  }

  #findContested(): Uint8Array {
    const contested = new Uint8Array(this.#in.records);
    this.#eachGroup((from, to) => {
      if (this.#open(from)) for (const root of this.#roots(from, to)) contested[root] = 1;
    });
    return contested;
  }

  /** What a record says of whose it is. `value`: a whole number below 2^53, equal where the claimed values are. */
  claim(record: number, kind: ClaimKind, value: number): void {
    if (this.wants(record)) this.#claims.add(this.#sets.find(record), kind, this.#in.master[record] === 1, value);
  }

  finish(): Resolution {
    this.#decideHard();
    this.#join(FIRM);
    this.#breakChains(FIRM);
    this.#claims.regroup((r) => this.#sets.find(r));
    this.#decideSoft();
    this.#join(WEAK);
    this.#breakChains(WEAK);
    this.#breakOversized();
    for (const [a, b] of this.#in.apart ?? [])
      if (this.#sets.find(a) === this.#sets.find(b))
        this.#review.push({ reason: 'decision-unmet', identifier: -1, touched: 1, examples: [a, b].toSorted((x, y) => x - y) });
    return { subjects: this.#number(), review: this.#review };
  }

  /** A hard identifier joins all that have it, unless they show two identity numbers or more names than the cap. */
  #decideHard(): void {
    const apart = this.#apartRoots();
    this.#eachGroup((from, to) => {
      if (!this.#open(from) || this.#in.class[from] === SOFT) return;
      const id = this.#in.identifier[from]!;
      const roots = this.#claims.size > 0 || apart.length > 0 ? this.#roots(from, to) : NONE;
      if (roots.length === 0) return void (this.#joins[id] = FIRM);
      const telling = roots.length > 1 ? roots.filter((r) => this.#claims.says(r, CLAIM.number)) : [];
      const names = roots.length > this.#cap ? this.#namesOf(roots) : 0;
      const reason =
        names > this.#cap
          ? 'over-cap'
          : this.#anyPair(telling, (a, b) => this.#claims.relation(a, b) === 'numbers-differ')
            ? 'numbers-differ'
            : null;
      if (reason !== null) this.#put(reason, from, to, roots.length);
      if (reason === 'numbers-differ') this.#joinAgreeing(FIRM, from, to, roots);
      if (reason === null && !apart.some((pair) => pair.every((root) => roots.includes(root)))) this.#joins[id] = FIRM;
    });
  }

  #namesOf(roots: readonly number[]): number {
    const names = new Set<number>();
    for (const root of roots) this.#claims.each(root, CLAIM.name, (name) => names.add(name));
    return names.size;
  }

  /** A soft one joins up to the cap of components none of which contradicts another. Two that share two of them may spell a name differently. */
  #decideSoft(): void {
    const apart = new Set(this.#apartRoots().map(String));
    const shared = new Map<string, number>();
    const groups = (work: (from: number, to: number, roots: readonly number[]) => void) =>
      this.#eachGroup((from, to) => {
        if (!this.#open(from) || this.#in.class[from] !== SOFT) return;
        const roots = this.#roots(from, to);
        if (roots.length > 1) work(from, to, roots);
      });
    const count = (_from: number, _to: number, roots: readonly number[]) => {
      for (const [a, b] of roots.length > this.#cap ? [] : pairs(roots))
        if (this.#claims.relation(a, b) === 'names-differ') shared.set(`${a},${b}`, (shared.get(`${a},${b}`) ?? 0) + 1);
    };
    if (this.#claims.size > 0) groups(count);
    groups((from, to, roots) => {
      if (roots.length > this.#cap) return this.#put('over-cap', from, to, roots.length);
      let worst = -1;
      let settled = false;
      for (const [a, b] of this.#claims.size > 0 || apart.size > 0 ? pairs(roots) : []) {
        const relation = this.#claims.relation(a, b);
        const key = `${a},${b}`;
        if (apart.has(key)) settled = true;
        else if (relation !== 'names-differ' || (shared.get(key) ?? 0) < 2) worst = Math.max(worst, SEVERITY.indexOf(relation));
      }
      if (worst >= 0) this.#put(SEVERITY[worst] as ReviewReason, from, to, roots.length);
      if (worst >= 0 || settled) this.#joinAgreeing(WEAK, from, to, roots);
      else this.#joins[this.#in.identifier[from]!] = WEAK;
    });
  }

  /** Among people who contradict each other, those who say the same of themselves still belong together. */
  #joinAgreeing(level: number, from: number, to: number, roots: readonly number[]): void {
    if (roots.length > PAIRWISE) return;
    const record = new Map<number, number>();
    for (let i = from; i < to; i++) record.set(this.#sets.find(this.#in.record[i]!), this.#in.record[i]!);
    for (const [a, b] of pairs(roots))
      if (this.#claims.relation(a, b) === 'same') this.#pairs.push({ level, pair: [record.get(a)!, record.get(b)!] });
  }

  /** What no identifier joins by itself, a chain may: a component whose parts contradict each other goes back to the level before. */
  #breakChains(level: number): void {
    const kinds = level === FIRM ? [CLAIM.number] : [CLAIM.number, CLAIM.birth];
    const differ: ReadonlySet<Relation> = new Set(kinds.map((kind) => (kind === CLAIM.number ? 'numbers-differ' : 'births-differ')));
    const parts = new Map<number, number[]>([...new Set(kinds.flatMap((kind) => this.#saysTwo(kind)))].map((whole) => [whole, []]));
    if (parts.size > 0) for (const root of this.#claims.roots()) parts.get(this.#sets.find(root))?.push(root);
    const broken = new Set<number>();
    for (const [whole, roots] of parts) if (this.#anyPair(roots, (a, b) => differ.has(this.#claims.relation(a, b)))) broken.add(whole);
    for (const [a, b] of this.#in.apart ?? []) if (this.#sets.find(a) === this.#sets.find(b)) broken.add(this.#sets.find(a));
    this.#takeApart(broken, level, 'chain');
  }

  /** Components that claim two values of a kind, by the joins so far: few of them really contradict themselves. */
  #saysTwo(kind: ClaimKind): number[] {
    if (this.#claims.size === 0) return [];
    const first = new Float64Array(this.#in.records).fill(-1);
    const two = new Set<number>();
    for (const root of this.#claims.roots()) {
      const whole = this.#sets.find(root);
      this.#claims.each(root, kind, (value) => {
        if (first[whole] === -1) first[whole] = value;
        else if (first[whole] !== value) two.add(whole);
      });
    }
    return [...two];
  }

  /** Too many masters in one component: a chain of chance. Its records go back to what systems' own keys and hard identifiers joined. */
  #breakOversized(): void {
    const masters = new Map<number, number>();
    const { records, master } = this.#in;
    for (let i = 0; i < records; i++) {
      if (master[i] !== 1) continue;
      const root = this.#sets.find(i);
      masters.set(root, (masters.get(root) ?? 0) + 1);
    }
    const broken = new Set<number>();
    for (const [root, count] of masters) if (count > (this.#in.largest ?? 200)) broken.add(root);
    this.#takeApart(broken, WEAK, 'oversized');
  }

  /** Undoes a level within some components: their records are single again, and the levels below join anew. What no longer joins is reviewed. */
  #takeApart(broken: ReadonlySet<number>, level: number, reason: 'chain' | 'oversized'): void {
    if (broken.size === 0) return;
    const { records, record, identifier } = this.#in;
    const among = new Uint8Array(records);
    for (let i = 0; i < records; i++) if (broken.has(this.#sets.find(i))) among[i] = 1;
    for (let i = 0; i < records; i++) if (among[i] === 1) this.#sets.parent[i] = i;
    for (let below = BASE; below < level; below++) this.#join(below, among);
    this.#eachGroup((from, to) => {
      if (this.#joins[identifier[from]!] !== level || among[record[from]!] !== 1) return;
      const roots = this.#roots(from, to);
      if (roots.length < 2) return;
      this.#joins[identifier[from]!] = 0;
      this.#put(reason, from, to, roots.length);
    });
  }

  #join(level: number, among?: Uint8Array): void {
    const { record, identifier } = this.#in;
    const [joins, sets] = [this.#joins, this.#sets];
    for (let i = 1; i < record.length; i++) {
      if (identifier[i] !== identifier[i - 1] || joins[identifier[i]!] !== level) continue;
      if (among === undefined || among[record[i]!] === 1) sets.union(record[i]!, record[i - 1]!);
    }
    for (const { level: of, pair } of this.#pairs)
      if (of === level && (among === undefined || among[pair[0]] === 1)) this.#sets.union(...pair);
  }

  /** An identifier that neither a system's key nor a person's decision has settled. */
  #open(from: number): boolean {
    const id = this.#in.identifier[from]!;
    return this.#joins[id] === 0 && this.#in.decided?.has(id) !== true;
  }

  #eachGroup(work: (from: number, to: number) => void): void {
    const { identifier } = this.#in;
    for (let from = 0; from < identifier.length;) {
      let to = from + 1;
      while (to < identifier.length && identifier[to] === identifier[from]) to += 1;
      if (to - from > 1) work(from, to);
      from = to;
    }
  }

  /** The components an identifier touches, ascending; none where it is a single one, as nearly always. */
  #roots(from: number, to: number): readonly number[] {
    const { record } = this.#in;
    const sets = this.#sets;
    const first = sets.find(record[from]!);
    let few: number[] | null = null;
    for (let i = from + 1; i < to; i++) {
      const root = sets.find(record[i]!);
      if (root === first || few?.includes(root)) continue;
      few = few === null ? [first, root] : [...few, root];
      if (few.length > FEW) return [...new Set(Array.from(record.subarray(from, to), (r) => sets.find(r)))].toSorted((a, b) => a - b);
    }
    if (few !== null && few.length === 2) return few[0]! < few[1]! ? few : [few[1]!, few[0]!];
    return few?.toSorted((a, b) => a - b) ?? NONE;
  }

  #anyPair(roots: readonly number[], is: (a: number, b: number) => boolean): boolean {
    if (roots.length > PAIRWISE) return roots.some((root) => root !== roots[0] && is(roots[0]!, root));
    for (const [a, b] of pairs(roots)) if (is(a, b)) return true;
    return false;
  }

  #apartRoots(): readonly (readonly number[])[] {
    return (this.#in.apart ?? []).map((pair) => pair.map((r) => this.#sets.find(r)).toSorted((a, b) => a - b));
  }

  #put(reason: ReviewReason, from: number, to: number, touched: number): void {
    const examples = Array.from(this.#in.record.subarray(from, to))
      .toSorted((a, b) => a - b)
      .slice(0, 10);
    this.#review.push({ reason, identifier: this.#in.identifier[from]!, touched, examples });
  }

  #number(): Int32Array {
    const { records, linked } = this.#in;
    const sets = this.#sets;
    const subjects = new Int32Array(records).fill(-1);
    const numbers = new Int32Array(records).fill(-1);
    let count = 0;
    for (let i = 0; i < records; i++) {
      if (linked[i] !== 1) continue;
      const root = sets.find(i);
      if (numbers[root] === -1) numbers[root] = count++;
      subjects[i] = numbers[root]!;
    }
    return subjects;
  }
}

/** Joins records into subjects, with all claims at hand. See Resolver. */
export function resolve(
  input: ResolveInput,
  claims: readonly (readonly [record: number, kind: ClaimKind, value: number])[] = [],
): Resolution {
  const resolver = new Resolver(input);
  for (const claim of claims) resolver.claim(...claim);
  return resolver.finish();
}

function* pairs(roots: readonly number[]): Generator<readonly [number, number]> {
  for (let i = 0; i < roots.length; i++) for (let j = i + 1; j < roots.length; j++) yield [roots[i]!, roots[j]!];
}
