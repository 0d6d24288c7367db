// SPDX-License-Identifier: Apache-2.0
import type { RiskView } from '../../model/risk.ts';
import { countText, riskWords } from '../../model/words-risk.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table, wrap } from './table.ts';

/** Risks by kind: what raises them, counted; measure, owner, what remains. */
export function printRisks(t: Terminal, view: RiskView): void {
  const w = riskWords(t.lang);
  const { columns } = w;
  t.out(`${w.title}  ${t.text.today} ${view.today}`);
  t.out(wrap(w.intro, t.columns - 2, '  '));
  const rows = view.lines.map((line) => [
    w.kinds[line.kind],
    `${w.causes[line.cause].cause}${t.lang === 'zh' ? '：' : ': '}${countText(line, t.lang)}`,
    w.causes[line.cause].measure,
    t.text.departments[line.owner]!,
    w.causes[line.cause].remains,
  ]);
  if (rows.length > 0) t.out(table([columns.kind, columns.cause, columns.measure, columns.owner, columns.remains], rows, t, true));
  if (view.quiet.length > 0) t.out(wrap(fill(w.quiet, { kinds: view.quiet.map((k) => w.kinds[k]).join(w.comma) }), t.columns - 2, '  '));
  if (view.uncounted.length > 0)
    t.out(wrap(fill(w.uncounted, { causes: view.uncounted.map((l) => w.causes[l.cause].cause).join(w.comma) }), t.columns - 2, '  '));
}
