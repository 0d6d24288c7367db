// SPDX-License-Identifier: Apache-2.0
import { appraisalOf, ceasedByRoute, handoverOf } from './case-rules.ts';
import { APPRAISED, CITED } from './cited.ts';
import type { Columns } from './columns.ts';
import { type Deletion, groundsOf } from './deletion.ts';
import { type Law, coveredBy } from './duties.ts';
import type { Outcomes } from './outcomes.ts';
import { AGES, type Profile, type RowDuty } from './profiles.ts';
import { and, choose, not, or } from './sql.ts';

interface Setting {
  readonly law: Law;
  readonly today: string;
  readonly outcomes: Outcomes;
  readonly columns: Columns;
  /** Standing code of a subject whom the company no longer serves. */
  readonly ceasedStanding: number;
  /** Whether a table of holds, which also carries requests, is read. */
  readonly holds: boolean;
}

export interface RetentionSql {
  /** Does any duty touch the row? */
  readonly touched: string;
  /** Latest last day by the firm rules that apply (column `w` for the verdict). */
  readonly longest: string;
  /** Earliest ceiling (column `c`). */
  readonly ceiling: string;
  /** Number of the row's end, once holds, role and standing have let it pass. */
  readonly verdict: string;
}

type Branch = [when: string, then: string];

/** Hand-over, retention, ceilings and the end of the rows of one profile, in the order in which `evaluate` asks. */
export function retentionSql(profile: Profile, setting: Setting): RetentionSql {
  const { today, outcomes, columns, law } = setting;
  const until = (d: RowDuty) => columns.end(d.clock!, profile.number);
  const cite = (d: RowDuty) => [d.rule.id];
  const kept = profile.duties.filter((d) => d.kind !== 'ceiling' && d.kind !== 'appraisal');
  const periods = kept.filter((d) => d.kind === 'period');
  const firm = periods.filter((d) => d.firm);
  const caps = profile.duties.filter((d) => d.kind === 'ceiling');
  const lapsed = profile.duties.filter((d) => d.kind === 'appraisal' && d.firm);
  const firmOf = (kind: RowDuty['kind']) => kept.filter((d) => d.kind === kind && d.firm);
  const spoken = or(...firm.map((d) => d.applies));
  const keepsLonger = (d: RowDuty) => {
    if (d.kind === 'period') {
      const covers = (how: string) => or(...[...firm, ...lapsed].filter((f) => f !== d && coveredBy(d, f) === how).map((f) => f.applies));
      const covered = or(covers('always'), and(covers('while-running'), `coalesce(w >= ${today}, FALSE)`));
      return or(and(`${until(d)} IS NULL`, not(covered)), `${until(d)} >= ${today} AND (w IS NULL OR ${until(d)} > w)`);
    }
    return d.kind === 'silent' ? not(spoken) : 'TRUE';
  };
  const clocked = [...periods, ...caps];
  const heard = (d: RowDuty) => (d.firm ? d.applies : and(d.applies, `${until(d)} IS NOT NULL`));
  const allOver = and(or(...clocked.map(heard)), ...clocked.map((d) => or(not(heard(d)), `coalesce(${until(d)} < ${today}, FALSE)`)));
  const handover = handoverOf(law, profile.recordClass);
  const archive = { recordClass: profile.recordClass };
  const silent = firmOf('silent');
  const branches: Branch[] = [
    ...(handover.firm
      ? [[handover.atOnce ? 'TRUE' : not(allOver), outcomes.of('handOver', 'handover-duty', [handover.firm.id])] as Branch]
      : []),
    ...firmOf('permanent').map((d): Branch => [d.applies, outcomes.of('archive', 'retention-running', cite(d), archive)]),
    ...firmOf('matter').map((d): Branch => [d.applies, outcomes.of('hold', 'matter-open', cite(d))]),
    ...firm.map((d): Branch => [and(d.applies, `${until(d)} IS NULL`), outcomes.of('gap', 'start-date-missing')]),
    ...firmOf('open-ended').map((d): Branch => [d.applies, outcomes.of('gap', 'no-period', cite(d))]),
    ...kept.flatMap((d): Branch[] => [
      [and(d.unknown, keepsLonger(d)), outcomes.of('gap', 'condition-unknown', cite(d))],
      [
        d.firm ? 'FALSE' : and(d.applies, keepsLonger(d)),
        outcomes.of('gap', d.unsettled ? 'transition-unsettled' : 'rule-unconfirmed', cite(d)),
      ],
    ]),
    ...periods
      .filter((d) => !d.firm)
      .map((d): Branch => [
        and(or(...silent.map((s) => s.applies)), not(spoken), d.applies),
        outcomes.of('gap', 'rule-unconfirmed', cite(d)),
      ]),
    ...silent.map((d): Branch => [and(d.applies, not(spoken)), outcomes.of('gap', 'no-period', cite(d))]),
    ...firm.map((d): Branch => [
      and(d.applies, `w >= ${today}`, `${until(d)} = w`),
      outcomes.of('archive', 'retention-running', cite(d), { ...archive, until: 'w' }),
    ]),
    ...caps.map((d): Branch => [and(d.applies, `${until(d)} IS NULL`), outcomes.of('gap', 'start-date-missing')]),
    ...caps.map((d): Branch => [and(d.applies, `${until(d)} < ${today}`), outcomes.of('delete', 'retention-expired', cite(d))]),
    ...caps.map((d): Branch => [
      and(d.applies, `${until(d)} = c`, notCeased(setting)),
      outcomes.of('archive', 'ceiling-running', cite(d), { ...archive, until: 'c' }),
    ]),
    ...appraisalBranches(profile, setting),
    ...(handover.open ? [[not(allOver), outcomes.of('gap', 'rule-unconfirmed', [handover.open.id])] as Branch] : []),
  ];
  const expired = or(...profile.duties.filter((d) => d.kind === 'period' || d.kind === 'appraisal').map((d) => d.applies));
  const days = (duties: readonly RowDuty[]) => duties.map((d) => choose([[d.applies, until(d)]], 'NULL'));
  return {
    touched: or(...profile.duties.map((d) => d.touches)),
    longest: extreme('greatest', days(firm)),
    ceiling: extreme('least', days(caps)),
    verdict: choose(branches, endSql(profile, expired, setting)),
  };
}

function extreme(pick: 'greatest' | 'least', days: readonly string[]): string {
  const known = [...new Set(days)].filter((d) => d !== 'NULL');
  if (known.length === 0) return 'CAST(NULL AS DATE)';
  return known.length === 1 ? known[0]! : `${pick}(${known.join(', ')})`;
}

function isCeased({ law, ceasedStanding }: Setting): string {
  return ceasedByRoute(law.facts) ? 'TRUE' : `coalesce(standing = ${ceasedStanding}, FALSE)`;
}

function notCeased(setting: Setting): string {
  return not(isCeased(setting));
}

function endSql(profile: Profile, expired: string, setting: Setting): string {
  const { law, outcomes } = setting;
  const appraisal = appraisalOf(law, profile.recordClass);
  return choose(
    [
      ['pi IS FALSE', outcomes.of('exclude', 'no-personal-information')],
      [profile.anonymise ? 'TRUE' : 'FALSE', outcomes.of('anonymise', 'anonymise-chosen', [CITED.anonymise])],
    ],
    appraisal.allowed ? outcomes.of('delete', 'retention-expired', [appraisal.allowed.id]) : groundSql(profile, expired, setting),
  );
}

/** Archives wait for their appraisal (档案法实施条例 24), and so does what an old schedule let lapse (财会〔2016〕3号). */
function appraisalBranches(profile: Profile, { law, outcomes }: Setting): Branch[] {
  if (law.facts.conditions.includes(APPRAISED)) return [];
  const { bar } = appraisalOf(law, profile.recordClass);
  const gap = (rule: string) => outcomes.of('gap', 'appraisal-missing', [rule]);
  const lapsed = profile.duties.filter((d) => d.kind === 'appraisal');
  return bar ? [['TRUE', gap(bar.id)]] : lapsed.map((d): Branch => [or(d.applies, d.unknown), gap(d.rule.id)]);
}

/** By which provision a row goes; persons under 14 may have one of their own. */
function groundSql(profile: Profile, expired: string, setting: Setting): string {
  const ages = AGES.map((minor) => groundsSql(groundsOf(setting.law, profile.recordClass, minor), profile, expired, setting));
  const [child, other, ageless] = ages as [string, string, string];
  if (child === ageless && other === ageless) return ageless;
  return choose(
    [
      ['minor IS TRUE', child],
      ['minor IS FALSE', other],
    ],
    ageless,
  );
}

function groundsSql(grounds: readonly Deletion[], profile: Profile, expired: string, setting: Setting): string {
  const { outcomes } = setting;
  const ceased = isCeased(setting);
  const end = (rule: string): string =>
    choose(
      [
        [expired, outcomes.of('delete', 'retention-expired', [rule])],
        [ceased, outcomes.of('delete', 'service-ceased', [rule])],
      ],
      outcomes.of('delete', 'purpose-ended', [rule]),
    );
  const branch = (g: Deletion): Branch => [metSql(g, profile, expired, setting), end(g.rule.id)];
  return choose(
    [
      ...grounds.filter((g) => !g.last).map(branch),
      [ceased, end(CITED.serviceCeased)],
      ...grounds.filter((g) => g.last).map(branch),
      [expired, outcomes.of('delete', 'retention-expired', [CITED.retentionExpired])],
    ],
    outcomes.of('delete', 'purpose-ended', [CITED.purposeEnded]),
  );
}

function metSql({ trigger }: Deletion, profile: Profile, expired: string, setting: Setting): string {
  const { columns, today, holds } = setting;
  switch (trigger.kind) {
    case 'always':
      return 'TRUE';
    case 'ceased':
      return isCeased(setting);
    case 'expired':
      return expired;
    case 'erase':
      return holds ? 'coalesce(erase, FALSE)' : 'FALSE';
    case 'withdrawn':
      return holds ? 'coalesce(withdrawn, FALSE)' : 'FALSE';
    case 'account-closed':
      return `coalesce(${columns.day(['account.closed'], profile.number)} <= ${today}, FALSE)`;
    case 'after':
      return `coalesce(${columns.end(trigger.clock, profile.number)} < ${today}, FALSE)`;
  }
}
