// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { connectMysqlReadOnly, mysqlRows } from '../../src/find/connect/mysql-open.ts';
import { connectReadOnly, textRows } from '../../src/find/connect/postgres-open.ts';
import { connectRedis } from '../../src/find/connect/redis/client.ts';
import { openReadOnly } from '../../src/find/connect/sqlite-open.ts';
import type { Source, SourceKind } from '../../src/model/source.ts';
import { type Gate, openGate } from '../support/gate.ts';
import { hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';
import { hasPostgresBinaries, startThrowawayPostgres } from '../support/throwaway-postgres.ts';
import { hasRedis, startThrowawayRedis } from '../support/throwaway-redis.ts';

/** Text that would do harm wherever it arrived raw: in SQL, a shell, HTML, YAML, a terminal, or the protocol of the store. */
export const HOSTILE = `'"\`; DROP TABLE people; -- $(touch owned) <script>alert(1)</script> \u001b[31m\u202e\r\n*2 {a: [b}: &x %00 \\ \\x41 👻`;
export const PEOPLE = 3_000;

/** A store with two datasets: 3,000 people in one, and one hostile row in another, whose name is hostile too where the store allows it. */
export interface Store {
  readonly source: Source;
  /** The credential that works, and one that does not; null where there are none. */
  readonly secret: string | null;
  readonly wrong: string | null;
  readonly people: string;
  readonly hostile: string;
  /** Each must be refused; resolves with how many were not. */
  writes(): Promise<number>;
  /** The store's own count of people, over a connection that shares no code with the product. */
  ownCount(): Promise<number>;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** A store of each kind against the real thing; `absent` names the binary without which it cannot start. */
export const STORES: readonly { readonly kind: SourceKind; readonly absent: string | null; start(): Promise<Store> }[] = [
  { kind: 'postgres', absent: hasPostgresBinaries() ? null : 'PostgreSQL', start: postgres },
  { kind: 'mysql', absent: hasMariadb() ? null : 'mariadbd', start: mariadb },
  { kind: 'sqlite', absent: null, start: sqlite },
  { kind: 'redis', absent: hasRedis() ? null : 'redis-server', start: redis },
  { kind: 'files', absent: null, start: files },
];

const folderFor = (kind: string) => mkdtempSync(join(tmpdir().length > 60 ? '/tmp' : tmpdir(), `shc${kind.slice(0, 2)}-`));
const phone = (i: number) => `139${String(i).padStart(8, '0')}`;
const refusals = async (tries: readonly (() => unknown)[]) => {
  let done = 0;
  for (const attempt of tries) {
    try {
      await attempt();
      done += 1;
    } catch (error) {
      // Refused as it must be, by the store or by our own connection.
      void error;
    }
  }
  return done;
};

async function postgres(): Promise<Store> {
  const server = await startThrowawayPostgres();
  const database = await server.createDatabase('shop');
  const folder = folderFor('postgres');
  const gate = await openGate(join(folder, '.s.PGSQL.5432'), join(server.host, '.s.PGSQL.5432'));
  const own = new pg.Client({ host: server.host, user: server.superuser, database });
  await own.connect();
  const name = HOSTILE.slice(0, 60);
  await own.query(`CREATE ROLE reader LOGIN PASSWORD 'right'`);
  await own.query('CREATE TABLE people (id int PRIMARY KEY, phone text)');
  await own.query(`INSERT INTO people SELECT i, '139' || lpad(i::text, 8, '0') FROM generate_series(1, ${PEOPLE}) i`);
  await own.query(`CREATE TABLE ${pg.escapeIdentifier(name)} (id int PRIMARY KEY, ${pg.escapeIdentifier(name)} text)`);
  await own.query(`COMMENT ON TABLE ${pg.escapeIdentifier(name)} IS ${pg.escapeLiteral(HOSTILE)}`);
  await own.query(`INSERT INTO ${pg.escapeIdentifier(name)} VALUES (1, $1)`, [HOSTILE]);
  await own.query('GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader');
  const source: Source = {
    name: 'shop',
    kind: 'postgres',
    locator: `postgres:///${database}?host=${encodeURIComponent(folder)}`,
    credentials: {},
  };
  return {
    ...gated(source, gate, folder, async () => {
      await own.end();
      await server.stop();
    }),
    secret: 'reader:right',
    wrong: 'reader:wrong',
    people: 'public.people',
    hostile: `public.${name}`,
    async writes() {
      // Even the superuser's own connection reads only.
      const client = await connectReadOnly(source, `${server.superuser}:x`);
      const tries = [
        'DELETE FROM public.people',
        'DROP TABLE public.people',
        'CREATE TABLE public.x (i int)',
        'SELECT setval($$s$$, 1)',
        'TRUNCATE public.people',
      ];
      const done = await refusals(tries.map((sql) => () => textRows(client, sql)));
      await client.end();
      return done;
    },
    ownCount: async () => Number((await own.query<{ n: string }>('SELECT count(*) AS n FROM people')).rows[0]!.n),
  };
}

async function mariadb(): Promise<Store> {
  const server = await startThrowawayMariadb();
  await server.createDatabase('shop');
  const folder = folderFor('mysql');
  const gate = await openGate(join(folder, 's'), server.socket);
  // A name of MySQL holds no character beyond U+FFFF, and does not end in a space.
  const name = HOSTILE.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '')
    .slice(0, 60)
    .trim();
  const ident = `\`${name.replaceAll('`', '``')}\``;
  const text = `x'${Buffer.from(HOSTILE).toString('hex')}'`;
  await server.sql(
    `CREATE TABLE people (id int PRIMARY KEY, phone varchar(20)); INSERT INTO people SELECT seq, concat('139', lpad(seq, 8, '0')) FROM seq_1_to_${PEOPLE};
     CREATE TABLE ${ident} (id int PRIMARY KEY, ${ident} text); INSERT INTO ${ident} VALUES (1, CONVERT(${text} USING utf8mb4));
     CREATE USER reader IDENTIFIED BY 'right'; GRANT SELECT, TRIGGER ON shop.* TO reader`,
    'shop',
  );
  const source: Source = { name: 'shop', kind: 'mysql', locator: `mysql:///shop?socket=${gate.path}`, credentials: {} };
  return {
    ...gated(source, gate, folder, () => server.stop()),
    secret: 'reader:right',
    wrong: 'reader:wrong',
    people: 'people',
    hostile: name,
    async writes() {
      const client = await connectMysqlReadOnly(source, 'root:');
      const done = await refusals(
        ['DELETE FROM people', 'DROP TABLE people', 'CREATE TABLE x (i int)', 'TRUNCATE people'].map((sql) => () => mysqlRows(client, sql)),
      );
      client.destroy();
      return done;
    },
    ownCount: async () => Number((await server.sql('SELECT count(*) FROM people', 'shop'))[0]![0]),
  };
}

async function redis(): Promise<Store> {
  const server = await startThrowawayRedis();
  const folder = folderFor('redis');
  const gate = await openGate(join(folder, 's'), server.socket);
  await server.run(0, 'ACL', 'SETUSER', 'reader', 'on', '>right', '~*', 'resetchannels', '-@all', '+@read', '+select', '+hello');
  await server.runAll(0, [
    ...Array.from({ length: PEOPLE }, (_, i) => ['HSET', `people:${i + 1}`, 'phone', phone(i + 1)]),
    ['SADD', `${HOSTILE}:x`, HOSTILE],
  ]);
  const source: Source = { name: 'shop', kind: 'redis', locator: `redis:///0?socket=${gate.path}`, credentials: {} };
  return {
    ...gated(source, gate, folder, () => server.stop()),
    secret: 'reader:right',
    wrong: 'reader:wrong',
    people: 'db0.hash.people:*',
    // Nothing of a key that is no word gets into a name.
    hostile: 'db0.set.*/*:*:*:x',
    async writes() {
      const client = await connectRedis(source, null, 0);
      const tries = [['DEL', 'people:1'], ['FLUSHALL'], ['SET', 'x', 'y'], ['CONFIG', 'SET', 'maxmemory', '1']] as const;
      const done = await refusals(
        tries.map(
          ([command, ...rest]) =>
            () =>
              client.ask(command as 'GET', ...rest),
        ),
      );
      client.close();
      return done;
    },
    ownCount: async () => ((await server.run(0, 'KEYS', 'people:*')) as string[]).length,
  };
}

async function sqlite(): Promise<Store> {
  const folder = folderFor('sqlite');
  const path = join(folder, 'shop.db');
  const own = new DatabaseSync(path);
  const ident = `"${HOSTILE.replaceAll('"', '""')}"`;
  own.exec('CREATE TABLE people (id int PRIMARY KEY, phone text)');
  const insert = own.prepare('INSERT INTO people VALUES (?, ?)');
  own.exec('BEGIN');
  for (let i = 1; i <= PEOPLE; i++) insert.run(i, phone(i));
  own.exec('COMMIT');
  own.exec(`CREATE TABLE ${ident} (id int PRIMARY KEY, ${ident} text)`);
  own.prepare(`INSERT INTO ${ident} VALUES (1, ?)`).run(HOSTILE);
  const source: Source = { name: 'shop', kind: 'sqlite', locator: path, credentials: {} };
  return {
    ...moved(source, path, folder, async () => Promise.resolve(own.close())),
    secret: null,
    wrong: null,
    people: 'people',
    hostile: HOSTILE,
    async writes() {
      const client = openReadOnly(source);
      const done = await refusals(
        ['DELETE FROM people', 'DROP TABLE people', 'CREATE TABLE x (i int)'].map((sql) => () => client.exec(sql)),
      );
      client.close();
      return done;
    },
    ownCount: async () => Promise.resolve(Number(own.prepare('SELECT count(*) AS n FROM people').get()!['n'])),
  };
}

async function files(): Promise<Store> {
  const folder = folderFor('files');
  const path = join(folder, 'shop');
  mkdirSync(path);
  const people = Array.from({ length: PEOPLE }, (_, i) => `${i + 1},${phone(i + 1)}\n`);
  writeFileSync(join(path, 'people.csv'), `id,phone\n${people.join('')}`);
  const cell = `"${HOSTILE.replaceAll('"', '""')}"`;
  const name = `${HOSTILE.replaceAll('/', '').slice(0, 60)}.csv`;
  writeFileSync(join(path, name), `id,${cell}\n1,${cell}\n`);
  const source: Source = { name: 'shop', kind: 'files', locator: path, credentials: {} };
  return Promise.resolve({
    ...moved(source, path, folder, () => Promise.resolve()),
    secret: null,
    wrong: null,
    people: 'people.csv',
    hostile: name,
    // A file has no session that could write; that nothing was written is seen by its bytes.
    writes: () => Promise.resolve(0),
    ownCount: () => Promise.resolve(readFileSync(join(path, 'people.csv'), 'utf8').trimEnd().split('\n').length - 1),
  });
}

function gated(source: Source, gate: Gate, folder: string, stop: () => Promise<void>) {
  return {
    source,
    vanish: () => gate.shut(),
    comeBack: () => gate.open(),
    async stop() {
      await gate.shut();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function moved(source: Source, path: string, folder: string, stop: () => Promise<void>) {
  const aside = `${path}.aside`;
  return {
    source,
    vanish: () => Promise.resolve(renameSync(path, aside)),
    comeBack: () => Promise.resolve(renameSync(aside, path)),
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
