// SPDX-License-Identifier: Apache-2.0
import { UnionFind } from '../src/find/resolve/union-find.ts';
import { resolve } from '../src/find/resolve/index.ts';
import { type Measured, bestOf } from './customers.ts';

/** Resolve 10 M identifiers over 6 M records against a bare union-find over the same edges, in the same run. */
export async function benchResolve(): Promise<Measured> {
  const scale = Number(process.env['SHANHOU_BENCH_SCALE'] ?? '1');
  const edges = Math.round(10_000_000 * scale);
  const records = Math.round(6_000_000 * scale);
  const identifiers = Math.round(edges / 2);
  const record = new Uint32Array(edges);
  const identifier = new Uint32Array(edges);
  const kind = new Uint8Array(edges);
  let state = 1;
  for (let i = 0; i < edges; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    record[i] = state % records;
    identifier[i] = i >> 1;
    kind[i] = (i >> 1) % 3;
  }
  const linked = new Uint8Array(records).fill(1);
  const master = new Uint8Array(records);
  let taken = 0;
  let last: number | undefined;
  const best = await bestOf(
    3,
    () => {
      globalThis.gc?.();
      const before = held();
      const { subjects } = resolve({ records, identifiers, record, identifier, class: kind, linked, master });
      taken = Math.max(taken, held() - before);
      last = subjects.at(-1);
      return Promise.resolve();
    },
    () => {
      bareUnionFind(records, record, identifier);
      return Promise.resolve();
    },
  );
  return {
    name: `resolve ${edges.toLocaleString('en-US')} identifiers`,
    ours: `${best.ours.toFixed(2)} s`,
    baseline: `${best.baseline.toFixed(2)} s (bare union-find)`,
    ratio: (best.ours / best.baseline).toFixed(2),
    note: `best of 3 in turn; ${records.toLocaleString('en-US')} records; ${(taken / records).toFixed(1)} bytes a record taken; last subject ${last}`,
  };
}

function bareUnionFind(records: number, record: Uint32Array, identifier: Uint32Array): void {
  const sets = new UnionFind(records);
  for (let i = 1; i < record.length; i++) if (identifier[i] === identifier[i - 1]) sets.union(record[i]!, record[i - 1]!);
}

/** Bytes in typed arrays: what grows with the records. */
function held(): number {
  return process.memoryUsage().arrayBuffers;
}
