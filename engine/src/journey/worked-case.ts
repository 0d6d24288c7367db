// SPDX-License-Identifier: Apache-2.0
import { conditionHolds } from '../decide/law/index.ts';
import { type EvaluateInput, REQUESTS, type Successor, isDay } from '../decide/plan/index.ts';
import { type CaseFacts, ROUTES, type Route } from '../model/case.ts';
import { FIELD_CATEGORIES, type FieldCategory } from '../model/category.ts';
import { RECORD_CLASSES, type RecordClass, type Rule, SECTORS, type Sector } from '../model/law.ts';
import type { EndCause } from '../model/standing.ts';
import { JourneyError } from './error.ts';
import { checkWorkedCase } from './check-worked-case.ts';
import { conditionsNotStated } from './unstated-conditions.ts';

/** One worked case as its file states it (`plan --cases`). What a case leaves out is not known. */
export interface WorkedCase {
  readonly id: string;
  readonly case: {
    readonly sectors: readonly string[];
    readonly route: string;
    readonly today: string;
    readonly dissolution?: string | null;
    readonly userCount?: number | null;
    readonly region?: string | null;
    readonly role?: string;
    readonly conditions?: readonly string[];
    readonly notConditions?: readonly string[];
    readonly reported?: readonly string[];
  };
  readonly record: {
    readonly class: string;
    readonly fields?: readonly string[];
    readonly dates?: EvaluateInput['record']['dates'];
    readonly anonymise?: boolean;
  };
  readonly subject?: { readonly kind?: string; readonly age?: number | null } | null;
  readonly standing?: {
    readonly ended: boolean | null;
    readonly cause: string;
    readonly endedOn?: string | null;
    readonly owed?: readonly string[];
    readonly conflicts?: EvaluateInput['standing'] extends infer S ? (S extends { conflicts: infer C } ? C : never) : never;
  } | null;
  readonly holds?: readonly {
    readonly kind: string;
    readonly approved?: boolean;
    readonly scope?: string | null;
    readonly until?: string | null;
    readonly releasedOn?: string | null;
  }[];
  readonly requests?: readonly (string | { readonly kind?: string; readonly type?: string; readonly answeredOn?: string | null })[];
  readonly successor?:
    | (Successor & {
        readonly name?: string | null;
        readonly contact?: string | null;
        readonly consent?: boolean;
        readonly guardianNoticeSentOn?: string | null;
      })
    | null;
  readonly confirmed?: readonly string[];
  readonly refused?: readonly string[];
}

/** Routes by the names under which people write them. */
const ROUTE_NAMES: Readonly<Record<string, Route>> = {
  ordinary: 'liquidation',
  dissolution: 'liquidation',
  'simplified-deregistration': 'simplified',
  'forced-deregistration': 'forced',
  merger: 'successor',
  split: 'successor',
  'merger-or-split': 'successor',
};

/**
 * A worked case as what the evaluator asks for. Throws JourneyError `unknown-word` naming the part that is missing, of another shape, or in
 * no closed list. Keys that the format does not have are passed over.
 */
export function readWorkedCase(c: WorkedCase, rules: readonly Rule[], applicable: EvaluateInput['applicable']): EvaluateInput {
  checkWorkedCase(c);
  const recordClass = oneOf<RecordClass>(RECORD_CLASSES, c.record.class, 'class');
  const fields = c.record.fields ?? [];
  const age = c.subject?.age ?? null;
  const minor = age === null ? null : age < 14;
  const stated = [...(c.case.conditions ?? []), ...(age !== null && age < 18 ? ['minors'] : [])];
  const facts: CaseFacts = {
    sectors: c.case.sectors.map((s) => oneOf<Sector>(SECTORS, s, 'sector')),
    route: oneOf<Route>(ROUTES, ROUTE_NAMES[c.case.route] ?? c.case.route, 'route'),
    today: c.case.today,
    dissolution: dayOrNull(c.case.dissolution, 'dissolution'),
    role: c.case.role === 'processor' || stated.includes('processor-role') ? 'processor' : 'controller',
    conditions: stated,
    notConditions: c.case.notConditions ?? [],
    confirmed: c.confirmed ?? [],
    refused: c.refused ?? [],
    region: c.case.region ?? null,
    userCount: c.case.userCount ?? null,
    reported: c.case.reported ?? [],
  };
  return {
    facts: {
      ...facts,
      notConditions: [...facts.notConditions, ...conditionsNotStated(facts, rules, { recordClass, minor }, conditionHolds)],
    },
    rules,
    applicable,
    standing: c.standing ? standingOf(c.standing, c) : null,
    holds: [...holdsOf(c, recordClass), ...requestsOf(c)],
    successor: successorOf(c.successor ?? null, minor === true || stated.includes('under-14')),
    record: {
      class: recordClass,
      role: 'customer',
      pi: (c.subject?.kind ?? 'person') === 'person' || fields.some((f) => PERSONAL.has(f)),
      dates: c.record.dates ?? {},
      minor,
      anonymise: c.record.anonymise === true,
      fields,
    },
  };
}

/** Field names that speak of a natural person, also where the record is an organisation's: its contacts are persons. */
const PERSONAL: ReadonlySet<string> = new Set([
  ...FIELD_CATEGORIES.filter(
    (c: FieldCategory) => !['company_name', 'credit_code', 'invoice_title', 'order_no', 'account_balance'].includes(c),
  ),
  'id_photo',
  'staff_name',
  'signature',
]);

/** A contract whose last day is still to come has not ended; one that is not settled owes something, whether or not the case says what. */
function standingOf(s: NonNullable<WorkedCase['standing']>, c: WorkedCase): NonNullable<EvaluateInput['standing']> {
  const endedOn = dayOrNull(s.endedOn, 'endedOn');
  const owed = s.owed ?? [];
  return {
    ended: s.ended === true && endedOn !== null && endedOn > c.case.today ? false : (s.ended ?? null),
    cause: isPassedOn(c) ? 'assumed-by-successor' : ((s.cause ?? 'unknown') as EndCause),
    endedOn,
    owed: s.cause === 'unsettled' && s.ended !== true && owed.length === 0 ? ['not settled'] : owed,
    conflicts: s.conflicts ?? [],
  };
}

/** The case names who is to get the record and says that it is to be passed on. */
function isPassedOn({ successor, case: { conditions = [], role } }: WorkedCase): boolean {
  if (!successor || successor.instruction !== undefined || role === 'processor') return false;
  return conditions.includes('third-party-transfer') || conditions.includes('transfer-needed');
}

function holdsOf(c: WorkedCase, recordClass: RecordClass): EvaluateInput['holds'] {
  return (c.holds ?? [])
    .filter((h) => !((dayOrNull(h.releasedOn, 'releasedOn') ?? LATER) <= c.case.today) && covers(h.scope, recordClass))
    .map((h) => ({
      kind: h.kind,
      // A hold that says it is on nothing is not a hold yet: someone must say on what.
      approved: h.approved === true && h.scope !== null && h.scope !== '',
      until: dayOrNull(h.until, 'until'),
    }));
}

/** Not yet. */
const LATER = '9999-12-31';

/** `all orders` is on orders; any other scope was attached to the record by whoever wrote the case. */
function covers(scope: string | null | undefined, recordClass: RecordClass): boolean {
  const named = /^all ([a-z-]+?)s?$/.exec(scope ?? '')?.[1];
  return named === undefined || named === recordClass || !(RECORD_CLASSES as readonly string[]).includes(named);
}

function requestsOf(c: WorkedCase): EvaluateInput['holds'] {
  return (c.requests ?? []).flatMap((r) => {
    const kind = typeof r === 'string' ? r : (r.kind ?? r.type ?? '');
    if (typeof r !== 'string' && r.answeredOn) return [];
    if (/object|异议/.test(kind)) return [{ kind: 'objection', approved: true }];
    if (/withdraw|撤回/.test(kind)) return [{ kind: REQUESTS.withdraw, approved: true }];
    if (/eras|delet|删除/.test(kind)) return [{ kind: REQUESTS.erase, approved: true }];
    return [{ kind: REQUESTS.access, approved: true }];
  });
}

function successorOf(s: WorkedCase['successor'], child: boolean): Successor | null {
  if (!s) return null;
  const guardian = child && s.guardianNoticeSentOn !== undefined ? dayOrNull(s.guardianNoticeSentOn, 'guardianNoticeSentOn') : undefined;
  const unnamed = s.name === null || s.name === '' || s.contact === null || s.contact === '';
  return {
    ...(s.samePurpose === undefined ? {} : { samePurpose: s.samePurpose }),
    ...(s.instruction === undefined ? {} : { instruction: s.instruction }),
    // A notice without name and contact of who takes over is none (个人信息保护法 22); a child under 14 is told through the guardian (31).
    noticeSentOn: unnamed ? null : guardian === undefined ? dayOrNull(s.noticeSentOn, 'noticeSentOn') : guardian,
    separateConsent: s.separateConsent === true || s.consent === true,
  };
}

function oneOf<T extends string>(list: readonly string[], word: string, what: string): T {
  if (!list.includes(word)) throw new JourneyError('unknown-word', `${what}: ${word}`);
  return word as T;
}

/** A day that the case must be able to name; unlike the record's own dates, which may be missing or placeholders. */
function dayOrNull(text: string | null | undefined, what: string): string | null {
  if (text === null || text === undefined) return null;
  if (!isDay(text)) throw new JourneyError('unknown-word', `${what}: ${String(text)}`);
  return text;
}
