// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyDatasets } from '../src/find/classify/index.ts';
import { openReader } from '../src/find/connect/index.ts';
import { discover, inferLinks } from '../src/find/discover/index.ts';
import { linkTargets, scanDataset } from '../src/find/inventory/index.ts';
import { type CustomerServer, type Measured, bestOf, customerServers, perSecond, scaled } from './customers.ts';

const ROUNDS = 3;

/** Inventory of one table of customers — fingerprint, identifiers, clocks, sealed contacts, Parquet segments — against its bare driver reading the same rows. */
export async function benchInventory(): Promise<Measured[]> {
  const servers = await customerServers();
  const measured: Measured[] = [];
  for (const server of servers) {
    try {
      measured.push(await inventoryOf(server, scaled(300_000)));
    } finally {
      await server.stop();
    }
  }
  return measured;
}

async function inventoryOf(server: CustomerServer, rows: number): Promise<Measured> {
  await server.fill('customers', rows);
  const reader = await openReader(server.source, server.secret);
  const found = await discover(reader);
  const [map] = classifyDatasets([found], inferLinks([found]));
  const folder = mkdtempSync(join(tmpdir(), 'shb-'));
  const key = new Uint8Array(32).fill(1);
  const peak = process.resourceUsage().maxRSS;
  let round = 0;
  try {
    const best = await bestOf(
      ROUNDS,
      async () => {
        const own = join(folder, String(round++));
        mkdirSync(own);
        const done = await scanDataset({
          reader,
          map: map!,
          firstIndex: 0,
          keys: { inventory: key, contacts: key, eraseList: key },
          today: '2026-11-24',
          folder: own,
          linkedTo: linkTargets([map!]),
          batch: 2_000,
          crash: () => undefined,
        });
        if (done.rows !== rows) throw new Error(`inventoried ${done.rows} of ${rows}`);
        rmSync(own, { recursive: true });
      },
      async () => {
        if ((await server.readBare('customers')) !== rows) throw new Error('the bare driver read another number');
      },
    );
    const categories = map!.fields.filter((field) => field.category !== null).map((field) => field.category);
    return {
      name: `inventory ${server.kind}, ${rows.toLocaleString('en-US')} rows`,
      ours: perSecond(rows, best.ours),
      baseline: `${perSecond(rows, best.baseline)} (bare driver, ten columns as text)`,
      ratio: (best.baseline / best.ours).toFixed(2),
      note: `best of ${ROUNDS} in turn; ${categories.length} personal columns (${categories.join(' ')}); peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB, ${Math.round(peak / 1024)} before`,
    };
  } finally {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
