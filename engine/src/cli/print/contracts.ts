// SPDX-License-Identifier: Apache-2.0
import type { ContractReport, ExplainedContracts, ListedConflict } from '../../journey/index.ts';
import type { StandingFact } from '../../model/standing.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table, wrap } from './table.ts';

const short = (dataset: string) => dataset.replace('/public.', '/');

/** How many customers' contracts stand how, and what is owed in all. */
export function printContracts(t: Terminal, r: ContractReport): void {
  if (t.json) return t.out(JSON.stringify(r));
  const { contracts: c, columns, departments } = t.text;
  t.out(fill(c.head, { subjects: r.subjects.toLocaleString('en-US'), today: r.today }));
  t.out(
    table(
      [columns.state, c.cause, c.subjects],
      r.standings.map((s) => [says(t, s.ended), causeWord(t, s.cause), s.subjects]),
      t,
    ),
  );
  t.out('');
  if (r.owed.length === 0) t.out(c.nothingOwed);
  else {
    t.out(c.owed);
    const rows = r.owed.map((o) => [
      c.debts[o.kind],
      o.by === 'customer' ? c.byCustomer : c.byCompany,
      o.subjects,
      money(o.kind, o.amount),
      o.unknown,
      departments[o.owner] ?? o.owner,
    ]);
    t.out(table([columns.kind, c.by, c.subjects, c.amount, c.noAmount, columns.owner], rows, t));
    if (r.owed.some((o) => o.kind === 'prepaid' && o.by === 'company')) t.out(wrap(c.prepaidLaw, t.columns, '  '));
  }
  t.out('');
  t.out(fill(c.foot, { conflicts: String(r.conflicts), counted: String(r.findings.counted), outdated: String(r.findings.outdated) }));
}

/** Every conflict; with `--json` one line each. */
export async function printConflicts(t: Terminal, conflicts: AsyncIterable<ListedConflict>): Promise<void> {
  const { contracts: c, columns, departments } = t.text;
  const rows: (string | number)[][] = [];
  for await (const x of conflicts) {
    if (t.json) t.out(JSON.stringify(x));
    else
      rows.push([String(x.example), short(x.left), short(x.right), saysBoth(t, x.says), x.atStake ?? '', departments[x.owner] ?? x.owner]);
  }
  if (t.json) return;
  t.out(rows.length === 0 ? c.noConflicts : table([columns.id, c.left, c.right, c.saysEach, c.atStake, columns.owner], rows, t));
}

/** One customer's contracts: what is concluded, from what. */
export function printExplained(t: Terminal, e: ExplainedContracts): void {
  if (t.json) return t.out(JSON.stringify(e));
  const { contracts: c, columns, departments } = t.text;
  if (e.subjects.length === 0) t.out(c.nobody);
  for (const s of e.subjects) {
    t.out(fill(c.customer, { n: String(s.subject) }) + standingLine(t, s.standing));
    for (const one of s.contracts) t.out(`  ${fill(c.contract, { mark: one.contract.slice(0, 8) })}${standingLine(t, one.standing)}`);
    for (const x of s.standing.conflicts)
      t.out(`  ${short(x.left)} ≠ ${short(x.right)}  ${saysBoth(t, x.says)}  ${x.atStake ?? ''}  ${departments[x.owner] ?? x.owner}`);
    if (s.facts.length > 0)
      t.out(
        table(
          [columns.id, columns.dataset, columns.detail],
          s.facts.map((f) => [String(f.record), short(f.dataset), factLine(t, f)]),
          t,
        ),
      );
    for (const f of s.findings) {
      const what = [
        f.ended === null ? '' : says(t, f.ended),
        f.ended === true ? causeWord(t, f.cause) : '',
        f.endedOn ?? '',
        ...f.settled.map((d) => fill(c.settled, { what: c.debts[d] })),
      ];
      t.out(
        wrap(
          `${f.counts ? c.finding : c.findingOutdated} ${f.at.slice(0, 10)} ${f.by}: ${what.filter(Boolean).join(' ')}. ${f.reason}. SHA-256 ${f.documentSha256}`,
          t.columns,
          '  ',
        ),
      );
    }
  }
}

function standingLine(
  t: Terminal,
  s: { ended: boolean | null; cause: string; endedOn: string | null; debts: ExplainedContracts['subjects'][number]['standing']['debts'] },
): string {
  const { contracts: c } = t.text;
  const owed = s.debts.map((d) =>
    [
      c.debts[d.kind],
      d.amount === null ? '' : money(d.kind, d.amount),
      d.by === 'customer' && d.kind !== 'payment' ? `(${c.byCustomer})` : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return [says(t, s.ended), `(${causeWord(t, s.cause)})`, s.endedOn ?? '', ...(owed.length > 0 ? [`${c.owedWord} ${owed.join(', ')}`] : [])]
    .filter(Boolean)
    .join(' ');
}

function factLine(t: Terminal, f: StandingFact): string {
  const { contracts: c } = t.text;
  const what = f.kind === 'contract' || f.kind === 'billing' ? c.systems[f.kind] : c.debts[f.kind];
  const cause = f.kind === 'contract' && f.value === 'ended' ? causeWord(t, f.cause) : '';
  return [
    what,
    c.values[f.value],
    f.endedOn ?? '',
    cause,
    f.amount ?? '',
    f.contract ? fill(c.contract, { mark: f.contract.slice(0, 8) }).replace(/[:：]\s*$/, '') : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const says = (t: Terminal, ended: boolean | null): string => t.text.contracts.ended[ended === null ? 'unknown' : ended ? 'yes' : 'no'];
const causeWord = (t: Terminal, cause: string): string => t.text.contracts.causes[cause] ?? cause;
const money = (kind: string, amount: string | null): string => (amount === null ? '' : kind === 'points' ? amount : `CNY ${amount}`);

/** `ended/active`, `dispute closed/open`, `prepaid 1.00/2.00` in words. */
function saysBoth(t: Terminal, code: string): string {
  const { contracts: c } = t.text;
  const [pair, kind] = code.split(' ').toReversed();
  const both = pair!.split('/').map((w) => (c.values as Record<string, string>)[w] ?? w);
  return [kind === undefined ? '' : ((c.debts as Record<string, string>)[kind] ?? kind), both.join(' / ')].filter(Boolean).join(' ');
}
