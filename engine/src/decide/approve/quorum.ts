// SPDX-License-Identifier: Apache-2.0
import { APPROVING_DEPARTMENTS, DEPARTMENTS, type Department } from '../../model/department.ts';

/** How many officers of each department must sign. */
export type Quorum = Readonly<Partial<Record<Department, number>>>;

/** Who must sign at each stage: the plan, Legal, IT and the liquidation group at least, and whom the case adds; the exception list, Legal. */
export function quorumOf(stage: 'plan' | 'exceptions', own: Quorum | undefined): ReadonlyMap<Department, number> {
  if (stage === 'exceptions') return new Map([['legal', 1]]);
  const asked = DEPARTMENTS.map((d) => [d, Math.max(APPROVING_DEPARTMENTS.includes(d) ? 1 : 0, own?.[d] ?? 0)] as const);
  return new Map(asked.filter(([, n]) => n > 0));
}
