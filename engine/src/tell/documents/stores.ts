// SPDX-License-Identifier: Apache-2.0
import type { Block } from './block.ts';
import type { StoreLine } from './case-document.ts';
import { number } from './format.ts';
import type { AllWords } from './frame.ts';
import { printable } from './words.ts';

/** How far a store is, with the count where it is not whole: `confirmed by the holder 2 / 3`. */
export function storeState({ state }: StoreLine, w: AllWords<unknown>): string {
  const far = state.verified ? 'verified' : state.confirmed ? 'confirmed' : state.instructed ? 'instructed' : 'declared';
  const count = far === 'verified' ? state.verified!.count : far === 'confirmed' ? state.confirmed!.count : null;
  return `${w.frame.storeStates[far]}${count === null ? '' : ` ${number(count)} / ${number(state.units)}`}`;
}

/** Stores that people act on: what, where, how many, what is asked, until when, how far. */
export function storeTable(stores: readonly StoreLine[], w: AllWords<unknown>): Block {
  const { frame, all } = w;
  return {
    kind: 'table',
    columns: [
      { title: frame.store, width: 1.2, code: true },
      { title: frame.place, width: 1.6 },
      { title: frame.content, width: 2.2 },
      { title: frame.quantity, width: 0, align: 'right' },
      { title: all.columns.disposition, width: 1.2 },
      { title: frame.until, width: 0 },
      { title: frame.state, width: 1.4 },
    ],
    rows: stores.map((s) => [
      printable(s.name),
      `${frame.media[s.form.medium]}${all.comma}${printable(s.form.place)}`,
      printable(s.form.about),
      `${number(s.form.units)} ${printable(s.form.unit)}`,
      s.state.action === null ? '—' : frame.action[s.state.action],
      s.until ?? '—',
      storeState(s, w),
    ]),
  };
}
