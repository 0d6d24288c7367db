// SPDX-License-Identifier: Apache-2.0
import type { Department } from '../../model/department.ts';
import type { OfflineAction, OfflineForm, OfflineState } from '../../model/offline.ts';
import { InstructError } from './error.ts';

/*
 * declared → instructed → confirmed → verified. A later confirmation or look replaces an earlier one (eleven boxes, then the twelfth);
 * a new instruction takes back what was confirmed, because it was confirmed for another action.
 */

export function declared(form: OfflineForm): OfflineState {
  return { units: form.units, action: null, instructed: null, confirmed: null, verified: null };
}

/** The planned disposition of the units as what people are asked to do; null where nothing is asked (hold, gap, exclude). */
export function actionFor(form: OfflineForm, disposition: string): OfflineAction | null {
  if (disposition === 'archive') return 'keep-until';
  if (disposition === 'delete' || disposition === 'anonymise') return form.medium === 'processor' ? 'return-or-delete' : 'destroy';
  return disposition === 'handOver' ? 'return-or-delete' : null;
}

/** `letter`: SHA-256 of the instruction, hex. The same instruction again changes nothing. */
export function instruct(state: OfflineState, step: { action: OfflineAction; letter: string; at: string }): OfflineState {
  if (state.instructed?.letter === step.letter && state.action === step.action) return state;
  return { ...state, action: step.action, instructed: { at: step.at, letter: step.letter }, confirmed: null, verified: null };
}

/** What the holder says. `document`: SHA-256 of the document they gave, hex. Throws `not-instructed`, `wrong-count`. */
export function confirm(
  state: OfflineState,
  step: { count: number; by: string; document: string; at: string; store: string },
): OfflineState {
  if (state.instructed === null) throw new InstructError('not-instructed', { store: step.store });
  checkCount(step, state.units);
  return { ...state, confirmed: { at: step.at, count: step.count, by: step.by, document: step.document } };
}

/** What we saw ourselves. Throws `not-confirmed`, `wrong-count`, `holder-verifies`. */
export function verifyUnits(
  state: OfflineState,
  step: { count: number; by: string; department: Department; holder: Department; document: string | null; at: string; store: string },
): OfflineState {
  if (state.confirmed === null) throw new InstructError('not-confirmed', { store: step.store });
  if (step.department === step.holder) throw new InstructError('holder-verifies', { store: step.store, department: step.department });
  checkCount(step, state.confirmed.count);
  return { ...state, verified: { at: step.at, count: step.count, by: step.by, document: step.document } };
}

/** Units that are not verified yet, by how far they are: what the open items say. */
export function outstanding(state: OfflineState): {
  readonly uninstructed: number;
  readonly unconfirmed: number;
  readonly unverified: number;
} {
  const verified = state.verified?.count ?? 0;
  const confirmed = Math.max(state.confirmed?.count ?? 0, verified);
  if (state.instructed === null) return { uninstructed: state.units, unconfirmed: 0, unverified: 0 };
  return { uninstructed: 0, unconfirmed: state.units - confirmed, unverified: confirmed - verified };
}

function checkCount(step: { count: number; store: string }, most: number): void {
  if (!Number.isInteger(step.count) || step.count < 1 || step.count > most)
    throw new InstructError('wrong-count', { store: step.store, count: step.count, most });
}
