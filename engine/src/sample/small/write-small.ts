// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { zipOf } from '../../kit/index.ts';
import type { OfflineForm } from '../../model/offline.ts';
import { writeGbkList } from '../write-files.ts';
import { type Client, makeClients } from './clients.ts';
import { contractDocx, scanPdf } from './documents.ts';
import { chat, mailbox } from './letters.ts';

const STAFF = [
  ['示例店长', '店长', '13700000001'],
  ['示例策划', '策划', '13700000002'],
  ['示例摄影', '摄影', '13700000003'],
] as const;

/** Makes the small agency's office folder: Excel lists, a WeChat export, a mailbox, contracts in Word, scans. No database. */
export async function writeSmall(options: {
  folder: string;
  clients: number;
  seed: number;
  today: string;
  company: string;
}): Promise<void> {
  const { folder, company } = options;
  rmSync(folder, { recursive: true, force: true });
  const place = (...path: string[]) => {
    mkdirSync(join(folder, ...path.slice(0, -1)), { recursive: true });
    return join(folder, ...path);
  };
  const clients = makeClients(options.clients, options.seed, options.today);
  await writeLedger(place('客户台账.xlsx'), clients);
  writeGbkList(
    place('收款', '收款登记.csv'),
    clients.map((c) => ({
      客户编号: c.customerNo,
      姓名: c.name,
      合同金额: c.amount,
      未退定金: c.deposit.toFixed(2),
      收款日期: c.endedOn ?? options.today,
    })),
  );
  const contacts = clients.slice(0, 12).map((c) => `${c.name},${c.name}（${c.event}）,${c.phone}`);
  writeFileSync(place('微信导出', '联系人.csv'), `\ufeff昵称,备注名,手机号\r\n${contacts.join('\r\n')}\r\n`);
  for (const client of clients.slice(0, 6)) writeFileSync(place('微信导出', `聊天-${client.customerNo}.txt`), chat(client));
  writeFileSync(place('邮箱', '收件箱.mbox'), mailbox(clients.slice(5, 15)));
  for (const client of clients.slice(0, 8)) writeFileSync(place('合同', `合同-${client.customerNo}.docx`), contractDocx(client, company));
  const old = clients.slice(12, 15).map((c) => [`合同-${c.customerNo}.docx`, contractDocx(c, company)] as const);
  writeFileSync(place('合同', '旧合同.zip'), zipOf(old));
  for (let n = 1; n <= 3; n++) writeFileSync(place('合同扫描', `扫描-00${n}.pdf`), scanPdf(n));
}

/** Client sheet with a merged title above the header, and a sheet of the agency's own people. */
async function writeLedger(path: string, clients: readonly Client[]): Promise<void> {
  const book = new Workbook();
  const sheet = book.addWorksheet('客户');
  sheet.addRow(['客户台账（2026年8月）']);
  sheet.mergeCells('A1:H1');
  sheet.addRow(['客户编号', '姓名', '手机', '邮箱', '身份证号', '合同状态', '终止日期', '备注']);
  for (const c of clients)
    sheet.addRow([
      c.customerNo,
      c.name,
      c.phone,
      c.email,
      c.idCard,
      c.contract === 'running' ? '履行中' : '已终止',
      c.endedOn,
      `${c.event}，${c.amount} 元`,
    ]);
  const staff = book.addWorksheet('员工');
  staff.addRow(['员工姓名', '岗位', '手机']);
  for (const row of STAFF) staff.addRow([...row]);
  writeFileSync(path, Buffer.from(await book.xlsx.writeBuffer()));
}

/** What the agency holds where no program reaches. */
export const SMALL_OFFLINE: Readonly<Record<string, OfflineForm>> = {
  'paper-contracts': {
    medium: 'paper',
    holder: 'sales',
    place: '门店储物间',
    units: 1,
    unit: '箱',
    about: '客户合同原件',
    recordClass: 'contract',
    clocks: { 'contract.ended': '2026-08-20' },
  },
  'paper-vouchers': {
    medium: 'paper',
    holder: 'liquidation',
    place: '财务柜',
    units: 1,
    unit: '箱',
    about: '记账凭证与发票存根',
    recordClass: 'accounting-voucher',
    clocks: { 'fiscal-year.ended': '2026-12-31' },
  },
  'sms-platform': {
    medium: 'processor',
    holder: 'support',
    place: '短信平台受托方（虚构）',
    units: 1,
    unit: '套',
    about: '客户手机号与发送记录',
    recordClass: 'marketing',
    clocks: {},
  },
};

/** What a person would correct in the data map that the product proposes for the office folder. */
export function smallCorrections(): object {
  return {
    version: 1,
    datasets: {
      'office/收款/收款登记.csv': {
        recordClass: 'payment',
        clocks: { 'fiscal-year.ended': '收款日期' },
        standing: [{ kind: 'balance', column: '未退定金' }],
      },
    },
  };
}
