// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from '../../api/index.ts';
import { DISPOSITIONS } from '../../model/disposition.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { cut, table } from './table.ts';

/** A case as a person reads it: ledgers, rules, open items by owner, evidence, files, next step. */
export function printSummary(t: Terminal, s: CaseSummary, full: boolean): void {
  const { text } = t;
  const label = (name: string) => (t.lang === 'zh' ? `${name}：` : `${name}: `);
  t.out(
    `${label(text.case)}${s.case.code}   ${label(text.company)}${s.case.company}   ${label(text.today)}${s.case.today}${s.case.injectedClock ? text.injected : ''}`,
  );
  if (s.case.demo) t.out(text.demoCase);
  t.out('');
  t.out(gateLine(t, s));
  if (s.ledger.length > 0) section(t, text.ledgerTitle, ledgerTable(t, s));
  if (full && s.fields.length > 0) section(t, text.fieldTitle, fieldTable(t, s));
  if (full && s.rules.length > 0) section(t, text.rulesTitle, rulesTable(t, s));
  if (s.verification) section(t, text.verificationTitle, verificationLine(t, s.verification));
  section(t, text.openTitle, s.openItems.length === 0 ? `  ${text.noOpen}` : openTable(t, s));
  if (s.evidence) section(t, text.evidenceTitle, evidenceLines(t, s.evidence));
  if (full) section(t, text.filesTitle, fileLines(t, s));
  t.out('');
  t.out(`${label(text.next)}${fill(text.nextSteps[s.next] ?? s.next, { code: s.case.code })}`);
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
  const room = Math.max(16, t.columns - 4 - (used.length + 2) * 9);
  const rows = s.ledger.map((l) => [cut(short(l.dataset), room), l.sourceCount, ...used.map((d) => l[d]), l.balanced ? '✓' : '✗']);
  const sum = (d: (typeof DISPOSITIONS)[number] | 'sourceCount') => s.ledger.reduce((n, l) => n + l[d], 0);
  rows.push([total, sum('sourceCount'), ...used.map(sum), s.ledger.every((l) => l.balanced) ? '✓' : '✗']);
  return table([columns.dataset, columns.source, ...used.map((d) => columns[d]), columns.balanced], rows, t.color);
}

function fieldTable(t: Terminal, s: CaseSummary): string {
  const { columns } = t.text;
  return table(
    [columns.dataset, columns.field, columns.kept, columns.gone],
    s.fields.map((f) => [cut(short(f.dataset), 36), cut(f.field, 24), f.kept, f.gone]),
    t.color,
  );
}

function rulesTable(t: Terminal, s: CaseSummary): string {
  const { columns } = t.text;
  const room = Math.max(16, t.columns - 48);
  const rows = s.rules.map((r) => [r.id, cut(t.lang === 'zh' ? r.law : r.lawEn, room), r.article, r.records, r.until ?? '']);
  return table([columns.rule, '', columns.article, columns.records, columns.until], rows, t.color);
}

function verificationLine(t: Terminal, v: NonNullable<CaseSummary['verification']>): string {
  const zh = `  ${v.passed ? t.text.passed : t.text.failed}：另一连接核对 ${v.datasets} 个数据集；残留检索命中 ${v.residue} 行；阳性对照${v.canaries === 'found' ? '已找到' : '未找到'}${v.notSearched > 0 ? `；未检索：${v.notSearched} 个文件` : ''}`;
  const en = `  ${v.passed ? t.text.passed : t.text.failed}: ${v.datasets} datasets compared over another connection; residue search hit ${v.residue} rows; positive control ${v.canaries === 'found' ? 'found' : 'not found'}${v.notSearched > 0 ? `; not searched: ${v.notSearched} files` : ''}`;
  return t.lang === 'zh' ? zh : en;
}

function openTable(t: Terminal, s: CaseSummary): string {
  const { columns, departments, openKinds } = t.text;
  const items = s.openItems.toSorted((a, b) => a.owner.localeCompare(b.owner) || b.count - a.count);
  const room = Math.max(12, t.columns - 66);
  const rows = items.map((i) => [
    departments[i.owner] ?? i.owner,
    cut(openKinds[i.kind] ?? i.kind, 24),
    cut([i.source, i.dataset?.replace('public.', '')].filter(Boolean).join('/') + (i.field ? `.${i.field}` : ''), 26),
    i.count,
    cut(i.detail, room),
  ]);
  return table([columns.owner, columns.kind, columns.where, columns.count, columns.detail], rows, t.color);
}

function evidenceLines(t: Terminal, e: NonNullable<CaseSummary['evidence']>): string {
  const sep = t.lang === 'zh' ? '：' : ': ';
  return [
    `  ${t.text.verdicts[e.verdict] ?? e.verdict}${e.missing.length > 0 ? sep + e.missing.map((m) => t.text.missing[m] ?? m).join(t.lang === 'zh' ? '；' : '; ') : ''}`,
    ...e.anchors.map((a) => `  ${a.demo ? t.text.demoAnchor : ''} ${a.name}  ${a.fingerprint}`),
    `  ${e.bundle}`,
  ].join('\n');
}

function fileLines(t: Terminal, s: CaseSummary): string {
  const f = t.text.folders;
  const sep = t.lang === 'zh' ? '：' : ': ';
  return [
    `  ${f.data}${sep}${s.folders.data}`,
    `  ${f.keys}${sep}${s.folders.keys}`,
    `  ${f.archive}${sep}${s.folders.archive}`,
    `  ${f.outbox}${sep}${s.folders.outbox}`,
  ].join('\n');
}
