// SPDX-License-Identifier: Apache-2.0
import { cpus, totalmem } from 'node:os';
import { benchClassifyCsv, benchClassifyDatabases } from './classify.ts';
import type { Measured } from './customers.ts';
import { benchDelete } from './delete.ts';
import { benchInventory } from './inventory.ts';
import { benchMariadb } from './mariadb.ts';
import { benchMap } from './map.ts';
import { benchPlan } from './plan.ts';
import { benchResolve } from './resolve.ts';

/*
 * Each row is a ratio to a baseline measured in the same run; figures of different machines or days do not compare.
 * `npm run bench` runs all, `npm run bench -- plan` one. SHANHOU_BENCH_SCALE=0.01 makes every size smaller.
 */
const ROWS: readonly { readonly name: string; readonly target: string; run(): Promise<Measured | readonly Measured[]> }[] = [
  { name: 'csv', target: '≤ 2.5 × our own reader without recognisers', run: benchClassifyCsv },
  { name: 'classify', target: '≥ 0.5 of the bare driver', run: benchClassifyDatabases },
  { name: 'inventory', target: '≥ 0.25 of the bare driver', run: benchInventory },
  { name: 'resolve', target: '≤ 3 × bare union-find, ≤ 8 bytes a record', run: () => benchResolve() },
  { name: 'map', target: '< 120 s, < 1 GB', run: benchMap },
  { name: 'plan', target: '≤ 2 × bare join', run: () => benchPlan() },
  { name: 'delete', target: '≥ 0.5 of bare range deletes', run: benchDelete },
  { name: 'mariadb', target: '≥ 0.7 of pt-archiver, though ours encrypts and verifies', run: benchMariadb },
];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !ROWS.some((row) => row.name === name));
if (unknown) {
  console.error(`unknown row ${unknown}; rows: ${ROWS.map((r) => r.name).join(' ')}`);
  process.exit(2);
}
console.log(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}`);
for (const row of ROWS.filter((r) => wanted.length === 0 || wanted.includes(r.name))) {
  for (const result of [await row.run()].flat()) {
    console.log(`\n${result.name}   target ${row.target}`);
    console.log(`  ours      ${result.ours}`);
    console.log(`  baseline  ${result.baseline}`);
    console.log(`  ratio     ${result.ratio}`);
    console.log(`  ${result.note}`);
  }
}
process.exit(0);
