// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECOGNISERS, classifyDatasets, classifyText, fitting } from '../src/find/classify/index.ts';
import { openReader } from '../src/find/connect/index.ts';
import { discover, inferLinks } from '../src/find/discover/index.ts';
import { COLUMNS, type CustomerServer, type Measured, bestOf, customerServers, customers, perSecond, scaled } from './customers.ts';

const ROUNDS = 3;
const TABLES = 30;

/** Every recogniser on every cell of a CSV against the same reader, in the same thread, without them. */
export async function benchClassifyCsv(): Promise<Measured> {
  const rows = scaled(150_000);
  const folder = mkdtempSync(join(tmpdir(), 'shb-'));
  try {
    const path = join(folder, 'customers.csv');
    const file = createWriteStream(path);
    file.write(`${COLUMNS.join(',')}\n`);
    for (const row of customers(rows))
      if (!file.write(`${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`)) await once(file, 'drain');
    file.end();
    await once(file, 'finish');
    const read = async (look: (cell: string) => void) => {
      const reader = await openReader({ name: 'bench', kind: 'files', locator: path, credentials: {} }, null);
      let seen = 0;
      for await (const batch of reader.scan('customers.csv', 2_000)) {
        for (const { row } of batch) for (const cell of row) if (cell !== null) look(cell);
        seen += batch.length;
      }
      await reader.close();
      if (seen !== rows) throw new Error(`read ${seen} of ${rows}`);
    };
    const counts = new Map<string, number>();
    const best = await bestOf(
      ROUNDS,
      () =>
        read((cell) => {
          const value = (/[^ -~]/.test(cell) ? cell.normalize('NFKC') : cell).trim();
          for (const r of fitting(value)) counts.set(r.category, (counts.get(r.category) ?? 0) + 1);
        }),
      () => read(() => undefined),
    );
    const found = [...counts].map(([category, n]) => `${category} ${Math.round(n / ROUNDS / 1000)}k`).join(' ');
    return {
      name: `classify CSV, ${rows.toLocaleString('en-US')} rows × ${COLUMNS.length} columns, ${RECOGNISERS.length} recognisers on every cell`,
      ours: `${best.ours.toFixed(2)} s (${perSecond(rows, best.ours)})`,
      baseline: `${best.baseline.toFixed(2)} s (our own reader, recognisers off)`,
      ratio: (best.ours / best.baseline).toFixed(2),
      note: `best of ${ROUNDS} in turn; ${found}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `shanhou discover` does with a database — shapes, counts, samples, links, columns, roles, and the words of free text — against its bare driver reading every row. */
export async function benchClassifyDatabases(): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const server of await customerServers()) {
    try {
      measured.push(await classified(server, scaled(20_000)));
    } finally {
      await server.stop();
    }
  }
  return measured;
}

async function classified(server: CustomerServer, rows: number): Promise<Measured> {
  const tables = Array.from({ length: TABLES }, (_, t) => `customer_${t}`);
  for (const table of tables) await server.fill(table, rows);
  let personal = 0;
  let texts = 0;
  const best = await bestOf(
    ROUNDS,
    async () => {
      const reader = await openReader(server.source, server.secret);
      const found = await discover(reader);
      await reader.close();
      const maps = classifyDatasets([found], inferLinks([found]));
      personal = maps.flatMap((map) => map.fields).filter((field) => field.category !== null).length;
      texts = 0;
      for (const { sample, shape } of found.datasets) {
        const at = shape.columns.findIndex((column) => column.name === 'remark');
        for (const row of sample) texts += classifyText(row[at] ?? '').length > 0 ? 1 : 0;
      }
    },
    async () => {
      for (const table of tables) await server.readBare(table);
    },
  );
  const all = rows * TABLES;
  return {
    name: `classify ${server.kind}, ${TABLES} tables, ${all.toLocaleString('en-US')} rows`,
    ours: perSecond(all, best.ours),
    baseline: `${perSecond(all, best.baseline)} (bare driver, every row)`,
    ratio: (best.baseline / best.ours).toFixed(2),
    note: `best of ${ROUNDS} in turn; ours counts every row and judges 1,000 of each table; ${personal} personal columns, ${texts} free texts about somebody`,
  };
}
