// SPDX-License-Identifier: Apache-2.0
import type { NoticeSubject } from './ports.ts';

export interface Letterhead {
  readonly company: string;
  readonly caseCode: string;
  /** The legal day of the notice, YYYY-MM-DD. */
  readonly legalDay: string;
  /** Last day to object, YYYY-MM-DD. */
  readonly objectUntil: string;
}

const ENDS: readonly (readonly [disposition: string, zh: string, en: string])[] = [
  ['delete', '将删除', 'will be deleted'],
  ['anonymise', '将匿名化', 'will be anonymised'],
  ['archive', '依法归档保存，期满销毁', 'will be archived as the law demands, and destroyed at term'],
  ['transfer', '将转移给承接方', 'will be transferred to the successor'],
  ['handOver', '将移交', 'will be handed over'],
  ['hold', '因未了事项暂不销毁', 'are held because something is not settled'],
  ['gap', '尚待核实，暂不处置', 'await verification and stay for now'],
];

/**
 * The text of a notice: Chinese, English under it (PIPL 17, 44–47; Civil Code 558). Says what becomes of the records, how to object and until when.
 * The only personal data in it is the name.
 */
export function writeMessage(subject: NoticeSubject, head: Letterhead): { readonly title: string; readonly text: string } {
  const zh = ENDS.flatMap(([d, words]) => (subject.outcome[d] ? [`${subject.outcome[d]} 条${words}`] : []));
  const en = ENDS.flatMap(([d, , words]) => (subject.outcome[d] ? [`${subject.outcome[d]} ${words}`] : []));
  const who = subject.name ?? '客户';
  const text = [
    subject.minor ? `${who}的监护人：` : `${who}：`,
    `${head.company}已停止服务并正在清算注销。我们现有与${subject.minor ? '被监护人' : '您'}有关的记录：${zh.join('；')}。`,
    `依据：个人信息保护法第十七条、第四十七条，民法典第五百五十八条。如有异议、更正或查询，请在 ${head.objectUntil} 前回复本通知；收到后相关记录即停止销毁。`,
    `案件编号 ${head.caseCode}，${head.legalDay}。`,
    '',
    subject.minor ? `To the guardian of ${who}:` : `${who}:`,
    `${head.company} has ceased its service and is being wound up. Records about ${subject.minor ? 'the child' : 'you'}: ${en.join('; ')}.`,
    `Basis: PIPL art. 17 and 47; Civil Code art. 558. To object, correct or ask, answer this notice before ${head.objectUntil}; your records are then kept from destruction.`,
    `Case ${head.caseCode}, ${head.legalDay}.`,
  ].join('\n');
  return { title: `${head.company}：客户信息处置告知 / notice on your information`, text };
}

/** `days` after a legal day, YYYY-MM-DD. */
export function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
