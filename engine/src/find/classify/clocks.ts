// SPDX-License-Identifier: Apache-2.0
import { plainName, wordsOf } from '../../kit/index.ts';
import type { RecordClass, StartEvent } from '../../model/law.ts';
import type { ColumnShape } from '../../model/source.ts';
import { commentHead } from './column-text.ts';

interface ClockWords {
  readonly event: StartEvent;
  /** English words of the name, in the singular. */
  readonly words: ReadonlySet<string>;
  /** Pinyin initials before 时间 sj or 日期 rq. */
  readonly initials: RegExp;
  readonly comment: RegExp;
}

const clock = (event: StartEvent, words: string, initials: string, comment: RegExp): ClockWords => ({
  event,
  words: new Set(words.split(' ')),
  initials: new RegExp(`^(?:${initials})(?:sj|rq|_?time|_?date)$`),
  comment,
});
const DAY = '(?:时间|日期?)$';

/** The most telling first; a column starts one clock. */
const CLOCKS: readonly ClockWords[] = [
  clock(
    'visit.last',
    'visit visited attend attendance consult consultation discharge discharged outpatient',
    'jz|cy|jzh',
    new RegExp(`(?:就诊|出院|接诊)${DAY}`),
  ),
  clock(
    'event.ended',
    'checkout check_out departure departed leave offline stay_end event_end',
    'td|ld|tf|ts|hdjs',
    new RegExp(`(?:离店|退房|退宿|活动结束)${DAY}`),
  ),
  clock(
    'contract.ended',
    'end ended terminate terminated expire expired expiry expiration exp stop deadline due valid_to valid_until valid_end validity',
    'dq|js|zz|jz_?zz|htjs|htdq|sx',
    /终止日期?$|终止时间$|到期(?:日|日期|时间)$|截止(?:日期|时间)$|有效期至?$|结束(?:日期|时间)$|失效(?:日期|时间)$|止期$/,
  ),
  clock(
    'transaction.completed',
    'complete completed finish finished settle settled settlement confirm confirmed receive received sign signed deliver delivered return returned deal success repay repaid refund refunded paid pay payment trade',
    'wc|zf|fk|jf|jy|sk|hk|tk|qs|cj|js_?wc|dz',
    new RegExp(`(?:完成|付款|支付|缴费|成交|交易|收款|确认收货|签收|退款|回款|实际还款|还款|结算|到账|结清)${DAY}`),
  ),
  clock('invoice.issued', 'issue issued invoice invoiced billing', 'kp', /开票(?:时间|日期)$/),
  clock(
    'account.closed',
    'close closed deregister deregistered cancellation cancel_account logoff',
    'xh|zx',
    /(?:销户|注销|退会)(?:时间|日期)$/,
  ),
  clock('captured', 'capture captured shot snapshot', 'cj_?zp|zp', /(?:采集|拍摄|抓拍)(?:时间|日期)$/),
  clock(
    'record.created',
    'create created creation add added insert inserted register registered registration reg gmt_create ctime addtime crt dateline',
    'cj|lr|zc|dj|tj|xz',
    /(?:创建|注册|添加|新增|登记|录入|建档|入库)(?:时间|日期)$/,
  ),
  // Moments at which a record came into being, where nothing says so outright.
  clock(
    'record.created',
    'log logged order ordered consent enrol enroll enrolled enrollment post posted send sent snd submit submitted apply applied application record recorded view viewed attempt attempted start started begin began bind bound join joined subscribe subscribed change changed operate oper track request requested report reported book booked reserve rental rent borrow open opened access follow followed checkin check_in occur happen happened call collect sign signed login logon start_time effective eff issue upload auth opt claim accident',
    'kk|rh|qd|cz|fs|rz|lf|sq|xd|yy|bm|bd|qj|hd|ly|ts|bx|jd|jk|kh|tb',
    new RegExp(
      `(?:同意|提交|下单|报名|申请|登[录陆]|发生|访问|发送|操作|预约|签到|开门|绑定|认证|变动|收藏|领取|签订|签署|签约|起期|生效|开始|到访|报案|报修|投诉|来访|入住|评[论价])${DAY}`,
    ),
  ),
];
/** Moments that are somebody else's or still to come: when it was changed last, when it should be, when a document runs out. */
const NO_CLOCK =
  /update|updat|modif|edit|delet|(?:^|_)del_|birth|dob|(?:^|_)next|remind|expect|plan|estimat|latest|valid_from|hire|read_|sync|lock|reset|remember|(?:^|_)due_date$|(?:id|cert|card|licen[cs]e|doc|document|passport|token|password|pwd|car|cc|session|code|insurance_card)_?(?:\w+_)?(?:exp|valid|end|issue)|(?:^|_)last_(?!visit)|gx(?:sj|rq)$|xg(?:sj|rq)$/;
const NO_CLOCK_COMMENT =
  /更新|修改|删除|生日|出生|下次|提醒|预计|计划|应还|应收|期望|期待|预约到|上次|最后(?!就诊)|最近|证件|身份证|驾驶证|期限$/;
const MOMENT = /^date|^time(?!_?zone)/i;
const NUMBER_OR_TEXT = /char|text|int|^$|numeric/i;
const NAMED_MOMENT = /(?:time|date|_at|_on|_dt|_tm|_ts|(?<!\w)day|sj|rq|ctime|created|addtime|expiry|gmt_create|period_to|yxq)$/;
const BOOKED: ReadonlySet<RecordClass> = new Set<RecordClass>(['invoice', 'payment', 'accounting-voucher', 'ledger']);
/** Records whose end date ends what two people agreed; elsewhere an end is a page's or a promotion's. */
const AGREED: ReadonlySet<RecordClass> = new Set<RecordClass>([
  'contract',
  'policy-insurance',
  'account',
  'prepaid-balance',
  'booking',
  'kyc',
  'property-record',
  'any-pi',
  'training',
]);

/** Columns that start statutory clocks, by the words of their names, then by their comments. An insurance policy's end is its own event. */
export function clocksOf(columns: readonly ColumnShape[], recordClass: RecordClass): Partial<Record<StartEvent, string>> {
  const clocks: Partial<Record<StartEvent, string>> = {};
  const moments = columns.filter(isMoment);
  for (const rule of CLOCKS) {
    const event = eventOf(rule, recordClass);
    if (event === null || clocks[event] !== undefined) continue;
    const free = moments.filter((c) => !Object.values(clocks).includes(c.name));
    const best = free.map((c) => [c.name, says(rule, c)] as const).toSorted((x, y) => x[1] - y[1])[0];
    if (best && best[1] !== SILENT) clocks[event] = best[0];
  }
  const booked = clocks['invoice.issued'] ?? clocks['transaction.completed'] ?? clocks['record.created'];
  return BOOKED.has(recordClass) && booked ? { ...clocks, 'fiscal-year.ended': booked } : clocks;
}

function isMoment(column: ColumnShape): boolean {
  const name = plainName(column.name);
  if (NO_CLOCK.test(name) || NO_CLOCK_COMMENT.test(commentHead(column.comment))) return false;
  return (
    MOMENT.test(column.type) || (NUMBER_OR_TEXT.test(column.type) && !/smallint|tinyint/i.test(column.type) && NAMED_MOMENT.test(name))
  );
}

const SILENT = Number.POSITIVE_INFINITY;

/** How plainly a column names the event: the place of its word in the rule, the comment last; SILENT = not at all. */
function says(rule: ClockWords, column: ColumnShape): number {
  const name = plainName(column.name);
  const words = wordsOf(name);
  const places = [...rule.words].flatMap((word, at) =>
    word === name || words.includes(word) || (word.includes('_') && `_${words.join('_')}_`.includes(`_${word}_`)) ? [at] : [],
  );
  if (places.length > 0) return places[0]!;
  return rule.initials.test(name) || rule.comment.test(commentHead(column.comment)) ? rule.words.size : SILENT;
}

function eventOf(rule: ClockWords, recordClass: RecordClass): StartEvent | null {
  if (rule.event === 'contract.ended') {
    if (recordClass === 'policy-insurance') return 'policy.ended';
    return AGREED.has(recordClass) ? 'contract.ended' : null;
  }
  // A contract is signed when it begins; a parcel when it has arrived.
  if (rule.event === 'transaction.completed' && recordClass === 'contract') return null;
  if (rule.event === 'visit.last' && recordClass === 'log') return null;
  return rule.event;
}
