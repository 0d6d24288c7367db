// SPDX-License-Identifier: Apache-2.0
import type { Rule } from '../../model/law.ts';
import { CAUSE_ZH, CLASS_ZH, CONDITION_ZH, DEBT_ZH, EVENT_ZH } from '../../model/terms.ts';
import type { EvaluateInput } from './ask.ts';
import type { Duty } from './duties.ts';
import type { Evaluation } from './evaluate.ts';
import { type Language, explain } from './explain.ts';
import { duties, untilOf } from './record-duties.ts';

/**
 * A decision as a lawyer writes it: the facts, the rules considered and what each came to, the conclusion and why, until when, which
 * fields go. Lines of text without personal data. `fieldsGone` = names of fields that do not stay.
 */
export function opinion(input: EvaluateInput, found: Evaluation, fieldsGone: readonly string[], lang: Language): readonly string[] {
  const zh = lang === 'zh';
  const considered = duties(input).map((d) => `- ${cite(d.rule, zh)}${zh ? '：' : ': '}${cameTo(d, input, found, zh)}`);
  return [
    ...facts(input, zh),
    ...(considered.length > 0
      ? [zh ? '考虑过的保存与期限规则：' : 'Rules on keeping that were considered:', ...considered]
      : [zh ? '没有规则要求保存这类记录。' : 'No rule asks for such a record to be kept.']),
    explain(found, input.facts, input.rules, lang),
    ...(found.disposition === 'archive'
      ? [
          zh
            ? '期满前仅限存储和必要的安全保护，不得用于业务（个人信息保护法47条二款）。'
            : 'Until then only storage and protection; no use in business (PIPL art. 47 ¶2).',
        ]
      : []),
    ...(fieldsGone.length > 0
      ? [`${zh ? '超出保存所需、不随记录保存的字段：' : 'Fields beyond what must be kept, which go: '}${fieldsGone.join(zh ? '、' : ', ')}`]
      : []),
    ...(input.record.minor === true || input.facts.conditions.includes('under-14')
      ? [
          zh
            ? '当事人未满十四周岁：应同时告知其监护人（儿童个人信息网络保护规定23条，待核对）。'
            : 'The person is under 14: the guardian must be told as well.',
        ]
      : []),
  ];
}

function facts({ record, standing, facts: f, holds }: EvaluateInput, zh: boolean): readonly string[] {
  const dates = Object.entries(record.dates).filter(([, day]) => day);
  const ended = standing === null ? null : standing.ended;
  const says = ended === null ? (zh ? '不明' : 'cannot be told') : ended ? (zh ? '已终止' : 'ended') : zh ? '未终止' : 'not ended';
  const cause =
    standing === null ? (zh ? '未关联到客户' : 'no subject') : zh ? (CAUSE_ZH[standing.cause] ?? standing.cause) : standing.cause;
  const since = standing?.endedOn ? `，${standing.endedOn}` : '';
  const owed =
    standing && standing.owed.length > 0
      ? `${zh ? '；尚欠 ' : '; owed: '}${standing.owed.map((o) => debtText(o, zh)).join(zh ? '、' : ', ')}`
      : '';
  return [
    `${zh ? '业务类别' : 'Record class'}${zh ? '：' : ': '}${zh ? (CLASS_ZH[record.class] ?? record.class) : record.class}`,
    ...(dates.length > 0
      ? [`${zh ? '日期：' : 'Dates: '}${dates.map(([e, day]) => `${zh ? (EVENT_ZH[e] ?? e) : e} ${day}`).join(zh ? '，' : ', ')}`]
      : [zh ? '日期：没有可用的日期' : 'Dates: none that can be used']),
    `${zh ? '合同' : 'Contract'}${zh ? '：' : ': '}${says}（${cause}${since}）${owed}`,
    ...(f.dissolution ? [`${zh ? '解散事由出现日' : 'Cause of dissolution'}${zh ? '：' : ': '}${f.dissolution}`] : []),
    ...(holds.length > 0 ? [`${zh ? '保全与请求' : 'Holds and requests'}${zh ? '：' : ': '}${holds.map((h) => h.kind).join(', ')}`] : []),
  ];
}

/** `prepaid CNY 360.00` in the words of the language. */
function debtText(code: string, zh: boolean): string {
  const [kind = '', ...rest] = code.split(' ');
  return zh ? [(DEBT_ZH as Record<string, string>)[kind] ?? kind, ...rest].join(' ') : code;
}

/** What one rule came to in this record, in a few words. */
function cameTo(d: Duty, input: EvaluateInput, found: Evaluation, zh: boolean): string {
  const until = untilOf(d, input);
  const won = found.rules[0] === d.rule.id;
  const start = d.clock ? (zh ? (EVENT_ZH[d.clock.start] ?? d.clock.start) : d.clock.start) : '';
  const say = (a: string, b: string) => (zh ? a : b);
  const counted =
    d.kind === 'permanent'
      ? say('永久保存', 'for ever')
      : d.kind === 'silent'
        ? say('要求保存，年限由其他规定确定', 'orders keeping; the period stands elsewhere')
        : d.clock === null
          ? say('没有可以计算的期限', 'no period that can be computed')
          : until === null
            ? say(`自“${start}”起算，该日期缺失或者不可用`, `counted from ${start}, which is missing or unusable`)
            : say(`自“${start}”起算，至${until}`, `counted from ${start}, until ${until}`);
  return [counted, verdict(d, until, input, found, won, say)].filter(Boolean).join(say('；', '; '));
}

function verdict(
  d: Duty,
  until: string | null,
  { facts: f }: EvaluateInput,
  found: Evaluation,
  won: boolean,
  say: (zh: string, en: string) => string,
): string {
  if (d.applies === null)
    return say(`适用条件未查明（${conditionsZh(d.rule, f.conditions)}）`, `a condition is not known (${d.rule.conditions.join(', ')})`);
  if (d.unsettled) return say('新旧法律衔接未定，待法务确认', 'transition not settled; awaits Legal');
  if (!d.firm) return say('尚待法务确认，可以阻止处置，不能据以删除', 'awaits Legal; may stop a disposal, never permit one');
  if (won) return say('据此裁决', 'this one decides');
  if (until !== null && until < f.today) return say('期限已届满', 'over');
  if (until !== null && found.until !== null && until <= found.until)
    return say('短于所采用的期限，从长保存', 'shorter than the one taken; the longest counts');
  return '';
}

function conditionsZh(rule: Rule, known: readonly string[]): string {
  return rule.conditions
    .flatMap((c) => c.split('|'))
    .filter((c) => !known.includes(c))
    .map((c) => CONDITION_ZH[c] ?? c)
    .join('、');
}

function cite(rule: Rule, zh: boolean): string {
  return `${zh ? `《${rule.law}》${rule.article}` : `${rule.lawEn}, art. ${rule.article}`}（${rule.id}）`;
}
