// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { classifyDatasets, scoreShape, type ScoreShape } from '../../../src/find/classify/index.ts';
import { openReader } from '../../../src/find/connect/index.ts';
import { type Discovered, discover, inferLinks } from '../../../src/find/discover/index.ts';
import type { DataMap } from '../../../src/model/data-map.ts';
import type { Source } from '../../../src/model/source.ts';
import { type ThrowawayPostgres, startThrowawayPostgres } from '../../support/throwaway-postgres.ts';

const SCHEMAS = fileURLToPath(new URL('../schemas/', import.meta.url));

export const schemaText = (file: string) => readFileSync(join(SCHEMAS, file), 'utf8');

/** The data map of discovered sources, as the product makes it. */
export function mapOf(found: readonly Discovered[]): { map: DataMap; score: ScoreShape } {
  const map: DataMap = { version: 1, datasets: classifyDatasets(found, inferLinks(found)) };
  return { map, score: scoreShape(map) };
}

/** Reads a source through the product's own reader. */
export async function discoverSource(source: Source, secret: string | null = null): Promise<Discovered> {
  const reader = await openReader(source, secret);
  try {
    return await discover(reader);
  } finally {
    await reader.close();
  }
}

/** Columns found, findings right, sensitive found, F1 of customer tables, wrong links; null = nobody wrote it down. */
export type FirstScore = readonly [number, number, number | null, number, string | null];

/** Our schemas: each was written, labelled and committed before anything scored it. `first` = what it scored then. */
export const OUR_SCHEMAS: Readonly<Record<string, FirstScore>> = {
  gym: [0.913, 1, null, 0.875, null],
  broker: [0.677, 1, null, 0.8, null],
  school: [0.933, 0.974, null, 0.947, null],
  minishop: [0.981, 0.986, 1, 1, '3/14'],
  campus: [0.59, 0.974, 0.636, 0.846, '8/9'],
  webcart: [0.797, 0.982, 0.6, 0.897, '3/9'],
  freight: [0.804, 1, 0.667, 0.9, '0/6'],
  salescrm: [0.939, 0.985, 1, 0.9, '2/9'],
  rental: [0.933, 1, 1, 0.857, '0/4'],
  oldshop: [0.929, 0.96, 1, 0.909, '0/12'],
  hismaster: [0.462, 0.833, 0.385, 0.875, '7/7'],
  wuye: [1, 0.966, 1, 0.889, '0/11'],
  oanone: [0.949, 0.982, 0.8, 0, '0/0'],
  lending: [0.966, 1, 0.882, 1, '9/11'],
  railsapp: [0.889, 1, 0.778, 0.941, '0/11'],
  depot: [0.944, 0.962, 1, 0.2, '3/4'],
  hotelpms: [0.871, 1, 0.333, 0.929, '1/7'],
  jobs: [0.93, 0.981, 1, 0.929, '1/11'],
  party: [0.72, 0.938, 1, 0.875, '7/9'],
  yljg: [0.725, 1, 0.5, 0.909, '0/9'],
  helpdesk: [0.787, 0.979, 0.833, 0.444, '11/12'],
  yygh: [0.875, 0.969, 0.6, 0.909, '2/4'],
  eduonline: [1, 0.976, 1, 1, '0/10'],
  opsroom: [0.857, 0.917, 0.667, 0, '0/0'],
  eavshop: [0.94, 1, 1, 0.963, '9/10'],
  jiaxiao: [1, 0.971, 1, 1, '0/7'],
};

/**
 * Our schemas, discovered through the product's reader: each an SQLite file, or where it names databases each of them in one PostgreSQL
 * server that all share.
 */
export async function ourSchemas(names: readonly string[] = Object.keys(OUR_SCHEMAS)): Promise<Map<string, Discovered[]>> {
  const found = new Map<string, Discovered[]>();
  let server: ThrowawayPostgres | null = null;
  try {
    for (const name of names) {
      if (!/^-- database /m.test(schemaText(`${name}.sql`))) found.set(name, [await sqliteSchema(name)]);
      else found.set(name, await postgresSchema(name, (server ??= await startThrowawayPostgres())));
    }
  } finally {
    await server?.stop();
  }
  return found;
}

/** One of our SQLite schemas, discovered from a real file. */
async function sqliteSchema(name: string): Promise<Discovered> {
  const folder = mkdtempSync(join(tmpdir(), 'shanhou-schema-'));
  try {
    const path = join(folder, `${name}.db`);
    const db = new DatabaseSync(path);
    db.exec(schemaText(`${name}.sql`));
    db.close();
    return await discoverSource({ name, kind: 'sqlite', locator: path, credentials: {} });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One of our PostgreSQL schemas, each of its databases a source. */
async function postgresSchema(name: string, server: ThrowawayPostgres): Promise<Discovered[]> {
  const found: Discovered[] = [];
  for (const part of schemaText(`${name}.sql`)
    .split(/^-- database /m)
    .slice(1)) {
    const [database, ...lines] = part.split('\n');
    found.push(await loadAndDiscover(server, database!.trim(), lines.join('\n')));
  }
  return found;
}

async function loadAndDiscover(server: ThrowawayPostgres, database: string, sql: string): Promise<Discovered> {
  await server.createDatabase(database);
  const client = new pg.Client({ host: server.host, user: server.superuser, database });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
  return discoverSource(
    { name: database, kind: 'postgres', locator: server.locator(database), credentials: {} },
    `${server.superuser}:none`,
  );
}
