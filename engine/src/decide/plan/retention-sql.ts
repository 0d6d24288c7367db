// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { Rule } from '../../model/law.ts';
import { CITED } from './cited.ts';
import { ceasedByRoute } from './evaluate.ts';
import type { Outcomes } from './outcomes.ts';
import type { Profile, RowDuty } from './profiles.ts';
import { and, choose, not, or } from './sql.ts';

interface Setting {
  readonly today: string;
  readonly facts: CaseFacts;
  readonly outcomes: Outcomes;
  /** Column that holds the last day by a rule; NULL where it cannot be told. */
  readonly until: (rule: Rule) => string;
  /** Standing code of a subject whom the company no longer serves. */
  readonly ceasedStanding: number;
}

export interface RetentionSql {
  /** Does any duty touch the row? */
  readonly touched: string;
  /** Latest last day by the firm rules that apply (column `w` for the verdict). */
  readonly longest: string;
  /** Number of the row's end, once holds, role and standing have let it pass. */
  readonly verdict: string;
}

/** Retention, ceilings and the end of the rows of one profile, in the order in which `evaluate` asks. */
export function retentionSql(profile: Profile, setting: Setting): RetentionSql {
  const { today, outcomes, until } = setting;
  const kept = profile.duties.filter((d) => d.kind !== 'ceiling');
  const periods = kept.filter((d) => d.kind === 'period');
  const firm = periods.filter((d) => d.firm);
  const spoken = or(...periods.map((d) => d.applies));
  const endless = (d: RowDuty) => (d.kind === 'silent' ? not(spoken) : 'TRUE');
  const keepsLonger = (d: RowDuty) => {
    if (d.kind !== 'period') return endless(d);
    const u = until(d.rule);
    return or(`${u} IS NULL`, `${u} >= ${today} AND (w IS NULL OR ${u} > w)`);
  };
  const cite = (d: RowDuty) => [d.rule.id];
  const branches: [string, string][] = [
    ...firm.map((d): [string, string] => [and(d.applies, `${until(d.rule)} IS NULL`), outcomes.of('gap', 'start-date-missing')]),
    ...kept
      .filter((d) => d.kind !== 'period' && d.firm)
      .map((d): [string, string] => [and(d.applies, endless(d)), outcomes.of('gap', 'no-period', cite(d))]),
    ...kept.map((d): [string, string] => [and(d.unknown, keepsLonger(d)), outcomes.of('gap', 'condition-unknown', cite(d))]),
    ...kept
      .filter((d) => !d.firm)
      .map((d): [string, string] => [and(d.applies, keepsLonger(d)), outcomes.of('gap', 'rule-unconfirmed', cite(d))]),
    ...firm.map((d): [string, string] => [
      and(d.applies, `w >= ${today}`, `${until(d.rule)} = w`),
      outcomes.of('archive', 'retention-running', cite(d), profile.recordClass),
    ]),
    ...profile.duties
      .filter((d) => d.kind === 'ceiling')
      .flatMap((d): [string, string][] => [
        [and(d.applies, `${until(d.rule)} IS NULL`), outcomes.of('gap', 'start-date-missing')],
        [and(d.applies, `${until(d.rule)} < ${today}`), outcomes.of('delete', 'retention-expired', cite(d))],
      ]),
  ];
  return {
    touched: or(...profile.duties.map((d) => d.touches)),
    longest: latest(firm.map((d) => choose([[d.applies, until(d.rule)]], 'NULL'))),
    verdict: choose(branches, endSql(profile, spoken, setting)),
  };
}

function latest(days: readonly string[]): string {
  const known = [...new Set(days)].filter((d) => d !== 'NULL');
  if (known.length === 0) return 'CAST(NULL AS DATE)';
  return known.length === 1 ? known[0]! : `greatest(${known.join(', ')})`;
}

function endSql(profile: Profile, expired: string, { facts, outcomes, ceasedStanding }: Setting): string {
  const ceased = ceasedByRoute(facts) ? 'TRUE' : `standing = ${ceasedStanding}`;
  return choose(
    [
      ['pi IS FALSE', outcomes.of('exclude', 'no-personal-information')],
      [profile.anonymise ? 'TRUE' : 'FALSE', outcomes.of('anonymise', 'anonymise-chosen', [CITED.anonymise])],
      [and(ceased, expired), outcomes.of('delete', 'retention-expired', [CITED.serviceCeased])],
      [ceased, outcomes.of('delete', 'service-ceased', [CITED.serviceCeased])],
      [expired, outcomes.of('delete', 'retention-expired', [CITED.retentionExpired])],
    ],
    outcomes.of('delete', 'purpose-ended', [CITED.purposeEnded]),
  );
}
