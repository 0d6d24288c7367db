// SPDX-License-Identifier: Apache-2.0
import { type Work, attempt } from './attempt.ts';
import type { Target } from './locate.ts';
import { StoreError, placeId } from './table-store.ts';
import { Tally } from './tally.ts';

/**
 * The store refused a whole transaction. Finds the records that are the reason and takes them out: first by asking which rows point
 * to them through the named constraint, otherwise by halving with transactions that are rolled back. Throws ExecuteError.
 */
export async function explain(work: Work, targets: readonly Target[], error: StoreError): Promise<void> {
  const deletes = targets.filter((target) => target.record.disposition !== 'anonymise');
  if (error.kind === 'constraint' && deletes.length > 0) {
    const held = await work.store.pointedTo(
      deletes.map((target) => target.place),
      error.what,
    );
    for (const target of deletes) if (held.has(placeId(target.place))) tell(work, target, error.kind, held.get(placeId(target.place))!);
    if (held.size > 0) return;
  }
  const failing = await halve(work, targets);
  for (const { target, why } of failing) tell(work, target, why.kind, why.what);
  if (failing.length === 0) for (const target of targets) tell(work, target, error.kind, error.what);
}

function tell(work: Work, target: Target, kind: StoreError['kind'], what: string): void {
  work.tally.except(target.record, kind === 'constraint' ? 'blocked' : 'refused', what);
}

interface Failing {
  readonly target: Target;
  readonly why: StoreError;
}

async function halve(work: Work, targets: readonly Target[]): Promise<readonly Failing[]> {
  const why = await trial(work, targets);
  if (!why) return [];
  const [only] = targets;
  if (targets.length === 1 && only) return [{ target: only, why }];
  const middle = targets.length >> 1;
  return [...(await halve(work, targets.slice(0, middle))), ...(await halve(work, targets.slice(middle)))];
}

/** Runs the transaction and takes it back; what it finds besides the refusal is found again in the real one. */
async function trial(work: Work, targets: readonly Target[]): Promise<StoreError | null> {
  try {
    await work.store.begin();
    await attempt({ ...work, tally: new Tally(targets.map((target) => target.record)) }, targets);
    return null;
  } catch (error) {
    if (error instanceof StoreError && (error.kind === 'constraint' || error.kind === 'raised')) return error;
    throw error;
  } finally {
    await work.store.rollback();
  }
}
