// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { DatasetShape } from '../../model/source.ts';
import { classifyDocuments, isDocuments, lookAtDocuments } from './classify-documents.ts';
import { findPersonal } from './find-personal.ts';

const shape = (dataset: string, type: string, rows = 3): DatasetShape => ({
  dataset,
  comment: null,
  columns: [
    { name: 'path', type: 'path', comment: null, nullable: false },
    { name: 'date', type: 'text', comment: null, nullable: true },
    { name: 'content', type, comment: null, nullable: true },
  ],
  key: ['path'],
  foreignKeys: [],
  hazards: [],
  rows,
});

async function* stream(texts: readonly string[]) {
  yield* texts;
}

const classified = async (dataset: string, type: string, texts: readonly string[], rows?: number) =>
  classifyDocuments('s', shape(dataset, type, rows ?? texts.length), await lookAtDocuments(stream(texts)));

describe('documents', () => {
  test('are customers’ as soon as one has personal information', async () => {
    const map = await classified('*.docx', 'document', ['说明书', '合同编号 1，电话 13800000000', '说明书']);
    expect(map).toMatchObject({ role: 'customer', recordClass: 'contract', key: ['path'], clocks: {} });
    expect(map.fields.map((f) => f.category)).toEqual([null, null, 'free_text_may_contain']);
  });

  test('are nobody’s only where every one was looked at', async () => {
    expect((await classified('*.txt', 'document', ['说明书'])).role).toBe('none');
    expect((await classified('*.txt', 'document', ['说明书'], 500)).role).toBe('customer');
  });

  test('mixed ones take the class that the law keeps longest', async () => {
    const texts = ['发票号码 1，电话 13800000000', ...Array.from({ length: 9 }, () => '本合同 甲方')];
    expect((await classified('*.pdf', 'document', texts)).recordClass).toBe('invoice');
  });

  test('mostly applications and labour contracts are staff’s; a few among others are not', async () => {
    expect((await classified('*.docx', 'document', ['简历 13800000000', '劳动合同', '说明'])).role).toBe('staff');
    expect((await classified('*.docx', 'document', ['简历 13800000000', '说明', '说明'])).role).toBe('customer');
  });

  test('messages are correspondence, dated', async () => {
    const map = await classified('*.eml', 'message', ['发票号码 13800000000']);
    expect(map).toMatchObject({ recordClass: 'correspondence', clocks: { 'record.created': 'date' } });
  });

  test('what cannot be read is nobody’s yet', () => {
    const map = classifyDocuments('s', shape('!unreadable', 'text'), { documents: 0, personal: 0, identified: 0, classes: {} });
    expect(map.role).toBe('unknown');
    expect(isDocuments(shape('!unreadable', 'text'))).toBe(true);
    expect(isDocuments(shape('x.csv', 'text'))).toBe(false);
  });
});

describe('identifiers in a text of any length', () => {
  test('are found wherever a slice is cut, each once', () => {
    const text = `${'汉'.repeat(31_995)}13800000000${'汉'.repeat(40_000)}a@example.com 13800000000`;
    expect(findPersonal(text).identifiers).toEqual([
      { category: 'phone', value: '13800000000' },
      { category: 'email', value: 'a@example.com' },
    ]);
  });
  test('nothing found is nothing personal', () => expect(findPersonal('')).toEqual({ identifiers: [], personal: false }));
});
