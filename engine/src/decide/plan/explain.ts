// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import { citeRule } from '../../model/cite.ts';
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
  const why = (TOLD_APART[`${decision.disposition} ${decision.reason}`] ?? REASON_TEXT[decision.reason])[lang === 'zh' ? 0 : 1];
  const end = endOf(decision, lang);
  if (lang === 'zh')
    return [`处置：${end}。`, `理由：${why}。`, cited.length > 0 ? `依据：${cited.join('；')}。` : '', `判断基准日：${facts.today}。`].join(
      '',
    );
  return [`Disposition: ${end}.`, `Reason: ${why}.`, cited.length > 0 ? `Basis: ${cited.join('; ')}.` : '', `Judged as of ${facts.today}.`]
    .filter(Boolean)
    .join(' ');
}

function endOf({ disposition, reason, until }: Omit<Decision, 'index'>, lang: Language): string {
  const zh = lang === 'zh';
  if (disposition === 'archive') {
    if (until === null) return zh ? '封存，永久保存' : 'archive and keep permanently';
    return zh
      ? `封存，保存至${until}（含当日），次日起销毁`
      : `archive and keep until ${until} inclusive, to be destroyed from the day after`;
  }
  if (disposition === 'handOver' && reason === 'processor-return') return zh ? '返还委托方' : 'return to the principal';
  if (disposition === 'hold' && reason === 'hold-approved') {
    const last = until === null ? '' : zh ? `，至${until}（含当日）` : ` until ${until} inclusive`;
    return `${zh ? '保全，不得销毁' : 'preserve, not to be destroyed'}${last}`;
  }
  return ENDS[disposition][zh ? 0 : 1];
}

function cite(id: string, rule: Rule | undefined, lang: Language): string {
  if (rule === undefined) return id;
  const { inForceFrom: since } = rule;
  return lang === 'zh'
    ? `${citeRule(rule, lang)}${since ? `（${since}起施行）` : ''}：${rule.summaryZh}`
    : `${citeRule(rule, lang)}${since ? ` (in force from ${since})` : ''}: ${rule.summaryEn}`;
}

const ENDS: Readonly<Record<Exclude<Disposition, 'archive'>, readonly [zh: string, en: string]>> = {
  delete: ['删除', 'delete'],
  anonymise: ['匿名化', 'anonymise'],
  transfer: ['转移给承接方', 'transfer to the successor'],
  handOver: ['移交法律规定的接收方', 'hand over to whom the law names'],
  hold: ['暂停处置，不得销毁', 'no disposal for now; not to be destroyed'],
  exclude: ['不属于处置范围', 'outside the scope'],
  gap: ['尚不能确定，停止处置，待有关部门确认', 'cannot yet be decided; no disposal until the department concerned has answered'],
};

/** Reasons that mean one thing when the record may go on and another when it may not. */
const TOLD_APART: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'transfer successor': [
    '转移给承接方，已告知接收方的名称和联系方式',
    'passed on to the successor, whose name and contact the person has been told',
  ],
  'gap processor-return': [
    '委托处理已终止，委托方尚未指示返还或者删除',
    'entrusted processing has ended; the principal has not said whether to return or delete',
  ],
};

const REASON_TEXT: Readonly<Record<Reason, readonly [zh: string, en: string]>> = {
  'service-ceased': ['已停止提供产品或者服务', 'the product or service has ceased'],
  'purpose-ended': ['处理目的已实现', 'the purpose of processing is achieved'],
  'retention-expired': ['保存期限已届满', 'the retention period has expired'],
  'retention-running': ['保存期限未届满', 'the period for which it must be kept is running'],
  'anonymise-chosen': ['记录仍须使用，其中的个人信息予以匿名化', 'the row is still needed, without its personal information'],
  'hold-approved': ['经批准的保全', 'a legal hold that was approved'],
  'hold-not-approved': [
    '保全尚未经批准；诉讼时效期间不是法定保存期限',
    'a hold that nobody approved; limitation is not a statutory retention period',
  ],
  objection: ['本人提出异议', 'the person concerned objects'],
  'obligation-owed': ['尚有债权债务未了结', 'something is still owed'],
  'contract-running': ['合同尚未终止', 'the contract has not ended'],
  'standing-conflict': ['各系统对合同状态的记载相互矛盾', 'systems contradict each other about the contract'],
  'standing-unknown': ['合同是否终止不明', 'whether the contract has ended is not known'],
  'start-date-missing': ['起算日缺失或者无法采用，保存期限无法起算', 'the day from which the period counts is missing or cannot be used'],
  'rule-unconfirmed': ['可能要求继续保存的规定尚待法务确认', 'a rule that may require keeping has not been confirmed by Legal'],
  'condition-unknown': ['规定的适用条件是否具备尚未查明', 'whether a condition of the rule is met is not known'],
  'no-period': ['法律要求保存，但没有可以计算的期限', 'the law requires keeping but states no period that can be counted'],
  successor: [
    '转移前须告知接收方的名称和联系方式；变更处理目的的，须重新取得同意；尚未具备',
    'the person must be told the recipient’s name and contact, and consent anew if the purpose changes; not all is done',
  ],
  'processor-return': [
    '委托处理已终止，按委托方的指示返还或者删除，不得保留',
    'entrusted processing has ended; return or delete as the principal instructs',
  ],
  'not-a-customer': ['非客户记录', 'not a record of a customer'],
  'no-personal-information': ['不含个人信息且无保存义务', 'no personal information and no duty to keep'],
  'guardian-notice': ['须告知监护人', 'the guardian must be told'],
  unlinked: ['未能与任何客户关联', 'linked to no customer'],
  'no-rule': ['数据地图未覆盖', 'not covered by the data map'],
  drifted: ['方案确定后记录已变化', 'the record changed after it was planned'],
  vanished: ['记录已不在数据源', 'the record is no longer in the source'],
  blocked: ['数据源拒绝处置', 'the source refused'],
  unreadable: ['无法读取', 'unreadable'],
  unverified: ['线下存放尚未核验', 'an offline store has not been verified yet'],
  'report-pending': ['处置前须先向主管部门报告处置方案', 'the plan of disposal must first be reported to the competent authority'],
  'handover-duty': ['法律规定解散或者终止时移交', 'the law orders a hand-over when the company or the contract ends'],
  'appraisal-missing': ['档案期满后须经鉴定方可销毁，尚未鉴定', 'archives may be destroyed only after appraisal, which has not been made'],
  'ceiling-running': ['保存期限为上限，尚未届满；届满即应删除', 'the period is a maximum and still runs; deletion must follow at its end'],
  'matter-open': ['事项尚未了结，了结前不得销毁', 'the matter is not settled; nothing may be destroyed before it is'],
  'transition-unsettled': [
    '新旧规定的期限不同，如何衔接没有规定，待法务确认',
    'old and new law differ and no text settles the transition; awaits Legal',
  ],
  'request-open': ['个人的查阅复制等请求尚未答复', 'a request for access has not been answered'],
  'consent-missing': ['向他人提供须取得单独同意，尚未取得', 'passing on needs separate consent, which is missing'],
};
