// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applyDataMapFile } from '../../src/config/index.ts';
import { type CaseContext, addSource, discoverSources, openCase } from '../../src/journey/index.ts';
import { openKeyring } from '../../src/kit/index.ts';
import type { CaseFacts } from '../../src/model/case.ts';
import { caseDirectory, openDatabase } from '../../src/store/index.ts';

/** A case in this process, on a real PostgreSQL and a SQLite store; its clock stands where it is put. */
export interface DirectCase {
  readonly ctx: CaseContext;
  readonly folder: string;
  /** Runs SQL in the company's store. */
  sql(statements: string): void;
  count(table: string): number;
  ids(table: string): number[];
  /** The officer's own keyring. */
  keysOf(label: string): CaseContext['keys'];
  /** Moves the clock to a day, 09:00 in Shanghai. */
  on(day: string): void;
  /** A context as a new process would have it. */
  restart(): Promise<CaseContext>;
  close(): Promise<void>;
}

const CODE = 'DIRECT-2026';
const FACTS: CaseFacts = {
  sectors: ['retail-b2c'],
  route: 'liquidation',
  today: '2026-11-23',
  dissolution: '2026-08-31',
  role: 'controller',
  conditions: ['purpose-ended', 'consumer'],
  notConditions: ['unsettled-claim', 'employer', 'prepaid', 'bankruptcy', 'merger-or-split'],
  confirmed: [],
  refused: [],
};

/** Opens a case over a store made by `schema`; `corrections`: the data map file that people would write. */
export async function openDirectCase(schema: string, corrections: object): Promise<DirectCase> {
  const folder = mkdtempSync(join(tmpdir(), 'shdirect-'));
  const store = new DatabaseSync(join(folder, 'shop.db'));
  store.exec(schema);
  const database = await openDatabase({ dataFolder: join(folder, 'data'), databaseUrl: null });
  const directory = caseDirectory(database);
  let now = new Date('2026-11-23T01:00:00Z');
  const clock = { now: () => now };
  await openCase(directory, clock, { code: CODE, company: '示例公司', facts: FACTS, demo: false, clockStart: null });
  const restart = async (): Promise<CaseContext> => ({
    code: CODE,
    store: await directory.open(CODE),
    folder: join(folder, 'data', CODE),
    keys: openKeyring(join(folder, 'keys', CODE), 'of the case'),
    clock,
    crash: () => undefined,
    progress: () => undefined,
    secret: () => null,
    askAuthority: () => Promise.reject(new Error('nobody stamps here')),
    connection: directory.connection,
  });
  const ctx = await restart();
  ctx.keys.ensure('inventory');
  await addSource(ctx, { name: 'shop', kind: 'sqlite', locator: join(folder, 'shop.db'), credentials: {} });
  await discoverSources(ctx, (draft) => applyDataMapFile(draft, JSON.stringify({ version: 1, datasets: corrections }), 'corrections'));
  return {
    ctx,
    folder,
    sql: (statements) => store.exec(statements),
    count: (table) => Number((store.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n),
    ids: (table) => (store.prepare(`SELECT id FROM ${table} ORDER BY id`).all() as { id: number }[]).map((r) => r.id),
    keysOf: (label) => openKeyring(join(folder, 'keys', CODE, 'officers'), `of ${label}`),
    on: (day) => void (now = new Date(`${day}T01:00:00Z`)),
    restart,
    async close() {
      store.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
