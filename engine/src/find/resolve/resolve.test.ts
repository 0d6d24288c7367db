// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLAIM, type ResolveInput, resolve } from './index.ts';

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
    expect(review).toEqual(
      // The first two are one by a hard identifier.
      Array.from({ length: 8 }, (_, i) => ({ reason: 'oversized', identifier: 4 + 3 * i, touched: 2, examples: [i + 1, i + 2] })),
    );
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

  describe('what records claim', () => {
    const [number, birth, name] = [CLAIM.number, CLAIM.birth, CLAIM.name];
    type Claim = readonly [number, 0 | 1 | 2, number];
    /** Records 0 and 1 share the phone 1; further records and edges as given. */
    const solve = (records: number, edges: readonly Edge[], claims: readonly Claim[], more: Partial<ResolveInput> = {}) => {
      const { subjects, review } = resolve(input(records, edges, more), claims);
      return { subjects: [...subjects], reasons: review.map((r) => `${r.reason} ${r.identifier}`) };
    };
    const phone: readonly Edge[] = [
      [0, 1],
      [1, 1],
    ];
    test.each<[string, readonly Claim[], string[], boolean]>([
      ['nothing', [], [], true],
      ['one name', [[0, name, 5]], [], true],
      [
        'the same name',
        [
          [0, name, 5],
          [1, name, 5],
        ],
        [],
        true,
      ],
      [
        'different names',
        [
          [0, name, 5],
          [1, name, 6],
        ],
        ['names-differ 1'],
        false,
      ],
      [
        'different names, one of them in common',
        [
          [0, name, 5],
          [1, name, 6],
          [1, name, 5],
        ],
        [],
        true,
      ],
      [
        'one identity number, two names',
        [
          [0, name, 5],
          [1, name, 6],
          [0, number, 9],
          [1, number, 9],
        ],
        [],
        true,
      ],
      [
        'two identity numbers, one name',
        [
          [0, name, 5],
          [1, name, 5],
          [0, number, 8],
          [1, number, 9],
        ],
        ['numbers-differ 1'],
        false,
      ],
      [
        'two birth days, one name',
        [
          [0, name, 5],
          [1, name, 5],
          [0, birth, 8],
          [1, birth, 9],
        ],
        ['births-differ 1'],
        false,
      ],
      [
        'two names and two numbers',
        [
          [0, name, 5],
          [1, name, 6],
          [0, number, 8],
          [1, number, 9],
        ],
        ['numbers-differ 1'],
        false,
      ],
    ])('a phone in common and %s', (_, claims, reasons, joined) => {
      expect(solve(2, phone, claims)).toEqual({ subjects: joined ? [0, 0] : [0, 1], reasons });
    });

    test('a phone and a mail in common outweigh two spellings of a name, and no second number does', () => {
      const both: readonly Edge[] = [...phone, [0, 4], [1, 4]];
      expect(
        solve(2, both, [
          [0, name, 5],
          [1, name, 6],
        ]),
      ).toEqual({ subjects: [0, 0], reasons: [] });
      expect(
        solve(2, both, [
          [0, number, 5],
          [1, number, 6],
        ]).reasons,
      ).toEqual(['numbers-differ 1', 'numbers-differ 4']);
    });

    test('a customer number joins two spellings, but never two identity numbers', () => {
      const no: readonly Edge[] = [
        [0, 0],
        [1, 0],
        [2, 0],
      ];
      expect(
        solve(3, no, [
          [0, name, 5],
          [1, name, 6],
        ]).subjects,
      ).toEqual([0, 0, 0]);
      expect(
        solve(3, no, [
          [0, number, 5],
          [1, number, 6],
        ]),
      ).toEqual({ subjects: [0, 1, 2], reasons: ['numbers-differ 0'] });
      expect(
        solve(3, no, [
          [0, number, 5],
          [1, number, 6],
          [2, number, 6],
        ]).subjects,
      ).toEqual([0, 1, 1]);
    });

    test('a customer number under more names than the cap means nobody', () => {
      const no = Array.from({ length: 4 }, (_, i) => [i, 0] as Edge);
      const names = no.map(([r]) => [r, name, r] as Claim);
      expect(solve(4, no, names, { cap: 3 })).toEqual({ subjects: [0, 1, 2, 3], reasons: ['over-cap 0'] });
      expect(solve(4, no, names, { cap: 4 }).subjects).toEqual([0, 0, 0, 0]);
    });

    test('in a family’s phone those of one name belong together, and what names nobody belongs to none of them', () => {
      const family: readonly Edge[] = [0, 1, 2, 3, 4].map((r) => [r, 1]);
      const names: readonly Claim[] = [
        [0, name, 5],
        [1, name, 5],
        [2, name, 6],
        [3, name, 6],
      ];
      expect(solve(5, family, names)).toEqual({ subjects: [0, 0, 1, 1, 2], reasons: ['names-differ 1'] });
    });

    test('a chain through a record that claims nothing makes no one person of two numbers', () => {
      const chain: readonly Edge[] = [
        [0, 1],
        [1, 1],
        [1, 4],
        [2, 4],
      ];
      expect(
        solve(3, chain, [
          [0, number, 5],
          [2, number, 6],
        ]),
      ).toEqual({ subjects: [0, 1, 2], reasons: ['chain 1', 'chain 4'] });
      expect(
        solve(3, chain, [
          [0, number, 5],
          [2, number, 5],
        ]).subjects,
      ).toEqual([0, 0, 0]);
    });

    test('whoever receives an order is not who ordered it: a master’s claims count first', () => {
      const order: readonly Edge[] = [
        [0, 2],
        [1, 2],
        [1, 1],
        [2, 1],
      ];
      const master = Uint8Array.from([1, 0, 1]);
      expect(
        solve(
          3,
          order,
          [
            [0, name, 5],
            [1, name, 6],
            [2, name, 6],
          ],
          { master },
        ),
      ).toEqual({
        subjects: [0, 0, 1],
        reasons: ['names-differ 1'],
      });
    });

    test('no subject holds two identity numbers, whatever soft and hard identifiers say', () => {
      const claims = fc.array(fc.tuple(fc.nat(19), fc.constantFrom(number, birth, name), fc.nat(3)), { maxLength: 20 });
      fc.assert(
        fc.property(graphs, claims, ([n, edges], all) => {
          const told = all.filter(([r]) => r < n);
          const base = search(n, edges, (id) => CLASS(id) === 2);
          const { subjects } = resolve(input(n, edges), told);
          for (const [a, ka, va] of told)
            for (const [b, kb, vb] of told)
              if (ka === number && kb === number && va !== vb && subjects[a]! >= 0 && subjects[a] === subjects[b]) {
                // Only a system's own key may have joined them, or one of the two claims both.
                const of = (x: number) => new Set(told.filter(([r, k]) => k === number && base[r] === base[x]).map(([, , v]) => v));
                expect(base[a] === base[b] || [...of(a)].some((v) => of(b).has(v)) || of(a).size > 1 || of(b).size > 1).toBe(true);
              }
          expect(resolve(input(n, edges.toReversed()), told.toReversed()).subjects).toEqual(subjects);
        }),
        { numRuns: 300 },
      );
    });
  });

  describe('a person’s decision', () => {
    const two: readonly Edge[] = [
      [0, 1],
      [1, 1],
    ];
    const differ = [
      [0, CLAIM.number, 5],
      [1, CLAIM.number, 6],
    ] as const;
    const many = Array.from({ length: 10 }, (_, i) => [i, 1] as Edge);
    test('“the same” joins over a contradiction and over the cap', () => {
      expect([...resolve(input(2, two, { decided: new Map([[1, true]]) }), differ).subjects]).toEqual([0, 0]);
      const { subjects, review } = resolve(input(10, many, { decided: new Map([[1, true]]) }));
      expect([new Set(subjects).size, review]).toEqual([1, []]);
    });
    test('“not the same” joins nobody and is reviewed no more', () => {
      const { subjects, review } = resolve(input(10, many, { decided: new Map([[1, false]]) }));
      expect([new Set(subjects).size, review]).toEqual([10, []]);
    });
    test('two records become one subject or stay apart', () => {
      expect([
        ...resolve(
          input(
            2,
            [
              [0, 0],
              [1, 3],
            ],
            { same: [[0, 1]] },
          ),
        ).subjects,
      ]).toEqual([0, 0]);
      expect([...resolve(input(2, two, { apart: [[0, 1]] })).subjects]).toEqual([0, 1]);
      const hard: readonly Edge[] = [
        [0, 0],
        [1, 0],
      ];
      expect([...resolve(input(2, hard, { apart: [[0, 1]] })).subjects]).toEqual([0, 1]);
      const chain: readonly Edge[] = [
        [0, 1],
        [2, 1],
        [2, 4],
        [1, 4],
      ];
      expect([...resolve(input(3, chain, { apart: [[0, 1]] })).subjects]).toEqual([0, 1, 2]);
    });
    test('“not the same” against a system’s own key is said', () => {
      const own: readonly Edge[] = [
        [0, 2],
        [1, 2],
      ];
      const { subjects, review } = resolve(input(2, own, { apart: [[1, 0]] }));
      expect([...subjects]).toEqual([0, 0]);
      expect(review).toEqual([{ reason: 'decision-unmet', identifier: -1, touched: 1, examples: [0, 1] }]);
    });
  });
});
