// SPDX-License-Identifier: Apache-2.0
import type { Estate, Rows } from './estate.ts';
import type { MariadbServer } from './mariadb-server.ts';

/** The membership programme, on a server of its own with two databases. */
export type Members = Readonly<Record<'membership.members' | 'membership.points' | 'service.after_sales', Rows>>;

/** Every third account of the orders system is a member. Pure: the same estate gives the same members. */
export function membersOf(orders: Estate['orders']): Members {
  const accounts = orders.accounts.filter((a) => a['kind'] === 'customer' && Number(a['id']) % 3 === 0);
  const members = accounts.map((a) => ({
    id: Number(a['id']) + 9_000_000_000,
    customer_no: a['customer_no'] ?? null,
    // GBK has no room for rare characters: the programme stored another one.
    nick: String(a['real_name']).replace(/[䶮𠅤]/u, '甲'),
    phone: a['phone'] ?? null,
    // The form was left empty, and the server took it for a date.
    birthday: Number(a['id']) % 9 === 0 ? '0000-00-00' : (a['birth_date'] ?? null),
    joined_at: a['registered_at'] ?? null,
  }));
  const points = members.flatMap((m, n) =>
    Array.from({ length: 1 + (n % 3) }, (_, i) => ({ member_id: m.id, points: 10 * (i + 1), earned_at: `2025-0${1 + i}-15 00:30:00` })),
  );
  const after = accounts.flatMap((a, n) =>
    n % 4 === 0 ? [{ phone: a['phone'] ?? null, said: '退货，运费已付', at: '2025-03-01 10:00:00' }] : [],
  );
  // Somebody pressed the button twice, and nothing tells the two apart.
  return { 'membership.members': members, 'membership.points': points, 'service.after_sales': [...after, ...after.slice(0, 1)] };
}

/** Makes both databases anew, with accounts for reading, erasing and verifying. Throws what the driver throws. */
export async function writeMembers(server: MariadbServer, members: Members): Promise<void> {
  for (const statement of SCHEMA) await server.run(statement);
  for (const [table, rows] of Object.entries(members)) {
    const names = Object.keys(rows[0] ?? {});
    for (let at = 0; at < rows.length; at += 500) {
      const values = rows.slice(at, at + 500).map((row) => names.map((name) => row[name]));
      await server.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES ?`, [values]);
    }
  }
}

const account = (name: string, rights: string) =>
  ['membership', 'service'].map((database) => `GRANT ${rights} ON ${database}.* TO ${name}@localhost`);

const SCHEMA = [
  "SET time_zone = '+08:00', sql_mode = ''",
  'DROP DATABASE IF EXISTS membership',
  'DROP DATABASE IF EXISTS service',
  'CREATE DATABASE membership DEFAULT CHARACTER SET utf8mb4',
  'CREATE DATABASE service DEFAULT CHARACTER SET utf8mb4',
  `CREATE TABLE membership.members (id bigint unsigned PRIMARY KEY COMMENT '会员编号', customer_no varchar(20) COMMENT '客户编号',
    nick varchar(40) CHARACTER SET gbk COMMENT '会员姓名', phone varchar(20) COMMENT '手机号', birthday date COMMENT '生日', joined_at datetime COMMENT '入会时间')
    COMMENT '会员'`,
  `CREATE TABLE membership.points (id int PRIMARY KEY AUTO_INCREMENT, member_id bigint unsigned NOT NULL COMMENT '会员编号', points int COMMENT '积分',
    earned_at timestamp NULL COMMENT '获得时间', FOREIGN KEY (member_id) REFERENCES membership.members (id)) COMMENT '积分流水'`,
  `CREATE TABLE service.after_sales (phone varchar(20) COMMENT '手机号', said varchar(200) COMMENT '诉求', at datetime COMMENT '时间')
    ENGINE=MyISAM COMMENT '售后工单'`,
  "CREATE OR REPLACE USER sample_read@localhost IDENTIFIED BY 'sample'",
  "CREATE OR REPLACE USER sample_erase@localhost IDENTIFIED BY 'sample'",
  "CREATE OR REPLACE USER sample_verify@localhost IDENTIFIED BY 'sample'",
  ...account('sample_read', 'SELECT, TRIGGER, SHOW VIEW'),
  ...account('sample_erase', 'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, TRIGGER, LOCK TABLES'),
  ...account('sample_verify', 'SELECT'),
];
