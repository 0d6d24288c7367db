// SPDX-License-Identifier: Apache-2.0
import { openEraser, plantCanaries } from '../act/execute/index.ts';
import { openProbe, searchResidue } from '../act/verify/index.ts';
import { keyedHash } from '../kit/index.ts';
import { type CaseContext, entry } from './context.ts';
import { JourneyError } from './error.ts';
import { eraseNeedles } from './needles.ts';
import { programmed } from './sources.ts';
import { unreadableFiles } from './unreadable-files.ts';

/** What the residue search saw before anything was deleted, by source. */
export interface Control {
  readonly sources: readonly {
    readonly source: string;
    readonly canariesFound: number;
    readonly canaries: number;
    readonly needlesFound: number;
    readonly rows: number;
  }[];
}

/** The marks planted in a source: made from the case's key, so that a resumed run knows them; they look like nobody's data. */
export function canaries(ctx: CaseContext, source: string): string[] {
  const seed = keyedHash(ctx.keys.ensure('inventory'), `canary:${source}`);
  return [
    `canary-${seed.slice(0, 24)}`,
    `canary.${seed.slice(24, 40)}@canary.example`,
    `999${BigInt(`0x${seed.slice(40, 52)}`)
      .toString()
      .padStart(15, '0')
      .slice(0, 15)}`,
  ];
}

/**
 * The positive control: canaries are planted through each store's own code path and the residue search, with its own
 * connection, must find them — and the identifiers that are about to go — before a later "nothing found" means anything.
 */
export async function plantControl(ctx: CaseContext): Promise<void> {
  if (await ctx.store.report<Control>('control')) return;
  const needles = await eraseNeedles(ctx);
  const unreadable = await unreadableFiles(ctx, (await ctx.store.dataMap())?.map.datasets ?? []);
  const found: Control['sources'][number][] = [];
  for (const source of programmed(await ctx.store.sources())) {
    ctx.progress({ step: 'control', unit: source.name, done: 0, total: 1 });
    const marks = canaries(ctx, source.name);
    const eraser = await openEraser(source, ctx.secret(source.credentials.erase ?? source.credentials.read));
    try {
      await plantCanaries(eraser, marks, ctx.crash);
    } finally {
      await eraser.close();
    }
    const probe = await openProbe(source, ctx.secret(source.credentials.verify ?? source.credentials.read));
    try {
      const result = await searchResidue({ probe, needles, canaries: marks, unreadable: unreadable.get(source.name) ?? new Set() });
      // A file that nobody can read hides nothing from the canaries: the search at the end names it.
      if (source.kind === 'files' ? result.canariesFound < marks.length : !result.conclusive)
        throw new JourneyError('canary-not-found', source.name);
      found.push({
        source: source.name,
        canariesFound: result.canariesFound,
        canaries: marks.length,
        needlesFound: result.needlesFound,
        rows: result.rows,
      });
    } finally {
      await probe.close();
    }
  }
  await ctx.store.saveReport('control', { sources: found }, [entry(ctx, 'canary.control', { sources: found })]);
}
