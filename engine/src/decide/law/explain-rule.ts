// SPDX-License-Identifier: Apache-2.0
import { citeRule } from '../../model/cite.ts';
import type { Rule } from '../../model/law.ts';
import { periodText } from '../../model/period-text.ts';
import { PERIOD_RULE_ZH } from '../../model/period-words.ts';
import { CLASS_ZH, CONDITION_ZH, EVENT_EN, EVENT_ZH, MINIMUM_ZH, SECTOR_ZH } from '../../model/terms.ts';

type Pair = readonly [zh: string, en: string];

/**
 * One provision for a lawyer: citation, level and parents, what it orders, of whom and of which records, from when the period counts, what
 * may stay, whether it may decide, its versions and transition, and where the text was read. Lines of text. `rules` are those it may name.
 */
export function explainRule(rule: Rule, rules: readonly Rule[], lang: 'zh' | 'en'): readonly string[] {
  const zh = lang === 'zh';
  const say = (label: Pair, text: string | null | undefined) => (text ? [`${label[zh ? 0 : 1]}${zh ? '：' : ': '}${text}`] : []);
  const one = ([a, b]: Pair) => (zh ? a : b);
  const list = (words: readonly string[], names: Readonly<Record<string, string>>) =>
    words.map((w) => (zh ? (names[w] ?? w) : w.replaceAll('-', ' '))).join(zh ? '、' : ', ');
  const cite = (id: string) => {
    const other = rules.find((r) => r.id === id);
    return other ? `${citeRule(other, lang)}${zh ? `（${id}）` : ` (${id})`}` : id;
  };
  const conditions = rule.conditions.map((c) => list(c.split('|'), CONDITION_ZH).replaceAll(zh ? '、' : ', ', zh ? '或者' : ' or '));
  return [
    cite(rule.id),
    zh ? rule.summaryZh : rule.summaryEn,
    '',
    ...say(['效力层级', 'Level'], one(LEVELS[rule.level] ?? [rule.level, rule.level])),
    ...say(['上位条款', 'Carries out'], (rule.parent ?? []).map(cite).join(zh ? '；' : '; ')),
    ...say(['性质', 'Orders'], one(EFFECT_TEXT[rule.effect])),
    ...say(['保存依据', 'Ground for keeping'], rule.storageBasis ? one(BASES[rule.storageBasis]) : null),
    ...say(['适用行业', 'Sectors'], list(rule.sectors, SECTOR_ZH)),
    ...say(['适用地区', 'Region'], rule.region),
    ...say(['业务类别', 'Records'], list(rule.recordClasses, CLASS_ZH)),
    ...say(['条件（须同时具备）', 'Conditions (all)'], conditions.join(zh ? '；' : '; ')),
    ...say(['期限', 'Period'], periodOf(rule, lang)),
    ...say(['起算', 'Counted from'], rule.startEvent ? ((zh ? EVENT_ZH : EVENT_EN)[rule.startEvent] ?? rule.startEvent) : null),
    ...say(
      ['起算说明', 'On the start'],
      rule.startStated === false
        ? one(['条文没有写明起算日，取最迟的合理起算日', 'not in the text; the latest day that can reasonably be meant is taken'])
        : null,
    ),
    ...say(['期限说明', 'On the period'], zh ? (PERIOD_RULE_ZH[rule.periodRule ?? ''] ?? rule.periodRule) : rule.periodRule),
    ...say(['应当保存的内容', 'What must be kept'], rule.minimumFields ? list(rule.minimumFields, MINIMUM_ZH) : null),
    ...say(['能否据以处置', 'May it decide'], one(DECIDES[rule.decides])),
    ...say(['施行', 'In force'], `${rule.inForceFrom ?? '?'} — ${rule.inForceTo ?? one(['现行有效', 'today'])}`),
    ...say(['后续版本', 'Later version'], rule.supersededBy ? cite(rule.supersededBy) : null),
    ...say(['先前版本', 'Earlier versions'], (rule.supersedes ?? []).map(cite).join(zh ? '；' : '; ')),
    ...say(['新旧衔接', 'Transition'], zh ? rule.transitionZh : (rule.transitionEn ?? rule.transitionZh)),
    ...say(
      ['衔接有无规定', 'Is the transition settled'],
      rule.transitionSettled === false ? one(['没有规定，须由法务判断', 'no; for counsel']) : null,
    ),
    ...say(['注', 'Note'], zh ? rule.noteZh : (rule.noteEn ?? rule.noteZh)),
    ...say(['文本来源', 'Read in'], sourceText(rule.source, zh)),
  ];
}

function periodOf({ period, startEvent, bound }: Rule, lang: 'zh' | 'en'): string | null {
  if (startEvent === 'permanent') return lang === 'zh' ? '永久' : 'permanently';
  return periodText(period, bound, lang);
}

/** Where the text was read: the words before the colon are a closed list, what follows names the place. */
function sourceText(source: string | null | undefined, zh: boolean): string | null {
  const [, kind, place] = /^(statute|secondary|memory)(?:: ?(.*))?$/.exec(source ?? '') ?? [];
  if (kind === undefined) return source ?? null;
  const [a, b] = SOURCES[kind]!;
  return [zh ? a : b, place].filter(Boolean).join(zh ? '：' : ': ');
}

const SOURCES: Readonly<Record<string, Pair>> = {
  statute: ['已核对法规文本', 'text of the statute'],
  secondary: ['仅核对转载或者二手资料', 'secondary material only'],
  memory: ['未核对', 'not checked'],
};

const LEVELS: Readonly<Record<string, Pair>> = {
  law: ['法律', 'law'],
  'administrative-regulation': ['行政法规', 'administrative regulation'],
  'departmental-rule': ['部门规章', 'departmental rule'],
  'local-regulation': ['地方性法规', 'local regulation'],
  'judicial-interpretation': ['司法解释', 'judicial interpretation'],
  'national-standard': ['国家标准（推荐性）', 'national standard (recommended)'],
  notice: ['规范性文件', 'notice'],
};

const EFFECT_TEXT: Readonly<Record<Rule['effect'], Pair>> = {
  retain: ['保存', 'keep'],
  'delete-by': ['到期删除', 'delete by a day'],
  'delete-on-event': ['出现规定情形即删除', 'delete on an event'],
  'restrict-use': ['限制使用', 'restrict use'],
  notify: ['告知', 'notify'],
  handover: ['移交', 'hand over'],
  'transfer-condition': ['转移的条件', 'condition of a transfer'],
  'consent-condition': ['同意的条件', 'condition of consent'],
  report: ['向主管部门报告', 'report to the authority'],
  audit: ['审计、评估', 'audit or assess'],
  secure: ['安全保护', 'protect'],
  liability: ['责任、时效', 'liability or limitation'],
  definition: ['定义、程序', 'definition or procedure'],
};

const BASES: Readonly<Record<NonNullable<Rule['storageBasis']>, Pair>> = {
  direct: ['法律、行政法规直接规定', 'stated by law or administrative regulation'],
  'direct-no-period': ['法律、行政法规要求保存，条文没有年限', 'ordered by law or administrative regulation, whose text states no period'],
  delegated: ['上位法授权规定', 'delegated by higher law'],
  unanchored: ['没有上位法依据，是否可以保存由法务判断', 'no higher law behind it; counsel decides whether it may keep anything'],
};

const DECIDES: Readonly<Record<Rule['decides'], Pair>> = {
  hard: ['可以直接适用（条文已核对）', 'yes (text read)'],
  confirm: [
    '须经法务确认；确认前可以阻止处置，不能据以删除',
    'not until Legal confirms it; until then it may stop a disposal, never permit one',
  ],
  info: ['不作为处置依据，仅供参考', 'no; for information'],
};
