// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { Decision, Disposition, Reason } from '../../model/disposition.ts';
import type { Rule } from '../../model/law.ts';

export type Language = 'zh' | 'en';

/**
 * One decision in a few sentences for a lawyer: what becomes of the record, why, by which provision (in force since), on what day judged.
 * Holds no personal data. A rule id that `rules` does not know is printed as it is.
 */
export function explain(decision: Omit<Decision, 'index'>, facts: CaseFacts, rules: readonly Rule[], lang: Language): string {
  const cited = decision.rules.map((id) =>
    cite(
      id,
      rules.find((r) => r.id === id),
      lang,
    ),
  );
  const [end, why] =
    lang === 'zh'
      ? [ENDS[decision.disposition][0], REASON_TEXT[decision.reason][0]]
      : [ENDS[decision.disposition][1], REASON_TEXT[decision.reason][1]];
  if (lang === 'zh') {
    const until = decision.until ? `，保存至${decision.until}（含当日），次日起销毁` : '';
    return [
      `处置：${end}${until}。`,
      `理由：${why}。`,
      cited.length > 0 ? `依据：${cited.join('；')}。` : '',
      `判断日：${facts.today}。`,
    ].join('');
  }
  const until = decision.until ? ` until ${decision.until} inclusive, to be destroyed from the day after` : '';
  return [
    `Disposition: ${end}${until}.`,
    `Reason: ${why}.`,
    cited.length > 0 ? `Basis: ${cited.join('; ')}.` : '',
    `Judged on ${facts.today}.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function cite(id: string, rule: Rule | undefined, lang: Language): string {
  if (rule === undefined) return id;
  return lang === 'zh'
    ? `《${rule.law}》${rule.article}${rule.inForceFrom ? `（${rule.inForceFrom}起施行）` : ''}：${rule.summaryZh}`
    : `${rule.lawEn}, art. ${rule.article}${rule.inForceFrom ? ` (in force from ${rule.inForceFrom})` : ''}: ${rule.summaryEn}`;
}

const ENDS: Readonly<Record<Disposition, readonly [zh: string, en: string]>> = {
  delete: ['删除', 'delete'],
  anonymise: ['匿名化', 'anonymise'],
  archive: ['封存归档', 'archive'],
  transfer: ['转移给承接方', 'transfer to the successor'],
  handOver: ['返还委托方', 'hand over to the principal'],
  hold: ['保全，不得销毁', 'hold, not to be destroyed'],
  exclude: ['不属处置范围', 'outside the scope'],
  gap: ['无法判断，停止处置，待有关部门确定', 'cannot tell; the record waits for the department concerned'],
};

const REASON_TEXT: Readonly<Record<Reason, readonly [zh: string, en: string]>> = {
  'service-ceased': ['已停止提供产品或者服务', 'the product or service has ceased'],
  'purpose-ended': ['处理目的已实现', 'the purpose of processing is achieved'],
  'retention-expired': ['保存期限已届满', 'the retention period has expired'],
  'retention-running': ['法定保存期限未届满，仅限存储和必要安全保护', 'a statutory period is running; storage and security only'],
  'anonymise-chosen': ['记录须保留结构，个人信息予以匿名化', 'the row must survive without its personal information'],
  'hold-approved': ['已批准的法律保全', 'an approved legal hold'],
  'hold-not-approved': [
    '保全尚未批准；诉讼时效不是法定保存期限',
    'a hold that nobody approved; limitation is not a statutory retention period',
  ],
  objection: ['本人提出异议', 'the person concerned objects'],
  'obligation-owed': ['尚有未结清的义务', 'an obligation is still owed'],
  'contract-running': ['合同尚未终止', 'the contract has not ended'],
  'standing-conflict': ['各系统对合同状态的记载相互矛盾', 'systems contradict each other about the contract'],
  'standing-unknown': ['合同状态不明', 'the standing of the contract is unknown'],
  'start-date-missing': ['起算日缺失或者不可用，无法起算', 'the day that starts the period is missing or unusable'],
  'rule-unconfirmed': ['可能要求继续保存的规则尚待法务确认', 'a rule that may require keeping awaits Legal'],
  'condition-unknown': ['规则的适用条件尚未查明', 'whether a condition of the rule holds is not known'],
  'no-period': ['法律要求保存但未定可计算的期限', 'the law requires keeping but states no computable period'],
  successor: ['由承接方承接；须已告知其名称和联系方式且目的不变', 'taken over by a successor; needs notice and an unchanged purpose'],
  'processor-return': [
    '受托处理终止，按委托方指示返还或者删除',
    'entrusted processing has ended; return or delete as the principal instructs',
  ],
  'not-a-customer': ['非客户记录', 'not a record of a customer'],
  'no-personal-information': ['不含个人信息且无保存义务', 'no personal information and no duty to keep'],
  'guardian-notice': ['须告知监护人', 'the guardian must be told'],
  unlinked: ['未能与任何客户关联', 'linked to no subject'],
  'no-rule': ['数据地图未覆盖', 'not covered by the data map'],
  drifted: ['方案确定后记录已变化', 'the record changed after it was planned'],
  vanished: ['记录已不在数据源', 'the record is no longer in the source'],
  blocked: ['数据源拒绝处置', 'the source refused'],
  unreadable: ['无法读取', 'unreadable'],
  unverified: ['线下存放尚未核验', 'an offline store has not been verified yet'],
  'report-pending': ['处置前须先向主管部门报告处置方案', 'the plan of disposal must first be reported to the authority'],
  'handover-duty': ['法律规定解散或者终止时移交', 'the law orders a hand-over when the company or the contract ends'],
  'appraisal-missing': ['档案期满后须经鉴定方可销毁，尚未鉴定', 'archives may be destroyed only after appraisal, which has not been made'],
  'ceiling-running': ['保存期限为上限，尚未届满；期满即删', 'the period is a maximum and still runs; deletion follows at its end'],
  'matter-open': ['事项尚未了结，了结前不得销毁', 'the matter is not settled; nothing may be destroyed before it is'],
  'transition-unsettled': [
    '新旧法律期限不同，衔接未定，待法务确认',
    'old and new law differ and no text settles the transition; awaits Legal',
  ],
  'request-open': ['个人的查阅复制等请求尚未答复', 'a request for access has not been answered'],
  'consent-missing': ['向他人提供须取得单独同意，尚未取得', 'passing on needs separate consent, which is missing'],
};
