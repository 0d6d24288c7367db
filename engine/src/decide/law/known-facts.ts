// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { RecordClass } from '../../model/law.ts';

type Known = boolean | null;

export interface Asked {
  readonly facts: Pick<CaseFacts, 'sectors' | 'conditions' | 'notConditions'> & Partial<CaseFacts>;
  readonly recordClass: RecordClass;
  readonly minor?: boolean | null;
}

/**
 * Whether one condition (SCHEMA list) holds: as the record or the case says, else as it follows from the case's route, role, sector or
 * user count. null = nobody has said; unknown is never taken for false.
 */
export function conditionHolds(condition: string, asked: Asked): Known {
  const { facts, minor } = asked;
  if (condition === 'under-14' && typeof minor === 'boolean') return minor;
  if (facts.conditions.includes(condition)) return true;
  if (facts.notConditions.includes(condition)) return false;
  return FOLLOWS[condition]?.(asked) ?? null;
}

const byRoute =
  (route: CaseFacts['route']) =>
  ({ facts }: Asked): Known =>
    facts.route === undefined ? null : facts.route === route;
const byCount =
  (reached: (persons: number) => boolean) =>
  ({ facts }: Asked): Known =>
    typeof facts.userCount === 'number' ? reached(facts.userCount) : null;
const byClass =
  (wanted: RecordClass) =>
  ({ recordClass }: Asked): Known =>
    recordClass === wanted ? true : null;

/** Conditions that follow from facts stated elsewhere. Thresholds: 汽车数据规定 3 (over 100,000); 个人信息保护法 52, 网数条例 28 (1 and 10 million, reached). */
const FOLLOWS: Readonly<Record<string, (asked: Asked) => Known>> = {
  bankruptcy: byRoute('bankruptcy'),
  'forced-deregistration': byRoute('forced'),
  'simplified-deregistration': byRoute('simplified'),
  'merger-or-split': byRoute('successor'),
  suspension: byRoute('suspension'),
  'processor-role': ({ facts }) => (facts.role === undefined ? null : facts.role === 'processor'),
  'pi-100k': byCount((n) => n > 100_000),
  'pi-1m': byCount((n) => n >= 1_000_000),
  'pi-10m': byCount((n) => n >= 10_000_000),
  'important-data': byClass('important-data'),
  biometric: byClass('biometric'),
  cii: ({ facts }) => (facts.sectors.includes('cii-operator') ? true : null),
  minors: ({ minor }) => (minor === true ? true : null),
};
