// SPDX-License-Identifier: Apache-2.0
import { zipOf } from '../../kit/index.ts';
import type { Client } from './clients.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A contract as a Word file. */
export function contractDocx(client: Client, company: string): Buffer {
  const lines = [
    '服务合同',
    `甲方（客户）：${client.name}　身份证号：${client.idCard}`,
    `联系电话：${client.phone}　邮箱：${client.email}`,
    `乙方：${company}`,
    `服务内容：${client.event}；合同金额：人民币 ${client.amount} 元。`,
    client.endedOn ? `双方确认服务已于 ${client.endedOn} 履行完毕。` : '合同仍在履行。',
  ];
  const body = lines.map((line) => `<w:p><w:r><w:t xml:space="preserve">${escape(line)}</w:t></w:r></w:p>`).join('');
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return zipOf([
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${rels}"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    ],
    ['word/document.xml', `${XML}<w:document xmlns:w="${w}"><w:body>${body}</w:body></w:document>`],
  ]);
}

/** A scanned page: a PDF with one picture and no text. */
export function scanPdf(shade: number): Buffer {
  const picture = Buffer.from(Array.from({ length: 16 }, (_, i) => (shade * 7 + i * 16) % 256));
  const draw = 'q 400 0 0 500 100 150 cm /Im0 Do Q';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im0 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`,
    `<< /Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length ${picture.length} >>\nstream\n${picture.toString('latin1')}\nendstream`,
  ];
  let pdf = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = pdf.length;
    pdf += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = pdf.length;
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((p) => `${String(p).padStart(10, '0')} 00000 n \n`).join('')}`;
  pdf += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(pdf, 'latin1');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
