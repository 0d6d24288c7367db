// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import {
  type Basis,
  type Signing,
  checkApprovals,
  exceptionHash,
  exceptionListHash,
  lostExceptions,
  mayDestroy,
  planBar,
  readPayload,
  uncovered,
} from '../../../src/decide/approve/index.ts';
import type { HoldOrder } from '../../../src/model/case.ts';
import type { Department } from '../../../src/model/department.ts';
import type { Disposition } from '../../../src/model/disposition.ts';
import { type Event, PEOPLE } from './events.ts';
import { CASE, type Person, verify } from './people.ts';

/*
 * A case as its store would hold it, and what can happen to it: people sign, lend their voice, take it back, cheat; plans are made anew;
 * exceptions come and are tampered away; sources drift; months pass; processes restart. Beside it stands what truly happened, by which the
 * product's answer is judged without its code.
 */
const DAY = 86_400_000;

interface Plan {
  readonly digest: string;
  readonly preparedBy: string;
  readonly decisions: readonly Disposition[];
  readonly basis: Basis;
  voidReason: string | null;
}

/** What the store holds; plain data, so that a restart is a copy through JSON. */
export interface Stored {
  now: number;
  plan: Plan;
  decisions: Disposition[];
  basis: Basis;
  signings: Signing[];
  exceptions: { subject: number; reason: string }[];
  lists: { list: string; lines: string[] }[];
  drifted: number[];
}

/** What truly happened, kept apart. */
interface Truth {
  /** Own, honest signatures of a digest: who, for which department, for whom, when. */
  readonly signed: { digest: string; who: number; department: Department; behalf: number | null; at: number; back: boolean }[];
  readonly lent: { from: number; to: number; until: string; at: number; back: boolean }[];
  /** Decisions, basis and preparer as they were when a digest was made. */
  readonly plans: Map<string, { decisions: readonly Disposition[]; basis: string; preparedBy: string }>;
  readonly everExcepted: Set<string>;
}

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const hashOf = (s: Signing) => readPayload(new Uint8Array(Buffer.from((s.envelope as { payload: string }).payload, 'base64')))!.hash;
const iso = (at: number) => new Date(at).toISOString();
const shanghai = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
const plain = (basis: Basis) => JSON.stringify({ ...basis, facts: { ...basis.facts, today: '', holds: [] } });

export class World {
  stored: Stored;
  readonly truth: Truth = { signed: [], lent: [], plans: new Map(), everExcepted: new Set() };
  readonly #first: string;

  constructor(preparedBy: number) {
    const decisions: Disposition[] = ['delete', 'archive', 'anonymise', 'hold', 'delete'];
    const facts = {
      sectors: [],
      route: 'liquidation',
      today: '2026-11-23',
      dissolution: null,
      role: 'controller',
      conditions: [],
      notConditions: [],
      confirmed: [],
      refused: [],
    } as const;
    const basis: Basis = {
      dataMap: '1',
      datasets: {},
      rules: '1',
      ruleHashes: {},
      facts,
      inventoryRoot: '1',
      decisionsRoot: hash(decisions),
      findings: '1',
    };
    this.stored = {
      now: Date.parse('2026-11-23T01:00:00Z'),
      plan: null as never,
      decisions,
      basis,
      signings: [],
      exceptions: [],
      lists: [],
      drifted: [],
    };
    this.#plan(preparedBy, decisions);
    this.#first = this.stored.plan.digest;
  }

  /** What the product would destroy now. */
  destroys(): readonly number[] {
    const s = this.stored;
    const lines = [...s.exceptions.map((e) => exceptionHash(e)), ...this.#later().map((h) => exceptionHash({ hold: h }))];
    const approvals = checkApprovals({
      caseCode: CASE,
      digest: s.plan.digest,
      preparedBy: s.plan.preparedBy,
      signings: s.signings,
      officers: PEOPLE.map((p) => p.officer),
      verify,
      now: iso(s.now),
    });
    const lists = approvals.read.exceptionLists
      .filter((l) => l.planDigest === s.plan.digest)
      .map(({ list }) => ({ list, lines: s.lists.find((x) => x.list === list)?.lines ?? null }));
    const now: Basis = { ...s.basis, decisionsRoot: hash(s.decisions) };
    const bar = planBar({
      voidReason: s.plan.voidReason,
      approvals,
      uncovered: uncovered(s.plan.basis, now),
      lostExceptions: lostExceptions(lists, lines),
    });
    if (bar !== null) return [];
    const out = new Set([...s.exceptions.map((e) => e.subject), ...this.#later().map((h) => h.subject!)]);
    return s.decisions.flatMap((d, i) => (mayDestroy({ disposition: d, excepted: out.has(i), drifted: s.drifted.includes(i) }) ? [i] : []));
  }

  /** Why destroying a record now would be wrong, by what truly happened; null = it is right. */
  wrong(record: number): string | null {
    const s = this.stored;
    const made = this.truth.plans.get(s.plan.digest);
    if (!made) return 'no such plan was made';
    if (!['delete', 'archive', 'anonymise'].includes(made.decisions[record]!)) return 'the plan that was signed does not destroy it';
    if (made.basis !== plain(s.basis)) return 'what the plan rested on has changed';
    if (s.drifted.includes(record)) return 'it changed since';
    if (this.truth.everExcepted.has(`${s.plan.digest} ${record}`)) return 'somebody took it out';
    const heard = new Map<Department, Set<number>>();
    for (const v of this.truth.signed) {
      if (v.digest !== s.plan.digest || v.back || v.at > s.now) continue;
      const voice = v.behalf ?? v.who;
      if ([v.who, voice].includes(Number(made.preparedBy))) continue;
      if (PEOPLE[voice]!.officer.department !== v.department) continue;
      const lent = this.truth.lent.some(
        (l) => l.from === v.behalf && l.to === v.who && !l.back && l.at <= v.at && shanghai(v.at) <= l.until,
      );
      if (v.behalf !== null && !lent) continue;
      heard.set(v.department, (heard.get(v.department) ?? new Set()).add(v.who));
    }
    const [a, b, c] = (['legal', 'it', 'liquidation'] as const).map((d) => [...(heard.get(d) ?? [])]);
    // Three departments, three different people.
    return a!.some((x) => b!.some((y) => y !== x && c!.some((z) => z !== x && z !== y)))
      ? null
      : 'no three people of the three departments agreed to it';
  }

  happens(e: Event): void {
    const s = this.stored;
    switch (e.do) {
      case 'sign':
        return this.#sign(e);
      case 'sign for': {
        const [by, behind] = [PEOPLE[e.who]!, PEOPLE[e.behalf]!];
        this.#add(by, { planDigest: s.plan.digest, department: behind.officer.department, onBehalfOf: behind.officer.id }, s.now);
        this.truth.signed.push({
          digest: s.plan.digest,
          who: e.who,
          department: behind.officer.department,
          behalf: e.behalf,
          at: s.now,
          back: false,
        });
        return;
      }
      case 'lend': {
        const [by, to] = [PEOPLE[e.who]!, PEOPLE[e.to]!];
        const until = shanghai(s.now + e.days * DAY);
        s.signings.push(
          by.signs('delegation', {
            caseCode: CASE,
            officer: by.officer.id,
            department: by.officer.department,
            to: to.officer.id,
            until,
            at: iso(s.now),
          }),
        );
        if (e.who !== e.to) this.truth.lent.push({ from: e.who, to: e.to, until, at: s.now, back: false });
        return;
      }
      case 'take back': {
        const [by, whose] = [PEOPLE[e.who]!, PEOPLE[e.whose]!];
        for (const target of s.signings.filter((x) => x.officerId === whose.officer.id && readable(x)))
          s.signings.push(by.signs('revocation', { caseCode: CASE, officer: by.officer.id, target: hashOf(target), at: iso(s.now) }));
        if (e.who !== e.whose) return;
        for (const v of this.truth.signed) if (v.who === e.who) v.back = true;
        for (const l of this.truth.lent) if (l.from === e.who) l.back = true;
        return;
      }
      case 'plan again':
        s.decisions = [...e.decisions];
        s.drifted = [];
        s.exceptions = [];
        return this.#plan(e.by, e.decisions);
      case 'except':
        if (!s.exceptions.some((x) => x.subject === e.subject)) s.exceptions.push({ subject: e.subject, reason: 'objection' });
        this.truth.everExcepted.add(`${s.plan.digest} ${e.subject}`);
        return;
      case 'hold': {
        const hold: HoldOrder = {
          matter: `${s.now}-${e.subject}-${s.basis.facts.holds?.length ?? 0}`,
          kind: 'litigation',
          approvedBy: 'legal-1',
          until: null,
          subject: e.subject,
        };
        s.basis = { ...s.basis, facts: { ...s.basis.facts, holds: [...(s.basis.facts.holds ?? []), hold] } };
        this.truth.everExcepted.add(`${s.plan.digest} ${e.subject}`);
        return;
      }
      case 'release': {
        const holds = (s.basis.facts.holds ?? []).map((h) => ({ ...h, released: { by: 'legal-1', on: shanghai(s.now), reason: '结案' } }));
        if (holds.length === 0) return;
        s.plan.voidReason = 'holds-changed';
        s.basis = { ...s.basis, facts: { ...s.basis.facts, holds } };
        return;
      }
      case 'sign exceptions': {
        const lines = [...s.exceptions.map((x) => exceptionHash(x)), ...this.#later().map((h) => exceptionHash({ hold: h }))];
        const list = exceptionListHash(lines);
        const by = PEOPLE[0]!;
        s.lists.push({ list, lines });
        s.signings.push(
          by.signs('exceptions', {
            planDigest: s.plan.digest,
            caseCode: CASE,
            officer: by.officer.id,
            list,
            count: String(lines.length),
            at: iso(s.now),
          }),
        );
        return;
      }
      case 'lose exception': {
        // Somebody with the database: what Legal signed may not go missing. What nobody signed leaves no trace but the log, so it is not part of this.
        const signed = new Set(s.lists.flatMap((l) => l.lines));
        s.exceptions = s.exceptions.filter((x) => !signed.has(exceptionHash(x)));
        return;
      }
      case 'drift':
        s.drifted.push(e.record);
        return;
      case 'make harsher':
        s.decisions = s.decisions.map((d, i) => (i === e.record ? 'delete' : d));
        return;
      case 'change':
        s.basis =
          e.part === 'conditions'
            ? { ...s.basis, facts: { ...s.basis.facts, conditions: [...s.basis.facts.conditions, 'x'] } }
            : { ...s.basis, [e.part]: hash([s.now, s.basis]) };
        return;
      case 'wait':
        s.now += e.days * DAY;
        return;
      case 'restart':
        this.stored = JSON.parse(JSON.stringify(s)) as Stored;
    }
  }

  #sign(e: Event & { do: 'sign' }): void {
    const s = this.stored;
    const by = PEOPLE[e.who]!;
    const department = e.as === 'own' ? by.officer.department : e.as;
    const digest = e.digest === 'present' ? s.plan.digest : e.digest === 'first' ? this.#first : hash('other');
    const at = e.later ? s.now + 90 * DAY : s.now;
    const signer = e.key === 'own' ? by : PEOPLE[(e.who + 1) % PEOPLE.length]!;
    const signing = signer.signs('approval', {
      planDigest: digest,
      caseCode: CASE,
      officer: e.name === 'another' ? PEOPLE[5].officer.id : by.officer.id,
      department,
      at: iso(at),
    });
    s.signings.push({ ...signing, officerId: by.officer.id });
    if (e.key === 'own' && e.name === undefined) this.truth.signed.push({ digest, who: e.who, department, behalf: null, at, back: false });
  }

  #add(by: Person, body: { planDigest: string; department: Department; onBehalfOf: string }, at: number): void {
    this.stored.signings.push(by.signs('approval', { ...body, caseCode: CASE, officer: by.officer.id, at: iso(at) }));
  }

  #plan(by: number, decisions: readonly Disposition[]): void {
    const s = this.stored;
    s.basis = { ...s.basis, decisionsRoot: hash(decisions) };
    const digest = hash([s.basis, decisions, this.truth.plans.size]);
    s.plan = { digest, preparedBy: PEOPLE[by]!.officer.label, decisions, basis: s.basis, voidReason: null };
    this.truth.plans.set(digest, { decisions: [...decisions], basis: plain(s.basis), preparedBy: String(by) });
    // Holds that the new plan knows are decided in it; the world's plans do not model that, so they go on holding here.
    for (const h of s.basis.facts.holds ?? []) if (!h.released) this.truth.everExcepted.add(`${digest} ${h.subject}`);
    s.decisions = decisions.map((d, i) =>
      (s.basis.facts.holds ?? []).some((h) => !h.released && h.subject === i) && d !== 'exclude' ? 'hold' : d,
    );
    s.basis = { ...s.basis, decisionsRoot: hash(s.decisions) };
    s.plan = { ...s.plan, basis: s.basis, decisions: s.decisions };
    this.truth.plans.set(digest, { decisions: [...s.decisions], basis: plain(s.basis), preparedBy: String(by) });
  }

  #later(): readonly HoldOrder[] {
    const known = new Set((this.stored.plan.basis.facts.holds ?? []).map((h) => h.matter));
    return (this.stored.basis.facts.holds ?? []).filter((h) => !h.released && !known.has(h.matter));
  }
}

const payloadOf = (s: Signing) => readPayload(new Uint8Array(Buffer.from((s.envelope as { payload: string }).payload, 'base64')));
const readable = (s: Signing) => payloadOf(s) !== null;
