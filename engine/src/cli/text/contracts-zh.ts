// SPDX-License-Identifier: Apache-2.0
import type { DebtKind, StandingFact } from '../../model/standing.ts';
import { CAUSE_ZH, DEBT_ZH } from '../../model/terms.ts';

/** What `shanhou contracts` says; contracts-en.ts has the same shape. */
export const contractsZh = {
  head: '{subjects} 名客户的合同，法定日 {today}',
  cause: '原因（民法典557条）',
  subjects: '客户',
  amount: '金额合计',
  noAmount: '金额不明',
  by: '谁欠',
  byCompany: '公司',
  byCustomer: '客户欠公司',
  owed: '尚欠：了结之前，有关客户的记录不得删除',
  owedWord: '尚欠',
  nothingOwed: '没有未了的债务',
  prepaidLaw:
    '预付款：停业须提前告知消费者，消费者可要求继续履行或者退还余额（消费者权益保护法实施条例22条）；不能履行的应及时清算，清算义务人未清算致消费者损失的承担责任（法释〔2025〕4号7条）。',
  foot: '矛盾 {conflicts} 处（shanhou contracts conflicts）；人工认定 {counted} 项有效，{outdated} 项已失效',
  noConflicts: '各系统之间没有矛盾',
  left: '一方',
  right: '另一方',
  saysEach: '各自的说法',
  atStake: '涉及金额 CNY',
  customer: '客户 {n}：',
  contract: '合同 {mark}：',
  nobody: '该记录不属于任何客户',
  finding: '✓ 认定',
  findingOutdated: '– 认定（已失效）',
  settled: '{what}已清',
  ended: { yes: '已终止', no: '未终止', unknown: '无法判断' },
  systems: { contract: '合同', billing: '账户或计费' },
  values: { ended: '已终止', active: '履行中', open: '未了', closed: '已了', unknown: '看不懂' } satisfies Record<
    StandingFact['value'],
    string
  >,
  causes: CAUSE_ZH,
  debts: DEBT_ZH satisfies Record<DebtKind, string>,
};
