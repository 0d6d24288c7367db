// SPDX-License-Identifier: Apache-2.0
import { DESTROYING, type Disposition } from '../../model/disposition.ts';

/**
 * May a record's end change after approval without a new plan? Only out of destruction, into rest (`hold` or `gap`).
 * Everything else adds a record to destruction or makes its fate another one, and voids the approval.
 */
export function exceptionAllowed(before: Disposition, after: Disposition): boolean {
  return DESTROYING.has(before) && (after === 'hold' || after === 'gap');
}
