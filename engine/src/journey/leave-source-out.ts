// SPDX-License-Identifier: Apache-2.0
import { findPersonal } from '../find/classify/index.ts';
import { type CaseContext, entry } from './context.ts';
import { JourneyError } from './error.ts';
import { saveDataMap } from './find.ts';
import { gatesFrom } from './gates.ts';

/**
 * Takes a source out of the case: a server that is gone, one entered by mistake. Nothing of it is then found or erased, so it stays an
 * open item of Legal with the reason, and the evidence says so; what was planned and signed is void. A store that still exists somewhere
 * is to be declared offline instead. The open item is written before the source is forgotten: a run that dies in between is taken again.
 * Throws JourneyError `unknown-source`, `unknown-officer` when it is not Legal that decides, `already-executed`, `reason-names-somebody`.
 */
export async function leaveSourceOut(ctx: CaseContext, name: string, by: string, reason: string): Promise<void> {
  const source = (await ctx.store.sources()).find((s) => s.name === name && s.kind !== 'offline');
  if (!source) throw new JourneyError('unknown-source', name);
  const officer = (await ctx.store.officers()).find((o) => o.label === by);
  if (officer?.department !== 'legal') throw new JourneyError('unknown-officer', by);
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  if (findPersonal(reason).identifiers.length > 0) throw new JourneyError('reason-names-somebody');
  const known = await ctx.store.dataMap();
  await ctx.store.voidPlan('sources-changed');
  await ctx.store.clearGates(gatesFrom('inventoried'));
  if (known) await saveDataMap(ctx, { ...known.map, datasets: known.map.datasets.filter((d) => d.source !== name) }, 'person');
  await ctx.store.replaceOpenItems(`left out ${name}`, [
    {
      kind: 'source-left-out',
      owner: 'legal',
      source: name,
      dataset: null,
      field: null,
      count: 0,
      examples: [],
      detail: reason,
    },
  ]);
  await ctx.store.removeSource(name, [entry(ctx, 'source.left-out', { source: name, kind: source.kind, officer: officer.id, reason })]);
}
