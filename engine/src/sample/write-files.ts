// SPDX-License-Identifier: Apache-2.0
import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Workbook } from '@cj-tech-master/excelts';
import type { Estate, Rows } from './estate.ts';
import { gbk } from './gbk.ts';

const CRM = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, customer_no TEXT, name TEXT, phone TEXT, email TEXT, id_card TEXT, permit_no TEXT, kind TEXT, level TEXT, created_on TEXT);
CREATE TABLE contracts (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), contract_no TEXT, status TEXT, signed_on TEXT, ended_on TEXT, end_reason TEXT, amount TEXT);
CREATE TABLE follow_ups (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), followed_on TEXT, channel TEXT, content TEXT);
CREATE INDEX contracts_customer ON contracts(customer_id); CREATE INDEX follow_ups_customer ON follow_ups(customer_id);`;

/** The CRM as a SQLite file. */
export function writeCrm(path: string, tables: Estate['crm']): void {
  rmSync(path, { force: true });
  const db = new DatabaseSync(path);
  db.exec(CRM);
  db.exec('BEGIN');
  for (const [name, rows] of Object.entries(tables)) {
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) continue;
    const insert = db.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(...columns.map((c) => row[c] ?? null));
  }
  db.exec('COMMIT');
  db.close();
}

/** A list as old systems write it: GBK, comma, CRLF, a quote where it is needed. */
export function writeGbkList(path: string, rows: Rows): void {
  const head = Object.keys(rows[0] ?? {});
  const quote = (v: string) => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
  const lines = [head.join(','), ...rows.map((r) => head.map((h) => quote(String(r[h] ?? ''))).join(','))];
  writeFileSync(path, gbk(lines.join('\r\n') + '\r\n'));
}

/** One salesperson's workbook. */
export async function writeSales(path: string, rows: Rows): Promise<void> {
  const book = new Workbook();
  const sheet = book.addWorksheet('客户跟进');
  const head = ['客户姓名', '联系电话', '公司', '备注', '下次联系日期'];
  sheet.addRow(head);
  for (const row of rows) sheet.addRow(head.map((h) => row[h] ?? null));
  writeFileSync(path, Buffer.from(await book.xlsx.writeBuffer()));
}
