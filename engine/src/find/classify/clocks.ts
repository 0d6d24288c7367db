// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { RecordClass, StartEvent } from '../../model/law.ts';
import type { ColumnShape } from '../../model/source.ts';
import { commentHead, nameHead } from './column-text.ts';

const DAY = '_?(?:on|at|date|time|day|sj|rq)?$';
const CLOCKS: readonly (readonly [RegExp, RegExp, StartEvent])[] = [
  [
    new RegExp(`^(?:policy_?end|policy_?expire[sd]?|coverage_?end|insurance_?end|cover_?end)${DAY}`),
    /保险止期$|保单终止日期?$|保险终止日期?$|满期日期?$/,
    'policy.ended',
  ],
  [
    new RegExp(`^(?:visit|last_?visit|attendance|consult|discharge|out_?hospital|see_?doctor|jiuzhen)_?(?:on|at|date|time|day)$`),
    /就诊(?:时间|日期)$|出院(?:时间|日期)$|接诊(?:时间|日期)$/,
    'visit.last',
  ],
  [
    /^(?:check_?out|checkout|leave|depart|departure|offline|event_?end|activity_?end|stay_?end)_?(?:on|at|date|time|day)$/,
    /离店(?:时间|日期)$|退房(?:时间|日期)$|活动结束(?:时间|日期)$/,
    'event.ended',
  ],
  [
    /^(?:ended|end|terminated|terminate|expired|expire|expiry|exp|contract_?end|contract_?expire|stop|due|valid_?(?:to|until|end)|dqrq|yxq|jsrq)_?(?:on|at|date|time|day)?$/,
    /终止日期?$|到期(?:日|日期|时间)$|截止(?:日期|时间)$|有效期至?$|合同结束(?:日期|时间)$/,
    'contract.ended',
  ],
  [
    /^(?:completed|complete|finished|finish|paid|pay|payment|deal|received|receive|confirm|success|repay|refund|trade|settle|settlement|close_?order|sign|zfsj|wcsj|fksj)_?(?:on|at|date|time|day)?$/,
    /完成时间$|付款(?:时间|日期)$|支付(?:时间|日期)$|成交(?:时间|日期)$|交易(?:时间|日期)$|确认收货时间$|签收时间$|退款时间$|还款(?:时间|日期)$/,
    'transaction.completed',
  ],
  [/^(?:issued|issue|invoice|invoiced|billing|kprq|kpsj)_?(?:on|at|date|time|day)$/, /开票(?:时间|日期)$/, 'invoice.issued'],
  [
    /^(?:closed|close|cancel_?account|account_?close|deregister|cancellation|logout|xhrq)_?(?:on|at|date|time|day)$/,
    /销户(?:时间|日期)$|注销(?:时间|日期)$|退会(?:时间|日期)$/,
    'account.closed',
  ],
  [/^(?:captured?|shot|record_?start|snapshot)_?(?:on|at|date|time|day)$/, /采集(?:时间|日期)$|拍摄时间$|抓拍时间$/, 'captured'],
  [
    /^(?:cert(?:ificate)?_?(?:expire[sd]?|end|valid_?to))_?(?:on|at|date|time|day)?$/,
    /证书(?:有效期至?|到期日期?|失效日期?)$/,
    'certificate.expired',
  ],
  [
    /^(?:created|create|registered|register|registration|reg|added|add|insert|logged|log|login|opened|open|followed|follow|ordered|order|signed|consent|enrol(?:l)?|gmt_create|ctime|visit|send|snd|operate|oper|attend|effective|eff|start|begin|birth_record|crt|cjsj|zcsj|kkrq|rhrq|qdsj|addtime|yysj|xdsj)_?(?:on|at|date|time|day)?$/,
    /创建(?:时间|日期)$|注册(?:时间|日期)$|同意日期$|添加(?:时间|日期)$|提交时间$|下单(?:时间|日期)$|登记(?:时间|日期)$|报名(?:时间|日期)$|录入(?:时间|日期)$|申请(?:时间|日期)$|登[录陆]时间$|发生(?:时间|日期)$|访问时间$/,
    'record.created',
  ],
];
const BOOKED: ReadonlySet<RecordClass> = new Set<RecordClass>(['invoice', 'payment', 'accounting-voucher', 'ledger']);
const TIMES = /date|time|timestamp|char|text|int|^$|numeric/i;

/** Columns that start statutory clocks, by their names, then by their comments. An insurance policy's end is its own event. */
export function clocksOf(columns: readonly ColumnShape[], recordClass: RecordClass): Partial<Record<StartEvent, string>> {
  const clocks: Partial<Record<StartEvent, string>> = {};
  for (const column of columns) {
    if (!TIMES.test(column.type)) continue;
    const [name, comment] = [plainName(column.name), commentHead(column.comment)];
    const said =
      CLOCKS.find(([byName]) => byName.test(name) || byName.test(nameHead(column.name)))?.[2] ??
      CLOCKS.find(([, byComment]) => byComment.test(comment))?.[2];
    const event = said === 'contract.ended' && recordClass === 'policy-insurance' ? 'policy.ended' : said;
    if (event && clocks[event] === undefined) clocks[event] = column.name;
  }
  const booked = clocks['invoice.issued'] ?? clocks['transaction.completed'] ?? clocks['record.created'];
  return BOOKED.has(recordClass) && booked ? { ...clocks, 'fiscal-year.ended': booked } : clocks;
}
