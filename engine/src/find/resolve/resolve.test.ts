// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ResolveInput, resolve } from './index.ts';

type Edge = readonly [record: number, identifier: number];
const CLASS = (identifier: number) => identifier % 3;

function input(records: number, edges: readonly Edge[], more: Partial<ResolveInput> = {}): ResolveInput {
  const sorted = edges.toSorted((a, b) => a[1] - b[1]);
  const linked = new Uint8Array(records);
  for (const [r] of edges) linked[r] = 1;
  return {
    records,
    identifiers: 30,
    linked,
    master: new Uint8Array(records).fill(1),
    record: Uint32Array.from(sorted, (e) => e[0]),
    identifier: Uint32Array.from(sorted, (e) => e[1]),
    class: Uint8Array.from(sorted, (e) => CLASS(e[1])),
    ...more,
  };
}

/** Slow and obvious: breadth-first over records that share a joining identifier. */
function search(records: number, edges: readonly Edge[], joins: (identifier: number) => boolean): number[] {
  const label = Array.from({ length: records }, () => -1);
  for (let start = 0; start < records; start++) {
    if (label[start] !== -1) continue;
    const queue = [start];
    label[start] = start;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const [, id] of edges.filter((e) => e[0] === at && joins(e[1]))) {
        for (const [other] of edges.filter((e) => e[1] === id)) {
          if (label[other] === -1) {
            label[other] = start;
            queue.push(other);
          }
        }
      }
    }
  }
  return label;
}

const graphs = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.array(fc.tuple(fc.nat(19), fc.nat(29)), { maxLength: 40 }))
  .map(([n, all]) => [n, all.filter(([r]) => r < n)] as const);

describe('resolve', () => {
  test('joins what a plain search joins, when no identifier is over the cap', () => {
    fc.assert(
      fc.property(graphs, ([n, edges]) => {
        const { subjects } = resolve(input(n, edges, { cap: 100 }));
        const label = search(n, edges, () => true);
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++)
            if (subjects[a]! >= 0 && subjects[b]! >= 0) expect(subjects[a] === subjects[b]).toBe(label[a] === label[b]);
      }),
    );
  });

  test('a soft identifier over the cap joins nobody and is named', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 4 }), ([n, edges], cap) => {
        const firm = search(n, edges, (id) => CLASS(id) !== 1);
        const touched = (id: number) => new Set(edges.filter((e) => e[1] === id).map((e) => firm[e[0]])).size;
        const label = search(n, edges, (id) => CLASS(id) !== 1 || touched(id) <= cap);
        const { subjects, review } = resolve(input(n, edges, { cap }));
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++)
            if (subjects[a]! >= 0 && subjects[b]! >= 0) expect(subjects[a] === subjects[b]).toBe(label[a] === label[b]);
        const over = [...new Set(edges.map((e) => e[1]))].filter((id) => CLASS(id) === 1 && touched(id) > cap);
        expect(review.map((r) => r.identifier).toSorted((a, b) => a - b)).toEqual(over.toSorted((a, b) => a - b));
      }),
    );
  });

  test('does not depend on the order of edges', () => {
    fc.assert(
      fc.property(graphs, ([n, edges]) => {
        expect(resolve(input(n, edges.toReversed())).subjects).toEqual(resolve(input(n, edges)).subjects);
      }),
    );
  });

  test('takes a component with too many masters apart, back to what is firm', () => {
    const chain: Edge[] = Array.from(
      { length: 9 },
      (_, i) =>
        [
          [i, 1 + 3 * i],
          [i + 1, 1 + 3 * i],
        ] as Edge[],
    ).flat();
    const { subjects, review } = resolve(input(10, [...chain, [0, 0], [1, 0]], { largest: 5 }));
    expect(review).toEqual([{ kind: 'oversized-subject', identifier: -1, components: 10, examples: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }]);
    expect([...subjects]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a record without identifiers is linked to nobody', () => {
    expect([
      ...resolve(
        input(3, [
          [0, 0],
          [2, 0],
        ]),
      ).subjects,
    ]).toEqual([0, -1, 0]);
  });
});
