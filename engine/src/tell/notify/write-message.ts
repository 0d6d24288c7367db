// SPDX-License-Identifier: Apache-2.0
import type { Disposition } from '../../model/disposition.ts';
import { CLASS_WORDS } from './class-words.ts';
import type { Held, NoticeSubject } from './ports.ts';

export interface Letterhead {
  readonly company: string;
  readonly caseCode: string;
  /** The legal day of the notice, YYYY-MM-DD. */
  readonly legalDay: string;
  /** Last day to object, YYYY-MM-DD. */
  readonly objectUntil: string;
  /** Who reads and answers what comes back; a department and how to reach it. */
  readonly answersBy: readonly [zh: string, en: string];
}

/** What becomes of it, in words; archives name their last day. Excluded records are not about the person as a customer. */
const ENDS: Readonly<Record<Exclude<Disposition, 'archive'>, readonly [zh: string, en: string] | null>> = {
  delete: ['将删除', 'will be deleted'],
  anonymise: ['将匿名化，不再能识别到您', 'will be made anonymous'],
  transfer: ['将转移给承接方', 'will be transferred to the successor'],
  handOver: ['将移交给依法接收的单位', 'will be handed over to the body that the law names'],
  hold: ['因合同或款项尚未了结，暂不销毁', 'are kept for now, because a contract or a sum of money is not settled'],
  gap: ['尚待核实，暂不处置', 'await verification and stay for now'],
  exclude: null,
};

/**
 * The text of a notice: Chinese, English under it (PIPL 17, 44–47; Civil Code 558). Names company and case, what is held by class, what
 * becomes of it and until when, how to object or correct and by which day, who answers. The only personal data in it is the name.
 */
export function writeMessage(subject: NoticeSubject, head: Letterhead): { readonly title: string; readonly text: string } {
  const { minor } = subject;
  const who = subject.name ?? '客户';
  const name = subject.name ?? 'Customer';
  const text = [
    minor ? `${who}的监护人：` : `${who}：`,
    '',
    `${head.company}已停止服务，正在清算注销（案件编号 ${head.caseCode}）。依照个人信息保护法第十七条、第四十七条和民法典第五百五十八条，现将我们持有的${minor ? '被监护人' : '您'}的信息及其去向告知如下。`,
    '',
    '一、我们持有什么，将如何处置',
    ...lines(subject.held, 0),
    '',
    '二、如有异议、更正或查询',
    `请在 ${head.objectUntil} 前（含当日）直接回复本通知，写明“异议”“更正”或您的问题。收到异议或更正请求后，与${minor ? '被监护人' : '您'}有关的全部记录停止销毁，直至处理完毕。`,
    `由谁答复：${head.answersBy[0]}。`,
    '',
    '三、须如实说明',
    '任何人都无法证明别处不存在其他副本。我们能证明的，是清点到了什么、对它做了什么、事后又查看了什么。',
    '',
    head.company,
    head.legalDay,
    '',
    '————————',
    '',
    minor ? `To the guardian of ${name}:` : `${name}:`,
    '',
    `${head.company} has ceased its service and is being wound up (case ${head.caseCode}). Under articles 17 and 47 of the Personal Information Protection Law and article 558 of the Civil Code we tell you what we hold about ${minor ? 'the child' : 'you'} and what becomes of it.`,
    '',
    '1. What we hold and what becomes of it',
    ...lines(subject.held, 1),
    '',
    '2. To object, correct or ask',
    `Reply to this notice by ${head.objectUntil} at the latest and write “objection”, “correction” or your question. Once an objection or a correction is received, all records about ${minor ? 'the child' : 'you'} are kept from destruction until it is settled.`,
    `Who answers: ${head.answersBy[1]}.`,
    '',
    '3. What must be said',
    'Nobody can prove that no other copy exists elsewhere. What we can prove is what was found, what was done to it, and what was seen when it was looked at again.',
    '',
    `${head.company}, ${head.legalDay}`,
  ].join('\n');
  return { title: `${head.company}：客户信息处置告知 / Notice on your information`, text };
}

/** No last day: the law keeps it permanently, and nobody may be told that it will be destroyed. */
function archived(until: string | null, lang: 0 | 1): string {
  if (until === null) return lang === 0 ? '依法归档，永久保存' : 'will be archived and kept permanently, as the law demands';
  return lang === 0 ? `依法归档保存至 ${until}，期满销毁` : `will be archived as the law demands until ${until}, then destroyed`;
}

function lines(held: readonly Held[], lang: 0 | 1): string[] {
  const out = held.flatMap((h) => {
    const words = h.disposition === 'archive' ? archived(h.until, lang) : ENDS[h.disposition]?.[lang];
    if (words === undefined) return [];
    const name = CLASS_WORDS[h.recordClass][lang];
    return [lang === 0 ? `· ${name} ${h.count} 条：${words}` : `- ${name} (${h.count}): ${words}`];
  });
  return out.length > 0 ? out : [lang === 0 ? '· 没有记录' : '- no records'];
}

/** `days` after a legal day, YYYY-MM-DD. */
export function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
