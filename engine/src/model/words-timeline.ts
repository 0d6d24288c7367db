// SPDX-License-Identifier: Apache-2.0
import { CONDITION_ZH } from './terms.ts';
import type { CitedRule, DayName, StepState, TimelineStep } from './timeline.ts';

/** The words of the timeline, for screens, calendars and documents. A new step or day without a word does not compile. */
export interface TimelineWords {
  readonly title: string;
  readonly dueTitle: string;
  readonly annex: string;
  readonly asOf: string;
  readonly due: { readonly year: string; readonly rules: string; readonly records: string; readonly first: string; readonly last: string };
  readonly days: Readonly<Record<DayName, string>>;
  readonly states: Readonly<Record<StepState, string>>;
  readonly checked: Readonly<Record<CitedRule['checked'], string>>;
  readonly columns: {
    readonly state: string;
    readonly step: string;
    readonly earliest: string;
    readonly latest: string;
    readonly owner: string;
    readonly basis: string;
    readonly note: string;
  };
  readonly doneOn: string;
  readonly planned: string;
  readonly late: string;
  readonly early: string;
  readonly over: string;
  readonly before: string;
  readonly moved: string;
  readonly working: string;
  readonly waits: string;
  readonly condition: string;
  readonly noRule: string;
  readonly noWording: string;
  readonly productOrder: string;
  readonly needs: string;
  readonly skipped: string;
  readonly blocks: string;
  readonly article: string;
  readonly unpublished: string;
  readonly counting: string;
  readonly disclaimer: string;
  readonly missing: string;
  readonly unanswered: string;
  readonly none: string;
  readonly comma: string;
  readonly stop: string;
}

export const timelineZh: TimelineWords = {
  title: '注销时间表',
  dueTitle: '归档到期与销毁',
  annex: '附一',
  asOf: '{route}；截至 {day}（方案判断日），其后登记的日期照录。日期以登记的事实为准，缺的已列明。',
  due: { year: '年', rules: '依据', records: '记录', first: '最早销毁日', last: '最晚销毁日' },
  days: {
    dissolution: '解散事由出现日',
    resolution: '合并、分立决议日',
    'service-ceased': '停止服务日（不再服务的第一天）',
    'notice-received': '已知债权人接到通知日（最后一人）',
    'liquidation-ended': '清算结束日',
    'forced-announcement': '登记机关强制注销公告日',
    accepted: '法院受理破产申请日',
    'court-announcement': '法院受理公告日',
    'claims-until': '法院确定的申报截止日',
    'procedure-ended': '破产程序终结日',
    'deregistration-decided': '作出注销决定日',
    'dpo-threshold': '达到一百万人之日',
    'dpo-changed': '个人信息保护负责人信息实质变更日',
    'suspension-filed': '歇业备案日',
    'objections-until': '告知中写明的异议截止日',
    'objection-period': '客户提出异议的期间',
    'closing-notice': '停业公告（场所、网站、网店首页）',
    'closing-notice-online': '终止电子商务公示（首页持续）',
    'prepaid-told': '告知预付式消费者',
    'prepaid-told-local': '告知预付卡消费者（地方规定）',
    'cause-published': '公示解散事由（公示系统）',
    'tax-told': '清算前向税务机关报告',
    'group-formed': '组成清算组',
    'administrator-takes-over': '管理人接管财产、账簿、文书',
    'members-published': '公告清算组成员',
    'creditors-told': '通知已知债权人',
    'plan-approved': '客户信息处置方案获批准',
    announcement: '发布公告',
    'three-years': '吊销、责令关闭、撤销满三年',
    'claims-told': '债权申报期（接到通知者）',
    'claims-announced': '债权申报期（未接到通知者）',
    'announcement-period': '公告期',
    'open-contracts': '未通知即视为解除合同的期间',
    'claims-court': '债权申报期（法院确定）',
    'dpo-filed': '报送个人信息保护负责人信息',
    'dpo-change-filed': '变更报送个人信息保护负责人信息',
    'faces-filing-cancelled': '注销人脸信息备案',
    'sms-signature': '短信签名报备（用短信告知时）',
    'notices-sent': '告知客户',
    'processors-told': '要求受托方返还或删除',
    'successor-told': '告知接收方名称和联系方式',
    'regulator-told': '向省级以上主管部门报告处置方案',
    'holds-released': '解除债权申报期内的保全',
    disposal: '处置客户信息（执行并复核）',
    'handed-over': '向法定机构移交',
    'liquidation-report': '清算报告报确认（附信息处置附件）',
    'tax-cleared': '税务注销、清税证明',
    'deregistration-applied': '申请注销登记',
    deregistered: '注销登记',
    'suspension-period': '歇业最长期限',
    'restoration-window': '可申请恢复登记的期间',
    'further-distribution': '可追加分配的期间',
  },
  states: { done: '完成', due: '可办', overdue: '逾期', ahead: '未到', running: '期间内', waiting: '缺事实' },
  checked: { statute: '已核条文', secondary: '二手来源', unverified: '条号或内容未核实' },
  columns: { state: '状态', step: '事项', earliest: '最早', latest: '最晚', owner: '部门', basis: '依据', note: '说明' },
  doneOn: '{day} 完成',
  planned: '登记为 {day}',
  late: '晚于最后一日',
  early: '早于第一日',
  over: '期间已过',
  before: '须在“{day}”之前',
  moved: '{day} 为休息日，顺延',
  working: '按工作日计',
  waits: '缺：{what}',
  condition: '是否“{name}”',
  noRule: '规则 {id} 的期限读不出',
  noWording: '规则库没有报备的条文与时限，只列先后',
  productOrder: '本产品的次序，无条文',
  needs: '先办：{steps}',
  skipped: '应先办而未办：{steps}',
  blocks: '挡住：{steps}',
  article: '《{law}》{article}',
  unpublished: '{years} 年放假安排没有录入（未公布或未收录），只按周六、周日计休息日',
  counting: '期间计算：{rule}。须在某日之前的，中间隔足整日数，不顺延。',
  disclaimer: '日期由规则库推出，供法务核对，不是法律意见',
  missing: '尚缺的日期（shanhou timeline set 名称=YYYY-MM-DD）',
  unanswered: '尚未回答的条件（shanhou case facts --condition 名称 或 --not-condition 名称）',
  none: '没有事项',
  comma: '、',
  stop: '；',
};

export const timelineEn: TimelineWords = {
  title: 'Timeline of the wind-down',
  dueTitle: 'Archives that become due for destruction',
  annex: 'Annex A',
  asOf: '{route}; as of {day}, the day the plan judges; days entered since are shown. Days follow from facts as entered; what is missing is named.',
  due: { year: 'Year', rules: 'Rules', records: 'Records', first: 'First day', last: 'Last day' },
  days: {
    dissolution: 'cause of dissolution',
    resolution: 'resolution to merge or split',
    'service-ceased': 'service ceased (first day without it)',
    'notice-received': 'last known creditor received notice',
    'liquidation-ended': 'liquidation ended',
    'forced-announcement': 'registry announced the forced striking off',
    accepted: 'court accepted the bankruptcy petition',
    'court-announcement': 'court announced the acceptance',
    'claims-until': 'last day for claims, set by the court',
    'procedure-ended': 'bankruptcy procedure ended',
    'deregistration-decided': 'decision to deregister',
    'dpo-threshold': 'one million persons reached',
    'dpo-changed': 'protection officer data changed materially',
    'suspension-filed': 'suspension filed',
    'objections-until': 'last day to object, as told',
    'objection-period': 'Customers may object',
    'closing-notice': 'Closing notice (premises, site, shop page)',
    'closing-notice-online': 'End of e-commerce shown on the home page',
    'prepaid-told': 'Prepaid customers told',
    'prepaid-told-local': 'Prepaid card holders told (local rule)',
    'cause-published': 'Cause of dissolution published (GSXT)',
    'tax-told': 'Tax authority told before liquidation',
    'group-formed': 'Liquidation group formed',
    'administrator-takes-over': 'Administrator takes over property and books',
    'members-published': 'Members of the group published',
    'creditors-told': 'Known creditors notified',
    'plan-approved': 'Plan for customer information approved',
    announcement: 'Announcement published',
    'three-years': 'Three years after revocation or closure',
    'claims-told': 'Claims window (creditors notified)',
    'claims-announced': 'Claims window (creditors not notified)',
    'announcement-period': 'Announcement period',
    'open-contracts': 'Contracts deemed rescinded if silent',
    'claims-court': 'Claims window (set by the court)',
    'dpo-filed': 'Protection officer filed',
    'dpo-change-filed': 'Change of protection officer filed',
    'faces-filing-cancelled': 'Face data filing cancelled',
    'sms-signature': 'SMS signature filed (if told by SMS)',
    'notices-sent': 'Customers told',
    'processors-told': 'Processors told to return or delete',
    'successor-told': 'Recipient named to the persons',
    'regulator-told': 'Disposal plan reported to the province',
    'holds-released': 'Holds for the claims window released',
    disposal: 'Customer information disposed of and verified',
    'handed-over': 'Handed over to the designated body',
    'liquidation-report': 'Liquidation report confirmed (with data annex)',
    'tax-cleared': 'Tax deregistration and clearance',
    'deregistration-applied': 'Application for deregistration',
    deregistered: 'Deregistration',
    'suspension-period': 'Longest suspension',
    'restoration-window': 'Restoration may be sought',
    'further-distribution': 'Further distribution possible',
  },
  states: { done: 'done', due: 'open', overdue: 'overdue', ahead: 'not yet', running: 'running', waiting: 'fact missing' },
  checked: { statute: 'text read', secondary: 'secondary source', unverified: 'article or content not verified' },
  columns: { state: 'State', step: 'Step', earliest: 'First day', latest: 'Last day', owner: 'Owner', basis: 'Basis', note: 'Remarks' },
  doneOn: 'done {day}',
  planned: 'entered for {day}',
  late: 'after the last day',
  early: 'before the first day',
  over: 'window over',
  before: 'must come before: {day}',
  moved: '{day} is a day off, moved',
  working: 'working days',
  waits: 'missing: {what}',
  condition: 'does "{name}" hold?',
  noRule: 'rule {id} no longer states the length',
  noWording: 'the rule base has no wording on the filing: only the order is given',
  productOrder: "the product's own order, no provision",
  needs: 'needs: {steps}',
  skipped: 'done before: {steps}',
  blocks: 'holds up: {steps}',
  article: '{law}, art. {article}',
  unpublished: 'Holidays of {years} are not in the product (not published, or not entered): only Saturdays and Sundays count as days off',
  counting: 'Counting: {rule}. What must come before a day leaves that many whole days between and is not moved.',
  disclaimer: 'Days follow from the rule base, for counsel to check; this is not legal advice',
  missing: 'Days still missing (shanhou timeline set NAME=YYYY-MM-DD)',
  unanswered: 'Conditions not answered (shanhou case facts --condition NAME or --not-condition NAME)',
  none: 'no steps',
  comma: ', ',
  stop: '; ',
};

export const timelineWords = (lang: 'zh' | 'en'): TimelineWords => (lang === 'en' ? timelineEn : timelineZh);

const fill = (text: string, values: Readonly<Record<string, string>>) =>
  text.replaceAll(/\{(\w+)\}/g, (all, k: string) => values[k] ?? all);

/** `《公司法(2023修订)》235` */
export function cite(rule: CitedRule, lang: 'zh' | 'en'): string {
  const words = timelineWords(lang);
  const article = lang === 'zh' && /^\d[\d,-]*$/.test(rule.article) ? `第${rule.article}条` : rule.article;
  return fill(words.article, { law: lang === 'zh' ? rule.law : rule.lawEn, article });
}

/** `《民法典》第201条（cc-201，已核条文）期间开始当日不计入 …` */
export function basisLine(rule: CitedRule, lang: 'zh' | 'en'): string {
  const checked = timelineWords(lang).checked[rule.checked];
  return lang === 'zh'
    ? `${cite(rule, lang)}（${rule.id}，${checked}）${rule.summaryZh}`
    : `${cite(rule, lang)} (${rule.id}, ${checked}): ${rule.summaryEn}`;
}

/** `important-data|pi-10m` in words. */
export function conditionName(condition: string, lang: 'zh' | 'en'): string {
  const each = condition.split('|').map((one) => (lang === 'zh' ? (CONDITION_ZH[one] ?? one) : one));
  return each.join(lang === 'zh' ? '或者' : ' or ');
}

/** What a person must know of a step beside its days: done or planned, too late, what is missing, what it must precede. */
export function remarks(step: TimelineStep, lang: 'zh' | 'en'): string {
  const w = timelineWords(lang);
  const missing = step.waitsFor.map((what) => {
    if (what.startsWith('condition:')) return fill(w.condition, { name: conditionName(what.slice(10), lang) });
    return what.startsWith('rule:') ? fill(w.noRule, { id: what.slice(5) }) : w.days[what as DayName];
  });
  return [
    ...(step.day === null ? [] : [fill(step.state === 'done' ? w.doneOn : w.planned, { day: step.day })]),
    ...(step.kind === 'window' && step.state === 'done' ? [w.over] : []),
    ...(step.late ? [w.late] : []),
    ...(step.early ? [w.early] : []),
    ...(missing.length > 0 ? [fill(w.waits, { what: missing.join(w.comma) })] : []),
    ...(step.counted === null ? [] : [fill(w.moved, { day: step.counted })]),
    ...(step.unit === 'working' ? [w.working] : []),
    ...(step.before !== null && step.latest === null && step.state !== 'done' ? [fill(w.before, { day: w.days[step.before] })] : []),
    ...(step.noWording ? [w.noWording] : []),
    ...(step.blockedBy.length > 0 && step.kind === 'act'
      ? [fill(step.state === 'done' ? w.skipped : w.needs, { steps: step.blockedBy.map((id) => w.days[id]).join(w.comma) })]
      : []),
  ].join(w.stop);
}
