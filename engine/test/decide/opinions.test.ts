// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { type WorkedCase, judgeCase } from '../../src/journey/index.ts';

/* What a decision says to a lawyer who never saw the product. */
type Parts = Partial<{ facts: object; class: string; dates: object; fields: string[]; age: number; standing: object; rest: object }>;

function said(sector: string, parts: Parts, lang: 'zh' | 'en' = 'zh'): string {
  const worked = {
    id: 'o',
    case: { sectors: [sector], route: 'liquidation', today: '2026-11-23', dissolution: '2026-08-31', conditions: [], ...parts.facts },
    record: { class: parts.class ?? 'order', fields: parts.fields ?? ['name'], dates: parts.dates ?? {} },
    subject: { kind: 'person', age: parts.age ?? null },
    standing: { ended: true, cause: 'performed', endedOn: '2026-08-31', ...parts.standing },
    ...parts.rest,
  };
  return judgeCase(worked as unknown as WorkedCase, lang).explanation;
}

const goesOn = { route: 'contract-end-only' };
const held = (hold: object) => ({ rest: { holds: [{ kind: 'limitation-evidence', approved: true, scope: 'this record', ...hold }] } });

describe('in Chinese', () => {
  test.each<[string, Parts, string[]]>([
    [
      'e-commerce-platform',
      { dates: { 'transaction.completed': '2025-01-10' }, fields: ['name', 'birth_date'] },
      [
        '业务类别：订单',
        '日期：交易完成 2025-01-10',
        '合同状态：已终止（已履行完毕，2026-08-31）',
        '《电子商务法》第三十一条（ecl-31）：不少于3年，自交易完成（2025-01-10）次日起算，至2028-01-10届满；据此确定',
        '处置：封存，保存至2028-01-10（含当日），次日起销毁。理由：保存期限未届满。',
        '停止其他处理（《个人信息保护法》第四十七条第二款）',
        '超出保存所需、不予保存的字段：birth_date',
      ],
    ],
    [
      'retail-b2c',
      {},
      ['按本案已知事实，没有适用于这类记录的保存期限规定', '处置：删除', '第四十七条第一款第（二）项', '日期：没有可以采用的日期'],
    ],
    ['e-commerce-platform', { dates: { 'transaction.completed': '2022-01-10' } }, ['至2025-01-10届满；期限已届满', '理由：保存期限已届满']],
    [
      'payment',
      { class: 'kyc', dates: { 'relationship.ended': '2026-08-31' } },
      ['处置：移交法律规定的接收方', '《反洗钱法》（2024修订）第三十四条'],
    ],
    ['retail-b2c', { facts: { role: 'processor' }, rest: { successor: { instruction: 'return' } } }, ['处置：返还委托方', '不得保留']],
    ['retail-b2c', { facts: { role: 'processor' } }, ['委托方尚未指示返还或者删除']],
    [
      'retail-b2c',
      held({ until: '2029-02-01' }),
      ['处置：保全，不得销毁，至2029-02-01（含当日）', '诉讼时效期间的证据保全（至2029-02-01）'],
    ],
    ['retail-b2c', held({ approved: false }), ['诉讼时效期间的证据保全（未经批准）', '诉讼时效期间不是法定保存期限']],
    [
      'retail-b2c',
      { standing: { ended: false, cause: 'running', endedOn: null } },
      ['合同状态：未终止（履行中）', '处置：暂停处置，不得销毁'],
    ],
    ['retail-b2c', { standing: { ended: null, cause: 'unknown', endedOn: null } }, ['合同状态：是否终止不明（原因不明）']],
    ['retail-b2c', { standing: { owed: ['dispute'] } }, ['未了结：争议', '尚有债权债务未了结']],
    ['retail-b2c', { standing: { cause: 'none' } }, ['合同状态：各系统没有合同记载，自停止服务（2026-08-31）时视为终止']],
    ['retail-b2c', { rest: { standing: null } }, ['合同状态：未关联到客户']],
    [
      'insurance',
      { facts: goesOn, class: 'policy-insurance', dates: { 'policy.ended': '2023-03-31' } },
      ['适用条件是否具备尚未查明（保险期间超过一年）'],
    ],
    [
      'payment',
      { facts: goesOn, class: 'kyc', dates: { 'relationship.ended': '2024-06-01' } },
      ['新旧规定如何衔接没有规定，待法务确认', '当年年末次日起算，两种算法取较晚者，至2034-06-01届满'],
    ],
    [
      'retail-b2c',
      { class: 'accounting-voucher', dates: { 'fiscal-year.ended': '2020-12-31' }, rest: { confirmed: ['acct-t1'] } },
      ['10年，自会计年度终了（2020-12-31）次日起算，至2030-12-31届满；不长于所适用的期限，从长保存', '要求保存，期限由其他规定确定'],
    ],
    [
      'retail-b2c',
      { class: 'accounting-voucher', dates: { 'fiscal-year.ended': '2000-12-31' }, rest: { confirmed: ['acct-t1'] } },
      ['旧规定的期限在新规定施行前已届满，须经鉴定', '尚未鉴定'],
    ],
    [
      'retail-b2c',
      { class: 'accounting-voucher', facts: { conditions: ['unsettled-claim'] }, rest: { confirmed: ['acct-19'] } },
      ['未了结前不得销毁', '事项尚未了结'],
    ],
    [
      'medical-device',
      {
        class: 'device-record',
        facts: { conditions: ['device-wholesale-ii-iii-or-retail-iii', 'implant'] },
        dates: { 'record.created': '2023-01-01' },
      },
      ['永久保存；据此确定', '处置：封存，永久保存。'],
    ],
    [
      'cosmetics',
      {
        class: 'product-trace-record',
        facts: { conditions: ['cosmetics-registrant-filer-producer', 'shelf-life-under-1y'] },
        dates: { 'record.created': '2025-08-31', 'product.shelf-life-ended': '2026-05-31' },
      },
      ['不少于2年，自记录形成（2025-08-31）次日起算，两种算法取较晚者，至2028-05-31届满'],
    ],
    ['rental-housing', { class: 'contract', dates: { 'contract.ended': '2025-06-30' } }, ['要求保存，没有可以计算的期限；尚待法务确认']],
    ['security-services', { class: 'contract' }, ['不少于2年，自合同终止起算，该日期缺失或者无法采用', '处置：尚不能确定，停止处置']],
    ['education', { class: 'account', age: 9 }, ['当事人不满十四周岁：须同时告知其监护人']],
    ['education', { class: 'account', facts: { conditions: ['under-14'] } }, ['当事人不满十四周岁']],
  ])('%s %j', (sector, parts, words) => {
    const text = said(sector, parts);
    for (const word of words) expect(text).toContain(word);
  });

  test('nobody is told of a guardian without a child, of fields that go where none do, of keeping where nothing is kept', () => {
    const text = said('retail-b2c', {});
    for (const word of ['监护人', '字段', '第四十七条第二款', '保全与请求', '未了结']) expect(text).not.toContain(word);
    expect(said('retail-b2c', { facts: { dissolution: null } })).not.toContain('解散事由出现日');
  });
});

test('in English', () => {
  const text = said('e-commerce-platform', { dates: { 'transaction.completed': '2025-01-10' }, fields: ['name', 'birth_date'] }, 'en');
  for (const word of [
    'Kind of record: order',
    'Dates: completion of the transaction 2025-01-10',
    'Contract: ended (performed, 2026-08-31)',
    'E-Commerce Law, art. 31 (ecl-31): at least 3 years from the day after the completion of the transaction (2025-01-10): until 2028-01-10; this one decides',
    'Disposition: archive and keep until 2028-01-10 inclusive, to be destroyed from the day after.',
    'no processing other than storage',
    'which are not kept: birth_date',
  ])
    expect(text).toContain(word);
  expect(text).not.toMatch(/[\u4e00-\u9fff（）：；、]/u);
});
