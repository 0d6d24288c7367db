// SPDX-License-Identifier: Apache-2.0
import type { HoldOrder } from '../../model/case.ts';
import type { OpenItem } from '../../model/open-item.ts';

/** Holds that Legal has not released. */
export function standingHolds(holds: readonly HoldOrder[] | undefined): readonly HoldOrder[] {
  return (holds ?? []).filter((h) => h.released === undefined);
}

/**
 * Holds entered since the plan was made, by the holds that the plan knew: they take records out of destruction without a new plan. A matter
 * that the plan knew and that reads otherwise now is no such hold: it may have become narrower, so the plan must be made again.
 */
export function laterHolds(planned: readonly HoldOrder[] | undefined, now: readonly HoldOrder[] | undefined): readonly HoldOrder[] {
  const known = new Set((planned ?? []).map((h) => h.matter));
  return standingHolds(now).filter((h) => !known.has(h.matter));
}

/** What Legal must see to on the legal day `today`: a review that is due or was never set, no custodian, a last day that passed unnoticed. */
export function holdItems(holds: readonly HoldOrder[] | undefined, today: string): readonly OpenItem[] {
  return standingHolds(holds).flatMap((h) => {
    const due = [
      ...(h.reviewOn === undefined ? ['review-unset'] : h.reviewOn < today ? ['review-passed'] : []),
      ...(h.custodian === undefined ? ['custodian-unset'] : []),
      ...(h.until !== null && h.until < today ? ['hold-ended'] : []),
    ];
    return due.map((why): OpenItem => ({
      kind: 'hold-review',
      owner: 'legal',
      source: null,
      dataset: null,
      field: null,
      count: 1,
      examples: [],
      detail: `${why} ${h.matter}`,
    }));
  });
}
