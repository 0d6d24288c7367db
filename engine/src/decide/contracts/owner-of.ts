// SPDX-License-Identifier: Apache-2.0
import type { Department } from '../../model/department.ts';
import type { StandingFact } from '../../model/standing.ts';

const BY_KIND: Readonly<Record<StandingFact['kind'], Department>> = {
  contract: 'sales',
  billing: 'sales',
  prepaid: 'finance',
  deposit: 'finance',
  refund: 'finance',
  payment: 'finance',
  points: 'marketing',
  goods: 'sales',
  warranty: 'support',
  dispute: 'legal',
};

/** The department that must settle what these facts say: the one the data map names, else by what they speak about. */
export function ownerOf(facts: readonly Pick<StandingFact, 'kind' | 'owner'>[], kind: StandingFact['kind']): Department {
  return facts.flatMap((f) => f.owner ?? []).toSorted()[0] ?? BY_KIND[kind];
}
