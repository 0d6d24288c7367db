// SPDX-License-Identifier: Apache-2.0
import { gbk } from '../gbk.ts';
import type { Client } from './clients.ts';

const BOX = 'office@agency.example';

/** The agency's mailbox: one message of each client given, every second one in GB18030, the first with an attachment. */
export function mailbox(clients: readonly Client[]): Buffer {
  const parts = clients.map((client, at) => {
    const subject = `关于${client.event}的问题`;
    const words = `您好，我是${client.name}，电话 ${client.phone}。${client.event}的照片请发到 ${client.email}。谢谢。`;
    const national = at % 2 === 1;
    const text = national ? gbk(words) : Buffer.from(words, 'utf8');
    const head = (charset: string, bytes: Buffer) => `=?${charset}?B?${bytes.toString('base64')}?=`;
    const title = national ? head('GB18030', gbk(subject)) : head('UTF-8', Buffer.from(subject, 'utf8'));
    const body = `Content-Type: text/plain; charset=${national ? 'GB18030' : 'UTF-8'}\r\nContent-Transfer-Encoding: base64\r\n\r\n${text.toString('base64')}\r\n`;
    const day = String(1 + (at % 28)).padStart(2, '0');
    const lines = [
      `From ${client.email} Mon Jun ${day} 09:00:00 2026`,
      `From: ${client.email}`,
      `To: ${BOX}`,
      `Subject: ${title}`,
      `Date: ${day} Jun 2026 09:00:00 +0800`,
      `Message-ID: <${client.customerNo.toLowerCase()}@mail.example.com>`,
      'MIME-Version: 1.0',
    ];
    return Buffer.from(`${lines.join('\r\n')}\r\n${at === 0 ? withAttachment(body, client) : body}\r\n`, 'latin1');
  });
  return Buffer.concat(parts);
}

function withAttachment(body: string, client: Client): string {
  const list = Buffer.from(`姓名,手机号\n${client.name},${client.phone}\n`, 'utf8').toString('base64');
  const file = `Content-Type: text/csv; name="guests.csv"\r\nContent-Disposition: attachment; filename="guests.csv"\r\nContent-Transfer-Encoding: base64\r\n\r\n${list}\r\n`;
  return `Content-Type: multipart/mixed; boundary="example-part"\r\n\r\n--example-part\r\n${body}--example-part\r\n${file}--example-part--\r\n`;
}

/** A chat as the phone exports it: one text file for each client. */
export function chat(client: Client): string {
  return [
    `与 ${client.name} 的聊天记录`,
    `2026-05-0${1 + (client.no % 9)} 10:22 ${client.name}：你好，想咨询${client.event}，我的手机 ${client.phone}`,
    '2026-05-09 10:30 客服：好的，稍后与您联系',
    '',
  ].join('\n');
}
