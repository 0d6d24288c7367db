// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Department } from '../../model/department.ts';
import { END_CAUSES, type DebtKind, DEBT_KINDS, type EndCause, type Finding, type StandingFact } from '../../model/standing.ts';
import { CAUSE_ZH, DEBT_ZH } from '../../model/terms.ts';
import { standingOf } from './index.ts';

/*
 * 示例：各系统怎么说（每句“某系统：……”），人工认定（“认定：……”），得出什么。法定日 2026-11-23，解散事由出现日 2026-08-31。
 * “甲合同”“乙合同”是合同编号；没有编号的话说的是该客户的全部合同。
 */
type Case = readonly [why: string, said: string, outcome: string];

const CAUSES: readonly Case[] = [
  ['债务已经履行，民法典557条一款一项', '合同系统：已终止，2025-03-01，已履行完毕', '已终止：已履行完毕，自2025-03-01'],
  ['债务相互抵销，二项', '合同系统：已终止，2025-03-02，抵销', '已终止：抵销，自2025-03-02'],
  ['债务人依法提存，三项', '合同系统：已终止，2025-03-03，提存', '已终止：提存，自2025-03-03'],
  ['债权人免除债务，四项', '合同系统：已终止，2025-03-04，免除债务', '已终止：免除债务，自2025-03-04'],
  ['债权债务同归于一人，五项', '合同系统：已终止，2025-03-05，债权债务同归于一人', '已终止：债权债务同归于一人，自2025-03-05'],
  ['解除，未写明种类，557条二款', '合同系统：已终止，2025-03-06，解除', '已终止：解除，自2025-03-06'],
  ['协商一致解除，562条一款', '合同系统：已终止，2025-03-07，协议解除', '已终止：协议解除，自2025-03-07'],
  ['约定的解除事由发生，562条二款', '合同系统：已终止，2025-03-08，约定解除', '已终止：约定解除，自2025-03-08'],
  ['法定解除，563条一款', '合同系统：已终止，2025-03-09，法定解除', '已终止：法定解除，自2025-03-09'],
  ['不定期合同随时解除，563条二款', '合同系统：已终止，2025-03-10，随时解除', '已终止：随时解除，自2025-03-10'],
  ['通知所定期限届满自动解除，565条一款', '合同系统：已终止，2025-03-11，自动解除', '已终止：自动解除，自2025-03-11'],
  ['约定的期限届满', '合同系统：已终止，2025-03-12，期满', '已终止：期满，自2025-03-12'],
  ['公司停止服务', '合同系统：已终止，2026-08-31，停止服务', '已终止：停止服务，自2026-08-31'],
  ['由承接方承接：不是了结，须另行告知', '合同系统：已终止，2026-09-01，由承接方承接', '已终止：由承接方承接，自2026-09-01'],
  ['终止而未写原因', '合同系统：已终止，2025-03-13', '已终止：原因不明，自2025-03-13'],
  ['终止而未写日期', '合同系统：已终止，期满', '已终止：期满，日期不明'],
  ['没有系统提到此客户：随服务停止而终止', '', '已终止：没有系统记载，自2026-08-31'],
];

const RUNNING: readonly Case[] = [
  ['仍在履行', '合同系统：履行中', '未终止：履行中'],
  ['终止日尚未到来', '合同系统：已终止，2026-11-24，期满', '未终止：履行中'],
  ['两份合同，一份仍在履行', '合同系统：甲合同已终止，2025-01-01，期满；合同系统：乙合同履行中', '未终止：履行中'],
  ['状态看不懂', '合同系统：看不懂', '无法判断：原因不明'],
  ['占位日期 9999-12-31', '合同系统：已终止，9999-12-31，期满', '无法判断：原因不明'],
  ['金额看不懂，不猜', '合同系统：已终止，2025-01-01，期满；储值系统：预付款看不懂', '无法判断：原因不明'],
];

const DEBTS: readonly Case[] = [
  ['预付款未退', '合同系统：已终止，2025-01-01，期满；储值系统：预付款360.10未了', '未终止：未结清；欠预付款360.10'],
  ['几张卡的余额相加', '储值系统：预付款0.1未了；储值系统：预付款0.2未了', '未终止：未结清；欠预付款0.30'],
  ['预付款透支，客户反欠公司', '储值系统：客户欠预付款5.00未了', '未终止：未结清；欠客户欠预付款5.00'],
  ['押金未退', '合同系统：已终止，2025-01-01，期满；租赁系统：押金200.00未了', '未终止：未结清；欠押金200.00'],
  ['退款未付', '订单系统：应退款59.00未了', '未终止：未结清；欠应退款59.00'],
  ['客户欠公司货款', '计费系统：客户欠款88.00未了', '未终止：未结清；欠客户欠款88.00'],
  ['积分未用', '会员系统：积分1200未了', '未终止：未结清；欠积分1200.00'],
  ['货未交付', '订单系统：未交付的货物或服务未了', '未终止：未结清；欠未交付的货物或服务'],
  ['租赁物在客户处，待归还', '租赁系统：客户欠未交付的货物或服务未了', '未终止：未结清；欠客户欠未交付的货物或服务'],
  ['质保期未满（当日仍在期内）', '合同系统：已终止，2025-01-01，已履行完毕；售后系统：质保未了，2026-11-23', '未终止：未结清；欠质保'],
  ['质保期已满', '合同系统：已终止，2025-01-01，已履行完毕；售后系统：质保未了，2026-11-22', '已终止：已履行完毕，自2025-01-01'],
  ['争议未决', '合同系统：已终止，2025-01-01，期满；客服系统：争议未了', '未终止：未结清；欠争议'],
  ['争议已了结', '合同系统：已终止，2025-01-01，期满；客服系统：争议已了', '已终止：期满，自2025-01-01'],
  ['几种债务并存', '储值系统：预付款10未了；租赁系统：押金20.5未了；客服系统：争议未了', '未终止：未结清；欠预付款10.00、押金20.50、争议'],
];

const CONFLICTS: readonly Case[] = [
  [
    '合同说终止、计费说在履行',
    '合同系统：已终止，2025-01-01，期满，值1000；计费系统：收费履行中',
    '无法判断：记载矛盾；合同系统≠计费系统（ended/active，涉及1000.00，销售）',
  ],
  [
    '同一编号，两个系统说法不一',
    '合同系统：甲合同已终止，2025-01-01，期满；履约系统：甲合同履行中',
    '无法判断：记载矛盾；合同系统≠履约系统（ended/active，涉及不明，销售）',
  ],
  [
    '编号对得上的各说各的合同，不是矛盾',
    '合同系统：甲合同已终止，2025-01-01，期满；履约系统：甲合同已终止，2025-01-01，期满；履约系统：乙合同履行中',
    '未终止：履行中',
  ],
  [
    '未结清的先于矛盾，矛盾仍列出，涉及预付款',
    '合同系统：已终止，2025-01-01，期满；计费系统：收费履行中；储值系统：预付款360未了',
    '未终止：未结清；欠预付款360.00；合同系统≠计费系统（ended/active，涉及360.00，销售）',
  ],
  [
    '同一张卡两个系统余额不同：按多的算，由财务核对',
    '储值系统：甲合同预付款360未了；收银系统：甲合同预付款300未了',
    '未终止：未结清；欠预付款360.00；储值系统≠收银系统（prepaid 360.00/300.00，涉及360.00，财务）',
  ],
  [
    '同一张卡两个系统余额相同：只算一次',
    '储值系统：甲合同预付款360未了；收银系统：甲合同预付款360.0未了',
    '未终止：未结清；欠预付款360.00',
  ],
  [
    '同一争议一处已结、一处未结：按未结',
    '客服系统：甲合同争议已了；法务系统：甲合同争议未了',
    '未终止：未结清；欠争议；客服系统≠法务系统（dispute closed/open，涉及不明，法务）',
  ],
];

const FINDINGS: readonly Case[] = [
  [
    '人工认定解开矛盾',
    '合同系统：已终止，2025-01-01，期满；计费系统：收费履行中；认定：已终止，2025-02-02，协议解除',
    '已终止：协议解除，自2025-02-02',
  ],
  ['后一次认定为准', '计费系统：收费履行中；认定：已终止，2025-02-02，协议解除；认定：履行中', '未终止：履行中'],
  ['认定仍在履行', '合同系统：已终止，2025-01-01，期满；认定：履行中', '未终止：履行中'],
  [
    '认定终止，不等于欠款已清',
    '计费系统：收费履行中；储值系统：预付款360未了；认定：已终止，2025-02-02，期满',
    '未终止：未结清；欠预付款360.00',
  ],
  ['认定预付款已退还，争议仍在', '储值系统：预付款360未了；客服系统：争议未了；认定：预付款已清', '未终止：未结清；欠争议'],
  ['认定预付款已退还', '合同系统：已终止，2025-01-01，期满；储值系统：预付款看不懂；认定：预付款已清', '已终止：期满，自2025-01-01'],
  [
    '只认定甲合同，乙合同的矛盾还在',
    '合同系统：甲合同已终止，2025-01-01，期满；履约系统：甲合同履行中；合同系统：乙合同已终止，2025-01-01，期满；履约系统：乙合同履行中；认定：甲合同已终止，2025-02-02，期满',
    '无法判断：记载矛盾；合同系统≠履约系统（ended/active，涉及不明，销售）',
  ],
  ['没有系统提到，认定仍在履行', '认定：履行中', '未终止：履行中'],
];

describe.each([
  ['合同终止的各种原因', CAUSES],
  ['未终止和无法判断', RUNNING],
  ['各种未了的债', DEBTS],
  ['系统之间的矛盾', CONFLICTS],
  ['人工认定', FINDINGS],
])('%s', (_title, cases) => {
  test.each(cases)('%s', (_why, said, outcome) => {
    const { facts, findings } = read(said);
    expect(told(facts, findings)).toBe(outcome);
    expect(told(facts.toReversed(), findings)).toBe(outcome);
  });
});

test('the table has every cause and every kind of debt', () => {
  const text = CAUSES.map((c) => c[2]).join('\n');
  for (const cause of END_CAUSES) expect(text).toContain(`：${CAUSE_ZH[cause]}，`);
  const owed = DEBTS.map((c) => c[2]).join('\n');
  for (const kind of DEBT_KINDS) expect(owed).toContain(DEBT_ZH[kind]);
});

const WHO: Partial<Record<Department, string>> = { sales: '销售', finance: '财务', legal: '法务', marketing: '市场', support: '客服' };

function told(facts: readonly StandingFact[], findings: readonly Finding[]): string {
  const s = standingOf(facts, { dissolution: '2026-08-31', today: '2026-11-23' }, findings);
  const since = s.ended === true ? (s.endedOn === null ? '，日期不明' : `，自${s.endedOn}`) : '';
  const debts = s.debts.map((d) => `${d.by === 'customer' && d.kind !== 'payment' ? '客户欠' : ''}${DEBT_ZH[d.kind]}${d.amount ?? ''}`);
  return [
    `${s.ended === null ? '无法判断' : s.ended ? '已终止' : '未终止'}：${CAUSE_ZH[s.cause]}${since}`,
    ...(debts.length > 0 ? [`欠${debts.join('、')}`] : []),
    ...s.conflicts.map((c) => `${c.left}≠${c.right}（${c.says}，涉及${c.atStake ?? '不明'}，${WHO[c.owner]}）`),
  ].join('；');
}

function read(said: string): { facts: StandingFact[]; findings: Finding[] } {
  const facts: StandingFact[] = [];
  const findings: Finding[] = [];
  for (const sentence of said.split('；').filter(Boolean)) {
    const [who, what] = sentence.split('：') as [string, string];
    const parts = what.split('，');
    const contract = /^(.)合同/.exec(parts[0]!)?.[1];
    const head = parts[0]!.replace(/^.合同/, '');
    const endedOn = parts.find((p) => /^\d{4}-/.test(p)) ?? null;
    const named = Object.entries(CAUSE_ZH).find(([, zh]) => parts.slice(1).includes(zh))?.[0] as EndCause | undefined;
    const value = head.includes('已终止') ? 'ended' : head.includes('履行中') ? 'active' : 'unknown';
    const debt = Object.entries(DEBT_ZH).find(([, zh]) => head.includes(zh) && (zh === '客户欠款' || !head.includes('客户欠款')))?.[0] as
      DebtKind | undefined;
    if (who === '认定') {
      findings.push({
        contract: contract ?? null,
        ended: debt ? null : value === 'ended',
        cause: named ?? 'unknown',
        endedOn,
        settled: debt ? [debt] : [],
      });
      continue;
    }
    const number = contract === undefined ? {} : { contract };
    if (debt === undefined) {
      const worth = parts.find((p) => p.startsWith('值'))?.slice(1);
      const cause = named ?? (value === 'active' ? 'running' : 'unknown');
      facts.push({
        dataset: who,
        kind: head.startsWith('收费') ? 'billing' : 'contract',
        value,
        endedOn,
        cause,
        ...number,
        ...(worth ? { amount: worth } : {}),
      });
      continue;
    }
    const amount = /\d[\d.]*/.exec(head)?.[0];
    const state = head.includes('未了') ? 'open' : head.includes('已了') ? 'closed' : 'unknown';
    facts.push({
      dataset: who,
      kind: debt,
      value: state,
      endedOn,
      cause: 'none',
      ...number,
      ...(amount === undefined ? {} : { amount }),
      ...(head.startsWith('客户欠') && debt !== 'payment' ? { by: 'customer' as const } : {}),
    });
  }
  return { facts, findings };
}
