// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow } from '../../../kit/index.ts';
import type { OutcomeState } from '../../../model/disposition.ts';
import type { EraseJob } from '../ports.ts';
import type { Target } from './locate.ts';
import { type Place, type TableStore, placeId } from './table-store.ts';
import type { Tally } from './tally.ts';

export interface Work {
  readonly store: TableStore;
  readonly job: EraseJob;
  readonly tally: Tally;
  /** An earlier run recorded the intent, so an absent row may be our own doing. */
  readonly resumed: boolean;
}

export interface Erased {
  readonly deleted: readonly Target[];
  /** Place = where the row was. */
  readonly blanked: readonly Target[];
  /** Where the anonymised rows are now. */
  readonly blankPlaces: readonly Place[];
}

/**
 * Everything that happens inside the transaction. Returns what was erased when all of it agrees with the plan, or `taken-out`
 * when some records must be left alone: then the tally has them and the caller rolls back. Throws StoreError, ExecuteError.
 */
export async function attempt(work: Work, targets: readonly Target[]): Promise<Erased | 'taken-out'> {
  const deletes = targets.filter((target) => target.record.disposition !== 'anonymise');
  const blanks = targets.filter((target) => target.record.disposition === 'anonymise');
  if (!(await nobodyPointsHere(work, deletes))) return 'taken-out';
  const deleted = await removeAll(work, deletes);
  const emptied = await blankAll(work, blanks);
  return deleted && emptied ? { deleted, ...emptied } : 'taken-out';
}

/** Deleting a row must not delete or change rows of other datasets by a cascade: they have their own disposition. */
async function nobodyPointsHere(work: Work, deletes: readonly Target[]): Promise<boolean> {
  if (deletes.length === 0) return true;
  const held = await work.store.pointedTo(deletes.map(placeOf), null);
  for (const target of deletes) {
    const constraint = held.get(placeId(target.place));
    if (constraint !== undefined) work.tally.except(target.record, 'blocked', constraint);
  }
  return held.size === 0;
}

async function removeAll(work: Work, deletes: readonly Target[]): Promise<readonly Target[] | null> {
  if (deletes.length === 0) return [];
  const { store, tally } = work;
  const leave = leaver(work);
  const found = byPlace(await store.remove(deletes.map(placeOf)));
  const deleted: Target[] = [];
  for (const target of deletes) {
    const row = found.get(placeId(target.place));
    if (!row) continue;
    if (planned(work, target, row.row)) deleted.push(target);
    else leave.out(target, 'drifted', 'content-changed');
  }
  const rest = deletes.filter((target) => !found.has(placeId(target.place)));
  const still = byPlace(rest.length > 0 ? await store.read(rest.map(placeOf)) : []);
  for (const target of rest) {
    if (still.has(placeId(target.place))) leave.out(target, 'refused', 'delete-had-no-effect');
    else if (store.hidesRows) leave.out(target, 'refused', 'row-level-security');
    else if (!store.keyed) leave.out(target, 'drifted', 'moved');
    else tally.absent(target.record, work.resumed);
  }
  return leave.clean() ? deleted : null;
}

async function blankAll(work: Work, blanks: readonly Target[]): Promise<Pick<Erased, 'blanked' | 'blankPlaces'> | null> {
  if (blanks.length === 0) return { blanked: [], blankPlaces: [] };
  const { store, tally } = work;
  const leave = leaver(work);
  const found = byPlace(await store.read(blanks.map(placeOf)));
  const open: Target[] = [];
  for (const target of blanks) {
    const there = found.get(placeId(target.place));
    if (there && planned(work, target, there.row)) open.push(target);
    else if (there && work.resumed && store.isBlank(there.row)) tally.settled(target.record);
    else if (there) leave.out(target, 'drifted', 'content-changed');
    else if (store.hidesRows) leave.out(target, 'refused', 'row-level-security');
    else if (!store.keyed) leave.out(target, 'drifted', 'moved');
    else tally.except(target.record, 'vanished', 'absent');
  }
  if (!leave.clean()) return null;
  if (open.length === 0) return { blanked: [], blankPlaces: [] };
  const after = await store.blank(open.map(placeOf));
  const good = after.filter(({ row }) => store.isBlank(row));
  if (good.length === open.length) return { blanked: open, blankPlaces: good.map(({ place }) => place) };
  const ids = new Set(good.map(({ place }) => placeId(place)));
  const bad = store.keyed ? open.filter((target) => !ids.has(placeId(target.place))) : open;
  for (const target of bad) leave.out(target, 'refused', 'update-had-no-effect');
  return null;
}

/** After the commit, on another connection: nothing that should be gone may be there. */
export async function lookAgain(work: Work, erased: Erased): Promise<void> {
  const { store, tally } = work;
  const there = byPlace(erased.deleted.length > 0 ? await store.look(erased.deleted.map(placeOf)) : []);
  for (const target of erased.deleted) {
    const row = there.get(placeId(target.place));
    if (row && (store.keyed || planned(work, target, row.row))) tally.except(target.record, 'refused', 'still-present-after-commit');
  }
  if (erased.blankPlaces.length === 0) return;
  const blank = new Set((await store.look(erased.blankPlaces)).filter(({ row }) => store.isBlank(row)).map(({ place }) => placeId(place)));
  if (store.keyed) {
    for (const target of erased.blanked)
      if (!blank.has(placeId(target.place))) tally.except(target.record, 'refused', 'not-anonymised-after-commit');
  } else if (blank.size !== erased.blanked.length) {
    for (const target of erased.blanked) tally.except(target.record, 'refused', 'not-anonymised-after-commit');
  }
}

function leaver(work: Work) {
  let left = 0;
  return {
    out(target: Target, outcome: OutcomeState, detail: string) {
      left += 1;
      work.tally.except(target.record, outcome, detail);
    },
    clean: () => left === 0,
  };
}

function byPlace<T extends { readonly place: Place }>(found: readonly T[]): ReadonlyMap<string, T> {
  return new Map(found.map((item) => [placeId(item.place), item]));
}

/** True when the row is exactly as it was when it was planned. */
export function planned(work: Work, target: Target, row: readonly (string | null)[]): boolean {
  return fingerprintRow(work.job.inventoryKey, row) === target.record.fingerprint;
}

function placeOf(target: Target): Place {
  return target.place;
}
