// SPDX-License-Identifier: Apache-2.0
import { legalDay } from '../../kit/index.ts';
import type { Language, PlanDocument, RuleLine } from './ports.ts';
import { fill, printable } from './words.ts';
import type { Words } from './words-zh.ts';

export const number = (n: number): string => n.toLocaleString('en-US');

/** `orders/public.accounts` as people write it: the schema that every database has by itself is left out. */
export const datasetName = (dataset: string): string => printable(dataset.replace('/public.', '/'));

const TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** An instant in Beijing time: `2026-10-20 09:00:00`. */
export function beijingTime(instant: string): string {
  const at = new Date(instant);
  return `${legalDay(at)} ${TIME.format(at)}`;
}

/** The font's curly quotation marks are as wide as a Chinese character and tear English apart. */
export const latin = (text: string): string => text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"');

export const lawName = ({ rule }: RuleLine, lang: Language): string => (lang === 'zh' ? rule.law : latin(rule.lawEn));

/** `第 47(1)(2) 条`, `art. 47(1)(2)`; an annex keeps its own name. */
export const article = ({ rule }: RuleLine, words: Words): string =>
  /^\d/.test(rule.article) ? fill(words.article, { n: rule.article }) : rule.article;
export const summary = ({ rule }: RuleLine, lang: Language): string => (lang === 'zh' ? rule.summaryZh : latin(rule.summaryEn));

/** The period of a rule in words, with what starts it; empty when the rule states none that can be computed. */
export function period({ rule }: RuleLine, words: Words): string {
  const [, time, n, unit] = /^P(T?)(\d+)([YMDH])$/.exec(rule.period ?? '') ?? [];
  if (rule.startEvent === 'permanent') return words.startEvents.permanent;
  if (n === undefined) return '';
  const length = fill(unit === 'Y' ? words.years : unit === 'D' ? words.days : time === 'T' ? words.hours : words.months, { n });
  const bound = rule.bound === 'floor' ? words.atLeast : rule.bound === 'ceiling' ? words.atMost : words.exactly;
  const event = rule.startEvent === null ? '' : words.startEvents[rule.startEvent];
  return event === '' ? fill(bound, { period: length }) : fill(words.startsAt, { period: fill(bound, { period: length }), event });
}

/** The last day that records are kept; an archive without one is permanent. `none` stands where nothing is kept. */
export function keptUntil({ until, disposition }: { until: string | null; disposition: string }, words: Words, none: string): string {
  return until ?? (disposition === 'archive' ? words.startEvents.permanent : none);
}

/** How far the rule itself was checked: against the statute, against a secondary source, or not. */
export function checked({ rule }: RuleLine, words: Words): string {
  if (rule.verified !== true) return words.checked.unverified;
  return rule.source.startsWith('statute:') ? words.checked.statute : words.checked.secondary;
}

/** What Legal said of the rule in this case, or why nobody had to. */
export function verdict({ rule, verdict: said }: RuleLine, words: Words): string {
  return said === null
    ? words.decides[rule.decides]
    : fill(words.verdicts[said.said], { by: printable(said.by), day: legalDay(new Date(said.at)) });
}

export function stateLine(doc: PlanDocument, words: Words): string {
  return doc.plan.state === 'void'
    ? fill(words.voidBecause, { reason: words.voidReasons[doc.plan.voidReason ?? ''] ?? printable(doc.plan.voidReason ?? '') })
    : words.states[doc.plan.state];
}

/** Who is concerned: customers, minors among them, core customers. */
export function concerned({ subjects }: PlanDocument, words: Words): string {
  if (subjects === null) return words.subjectsGone;
  return fill(words.subjects, { all: number(subjects.all), minors: number(subjects.minors), core: number(subjects.core) });
}

/** Where an open item stands: `orders/accounts.id_card`. */
export function place(item: PlanDocument['openItems'][number]): string {
  return datasetName([item.source, item.dataset].filter(Boolean).join('/')) + (item.field === null ? '' : `.${printable(item.field)}`);
}

/** An item's detail in words as far as it is a known code (`balance+dispute`, a gap's reason, a hazard's kind); names and rule ids as they are. */
export function detail(item: PlanDocument['openItems'][number], words: Words): string {
  const known = { ...words.details, ...words.reasons } as Readonly<Record<string, string>>;
  const [first = '', ...rest] = item.detail.replaceAll(/\bpublic\./g, '').split(' ');
  const parts = first.split('+').map((code) => known[code]);
  return printable([parts.includes(undefined) ? first : parts.join(words.comma), ...rest].join(' '));
}

/** Open items as people work through them: by department, the largest first. */
export function byOwner(doc: PlanDocument): PlanDocument['openItems'] {
  return doc.openItems.toSorted((a, b) => a.owner.localeCompare(b.owner) || b.count - a.count || (place(a) < place(b) ? -1 : 1));
}
