// SPDX-License-Identifier: Apache-2.0
import type { Rule } from './law.ts';

const UNITS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  Y: ['年', 'years'],
  M: ['个月', 'months'],
  D: ['日', 'days'],
  H: ['小时', 'hours'],
};

/** An ISO 8601 period of a rule in words: 不少于30年, at least 30 years. null for what is no single period. */
export function periodText(period: string | null, bound: Rule['bound'], lang: 'zh' | 'en'): string | null {
  const parts = /^P(?:(\d+)([YMD])|T(\d+)H)$/.exec(period ?? '');
  if (!parts) return null;
  const n = parts[1] ?? parts[3]!;
  const unit = UNITS[parts[2] ?? 'H']!;
  const word = bound === 'ceiling' ? ['最长', 'at most '] : bound === 'floor' ? ['不少于', 'at least '] : ['', ''];
  return lang === 'zh' ? `${word[0]}${n}${unit[0]}` : `${word[1]}${n} ${n === '1' ? unit[1].slice(0, -1) : unit[1]}`;
}
