// SPDX-License-Identifier: Apache-2.0
import type { DataMap, DatasetMap, DatasetRole, FieldMap, Link } from '../../model/data-map.ts';
import type { StartEvent } from '../../model/law.ts';
import { wordsEn } from '../../model/words-en.ts';
import { wordsZh } from '../../model/words-zh.ts';
import { CATEGORY_WORDS } from '../../model/category-words.ts';
import { evidenceWord } from './data-map-words.ts';

const ORDER: readonly DatasetRole[] = ['customer', 'staff', 'supplier', 'merchant', 'unknown', 'none'];

/**
 * The data map as one page that needs nothing else: what belongs to whom, what each column holds, why, how sure. Every name comes from
 * somebody's database and is escaped; the page runs no script and loads nothing.
 */
export function dataMapHtml(map: DataMap, lang: 'zh' | 'en'): string {
  const t = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const title = t('数据地图', 'Data map');
  const groups = ORDER.map((role) => ({ role, datasets: map.datasets.filter((d) => d.role === role) })).filter(
    (g) => g.datasets.length > 0,
  );
  const known = new Map(map.datasets.map((d, at) => [d.id, `d${at}`]));
  const counts = [
    [map.datasets.length, t('数据集', 'datasets')],
    [map.datasets.filter((d) => d.role === 'customer').length, t('属于客户', 'of customers')],
    [map.datasets.reduce((n, d) => n + personal(d).length, 0), t('个人信息字段', 'personal fields')],
    [map.datasets.reduce((n, d) => n + sensitive(d).length, 0), t('敏感字段', 'sensitive fields')],
  ] as const;
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1><p class="sums">${counts.map(([n, word]) => `<span><b>${n.toLocaleString('en-US')}</b> ${word}</span>`).join('')}</p>
${groups.map((g) => group(g.role, g.datasets, lang, known)).join('\n')}
</body></html>
`;
}

function group(role: DatasetRole, datasets: readonly DatasetMap[], lang: 'zh' | 'en', known: ReadonlyMap<string, string>): string {
  const word = (lang === 'zh' ? wordsZh : wordsEn).roles[role];
  const shown = datasets.toSorted(
    (a, b) => sensitive(b).length - sensitive(a).length || personal(b).length - personal(a).length || a.id.localeCompare(b.id),
  );
  const body =
    role === 'none' && shown.every((d) => personal(d).length === 0)
      ? `<p class="plain">${shown.map((d) => `<code>${escape(d.id)}</code>`).join(' ')}</p>`
      : shown.map((d) => dataset(d, lang, known)).join('\n');
  return `<section class="${role}"><h2>${word} <small>${datasets.length}</small></h2>\n${body}</section>`;
}

function dataset(d: DatasetMap, lang: 'zh' | 'en', known: ReadonlyMap<string, string>): string {
  const t = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const held = personal(d);
  const rest = d.fields.filter((f) => f.category === null);
  const words = lang === 'zh' ? wordsZh : wordsEn;
  const clocks = Object.entries(d.clocks).map(
    ([event, column]) => `${escape(words.startEvents[event as StartEvent])} ← <code>${escape(column)}</code>`,
  );
  const facts = [
    `${d.rows.toLocaleString('en-US')} ${t('行', 'rows')}`,
    escape(words.recordClasses[d.recordClass]),
    d.subjectKey === null ? '' : `${t('客户键', 'subject key')} <code>${escape(d.subjectKey)}</code>`,
    ...clocks,
  ].filter(Boolean);
  return `<article id="${known.get(d.id)}"><h3><code>${escape(d.id)}</code></h3><p class="facts">${facts.map((f) => `<span>${f}</span>`).join('')}</p>
${held.length > 0 ? `<table><thead><tr><th>${t('字段', 'field')}</th><th>${t('内容', 'holds')}</th><th>${t('把握', 'sure')}</th><th>${t('依据', 'why')}</th></tr></thead><tbody>${held.map((f) => row(f, lang)).join('')}</tbody></table>` : ''}
${d.links.length > 0 ? `<p class="links">${d.links.map((l) => link(l, known, lang)).join('')}</p>` : ''}
<p class="why">${t('依据：', 'Why: ')}${escape(d.evidence.map((e) => evidenceWord(e, lang)).join(' · '))}${d.corrected ? ` · ${t('人工更正：', 'corrected: ')}${escape(d.corrected.join(', '))}` : ''}</p>
${rest.length > 0 ? `<details><summary>${t('其他字段', 'other fields')} ${rest.length}</summary>${rest.map((f) => `<code>${escape(f.name)}</code>`).join(' ')}</details>` : ''}</article>`;
}

function row(f: FieldMap, lang: 'zh' | 'en'): string {
  const word = CATEGORY_WORDS[f.category!][lang === 'zh' ? 0 : 1];
  const mark = f.sensitivity === 'sensitive' ? `<em>${lang === 'zh' ? '敏感' : 'sensitive'}</em>` : '';
  return `<tr><td><code>${escape(f.name)}</code> <small>${escape(f.type)}</small></td><td>${word} ${mark}</td><td><meter min="0" max="1" value="${f.confidence}"></meter> ${Math.round(f.confidence * 100)}%</td><td>${escape(f.evidence.map((e) => evidenceWord(e, lang)).join(' · '))}</td></tr>`;
}

function link(l: Link, known: ReadonlyMap<string, string>, lang: 'zh' | 'en'): string {
  const notes = [
    evidenceWord(l.evidence, lang),
    l.list ? (lang === 'zh' ? '多个值' : 'list') : '',
    l.when ? `${l.when.column} = ${l.when.values.join(', ')}` : '',
    l.owner === false ? (lang === 'zh' ? '不据此合并' : 'joins nobody') : '',
  ].filter(Boolean);
  const to = known.get(l.to);
  const name = `<code>${escape(l.to)}</code>`;
  return `<span><code>${escape(l.columns.join(', '))}</code> → ${to === undefined ? name : `<a href="#${to}">${name}</a>`} <small>${escape(notes.join(' · '))}</small></span>`;
}

const personal = (d: DatasetMap) => d.fields.filter((f) => f.category !== null);
const sensitive = (d: DatasetMap) => d.fields.filter((f) => f.sensitivity === 'sensitive');

/** Names as text of a page: marks of HTML written out, control and direction signs made visible. */
function escape(text: string): string {
  return text
    .replaceAll(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const STYLE = `:root{color-scheme:light dark;--ink:#1c2430;--soft:#495567;--mute:#6a7687;--line:#d8dee8;--hair:#edf0f5;--red:#b3261e;--paper:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e3e8ef;--soft:#b4bfcd;--mute:#8f9bab;--line:#3a4452;--hair:#2a323d;--red:#ff8a80;--paper:#151a21}}
body{font:15px/1.55 system-ui,"Noto Sans SC","Noto Sans CJK SC",sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}
h1{font-size:1.7rem;margin:0 0 .4rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:2px solid var(--line);padding-bottom:.2rem}h2::first-letter,th::first-letter{text-transform:uppercase}h2 small{color:var(--mute);font-weight:400}
h3{font-size:1rem;margin:0}h3 code{font-size:15px;font-weight:600}code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}.sums span{display:inline-block;white-space:nowrap;margin-right:1.6rem}.sums b{font-size:1.3rem}
article{border:1px solid var(--line);border-left-width:4px;border-radius:6px;padding:.7rem .9rem;margin:.7rem 0;break-inside:avoid}.customer article{border-left-color:var(--red)}.staff article{border-left-color:#8a5a00}.supplier article,.merchant article{border-left-color:#1f6f5c}
.facts{margin:.15rem 0;color:var(--soft)}.facts span+span::before{content:" · "}.links span{display:block}.links,.why,details{margin:.35rem 0;color:var(--soft);font-size:.9rem}.plain code{display:inline-block;margin:0 .8rem .2rem 0}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.4rem 0}th,td{text-align:left;padding:.22rem .5rem .22rem 0;border-bottom:1px solid var(--hair);vertical-align:top}th{font-weight:500;color:var(--mute);font-size:.85rem}td small,span small{color:var(--mute)}
th:nth-child(1){width:34%}th:nth-child(2){width:25%}th:nth-child(3){width:14%}td:nth-child(3){white-space:nowrap}meter{width:3.5rem}em{font-style:normal;color:var(--red);border:1px solid;border-radius:3px;padding:0 .3rem;font-size:.8rem;white-space:nowrap}a{color:inherit}
@media (max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}td{border:0;padding:.05rem 0}td:nth-child(3),td:nth-child(4){display:inline-block;color:var(--soft);font-size:.9rem;margin-right:.8rem}tr{border-bottom:1px solid var(--hair);padding:.3rem 0}}
@media print{body{max-width:none;margin:0}details{display:none}}`;
