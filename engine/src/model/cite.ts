// SPDX-License-Identifier: Apache-2.0
import type { Rule } from './law.ts';

/** How lawyers cite a provision, in Chinese and in English, from the `article` of a rule. */

/** `《个人信息保护法》第四十七条第一款第（二）项`; English: `Personal Information Protection Law (PIPL), art. 47(1)(2)`. */
export function citeRule({ law, lawEn, article }: Pick<Rule, 'law' | 'lawEn' | 'article'>, lang: 'zh' | 'en'): string {
  if (lang === 'en') return `${lawEn}${articleEn(article)}`;
  const prefix = PREFIX.exec(article)?.[1] ?? '';
  const [, name, issued] = /^(.*?)\((.*)\)$/.exec(statute(law, prefix)) ?? [null, statute(law, prefix), ''];
  return `《${name}》${issued ? `（${issued}）` : ''}${articleZh(article.slice(prefix.length))}`;
}

/** Which statute is meant where a row names two, told by what stands before the article number (`细则29`). */
const PREFIX = /^(法|条例|细则|规定|私募办法|民爆|易制毒)(?=\d)/;
const TITLES: Readonly<Record<string, string>> = {
  私募办法: '私募投资基金监督管理暂行办法',
  民爆: '民用爆炸物品安全管理条例',
  易制毒: '易制毒化学品管理条例',
};

/** `A / B`, or `税收征收管理法及实施细则`: the one whose title ends with the prefix. */
function statute(law: string, prefix: string): string {
  if (prefix in TITLES) return TITLES[prefix]!;
  const [first, second] = law.includes('及实施') ? law.split('及') : law.split(' / ');
  if (second === undefined || prefix === '') return law;
  const titles = [first!, second.startsWith('实施') ? `${first}${second}` : second];
  return titles.find((title) => title.endsWith(prefix)) ?? law;
}

/** `附录A`, `一`, `6.4` of a standard: no article numbers. */
const ARTICLES = /^\d+(之一|-\d+)?(,\d+(之一|-\d+)?(\(\d+\))?)*((\(\d+\)){1,2})?$/;

function articleZh(article: string): string {
  const [, now, formerly] = /^(.*?) \(原(\d+)\)$/.exec(article) ?? [null, article, undefined];
  if (!ARTICLES.test(now!)) return article;
  const cited = now!.split(',').map(oneZh).join('、');
  return formerly ? `${cited}（原第${inChinese(Number(formerly))}条）` : cited;
}

/** `47(1)(2)`: paragraph and item; `47(2)`: paragraph. `28-30`, `253之一`. */
function oneZh(text: string): string {
  const [, from, also, to, paragraph, item] = /^(\d+)(之一)?(?:-(\d+))?(?:\((\d+)\))?(?:\((\d+)\))?$/.exec(text)!;
  const number = (n: string) => `第${inChinese(Number(n))}条`;
  return [
    number(from!),
    also ?? '',
    to ? `至${number(to)}` : '',
    paragraph ? `第${inChinese(Number(paragraph))}款` : '',
    item ? `第（${inChinese(Number(item))}）项` : '',
  ].join('');
}

function articleEn(article: string): string {
  const [, now, formerly] = /^(.*?) \(原(\d+)\)$/.exec(article) ?? [null, article, undefined];
  const numbers = now!.replace(PREFIX, '');
  if (ARTICLES.test(numbers))
    return `, art. ${numbers.replaceAll(',', ', ').replaceAll('之一', '-1')}${formerly ? ` (formerly ${formerly})` : ''}`;
  const schedule = /^附表(\d*)/.exec(article);
  if (schedule) return `, schedule ${schedule[1]}`.trimEnd();
  return /^[\d.]/.test(article) ? `, ${article.replaceAll('附录', 'annex ')}` : '';
}

const DIGITS = '〇一二三四五六七八九';

/** 1…1999 as articles are numbered: 十、二十一、一百零三、一千二百二十五. */
function inChinese(n: number): string {
  if (n < 10) return DIGITS[n]!;
  if (n < 20) return `十${n % 10 ? DIGITS[n % 10] : ''}`;
  const [unit, word] = n >= 1000 ? [1000, '千'] : n >= 100 ? [100, '百'] : [10, '十'];
  const rest = n % unit;
  const gap = rest > 0 && rest < unit / 10 ? '零' : '';
  const tens = rest >= 10 && rest < 20 ? '一' : '';
  return `${DIGITS[Math.floor(n / unit)]}${word}${rest === 0 ? '' : `${gap}${tens}${inChinese(rest)}`}`;
}
