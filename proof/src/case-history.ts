// SPDX-License-Identifier: Apache-2.0
import type { DispositionLeaf } from './disposition.ts';
import { type DispositionName, REQUIRED_KINDS, type StatementKind } from './kinds.ts';
import type { ProofError } from './error.ts';
import type { LeafReader } from './check-log.ts';
import type { Statement } from './statement.ts';
import type { StepRecorder } from './report.ts';

/** What changes or destroys records, or says how they ended: nothing of it may come before the plan was signed. */
const ACTS: readonly StatementKind[] = ['archive.sealed', 'execution.finished', 'verification.finished', 'dispositions.final'];
/** What may not happen any more once the end of every record was written down. Looking again may. */
const DESTROYS: readonly StatementKind[] = ['archive.sealed', 'execution.finished'];
/** What is decided; none of it may change once acting has begun. */
const DECIDES: readonly StatementKind[] = ['data-map.fixed', 'inventory.committed', 'subjects.decided', 'plan.compiled', 'plan.approved'];

/** What must have been said before, and not been overtaken by a newer one of `before`. */
const NEEDS: Readonly<Partial<Record<StatementKind, readonly StatementKind[]>>> = {
  'inventory.committed': ['data-map.fixed'],
  'plan.compiled': ['data-map.fixed', 'inventory.committed'],
  'plan.approved': ['plan.compiled'],
  'archive.sealed': ['plan.approved'],
  'execution.finished': ['plan.approved'],
  'verification.finished': ['execution.finished'],
  'dispositions.final': ['execution.finished', 'verification.finished'],
  'evidence.sealed': ['dispositions.final'],
};

/** What is decided anew when something before it changes. */
const VOIDS: Readonly<Partial<Record<StatementKind, readonly StatementKind[]>>> = {
  'data-map.fixed': ['inventory.committed', 'plan.compiled', 'plan.approved'],
  'inventory.committed': ['plan.compiled', 'plan.approved'],
  'subjects.decided': ['plan.compiled', 'plan.approved'],
  'plan.compiled': ['plan.approved'],
  'execution.finished': ['verification.finished'],
};

/**
 * Follows the log from leaf to leaf and remembers only the latest statement of each kind and the count of dispositions.
 * States: open → (data map, inventory, plan, approval, in this order and again from any of them) → acting → closed by `evidence.sealed`.
 */
export class CaseHistory implements LeafReader {
  readonly latest = new Map<StatementKind, Statement>();
  readonly counts: Record<DispositionName, number> = {
    delete: 0,
    anonymise: 0,
    archive: 0,
    transfer: 0,
    handOver: 0,
    hold: 0,
    exclude: 0,
    gap: 0,
  };
  readonly #steps: StepRecorder;
  readonly #caseCode: string;
  /** Kinds that hold at this place of the log. */
  readonly #standing = new Set<StatementKind>();
  #dispositions = 0;
  #finals = 0;
  #acting = false;
  /** Place of the last disposition leaf. */
  #runEnd = -1;

  constructor(steps: StepRecorder, caseCode: string) {
    this.#steps = steps;
    this.#caseCode = caseCode;
  }

  get dispositions(): number {
    return this.#dispositions;
  }

  statement(statement: Statement): void {
    const { kind, seq } = statement;
    if (statement.case !== this.#caseCode) this.#steps.fail('statements', `leaf ${seq}: case`);
    if ((seq === 0) !== (kind === 'case.opened')) this.#steps.fail('order', `leaf ${seq}: ${kind}`);
    if (kind !== 'case.opened' && NEEDS[kind]?.some((needed) => !this.#standing.has(needed)))
      this.#steps.fail('order', `leaf ${seq}: ${kind} too early`);
    if (this.#acting && DECIDES.includes(kind)) this.#steps.fail('order', `leaf ${seq}: ${kind} too late`);
    if (kind === 'dispositions.final') this.#close(statement);
    else if (this.#finals > 0 && DESTROYS.includes(kind)) this.#steps.fail('order', `leaf ${seq}: ${kind} too late`);
    for (const void_ of VOIDS[kind] ?? []) this.#standing.delete(void_);
    this.#acting ||= ACTS.includes(kind);
    this.#standing.add(kind);
    this.latest.set(kind, statement);
  }

  /** Dispositions come in one run, in inventory order, right before `dispositions.final`; so one for each is one after the other. */
  disposition(place: number, leaf: DispositionLeaf): void {
    if (!this.#standing.has('plan.approved')) this.#steps.fail('order', `leaf ${place}: disposition too early`);
    if (this.#dispositions > 0 && place !== this.#runEnd + 1) this.#steps.fail('dispositions', `leaf ${place}: run broken`);
    if (this.#finals > 0) this.#steps.fail('dispositions', `leaf ${place}: after the end`);
    if (leaf.index !== this.#dispositions)
      this.#steps.fail('dispositions', `leaf ${place}: record ${leaf.index}, expected ${this.#dispositions}`);
    this.#runEnd = place;
    this.#dispositions += 1;
    this.counts[leaf.disposition] += 1;
  }

  malformed(place: number, error: ProofError): void {
    this.#steps.fail('statements', `leaf ${place}: ${error.message}`);
  }

  /** After the last leaf: required statements are there, the last leaf is `evidence.sealed`. */
  finish(size: number): void {
    const absent = REQUIRED_KINDS.find((kind) => !this.#standing.has(kind));
    if (absent) this.#steps.fail('order', `${absent} missing`);
    if (this.latest.get('evidence.sealed')?.seq !== size - 1) this.#steps.fail('order', 'evidence.sealed is not the last leaf');
  }

  #close(statement: Statement): void {
    this.#finals += 1;
    if (this.#finals > 1) this.#steps.fail('dispositions', `leaf ${statement.seq}: second end`);
    if (this.#dispositions > 0 && statement.seq !== this.#runEnd + 1) this.#steps.fail('dispositions', `leaf ${statement.seq}: run broken`);
    if (statement.body['records'] !== this.#dispositions)
      this.#steps.fail('dispositions', `leaf ${statement.seq}: ${this.#dispositions} counted`);
  }
}
