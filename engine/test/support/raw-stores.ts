// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import pg from 'pg';

/*
 * A look at the sample company's stores and at the archive that shares no code with the product: plain SQL, plain bytes.
 * A row is JSON of its cells; a snapshot maps each dataset to its rows, sorted.
 */
export type Snapshot = Readonly<Record<string, readonly string[]>>;

/** `host`: socket folder of the running order database. */
export async function snapshot(estate: string, host: string): Promise<Snapshot> {
  const out: Record<string, string[]> = {};
  const client = new pg.Client({ host, user: 'postgres', database: 'orders', types: { getTypeParser: () => (v: string) => v } as never });
  await client.connect();
  try {
    const tables = await client.query<{ t: string }>("SELECT tablename AS t FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    for (const { t } of tables.rows)
      out[`orders/public.${t}`] = (await client.query({ text: `SELECT * FROM public."${t}"`, rowMode: 'array' })).rows
        .map((r) => JSON.stringify(r))
        .toSorted();
  } finally {
    await client.end();
  }
  const crm = new DatabaseSync(join(estate, 'crm.db'), { readOnly: true });
  for (const { name } of crm
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
    .all() as { name: string }[]) {
    const rows = crm.prepare(`SELECT * FROM "${name}"`);
    rows.setReadBigInts(true);
    out[`crm/${name}`] = rows
      .all()
      .map((r) => JSON.stringify(Object.values(r).map((v) => (typeof v === 'bigint' ? String(v) : v))))
      .toSorted();
  }
  crm.close();
  const lines = new TextDecoder('gb18030')
    .decode(readFileSync(join(estate, 'marketing.csv')))
    .split(/\r?\n/)
    .filter((l) => l !== '');
  out['marketing/marketing.csv'] = lines.slice(1).toSorted();
  out['sales/sales-leads.xlsx#客户跟进'] = sheetRows(readFileSync(join(estate, 'sales-leads.xlsx')))
    .slice(1)
    .toSorted();
  return out;
}

/** Every entry of a zip file, inflated, by its central directory. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const out = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1')) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size, nameLength, extra, comment] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const body = zip.subarray(start, start + size);
    out.set(zip.toString('utf8', at + 46, at + 46 + nameLength), method === 8 ? inflateRawSync(body) : body);
    at += 46 + nameLength + extra + comment;
  }
  return out;
}

function sheetRows(file: Buffer): string[] {
  const parts = unzip(file);
  const strings = [...(parts.get('xl/sharedStrings.xml')?.toString('utf8') ?? '').matchAll(/<si>([\s\S]*?)<\/si>/g)].map((m) =>
    [...m[1]!.matchAll(/<t[^>]*>([\s\S]*?)<\/t>/g)].map((t) => t[1]).join(''),
  );
  const sheet = parts.get('xl/worksheets/sheet1.xml')!.toString('utf8');
  return [...sheet.matchAll(/<row[^>]*>([\s\S]*?)<\/row>/g)]
    .map((row) =>
      [...row[1]!.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map(([, column, attributes, body = '']) => {
        const value = body.match(/<v>([\s\S]*?)<\/v>/)?.[1] ?? [...body.matchAll(/<t[^>]*>([\s\S]*?)<\/t>/g)].map((t) => t[1]).join('');
        return `${column}=${attributes!.includes('t="s"') ? strings[Number(value)] : value}`;
      }),
    )
    .filter((cells) => cells.some((c) => !c.endsWith('=')))
    .map((cells) => JSON.stringify(cells));
}

/** Every line in the archive, decrypted with the class identities: `class/dataset-folder` → lines, sorted. Damaged files throw. */
export async function archiveLines(
  archive: string,
  identities: ReadonlyMap<string, string>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const out: Record<string, string[]> = {};
  if (!existsSync(archive)) return out;
  for (const name of readdirSync(archive)) {
    const data = join(archive, name, 'data');
    for (const file of (existsSync(data) ? (readdirSync(data, { recursive: true }) as string[]) : []).filter((f) =>
      f.endsWith('.ndjson.age'),
    )) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identities.get(name)!);
      const text = await decrypter.decrypt(readFileSync(join(data, file)), 'text');
      const folder = `${name}/${file.split('/').slice(0, -1).join('/')}`;
      out[folder] = [...(out[folder] ?? []), ...text.split('\n').filter((l) => l !== '')].toSorted();
    }
  }
  return out;
}
