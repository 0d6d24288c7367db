// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from '@shanhou/engine/api';
import { type Lang, words } from './words.ts';

const STYLE = `
:root{color-scheme:light dark;--line:#8885;--mute:#777}
body{font:16px/1.6 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;margin:0 auto;max-width:70rem;padding:1.5rem 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
p{margin:.25rem 0}.mute{color:var(--mute)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{padding:.35rem .6rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums}
ol{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:0}
code{overflow-wrap:anywhere;font-size:.85em}
@media print{body{max-width:none;padding:0}.wide{overflow:visible}h2{break-after:avoid}tr{break-inside:avoid}}`;

/** One static HTML page about a case, for print and phone: no script, nothing from outside. Every text is escaped. */
export function renderCasePage(s: CaseSummary, lang: Lang): string {
  const w = words[lang];
  const used = (Object.keys(w.ends) as (keyof typeof w.ends)[]).filter((d) => s.ledger.some((l) => l[d] > 0));
  const c = w.columns;
  const ledger = table(
    [c.dataset, c.source, ...used.map((d) => w.ends[d]), c.balanced],
    s.ledger.map((l) => [l.dataset, l.sourceCount, ...used.map((d) => l[d]), l.balanced ? '✓' : '✗']),
  );
  const fields = table(
    [c.dataset, c.field, c.kept, c.gone],
    s.fields.map((f) => [f.dataset, f.field, f.kept, f.gone]),
  );
  const open = table(
    [c.owner, c.kind, c.dataset, c.count, c.detail],
    s.openItems.map((i) => [i.owner, i.kind, [i.source, i.dataset, i.field].filter(Boolean).join(' / '), i.count, i.detail]),
  );
  const rules = table(
    [c.law, c.article, c.records, c.until],
    s.rules.map((r) => [lang === 'zh' ? r.law : r.lawEn, r.article, r.records, r.until ?? '']),
  );
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(s.case.code)}</title><style>${STYLE}</style></head><body>
<h1>${escape(s.case.company)}</h1>
<p>${w.title} ${escape(s.case.code)} · ${w.today} ${escape(s.case.today)}${s.case.injectedClock ? ` (${w.injected})` : ''}</p>
${s.case.demo ? `<p class="mute">${w.demo}</p>` : ''}
<h2>${w.gates}</h2><ol>${s.gates.map((g) => `<li>${g.at === null ? '○' : '●'} ${escape(g.gate)}</li>`).join('')}</ol>
${section(w.ledger, s.ledger.length > 0 ? ledger : '')}
${section(w.fields, s.fields.length > 0 ? fields : '')}
${section(w.open, s.openItems.length > 0 ? open : `<p>${w.none}</p>`)}
${section(w.rules, s.rules.length > 0 ? rules : '')}
${s.evidence ? section(w.evidence, evidence(s.evidence, w) + `<p class="mute">${w.notProven}</p>`) : ''}
</body></html>
`;
}

function evidence(e: NonNullable<CaseSummary['evidence']>, w: (typeof words)[Lang]): string {
  const anchors = e.anchors.map((a) => `<p>${a.demo ? 'demo · ' : ''}${escape(a.name)} <code>${escape(a.fingerprint)}</code></p>`).join('');
  const stamps = e.timestamps.tokens
    .map(
      (t) =>
        `<p>${t.demo ? 'demo · ' : ''}${[t.name, t.at, t.signer, t.state]
          .filter((x) => x !== null)
          .map(escape)
          .join(' · ')}</p>`,
    )
    .join('');
  const counted = `<p>${w.timestamps} ${e.timestamps.counted}/${e.timestamps.quorum}</p>`;
  return `<p><strong>${escape(e.verdict)}</strong> ${escape(e.missing.join(', '))}</p>${anchors}${counted}${stamps}`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `<h2>${title}</h2><div class="wide">${body}</div>`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const numeric = head.map((_, i) => rows.every((r) => typeof r[i] === 'number'));
  const cell = (tag: 'th' | 'td', value: string | number, i: number) =>
    `<${tag}${numeric[i] ? ' class="n"' : ''}>${typeof value === 'number' ? value.toLocaleString('en-US') : escape(value)}</${tag}>`;
  return `<table><thead><tr>${head.map((h, i) => cell('th', h, i)).join('')}</tr></thead><tbody>${rows.map((r) => `<tr>${r.map((v, i) => cell('td', v, i)).join('')}</tr>`).join('')}</tbody></table>`;
}

/** Text as HTML. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
