// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { DataMap } from '../../model/data-map.ts';
import type { Rule } from '../../model/law.ts';
import { CITED, LIMITATION_HOLD, OBJECTION_HOLD, PREPAID_CONDITIONS } from './cited.ts';
import { clocksOf } from './clocks.ts';
import { ceasedByRoute } from './evaluate.ts';
import { Outcomes } from './outcomes.ts';
import type { Applicable, Successor } from './ports.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { retentionSql } from './retention-sql.ts';
import { choose, dayLiteral, literal } from './sql.ts';

export interface CompileInput {
  readonly facts: CaseFacts;
  readonly rules: readonly Rule[];
  readonly applicable: Applicable;
  readonly dataMap: DataMap;
  readonly successor?: Successor | null;
  /** A table holds(idx BIGINT, kind VARCHAR, approved BOOLEAN), any number of rows for a record; none when left out. */
  readonly holds?: boolean;
}

/** Standing of a subject as one small number; of several the lowest counts. NULL = no subject, or one whose end is as good as the case's. */
const STANDING = { assumed: 1, owed: 2, conflict: 3, unknown: 4, running: 5, ceased: 6, ended: 7 } as const;

/**
 * One DuckDB SELECT that gives every row of the view `records` its end: idx, dataset, disposition, until, rules, reason, archive_class.
 * Reads the views records, subjects, standing and, if asked, holds. States what `evaluate` states; a property test compares the two.
 * Everything that the law decides for a whole dataset is decided here, so a row only meets the conditions that differ from row to row.
 * A record of a dataset that the map does not know is a gap (`no-rule`). Throws PlanError.
 */
export function compilePlan(input: CompileInput): string {
  const { facts, dataMap } = input;
  const profiles = profilesOf(input, dataMap);
  const clocks = clocksOf(profiles, facts);
  const outcomes = new Outcomes();
  const today = dayLiteral(facts.today);
  const parts = profiles.map((p) => retentionSql(p, { today, facts, outcomes, until: clocks.of, ceasedStanding: STANDING.ceased }));
  const byProfile = (pick: (part: (typeof parts)[number]) => string, otherwise: string) => perProfile(profiles, parts.map(pick), otherwise);
  const verdict = choose(
    [
      ...(input.holds ? holdBranches(outcomes) : []),
      ['p IS NULL OR role IS NULL', outcomes.of('gap', 'no-rule')],
      ["role = 'unknown'", outcomes.of('gap', 'unreadable')],
      ["role <> 'customer'", outcomes.of('exclude', 'not-a-customer')],
      [`pi IS FALSE AND NOT (${byProfile((part) => part.touched, 'FALSE')})`, outcomes.of('exclude', 'no-personal-information')],
      ...standingBranches(input, outcomes),
    ],
    byProfile((part) => part.verdict, outcomes.of('gap', 'no-rule')),
  );
  return `WITH mapped AS (
  SELECT *, ${profileOf(profiles)} AS p FROM records
), troubled AS (
  SELECT s.idx, min(t.code) AS standing FROM subjects s JOIN (SELECT subject, ${standingCode()} AS code FROM standing) t ON t.subject = s.subject
  ${ceasedByRoute(facts) ? `WHERE t.code < ${STANDING.ceased}` : ''} GROUP BY s.idx
)${input.holds ? `, held AS (${heldSql()})` : ''}, clocked AS (
  SELECT r.idx, r.dataset, r.p, r.role, r.pi, r.minor, t.standing${input.holds ? ', h.approved, h.objection, h.limitation, h.pending' : ''}${clocks.columns.map((c) => `,\n    ${c.sql} AS ${c.column}`).join('')}
  FROM mapped r LEFT JOIN troubled t ON t.idx = r.idx${input.holds ? ' LEFT JOIN held h ON h.idx = r.idx' : ''}
), longest AS (
  SELECT *, ${byProfile((part) => part.longest, 'CAST(NULL AS DATE)')} AS w FROM clocked
), judged AS (
  SELECT idx, dataset, w, ${verdict} AS v FROM longest
)
SELECT j.idx, j.dataset, o.disposition, CASE WHEN o.class IS NOT NULL THEN j.w END AS until, o.rules, o.reason,
  CASE WHEN o.class IS NOT NULL THEN o.class || '-' || CAST(j.w AS VARCHAR) END AS archive_class
FROM judged j JOIN ${outcomes.table()} ON o.v = j.v`;
}

function profileOf(profiles: readonly Profile[]): string {
  const branches = profiles.map((p): [string, string] => [`dataset IN (${p.datasets.map(literal).join(', ')})`, String(p.number)]);
  return choose(branches, 'NULL');
}

/** One expression for each profile; profiles that say the same share a branch. */
function perProfile(profiles: readonly Profile[], expressions: readonly string[], otherwise: string): string {
  const same = new Map<string, number[]>();
  expressions.forEach((sql, i) => same.set(sql, [...(same.get(sql) ?? []), profiles[i]!.number]));
  return choose(
    [...same].filter(([sql]) => sql !== otherwise).map(([sql, numbers]) => [`p IN (${numbers.join(', ')})`, sql]),
    otherwise,
  );
}

function holdBranches(outcomes: Outcomes): [string, string][] {
  return [
    ['approved', outcomes.of('hold', 'hold-approved')],
    ['objection', outcomes.of('hold', 'objection')],
    ['limitation', outcomes.of('gap', 'hold-not-approved', [CITED.limitation])],
    ['pending', outcomes.of('gap', 'hold-not-approved')],
  ];
}

function heldSql(): string {
  const objection = `kind IS NOT DISTINCT FROM ${literal(OBJECTION_HOLD)}`;
  return `SELECT idx, bool_or(approved IS TRUE AND NOT (${objection})) AS approved, bool_or(${objection}) AS objection,
    bool_or(kind IS NOT DISTINCT FROM ${literal(LIMITATION_HOLD)}) AS limitation, TRUE AS pending FROM holds GROUP BY idx`;
}

function standingCode(): string {
  const some = (column: string) => `coalesce(replace(${column}, ' ', ''), '[]') NOT IN ('[]', '')`;
  return choose(
    [
      ["cause = 'assumed-by-successor'", String(STANDING.assumed)],
      [some('owed'), String(STANDING.owed)],
      [`cause = 'conflict' OR ${some('conflicts')}`, String(STANDING.conflict)],
      ['ended IS NULL', String(STANDING.unknown)],
      ['NOT ended', String(STANDING.running)],
      ["cause IN ('service.ceased', 'none')", String(STANDING.ceased)],
    ],
    String(STANDING.ended),
  );
}

function standingBranches({ facts, successor }: CompileInput, outcomes: Outcomes): [string, string][] {
  const told = successor?.noticeSentOn ?? null;
  const lawful = successor?.samePurpose === true && told !== null && told <= facts.today;
  const prepaid = PREPAID_CONDITIONS.every((c) => facts.conditions.includes(c));
  const branches: [string, string][] = [
    [
      `standing = ${STANDING.assumed}`,
      lawful ? outcomes.of('transfer', 'successor', [CITED.transfer]) : outcomes.of('gap', 'successor', [CITED.transfer]),
    ],
  ];
  if (facts.role === 'processor') {
    const end = successor?.instruction === 'return' ? 'handOver' : successor?.instruction === 'delete' ? 'delete' : 'gap';
    return [...branches, ['TRUE', outcomes.of(end, 'processor-return', [CITED.processor])]];
  }
  return [
    ...branches,
    [`standing = ${STANDING.owed}`, outcomes.of('hold', 'obligation-owed', prepaid ? [CITED.prepaid] : [])],
    [`standing = ${STANDING.conflict}`, outcomes.of('gap', 'standing-conflict')],
    [`standing = ${STANDING.unknown}`, outcomes.of('gap', 'standing-unknown')],
    [`standing = ${STANDING.running}`, outcomes.of('hold', 'contract-running')],
    [ceasedByRoute(facts) ? 'FALSE' : 'standing IS NULL', outcomes.of('gap', 'unlinked')],
  ];
}
