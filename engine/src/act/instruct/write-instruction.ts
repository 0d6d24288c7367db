// SPDX-License-Identifier: Apache-2.0
import type { OfflineAction, OfflineForm } from '../../model/offline.ts';

export interface InstructionHead {
  readonly company: string;
  readonly caseCode: string;
  readonly store: string;
  /** The legal day of the letter, YYYY-MM-DD. */
  readonly day: string;
  readonly planDigest: string;
  /** Statutes that decided: law and article, ready to read. */
  readonly basis: readonly string[];
  /** Last day the things must be kept; only for `keep-until`, and null there when they are kept permanently. */
  readonly until: string | null;
}

const ASKED: Readonly<Record<OfflineAction, readonly [zh: string, en: string]>> = {
  destroy: [
    '全部销毁，使内容不能恢复（纸张粉碎或焚毁，电子介质擦除并核验）',
    'destroy all of it beyond recovery (shred or burn paper; erase media and check)',
  ],
  'keep-until': [
    '封存并交保管人，按下列期限保管，期满后销毁',
    'seal it, hand it to the custodian, and keep it for the time below; after that it is destroyed',
  ],
  'return-or-delete': [
    '返还或者删除我方委托处理的全部个人信息，不得保留（个人信息保护法第二十一条）',
    'return or delete all personal information processed on our behalf and keep none (PIPL art. 21)',
  ],
};

/**
 * The instruction to whoever holds an offline store: Chinese, English under it. Says what, how many, what to do, why, and what to send back:
 * a signed document with the number, the method, the day and who was present (监销).
 */
export function writeInstruction(form: OfflineForm, action: OfflineAction, head: InstructionHead): string {
  const [zh, en] = ASKED[action];
  const { until } = head;
  const forever = action === 'keep-until' && until === null;
  return [
    `# 处置指令 Instruction · ${head.caseCode} · ${head.store}`,
    '',
    `${head.company}　${head.day}　方案摘要 plan digest ${head.planDigest}`,
    '',
    `存放：${form.place}；${form.about}；共 ${form.units} ${form.unit}。`,
    `要求：${zh}。`,
    ...(until ? [`保管至：${until}（含当日，按北京时间）。`] : forever ? ['保管期限：永久，不得销毁。'] : []),
    `依据：${head.basis.join('；') || '已批准的处置方案'}。`,
    '回复：请交回盖章或签字的确认文件，写明数量、方式、日期、经办人与监销人。数量不足的，写明余下的在何处。未交回确认的，本案不会显示为完成。',
    '',
    `Where: ${form.place}; ${form.about}; ${form.units} in all.`,
    `Asked: ${en}.`,
    ...(until ? [`Keep until: ${until} (that day included, Beijing time).`] : forever ? ['Keep permanently; not to be destroyed.'] : []),
    'Answer: a signed document with number, method, day, who did it and who watched. Where some are missing, say where they are.',
    '',
  ].join('\n');
}
