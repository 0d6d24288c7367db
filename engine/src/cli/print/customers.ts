// SPDX-License-Identifier: Apache-2.0
import type { CustomerOverview, ExplainedCustomer, Join, Place, ReviewEntry } from '../../journey/index.ts';
import { CATEGORY_WORDS } from '../../model/category-words.ts';
import { CLASS_ZH } from '../../model/terms.ts';
import type { IdentityDecision, QualityLine, TierRule } from '../../model/subject.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table, wrap } from './table.ts';

const short = (dataset: string) => dataset.replace('/public.', '/');
const day = (iso: string) => iso.slice(0, 10);

function section(t: Terminal, title: string, body: string): void {
  t.out('');
  t.out(t.color ? `\u001b[1m${title}\u001b[0m` : title);
  t.out(body);
}

/** Customers by kind and tier, the others, what waits, what was decided, the rule. */
export function printOverview({ terminal: t }: Session, o: CustomerOverview): void {
  if (t.json) return t.out(JSON.stringify(o));
  const { customers: w } = t.text;
  t.out(wrap(summaryLine(t, o.counts), t.columns));
  const groups = Map.groupBy(o.counts, (c) => `${c.kind} ${c.sure} ${c.kind === 'minor' ? c.age : ''}`);
  const rows = [...groups.values()].map((same) => {
    const of = (tier: string) => same.reduce((n, c) => n + (c.tier === tier ? c.subjects : 0), 0);
    const { kind, sure, age } = same[0]!;
    return [w.kinds[kind] ?? kind, w.sure[sure] ?? sure, kind === 'minor' && age ? (w.ages[age] ?? age) : '', of('core'), of('general')];
  });
  rows.sort((a, b) => Number(b[3]) + Number(b[4]) - Number(a[3]) - Number(a[4]));
  section(t, w.kindTitle, table([w.columns.kind, w.columns.sure, w.columns.age, w.columns.core, w.columns.general], rows, t));
  if (o.others.length > 0)
    section(
      t,
      w.othersTitle,
      table(
        [w.columns.role, w.columns.records],
        o.others.map((x) => [w.roles[x.role] ?? x.role, x.records]),
        t,
      ),
    );
  section(t, w.reviewTitle, o.reviews.length === 0 ? `  ${w.noReview}` : reviewTotals(t, o.reviews));
  if (o.decisions.length > 0) section(t, w.decisionsTitle, decisionTable(t, o.decisions));
  section(t, w.tierTitle, ruleLines(t, o.tier));
}

/** One line for status and customers. */
export function summaryLine(t: Terminal, counts: readonly { kind: string; tier: string; subjects: number }[]): string {
  const sum = (is: (c: { kind: string; tier: string }) => boolean) =>
    counts.reduce((n, c) => n + (is(c) ? c.subjects : 0), 0).toLocaleString('en-US');
  return fill(t.text.customers.summary, {
    subjects: sum(() => true),
    core: sum((c) => c.tier === 'core'),
    general: sum((c) => c.tier === 'general'),
    minors: sum((c) => c.kind === 'minor'),
    organisations: sum((c) => c.kind === 'organisation'),
    contacts: sum((c) => c.kind === 'contact'),
    unknown: sum((c) => c.kind === 'unknown'),
  });
}

function reviewTotals(t: Terminal, reviews: CustomerOverview['reviews']): string {
  const { customers: w, departments } = t.text;
  const { columns: c } = w;
  return table(
    [c.reason, c.identifiers, c.subjects, c.owner, c.remedy],
    reviews.map((r) => [
      w.reasons[r.reason] ?? r.reason,
      r.identifiers,
      r.subjects,
      departments[r.owner] ?? r.owner,
      w.remedies[r.reason] ?? '',
    ]),
    t,
    true,
  );
}

function decisionTable(t: Terminal, decisions: readonly IdentityDecision[]): string {
  const { customers: w } = t.text;
  const { columns: c } = w;
  return table(
    [c.reference, c.said, c.why, c.who, c.when],
    decisions.map((d) => [
      d.datasets ? d.datasets.map(short).join(' / ') : d.about[0].slice(1, 13),
      d.same ? w.same : w.different,
      d.why,
      d.by,
      day(d.at),
    ]),
    t,
    true,
  );
}

/** Why some records are one customer. */
export function printCustomer({ terminal: t }: Session, c: ExplainedCustomer): void {
  if (t.json) return t.out(JSON.stringify(c));
  const { customers: w } = t.text;
  const values = {
    subject: String(c.subject),
    kind: w.kinds[c.kind] ?? c.kind,
    sure: w.sure[c.sure] ?? c.sure,
    tier: w.tiers[c.tier] ?? c.tier,
  };
  t.out(fill(w.subject, values) + (c.age === null ? '' : fill(w.age, { age: w.ages[c.age] ?? c.age })));
  const { columns: h } = w;
  if (c.because.length > 0)
    section(
      t,
      w.signsTitle,
      table(
        [h.sign, h.places],
        c.because.map((b) => [w.signs[b.sign] ?? b.sign, places(t, b.places)]),
        t,
        true,
      ),
    );
  section(
    t,
    w.recordsTitle,
    table(
      [h.dataset, h.records, h.example],
      c.records.map((r) => [short(r.dataset), r.records, String(r.example)]),
      t,
    ),
  );
  // Each order of a customer has a key of its own: those that join the same fields are one line.
  const alike = Map.groupBy(c.joins, (j) => [j.by, j.strength, ...j.places.map((p) => `${p.dataset}.${p.field}`)].join('\n'));
  const line = (same: readonly Join[]) => {
    const { by, strength, reference, places: at } = same[0]!;
    const all = at.map((p, i) => ({ ...p, records: same.reduce((n, j) => n + j.places[i]!.records, 0) }));
    const name = same.length > 1 ? `${reference} ×${same.length}` : reference;
    return block(t, [name, byWord(t, by), w.strengths[strength] ?? strength], all);
  };
  section(t, w.joinsTitle, c.joins.length === 0 ? `  ${w.nothing}` : [...alike.values()].map(line).join('\n'));
  if (c.notJoined.length > 0)
    section(
      t,
      w.notJoinedTitle,
      c.notJoined
        .map((j) => block(t, [j.reference, byWord(t, j.by), w.reasons[j.reason] ?? j.reason, touched(t, j.subjects)], j.places))
        .join('\n'),
    );
  if (c.differs.length > 0)
    section(
      t,
      w.differsTitle,
      table(
        [h.what, h.values],
        c.differs.map((d) => [w.differs[d.what] ?? d.what, d.values]),
        t,
      ),
    );
  if (c.decisions.length > 0) section(t, w.decisionsTitle, decisionTable(t, c.decisions));
}

/** What waits for a person, by reason: whose task it is, what to do, and each identifier with where it stands. */
export function printReviews({ terminal: t }: Session, list: { readonly total: number; readonly entries: readonly ReviewEntry[] }): void {
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.reviews.v1', ...list }));
  const { customers: w, departments } = t.text;
  if (list.total === 0) return t.out(w.noReview);
  for (const [reason, entries] of Map.groupBy(list.entries, (e) => e.reason)) {
    const owner = departments[entries[0]!.owner] ?? entries[0]!.owner;
    section(
      t,
      `${w.reasons[reason] ?? reason} · ${owner}`,
      [
        wrap(w.remedies[reason] ?? '', t.columns, '  '),
        ...entries.map((e) => block(t, [e.reference ?? '–', byWord(t, e.by), touched(t, e.subjects)], e.places, e.examples)),
      ].join('\n'),
    );
  }
  if (list.total > list.entries.length) t.note(fill(w.reviewMore, { total: String(list.total), shown: String(list.entries.length) }));
}

export function printDecisions({ terminal: t }: Session, decisions: readonly IdentityDecision[]): void {
  t.out(t.json ? JSON.stringify({ schema: 'shanhou.identity-decisions.v1', decisions }) : decisionTable(t, decisions));
}

export function printTier({ terminal: t }: Session, tier: CustomerOverview['tier']): void {
  t.out(t.json ? JSON.stringify({ schema: 'shanhou.tier-rule.v1', ...tier }) : ruleLines(t, tier));
}

function ruleLines(t: Terminal, { rule, isDefault, since }: CustomerOverview['tier']): string {
  const { customers: w } = t.text;
  return [`${ruleSentence(t, rule, since)}${isDefault ? w.tierDefault : ''}`, w.tierNote]
    .map((line) => wrap(line, t.columns, '  '))
    .join('\n');
}

function ruleSentence(t: Terminal, rule: TierRule, since: string): string {
  const { tierRules: r } = t.text.customers;
  const zh = t.lang === 'zh';
  switch (rule.by) {
    case 'count':
      return fill(r.count, {
        since,
        atLeast: String(rule.atLeast),
        classes: rule.classes.map((c) => (zh ? (CLASS_ZH[c] ?? c) : c)).join(zh ? '、' : ', '),
      });
    case 'amount':
      return fill(since === '' ? r.amount : r.amountSince, {
        since,
        dataset: short(rule.dataset),
        column: rule.column,
        atLeast: rule.atLeast.toLocaleString('en-US'),
      });
    case 'column':
      return fill(r.column, { dataset: short(rule.dataset), column: rule.column, values: rule.values.join(zh ? '、' : ', ') });
    case 'list':
      return fill(r.list, { entries: String(rule.entries) });
  }
}

/** Findings by kind: whose task, what to do, and each column with its count and the records to look at. */
export function printQuality({ terminal: t }: Session, lines: readonly QualityLine[]): void {
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.quality.v1', lines }));
  const { customers: w, departments } = t.text;
  if (lines.length === 0) return t.out(w.qualityNone);
  for (const [code, same] of Map.groupBy(lines, (l) => l.code)) {
    const { owner, decide } = same[0]!;
    const rows = same.map((l) => [
      l.count,
      short(l.dataset) + (l.field === null ? '' : `.${l.field}`) + (l.against === null ? '' : ` ≠ ${short(l.against)}`),
      l.examples.slice(0, 3).join(' '),
    ]);
    section(
      t,
      `${decide ? '! ' : ''}${w.findings[code] ?? code} · ${departments[owner] ?? owner}`,
      `${wrap(w.findingRemedies[code] ?? '', t.columns, '  ')}\n${table([w.columns.count, w.columns.field, w.columns.example], rows, t, true)}`,
    );
  }
  const must = lines.filter((l) => l.decide).length;
  if (must > 0) t.note(`! ${fill(w.qualityDecide, { n: String(must) })}`);
}

function byWord(t: Terminal, by: string): string {
  return (
    t.text.customers.by[by] ?? (CATEGORY_WORDS as Readonly<Record<string, readonly [string, string]>>)[by]?.[t.lang === 'zh' ? 0 : 1] ?? by
  );
}

/** One identifier: what it is, and under it where it stands. The reference is never broken, for it is copied. */
function block(t: Terminal, words: readonly string[], at: readonly Place[], examples: readonly number[] = []): string {
  const where = at.length > 0 ? places(t, at) : examples.join(' ');
  return `  ${words.join('  ')}\n${wrap(where, t.columns, '      ')}`;
}

function touched(t: Terminal, subjects: number): string {
  return fill(t.text.customers.touched, { n: subjects.toLocaleString('en-US') });
}

/** `orders/accounts.phone (2)`; at most eight of them. */
function places(t: Terminal, all: readonly Place[]): string {
  const shown = all.slice(0, 8).map((p) => `${short(p.dataset)}${p.field === null ? '' : `.${p.field}`} (${p.records})`);
  const rest = all.length - shown.length;
  return [...shown, ...(rest > 0 ? [fill(t.text.customers.more, { n: String(rest) })] : [])].join(t.lang === 'zh' ? '，' : ', ');
}
