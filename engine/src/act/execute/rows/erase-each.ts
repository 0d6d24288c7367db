// SPDX-License-Identifier: Apache-2.0
import { type Erased, type Work, planned } from './attempt.ts';
import type { Target } from './locate.ts';
import { type Found, type Place, StoreError, placeId } from './table-store.ts';

/**
 * The work of `attempt` in a store without transactions, where nothing can be taken back: every row is looked at first and only what
 * equals its plan is touched; what the store refuses half way is found by reading, and tried row by row. Nobody else changes the table
 * meanwhile. After a crash the recorded intent and the source tell what was done. Throws ExecuteError.
 */
export async function eraseEach(work: Work, targets: readonly Target[]): Promise<Erased> {
  const found = byPlace(await work.store.read(targets.map(({ place }) => place)));
  const equal = targets.filter((target) => asPlanned(work, target, found.get(placeId(target.place))));
  const deletes = equal.filter(({ record }) => record.disposition !== 'anonymise');
  const blanks = equal.filter(({ record }) => record.disposition === 'anonymise');
  const deleted = await changed(work, deletes, work.store.remove.bind(work.store), (target, there) => !there.has(placeId(target.place)));
  const blanked = await changed(work, blanks, work.store.blank.bind(work.store), (target, there) => {
    const now = there.get(placeId(target.place));
    return now !== undefined && work.store.isBlank(now.row);
  });
  return { deleted, blanked, blankPlaces: blanked.map(({ place }) => place) };
}

function asPlanned({ store, job, tally, resumed }: Work, target: Target, there: Found | undefined): boolean {
  const anonymise = target.record.disposition === 'anonymise';
  if (there && planned({ store, job, tally, resumed }, target, there.row)) return true;
  if (there && anonymise && resumed && store.isBlank(there.row)) tally.settled(target.record);
  else if (there) tally.except(target.record, 'drifted', 'content-changed');
  else if (!store.keyed) tally.except(target.record, 'drifted', 'moved');
  else if (anonymise) tally.except(target.record, 'vanished', 'absent');
  else tally.absent(target.record, resumed);
  return false;
}

type Change = (places: readonly Place[]) => Promise<readonly Found[]>;

/** The targets for which the change is to be seen; the others are told as refused. */
async function changed(
  work: Work,
  targets: readonly Target[],
  change: Change,
  done: (target: Target, there: ReadonlyMap<string, Found>) => boolean,
): Promise<readonly Target[]> {
  if (targets.length === 0) return [];
  const refusal = await tried(change, targets);
  const there = byPlace(await work.store.read(targets.map(({ place }) => place)));
  const open = targets.filter((target) => !done(target, there));
  const [only] = open;
  if (only === undefined) return targets;
  if (targets.length === 1) {
    work.tally.except(only.record, 'refused', refusal ?? 'change-had-no-effect');
    return [];
  }
  const rest: Target[] = [];
  for (const target of open) rest.push(...(await changed(work, [target], change, done)));
  const still = new Set(open);
  return [...targets.filter((target) => !still.has(target)), ...rest];
}

async function tried(change: Change, targets: readonly Target[]): Promise<string | null> {
  try {
    await change(targets.map(({ place }) => place));
    return null;
  } catch (error) {
    if (error instanceof StoreError && (error.kind === 'constraint' || error.kind === 'raised')) return error.what;
    throw error;
  }
}

function byPlace(found: readonly Found[]): ReadonlyMap<string, Found> {
  return new Map(found.map((item) => [placeId(item.place), item]));
}
