// SPDX-License-Identifier: Apache-2.0
import type { ApprovalState } from '../../journey/index.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table } from './table.ts';

/** What a signature came to: approved, or who is still wanting. */
export function printMissing(t: Terminal, result: { readonly approved: boolean; readonly missing: readonly string[] }): void {
  if (t.json) return t.out(JSON.stringify(result));
  t.out(
    result.approved
      ? t.text.gates['approved']!
      : `${t.text.approval.missing} ${result.missing.map((d) => t.text.departments[d] ?? d).join(' ')}`,
  );
}

/** Who signed the latest plan, and what of it no longer holds. */
export function printApproval(t: Terminal, a: ApprovalState): void {
  if (t.json) return t.out(JSON.stringify(a));
  const { approval: w, columns, departments } = t.text;
  t.out(fill(w.head, { version: String(a.plan.version), digest: a.plan.digest, by: a.plan.preparedBy }));
  t.out(a.plan.voidReason === null ? (a.approved ? w.approved : w.waiting) : fill(w.void, { reason: a.plan.voidReason }));
  const rows = a.quorum.map((q) => [
    departments[q.department] ?? q.department,
    `${q.signed.length}/${q.needed}`,
    q.signed
      .map((s) =>
        [s.officer, s.onBehalfOf === null ? '' : fill(w.behalf, { who: s.onBehalfOf }), s.at.slice(0, 16).replace('T', ' '), s.profile]
          .filter(Boolean)
          .join(' '),
      )
      .join('; '),
  ]);
  t.out(table([columns.owner, columns.count, w.signed], rows, t, true));
  for (const r of a.refused) t.out(`  – ${r.officer}: ${t.text.errors[`ApproveError.${r.code}`]?.[0] ?? r.code}`);
  for (const d of a.delegations)
    t.out(`  ${fill(w.delegation, { from: d.from, to: d.to, until: d.until })} ${w.delegationStates[d.state]}`);
  t.out(`  ${fill(w.exceptions, { now: String(a.exceptions.now), signed: String(a.exceptions.signed) })}`);
  if (a.exceptions.lost > 0) t.out(`  ${fill(w.lost, { n: String(a.exceptions.lost) })}`);
  if (a.uncovered.length === 0) return t.out(`  ${w.covered}`);
  t.out(`  ${w.uncovered}`);
  t.out(
    table(
      [w.part, columns.count, w.what],
      a.uncovered.map((u) => [w.parts[u.part], u.what.length, u.what.join(' ')]),
      t,
      true,
    ),
  );
}
