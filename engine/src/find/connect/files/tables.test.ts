// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { makeXlsx, sheetData } from '../../../../test/support/make-zip.ts';
import type { SourceRow } from '../../../model/source.ts';
import { csvTable } from './csv.ts';
import { jsonTable } from './json.ts';
import { newVisit, pieces } from './pieces.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';
import { vcfTable } from './vcf.ts';
import { xlsxTables } from './xlsx.ts';
import { zipParts } from './zip.ts';

async function rowsOf(table: Table): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of table.scan()) rows.push(row);
  expect(rows).toHaveLength(table.rows);
  return rows;
}

describe('delimited text', () => {
  test.each([
    ['CR LF', '姓名,电话\r\n张三,1\r\n'],
    ['CR alone', '姓名,电话\r张三,1\r'],
    ['LF, no end', '姓名,电话\n张三,1'],
    ['semicolons', '姓名;电话\n张三;1\n'],
    ['a quoted header of two lines', '"姓名",电话\n张三,1\n'],
    ['empty lines', '\n姓名,电话\n\n张三,1\n\n'],
  ])('%s', async (_, text) => {
    const table = csvTable('x.csv', text);
    expect(table.columns).toEqual(['姓名', '电话']);
    expect(await rowsOf(table)).toEqual([{ key: ['1'], row: ['张三', '1'] }]);
  });

  test('the delimiter of a header whose cells go over lines', () => {
    expect(csvTable('x', '"姓名\n(必填, 二到四字)";电话;备注\n张三;1;2\n').columns).toEqual(['姓名\n(必填, 二到四字)', '电话', '备注']);
  });

  test('quotes: doubled, in the middle, with line ends; rows short and wide', async () => {
    const table = csvTable('x', 'a,b\n"x ""y""\nz",p"q\n1\n1,2,3\n');
    expect(table.columns).toEqual(['a', 'b', '列3']);
    expect((await rowsOf(table)).map((r) => r.row)).toEqual([
      ['x "y"\nz', 'p"q', null],
      ['1', null, null],
      ['1', '2', '3'],
    ]);
  });

  test('a first line of data names nothing, and is told as a hazard', () => {
    const table = csvTable('x', '张三,z@example.com\n李四,y@example.com\n');
    expect(table).toMatchObject({ columns: ['列1', '列2'], rows: 1, hazards: [{ kind: 'no-header', detail: 'first line' }] });
    expect(csvTable('x', '姓名,2024年1月,1388\n').columns).toEqual(['姓名', '2024年1月', '1388']);
  });

  test('a quote that never closes in a long file is damage, not one long row', () => {
    expect(() => csvTable('x', `a\n"${'1\n'.repeat(600_000)}`)).toThrow('quote that never closes');
  });
});

describe('encodings', () => {
  const text = '姓名,电话\n张三,138\n';
  const wide = (little: boolean, mark: boolean) => {
    const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
    return little ? bytes : bytes.swap16();
  };
  const utf32 = (little: boolean) => {
    const signs = [0xfeff, ...[...text].map((s) => s.codePointAt(0)!)];
    const out = Buffer.alloc(signs.length * 4);
    for (const [i, code] of signs.entries()) {
      if (little) out.writeUInt32LE(code, i * 4);
      else out.writeUInt32BE(code, i * 4);
    }
    return out;
  };
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['GBK', Buffer.from('d0d5c3fb2cb5e7bbb00ad5c5c8fd2c3133380a', 'hex'), 'gb18030'],
    ['UTF-16 LE', wide(true, true), 'utf-16le'],
    ['UTF-16 BE', wide(false, true), 'utf-16be'],
    ['UTF-16 LE without mark', wide(true, false), 'utf-16le'],
    ['UTF-16 BE without mark', wide(false, false), 'utf-16be'],
    ['UTF-32 LE', utf32(true), 'utf-32le'],
    ['UTF-32 BE', utf32(false), 'utf-32be'],
  ])('%s', (_, bytes, encoding) => expect(decodeText(bytes)).toEqual({ text, encoding }));

  test('what is in none of them, or no text at all, is null', () => {
    expect(decodeText(Buffer.from([0x80, 0xff, 0x41]))).toBeNull();
    expect(decodeText(Buffer.from([1, 2, 3, 4]))).toBeNull();
    expect(decodeText(Buffer.from('a\0b'))).toBeNull();
  });
});

describe('json', () => {
  test('an array of objects: texts as they are, anything else as it is spelled', async () => {
    const table = jsonTable('x', ' [ {"a":"张\\n三","n":1.50,"o":{"x": [1]}} , {"b":null,"a":true} ] ', false)!;
    expect(table.columns).toEqual(['a', 'n', 'o', 'b']);
    expect((await rowsOf(table)).map((r) => r.row)).toEqual([
      ['张\n三', '1.50', '{"x": [1]}', null],
      ['true', null, null, 'null'],
    ]);
  });

  test('a line for each object', async () => {
    expect((await rowsOf(jsonTable('x', '{"a":1}\r\n\n{"a":2}', true)!)).map((r) => r.row)).toEqual([['1'], ['2']]);
  });

  test.each(['[]', '[1]', '[{"a":1},2]', '[{"a":1}', '[{"a":1}] x', '{"a":1}', '[{"a" 1}]'])('%s is no table', (text) =>
    expect(jsonTable('x', text, false)).toBeNull(),
  );
});

describe('cards', () => {
  test('folded lines, quoted-printable, escapes, several of one name', async () => {
    const text =
      'BEGIN:VCARD\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=\r\n=E4=B8=89\r\nitem1.TEL;TYPE=CELL:138\r\nTEL:139\r\nNOTE:a\\nb\\, c\r\n  d\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:李四\r\n';
    const table = vcfTable('x', text);
    expect(table.columns).toEqual(['FN', 'TEL', 'NOTE']);
    expect((await rowsOf(table)).map((r) => r.row)).toEqual([
      ['张三', '138;139', 'a\nb, c d'],
      ['李四', null, null],
    ]);
  });
});

describe('sheets', () => {
  const sheet = async (data: string) => {
    const file = makeXlsx(data);
    return (await xlsxTables('x.xlsx', file, zipParts(file)))[0]!;
  };

  test('titles and instructions above the header are passed over', async () => {
    const merges = '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>';
    const table = await sheet(
      sheetData(
        [
          ['客户名单', null, null],
          ['姓名', '电话', '备注'],
          ['张三', '1', null],
          ['李四', '2', 'x'],
        ],
        merges,
      ),
    );
    expect(table.headerRow).toBe(2);
    expect(table.columns).toEqual(['姓名', '电话', '备注']);
    expect((await rowsOf(table)).map((r) => r.key)).toEqual([['1'], ['2']]);
  });

  test('a header of two storeys is named by the lower one, and by the upper where a cell spans both', async () => {
    const merges = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>';
    const table = await sheet(
      sheetData(
        [
          ['姓名', '联系方式', null],
          [null, '电话', '邮箱'],
          ['张三', '1', 'a'],
          ['李四', '2', 'b'],
        ],
        merges,
      ),
    );
    expect(table.headerRow).toBe(2);
    expect(table.columns).toEqual(['姓名', '电话', '邮箱']);
  });

  test('a first row that names the columns is the header, and no layout is told', async () => {
    const table = await sheet(
      sheetData([
        ['姓名', '电话'],
        ['张三', '1'],
      ]),
    );
    expect(table.headerRow).toBeUndefined();
    expect(table.rows).toBe(1);
  });

  test('cells merged over rows are shown in each row, and stay empty in its content', async () => {
    const merges = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>';
    const rows = await rowsOf(
      await sheet(
        sheetData(
          [
            ['客户', '订单'],
            ['张三', '1'],
            [null, '2'],
            [null, '3'],
          ],
          merges,
        ),
      ),
    );
    expect(rows.map((r) => r.row)).toEqual([
      ['张三', '1'],
      [null, '2'],
      [null, '3'],
    ]);
    expect(rows.map((r) => r.shown)).toEqual([undefined, ['张三', '2'], undefined]);
  });

  test('a sheet without header has data from its first row on, and no datum becomes a name', async () => {
    const table = await sheet(
      sheetData([
        ['张三', '13800000000'],
        ['李四', '13900000000'],
      ]),
    );
    expect(table).toMatchObject({ headerRow: 0, rows: 2, columns: ['列1', '列2'] });
    expect((await rowsOf(table))[0]).toEqual({ key: ['1'], row: ['张三', '13800000000'] });
  });

  test('hidden sheets are sheets', async () => {
    const file = makeXlsx(sheetData([['a'], ['1']]), '隐藏" state="hidden');
    const found = [];
    for await (const piece of pieces(file, 'x.xlsx', newVisit())) found.push(piece.kind === 'table' ? piece.table.dataset : piece);
    expect(found).toEqual(['x.xlsx#隐藏']);
  });
});
