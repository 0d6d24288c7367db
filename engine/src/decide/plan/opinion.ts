// SPDX-License-Identifier: Apache-2.0
import { citeRule } from '../../model/cite.ts';
import { periodText } from '../../model/period-text.ts';
import { CAUSE_EN, CAUSE_ZH, CLASS_ZH, CONDITION_ZH, DEBT_ZH, EVENT_EN, EVENT_ZH, HOLD_WORDS } from '../../model/terms.ts';
import type { EvaluateInput } from './ask.ts';
import { startOf } from './clock.ts';
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
  const say: Say = (a, b) => (zh ? a : b);
  const considered = duties(input).map(
    (d) => `- ${citeRule(d.rule, lang)}${say(`（${d.rule.id}）：`, ` (${d.rule.id}): `)}${cameTo(d, input, found, say)}`,
  );
  const child = input.record.minor === true || input.facts.conditions.includes('under-14');
  return [
    ...facts(input, say),
    ...(considered.length > 0
      ? [say('考虑过的保存期限规定：', 'Rules on keeping that were considered:'), ...considered]
      : [
          say(
            '按本案已知事实，没有适用于这类记录的保存期限规定。',
            'On the facts of the case no rule on keeping applies to such a record.',
          ),
        ]),
    explain(found, input.facts, input.rules, lang),
    ...(found.disposition === 'archive'
      ? [
          say(
            '期限届满前，除存储和采取必要的安全保护措施外，停止其他处理（《个人信息保护法》第四十七条第二款）。',
            'Until then no processing other than storage and the protection it needs (PIPL, art. 47(2)).',
          ),
        ]
      : []),
    ...(fieldsGone.length > 0
      ? [
          `${say('超出保存所需、不予保存的字段：', 'Fields beyond what must be kept, which are not kept: ')}${fieldsGone.join(say('、', ', '))}`,
        ]
      : []),
    ...(child
      ? [
          say(
            '当事人不满十四周岁：须同时告知其监护人（《个人信息保护法》第三十一条；《儿童个人信息网络保护规定》第二十三条，条文待核对）。',
            'The person is under 14: the guardian must be told as well (PIPL, art. 31).',
          ),
        ]
      : []),
  ];
}

type Say = (zh: string, en: string) => string;

function facts({ record, standing, facts: f, holds }: EvaluateInput, say: Say): readonly string[] {
  const dates = Object.entries(record.dates).filter(([, day]) => day);
  const named = (event: string) => say(EVENT_ZH[event] ?? event, EVENT_EN[event] ?? event);
  const colon = say('：', ': ');
  return [
    `${say('业务类别', 'Kind of record')}${colon}${say(CLASS_ZH[record.class] ?? record.class, record.class.replaceAll('-', ' '))}`,
    dates.length > 0
      ? `${say('日期', 'Dates')}${colon}${dates.map(([event, day]) => `${named(event)} ${day}`).join(say('，', ', '))}`
      : say('日期：没有可以采用的日期', 'Dates: none that can be used'),
    `${say('合同状态', 'Contract')}${colon}${contract(standing, say)}`,
    ...(f.dissolution ? [`${say('解散事由出现日', 'Cause of dissolution arose on')}${colon}${f.dissolution}`] : []),
    ...(holds.length > 0
      ? [`${say('保全与请求', 'Holds and requests')}${colon}${holds.map((h) => held(h, say)).join(say('；', '; '))}`]
      : []),
  ];
}

function contract(standing: EvaluateInput['standing'], say: Say): string {
  if (standing === null) return say('未关联到客户', 'not linked to a customer');
  const { ended, cause, endedOn, owed } = standing;
  if (cause === 'none')
    return say(
      `各系统没有合同记载，自停止服务${endedOn ? `（${endedOn}）` : ''}时视为终止`,
      `no system knows of one; taken as ended when the service ceased${endedOn ? ` (${endedOn})` : ''}`,
    );
  const says =
    ended === null ? say('是否终止不明', 'whether it ended is not known') : ended ? say('已终止', 'ended') : say('未终止', 'not ended');
  const why = [say(CAUSE_ZH[cause] ?? cause, CAUSE_EN[cause] ?? cause), endedOn].filter(Boolean).join(say('，', ', '));
  return [
    `${says}${say(`（${why}）`, ` (${why})`)}`,
    owed.length > 0 ? `${say('未了结：', 'owed: ')}${owed.map((o) => debt(o, say)).join(say('、', ', '))}` : '',
  ]
    .filter(Boolean)
    .join(say('；', '; '));
}

/** `prepaid CNY 360.00` in the words of the language. */
function debt(code: string, say: Say): string {
  const [kind = '', ...rest] = code.split(' ');
  return say([(DEBT_ZH as Record<string, string>)[kind] ?? kind, ...rest].join(' '), code);
}

function held({ kind, approved, until }: EvaluateInput['holds'][number], say: Say): string {
  const [zh, en] = HOLD_WORDS[kind] ?? [kind, kind];
  const more = [
    kind.startsWith('request-') || approved ? '' : say('未经批准', 'not approved'),
    until ? say(`至${until}`, `until ${until}`) : '',
  ]
    .filter(Boolean)
    .join(say('，', ', '));
  return `${say(zh, en)}${more && say(`（${more}）`, ` (${more})`)}`;
}

/** What one rule came to in this record, in a few words. */
function cameTo(d: Duty, input: EvaluateInput, found: Evaluation, say: Say): string {
  const until = untilOf(d, input);
  return [asks(d, input, until, say), verdict(d, until, input, found, say)].filter(Boolean).join(say('；', '; '));
}

function asks(d: Duty, { record, facts: f }: EvaluateInput, until: string | null, say: Say): string {
  if (d.kind === 'permanent') return say('永久保存', 'to be kept permanently');
  if (d.kind === 'silent') return say('要求保存，期限由其他规定确定', 'requires keeping; the period stands in other rules');
  if (d.kind === 'matter') return say('未了结前不得销毁', 'not to be destroyed before the matter is settled');
  if (d.kind === 'appraisal')
    return say('旧规定的期限在新规定施行前已届满，须经鉴定', 'the earlier period was over before the new rule; needs appraisal');
  if (d.clock === null) return say('要求保存，没有可以计算的期限', 'requires keeping; no period that can be counted');
  const { start, period, yearEnd, orLater } = d.clock;
  const [zh, en] = [EVENT_ZH[start] ?? start, EVENT_EN[start] ?? start];
  const long = (lang: Language) => periodText(period, d.rule.bound, lang) ?? period;
  if (until === null)
    return say(
      `${long('zh')}，自${zh}起算，该日期缺失或者无法采用`,
      `${long('en')} from the ${en}, a day that is missing or cannot be used`,
    );
  const day = startOf(start, record.dates, f);
  const from = yearEnd ? say(`当年年末`, ', counted from the end of that year,') : '';
  const later = orLater ? say('，两种算法取较晚者', ', or by a second count that ends later') : '';
  return say(
    `${long('zh')}，自${zh}（${day}）${from}次日起算${later}，至${until}届满`,
    `${long('en')} from the day after the ${en} (${day})${from}${later}: until ${until}`,
  );
}

function verdict(d: Duty, until: string | null, { facts: f }: EvaluateInput, found: Evaluation, say: Say): string {
  if (d.applies === null) {
    const open = d.rule.conditions.flatMap((c) => c.split('|')).filter((c) => !f.conditions.includes(c));
    return say(
      `适用条件是否具备尚未查明（${open.map((c) => CONDITION_ZH[c] ?? c).join('、')}）`,
      `whether a condition is met is not known (${open.map((c) => c.replaceAll('-', ' ')).join(', ')})`,
    );
  }
  if (d.unsettled) return say('新旧规定如何衔接没有规定，待法务确认', 'no text settles the transition; awaits Legal');
  if (!d.firm) return say('尚待法务确认：可以阻止处置，不能据以删除', 'awaits Legal: may stop a disposal, never permit one');
  if (found.rules[0] === d.rule.id) return say('据此确定', 'this one decides');
  if (until !== null && until < f.today) return say('期限已届满', 'over');
  if (until !== null && found.until !== null && until <= found.until)
    return say('不长于所适用的期限，从长保存', 'no longer than the one applied; the longest counts');
  return '';
}
