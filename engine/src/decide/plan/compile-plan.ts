// SPDX-License-Identifier: Apache-2.0
import type { CaseFacts } from '../../model/case.ts';
import type { DataMap } from '../../model/data-map.ts';
import type { Rule } from '../../model/law.ts';
import { ceasedByRoute, isDissolving, owedRule, reportBar } from './case-rules.ts';
import { CITED, LIMITATION_HOLD, OBJECTION_HOLD, REQUESTS } from './cited.ts';
import { Columns } from './columns.ts';
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
  /** A table holds(idx BIGINT, kind VARCHAR, approved BOOLEAN, until DATE), any number of rows for a record; none when left out. */
  readonly holds?: boolean;
}

/** Standing of a subject as one small number; of several the lowest counts. NULL = no subject, or one whose end is as good as the case's. */
const STANDING = { assumed: 1, owed: 2, conflict: 3, unknown: 4, running: 5, ceased: 6, ended: 7 } as const;

type Branch = [when: string, then: string];

/**
 * One DuckDB SELECT that gives every row of the view `records` its end: idx, dataset, disposition, until, rules, reason, archive_class.
 * Reads the views records, subjects, standing and, if asked, holds. States what `evaluate` states; a property test compares the two.
 * Everything that the law decides for a whole dataset is decided here, so a row only meets the conditions that differ from row to row.
 * A record of a dataset that the map does not know is a gap (`no-rule`). Throws PlanError.
 */
export function compilePlan(input: CompileInput): string {
  const { facts, dataMap } = input;
  const holds = input.holds === true;
  const columns = new Columns(facts);
  const profiles = profilesOf(input, dataMap, columns);
  const outcomes = new Outcomes();
  const today = dayLiteral(facts.today);
  const parts = profiles.map((p) => retentionSql(p, { law: input, today, outcomes, columns, ceasedStanding: STANDING.ceased, holds }));
  const byProfile = (pick: (part: (typeof parts)[number]) => string, otherwise: string) => perProfile(profiles, parts.map(pick), otherwise);
  const verdict = choose(
    [
      ...(holds ? holdBranches(outcomes) : []),
      ['p IS NULL OR role IS NULL', outcomes.of('gap', 'no-rule')],
      ["role = 'unknown'", outcomes.of('gap', 'unreadable')],
      ["role <> 'customer'", outcomes.of('exclude', 'not-a-customer')],
      [`pi IS FALSE AND NOT (${byProfile((part) => part.touched, 'FALSE')})`, outcomes.of('exclude', 'no-personal-information')],
      ...reportBranches(input, profiles, outcomes),
      ...standingBranches(input, profiles, outcomes),
    ],
    byProfile((part) => part.verdict, outcomes.of('gap', 'no-rule')),
  );
  const noDay = 'CAST(NULL AS DATE)';
  const longest = byProfile((part) => part.longest, noDay);
  const ceiling = byProfile((part) => part.ceiling, noDay);
  const until = `CASE o.day WHEN 'w' THEN j.w WHEN 'c' THEN j.c${holds ? " WHEN 'h' THEN j.held_until" : ''} END`;
  return `WITH mapped AS (
  SELECT *, ${profileOf(profiles)} AS p FROM records
), troubled AS (
  SELECT s.idx, min(t.code) AS standing FROM subjects s JOIN (SELECT subject, ${standingCode()} AS code FROM standing) t ON t.subject = s.subject
  ${ceasedByRoute(facts) ? `WHERE t.code < ${STANDING.ceased}` : ''} GROUP BY s.idx
)${holds ? `, held AS (${heldSql(today)})` : ''}, clocked AS (
  SELECT r.idx, r.dataset, r.p, r.role, r.pi, r.minor, t.standing${holds ? `, ${HELD.map((c) => `h.${c}`).join(', ')}` : ''}${columns.sql()}
  FROM mapped r LEFT JOIN troubled t ON t.idx = r.idx${holds ? ' LEFT JOIN held h ON h.idx = r.idx' : ''}
), longest AS (
  SELECT *, ${longest} AS w, ${ceiling} AS c FROM clocked
), judged AS (
  SELECT idx, dataset, w, c${holds ? ', held_until' : ''}, ${verdict} AS v FROM longest
)
SELECT j.idx, j.dataset, o.disposition, ${until} AS until, o.rules, o.reason,
  CASE WHEN o.class IS NOT NULL THEN o.class || '-' || coalesce(CAST(${until} AS VARCHAR), 'permanent') END AS archive_class
FROM judged j JOIN ${outcomes.table()} ON o.v = j.v`;
}

function profileOf(profiles: readonly Profile[]): string {
  const branches = profiles.map((p): Branch => [`dataset IN (${p.datasets.map(literal).join(', ')})`, String(p.number)]);
  return choose(branches, 'NULL');
}

/** One expression for each profile; profiles that say the same share a branch. */
function perProfile(profiles: readonly Profile[], expressions: readonly string[], otherwise: string): string {
  const same = new Map<string, number[]>();
  expressions.forEach((sql, i) => same.set(sql, [...(same.get(sql) ?? []), profiles[i]!.number]));
  if (same.size === 1 && !same.has(otherwise) && otherwise === 'FALSE') return [...same.keys()][0]!;
  return choose(
    [...same].filter(([sql]) => sql !== otherwise).map(([sql, numbers]) => [`p IN (${numbers.join(', ')})`, sql]),
    otherwise,
  );
}

const HELD = ['held', 'held_until', 'erase', 'withdrawn'] as const;

/** What the holds and requests of a record come to, as one small number; the lowest counts. */
const HELD_AS = { limited: 1, approved: 2, objection: 3, limitation: 4, pending: 5, asked: 6 } as const;

function holdBranches(outcomes: Outcomes): Branch[] {
  const ends = {
    limited: outcomes.of('hold', 'hold-approved', [CITED.limitation], { until: 'h' }),
    approved: outcomes.of('hold', 'hold-approved', [], { until: 'h' }),
    objection: outcomes.of('hold', 'objection'),
    limitation: outcomes.of('gap', 'hold-not-approved', [CITED.limitation]),
    pending: outcomes.of('gap', 'hold-not-approved'),
    asked: outcomes.of('hold', 'request-open', [CITED.access]),
  };
  const codes = Object.keys(HELD_AS) as (keyof typeof HELD_AS)[];
  return [['held IS NOT NULL', `CASE held ${codes.map((c) => `WHEN ${HELD_AS[c]} THEN ${ends[c]}`).join(' ')} END`]];
}

/** A hold whose last day is past holds nothing. Requests stand in the same table and hold nothing by themselves, but for access. */
function heldSql(today: string): string {
  const is = (kind: string) => `kind IS NOT DISTINCT FROM ${literal(kind)}`;
  const request = `coalesce(kind IN (${Object.values(REQUESTS).map(literal).join(', ')}), FALSE)`;
  const active = `NOT ${request} AND coalesce(until >= ${today}, TRUE)`;
  const approved = `${active} AND approved IS TRUE AND NOT (${is(OBJECTION_HOLD)})`;
  const code = choose(
    [
      [`bool_or(${approved}) AND coalesce(bool_and(${is(LIMITATION_HOLD)}) FILTER (${approved}), FALSE)`, String(HELD_AS.limited)],
      [`bool_or(${approved})`, String(HELD_AS.approved)],
      [`bool_or(${active} AND ${is(OBJECTION_HOLD)})`, String(HELD_AS.objection)],
      [`bool_or(${active} AND ${is(LIMITATION_HOLD)})`, String(HELD_AS.limitation)],
      [`bool_or(${active})`, String(HELD_AS.pending)],
      [`bool_or(${is(REQUESTS.access)})`, String(HELD_AS.asked)],
    ],
    'NULL',
  );
  return `SELECT idx, ${code} AS held,
    CASE WHEN bool_and(until IS NOT NULL) FILTER (${approved}) THEN max(until) FILTER (${approved}) END AS held_until,
    bool_or(${is(REQUESTS.erase)}) AS erase, bool_or(${is(REQUESTS.withdraw)}) AS withdrawn FROM holds GROUP BY idx`;
}

function reportBranches(input: CompileInput, profiles: readonly Profile[], outcomes: Outcomes): Branch[] {
  return profiles.flatMap((p): Branch[] => {
    const bar = reportBar(input, p.recordClass);
    return bar === null ? [] : [[`p = ${p.number}`, outcomes.of(bar.disposition, bar.reason, [bar.rule])]];
  });
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

function standingBranches(input: CompileInput, profiles: readonly Profile[], outcomes: Outcomes): Branch[] {
  const { facts, successor } = input;
  const cases = (standing: number): string => `standing = ${standing}`;
  const taken: Branch = [cases(STANDING.assumed), takenOver(input, outcomes)];
  const conflict: Branch = [cases(STANDING.conflict), outcomes.of('gap', 'standing-conflict')];
  const unknown: Branch = [cases(STANDING.unknown), outcomes.of('gap', 'standing-unknown')];
  const running: Branch = [cases(STANDING.running), outcomes.of('hold', 'contract-running')];
  if (facts.role === 'processor') {
    const end = successor?.instruction === 'return' ? 'handOver' : successor?.instruction === 'delete' ? 'delete' : 'gap';
    return [taken, conflict, unknown, running, ['TRUE', outcomes.of(end, 'processor-return', [CITED.processor])]];
  }
  const owed = profiles.map((p) => outcomes.of('hold', 'obligation-owed', owedRule(input, p.recordClass)));
  return [
    taken,
    [cases(STANDING.owed), perProfile(profiles, owed, outcomes.of('gap', 'no-rule'))],
    conflict,
    unknown,
    running,
    [ceasedByRoute(facts) ? 'FALSE' : 'standing IS NULL', outcomes.of('gap', 'unlinked')],
  ];
}

/** Succession on dissolution needs notice (PIPL 22); any other passing on needs separate consent as well (PIPL 23, abroad 39). */
function takenOver({ facts, successor }: CompileInput, outcomes: Outcomes): string {
  const told = successor?.noticeSentOn ?? null;
  const consent = successor?.separateConsent === true;
  const sold = !isDissolving(facts) || facts.conditions.includes('third-party-transfer');
  const rule = sold ? CITED.provide : CITED.transfer;
  if (told === null || told > facts.today) return outcomes.of('gap', 'successor', [rule]);
  if (sold) return consent ? outcomes.of('transfer', 'successor', [rule]) : outcomes.of('gap', 'consent-missing', [rule]);
  if (facts.conditions.includes('cross-border') && !consent) return outcomes.of('gap', 'consent-missing', [CITED.export]);
  return successor?.samePurpose === true || consent
    ? outcomes.of('transfer', 'successor', [rule])
    : outcomes.of('gap', 'successor', [rule]);
}
