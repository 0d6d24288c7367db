// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from '../../api/index.ts';
import { DISPOSITIONS } from '../../model/disposition.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { summaryLine } from './customers.ts';
import { openTable } from './open-items.ts';
import { table, wrap } from './table.ts';

/** A case as a person reads it: ledgers, rules, open items by owner, evidence, files, next step. */
export function printSummary(t: Terminal, s: CaseSummary, full: boolean): void {
  const { text } = t;
  const label = (name: string) => (t.lang === 'zh' ? `${name}：` : `${name}: `);
  const today = `${label(text.today)}${s.case.today}${s.case.injectedClock ? text.injected : ''}`;
  t.out(wrap(`${label(text.case)}${s.case.code}   ${label(text.company)}${s.case.company}   ${today}`, t.columns));
  if (s.case.demo) t.out(text.demoCase);
  t.out('');
  t.out(wrap(gateLine(t, s), t.columns));
  if (s.customers) section(t, text.customers.title, wrap(summaryLine(t, s.customers.counts), t.columns, '  '));
  if (s.ledger.length > 0) section(t, text.ledgerTitle, ledgerTable(t, s));
  if (full && s.fields.length > 0) section(t, text.fieldTitle, fieldTable(t, s));
  if (full && s.rules.length > 0) section(t, text.rulesTitle, rulesTable(t, s));
  if (s.told) section(t, text.toldTitle, toldLines(t, s.told));
  if (s.verification) section(t, text.verificationTitle, verificationLine(t, s.verification));
  section(t, text.openTitle, s.openItems.length === 0 ? `  ${text.noOpen}` : openTable(t, s.openItems));
  if (s.evidence) section(t, text.evidenceTitle, evidenceLines(t, s.evidence));
  if (full) section(t, text.filesTitle, fileLines(t, s));
  t.out('');
  t.out(wrap(`${label(text.next)}${fill(text.nextSteps[s.next] ?? s.next, { code: s.case.code })}`, t.columns));
}

function section(t: Terminal, title: string, body: string): void {
  t.out('');
  t.out(t.color ? `\u001b[1m${title}\u001b[0m` : title);
  t.out(body);
}

function gateLine(t: Terminal, s: CaseSummary): string {
  return s.gates.map((g) => `${g.at === null ? '·' : '✓'}${t.text.gates[g.gate] ?? g.gate}`).join(' ');
}

const short = (dataset: string) => dataset.replace('/public.', '/');

function ledgerTable(t: Terminal, s: CaseSummary): string {
  const { columns, total } = t.text;
  const used = DISPOSITIONS.filter((d) => s.ledger.some((l) => l[d] > 0));
  const rows = s.ledger.map((l) => [short(l.dataset), l.sourceCount, ...used.map((d) => l[d]), l.balanced ? '✓' : '✗']);
  const sum = (d: (typeof DISPOSITIONS)[number] | 'sourceCount') => s.ledger.reduce((n, l) => n + l[d], 0);
  rows.push([total, sum('sourceCount'), ...used.map(sum), s.ledger.every((l) => l.balanced) ? '✓' : '✗']);
  return table([columns.dataset, columns.source, ...used.map((d) => columns[d]), columns.balanced], rows, t);
}

function fieldTable(t: Terminal, s: CaseSummary): string {
  const { columns } = t.text;
  return table(
    [columns.dataset, columns.field, columns.kept, columns.gone],
    s.fields.map((f) => [short(f.dataset), f.field, f.kept, f.gone]),
    t,
  );
}

function rulesTable(t: Terminal, s: CaseSummary): string {
  const { columns } = t.text;
  const rows = s.rules.map((r) => [r.id, t.lang === 'zh' ? r.law : r.lawEn, r.article, r.records, r.until ?? '']);
  return table([columns.rule, '', columns.article, columns.records, columns.until], rows, t);
}

function toldLines(t: Terminal, told: NonNullable<CaseSummary['told']>): string {
  const numbers = Object.fromEntries(Object.entries(told).map(([k, n]) => [k, n.toLocaleString('en-US')]));
  return `  ${fill(t.text.told, numbers)}\n  ${t.text.toldNote}`;
}

function verificationLine(t: Terminal, v: NonNullable<CaseSummary['verification']>): string {
  const zh = `${v.passed ? t.text.passed : t.text.failed}：另一连接核对 ${v.datasets} 个数据集；残留检索命中 ${v.residue} 行；阳性对照${v.canaries === 'found' ? '已找到' : '未找到'}${v.notSearched > 0 ? `；未检索：${v.notSearched} 个文件` : ''}`;
  const en = `${v.passed ? t.text.passed : t.text.failed}: ${v.datasets} datasets compared over another connection; residue search hit ${v.residue} rows; positive control ${v.canaries === 'found' ? 'found' : 'not found'}${v.notSearched > 0 ? `; not searched: ${v.notSearched} files` : ''}`;
  return wrap(t.lang === 'zh' ? zh : en, t.columns, '  ');
}

function evidenceLines(t: Terminal, e: NonNullable<CaseSummary['evidence']>): string {
  const sep = t.lang === 'zh' ? '：' : ': ';
  const demo = e.anchors.some((a) => a.demo) || e.timestamps.tokens.some((token) => token.demo);
  return [
    `  ${t.text.verdicts[e.verdict] ?? e.verdict}${demo ? t.text.demoVerdict : ''}${e.missing.length > 0 ? sep + e.missing.map((m) => t.text.missing[m] ?? m).join(t.lang === 'zh' ? '；' : '; ') : ''}`,
    ...e.anchors.map((a) => wrap(`${a.demo ? t.text.demoAnchor : ''} ${a.name} ${a.fingerprint}`.trim(), t.columns, '  ')),
    `  ${fill(t.text.stamps, { counted: String(e.timestamps.counted), quorum: String(e.timestamps.quorum) })}`,
    ...e.timestamps.tokens.map((token) => wrap(stampLine(t, token), t.columns, '  ')),
    `  ${e.bundle}`,
  ].join('\n');
}

function stampLine(t: Terminal, token: NonNullable<CaseSummary['evidence']>['timestamps']['tokens'][number]): string {
  const who = token.signer === null ? [] : [`${token.demo ? `${t.text.demoAnchor} ` : ''}${token.signer}`];
  const when =
    token.at === null ? [] : [t.lang === 'zh' ? `${beijing(token.at)} 北京时间` : `${token.at.slice(0, 19).replace('T', ' ')} UTC`];
  return [`${token.state === 'counted' ? '✓' : '–'} ${token.name}`, ...when, ...who, t.text.stampStates[token.state] ?? token.state].join(
    '  ',
  );
}

/** China has one zone and no summer time. */
function beijing(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function fileLines(t: Terminal, s: CaseSummary): string {
  const f = t.text.folders;
  const sep = t.lang === 'zh' ? '：' : ': ';
  return [
    `  ${f.data}${sep}${s.folders.data}`,
    `  ${f.keys}${sep}${s.folders.keys}`,
    `  ${f.archive}${sep}${s.folders.archive}`,
    `  ${f.outbox}${sep}${s.folders.outbox}`,
    ...s.documents.map((file) => `  ${f.document}${sep}${file}`),
  ].join('\n');
}
