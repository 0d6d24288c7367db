// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from '../../api/index.ts';
import type { Terminal } from '../terminal.ts';
import { fill } from '../text/fill.ts';
import { table } from './table.ts';

type Item = CaseSummary['openItems'][number];

/** Open items by owner; the same thing in several datasets is one line. */
export function openTable(t: Terminal, items: readonly Item[]): string {
  const { columns, departments, openKinds } = t.text;
  const groups = Map.groupBy(items, (i) => `${i.owner}\n${i.kind}\n${detailText(t, i.detail)}`);
  const lines = [...groups.values()].map((same) => ({ ...same[0]!, same, count: same.reduce((n, i) => n + i.count, 0) }));
  const rows = lines
    .toSorted((a, b) => a.owner.localeCompare(b.owner) || b.count - a.count)
    .map((line) => [
      departments[line.owner] ?? line.owner,
      openKinds[line.kind] ?? line.kind,
      line.count,
      line.same.length === 1 ? place(line) : fill(t.text.datasets, { n: line.same.length }),
      detailText(t, line.detail),
    ]);
  return table([columns.owner, columns.kind, columns.count, columns.where, columns.detail], rows, t, true);
}

function place(item: Item): string {
  return [item.source, item.dataset?.replace('public.', '')].filter(Boolean).join('/') + (item.field ? `.${item.field}` : '');
}

/** A detail is a reason, a known word with a name behind it, or a plain fact. */
function detailText(t: Terminal, detail: string): string {
  const [first, ...rest] = detail.split(' ');
  const known = t.text.reasons[first!] ?? t.text.details[first!];
  return known === undefined ? detail.replaceAll('public.', '') : [known, ...rest].join(' ').replaceAll('public.', '');
}
