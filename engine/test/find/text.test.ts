// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { classifyText } from '../../src/find/classify/index.ts';
import { REAL, hasReal } from './support/real-databases.ts';
import { type GoldLine, scoreText } from './support/score-text.ts';

const found = (text: string) => classifyText(text).map((s) => `${s.category}:${text.slice(s.start, s.end)}`);

describe('personal information in sentences', () => {
  test.each([
    ['客户张伟先生来电，手机13900000000，要求退卡。', ['name:张伟', 'phone:13900000000']],
    [
      '收件人：欧阳小雨 13900000001 江苏省南京市鼓楼区虚构路1号2幢301室',
      ['name:欧阳小雨', 'phone:13900000001', 'address:江苏省南京市鼓楼区虚构路1号2幢301室'],
    ],
    ['阿依古丽·买买提，13900000002', ['name:阿依古丽·买买提', 'phone:13900000002']],
    ['请联系 service@example.com 或 400-800-0000', ['email:service@example.com', 'landline:400-800-0000']],
    ['江苏省苏州市姑苏区假想巷5号，赵一凡，13900000003', ['address:江苏省苏州市姑苏区假想巷5号', 'name:赵一凡', 'phone:13900000003']],
    ['证件号 110105194912310021 填错了', []],
    ['订单20240101123456789已发货，编号6222000000000000', []],
    ['质量很好，下次还来', []],
  ] as const)('%s', (text, spans) => {
    expect(found(text)).toEqual(spans);
  });

  test('any text is answered, with spans inside it that do not overlap', () => {
    for (const text of [
      '',
      '省市区县',
      '1'.repeat(5_000),
      '王'.repeat(2_000),
      '广东省'.repeat(500),
      '\u0000\ud800<script>',
      '１'.repeat(50),
    ]) {
      const spans = classifyText(text);
      for (const [at, s] of spans.entries()) {
        expect(s.start).toBeGreaterThanOrEqual(at === 0 ? 0 : spans[at - 1]!.end);
        expect(s.end).toBeLessThanOrEqual(text.length);
        expect(s.end).toBeGreaterThan(s.start);
      }
    }
  });
});

/** Every other line of the training file was looked at while the rules were written; all others were not. */
describe.skipIf(!hasReal)(`delivery slips with gold spans${hasReal ? '' : ' (skipped: shared/real is absent)'}`, () => {
  const lines = (part: string): GoldLine[] =>
    gunzipSync(readFileSync(join(REAL, `ner/open/express_waybill_${part}.dev.jsonl.gz`)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((l) => JSON.parse(l) as GoldLine);

  test.each(['tuned', 'untouched'])('%s', (half) => {
    const train = lines('train');
    const gold =
      half === 'tuned' ? train.filter((_, i) => i % 2 === 0) : [...train.filter((_, i) => i % 2 === 1), ...lines('dev'), ...lines('test')];
    const score = scoreText(gold, classifyText);
    expect(score.phone).toBeGreaterThanOrEqual(0.99);
    expect(score.name).toBeGreaterThanOrEqual(0.95);
    expect(score.address).toBeGreaterThanOrEqual(0.9);
    expect(score.addressCharacters).toBeGreaterThanOrEqual(0.97);
  });
});
