// SPDX-License-Identifier: Apache-2.0
import type { DispositionName } from './kinds.ts';

/** What is checked, in order. */
export const STEPS = [
  /** Only known files, none missing, every byte as the bag's manifests say. */
  'container',
  /** Policy and case file have the form they must have and fit each other. */
  'policy',
  /** The log's key is one the reader knows from outside. */
  'anchor',
  /** The checkpoint is signed by that key. */
  'checkpoint',
  /** Root and size of the log, computed again from every leaf. */
  'log',
  /** Every statement: signature, form, place. */
  'statements',
  /** What had to come first came first; nothing required is absent. */
  'order',
  /** The records' commitments give the root that was fixed before anything was deleted. */
  'inventory',
  /** Exactly one disposition for each record. */
  'dispositions',
  /** The source's own count of each dataset = its records. */
  'counts',
  /** The plan's digest covers this inventory and this data map. */
  'plan',
  /** Three departments signed that digest; none of them prepared it. */
  'approvals',
  /** Every file outside the log is bound by its hash in the log. */
  'binding',
  /** Time stamps over the checkpoint (RFC 3161), from as many authorities as the reader wants, each trusted from outside. */
  'timestamp',
] as const;
export type StepName = (typeof STEPS)[number];
export type StepState = 'passed' | 'failed' | 'missing';

export interface Step {
  readonly step: StepName;
  readonly state: StepState;
  /** A path, a place or a word of the format; `not-reached` where an earlier failure stopped the check. */
  readonly detail: string;
}

export type Verdict = 'VALID' | 'INVALID' | 'INCOMPLETE';

/** What no bundle can show; printed with every report. */
export const CANNOT_PROVE = [
  'no-copy-elsewhere',
  'stores-not-inventoried',
  'decisions-lawful',
  'officers-are-who-they-say',
  'media-free-of-traces',
  'made-at-the-stated-time',
] as const;
export type CannotProve = (typeof CANNOT_PROVE)[number];

export interface AnchorReport {
  readonly name: string;
  readonly keyId: string;
  /** 64 hex digits, to be compared with the published one. */
  readonly fingerprint: string;
  readonly demo: boolean;
  /** `bundle`: nobody outside vouched for it. */
  readonly from: 'outside' | 'bundle';
}

/**
 * `counted`: verified up to a root that the reader gave. `no-anchor`: whole, but nobody outside the bundle vouches for it. `same-signer`: the
 * key of a token that was counted already. `unsupported`: made with an algorithm this checker does not know. `absent`: trusted, not there.
 */
export type TimestampState = 'counted' | 'no-anchor' | 'same-signer' | 'unsupported' | 'absent' | 'wrong';

export interface TimestampReport {
  /** The authority's name in the reader's trust. */
  readonly name: string;
  readonly state: TimestampState;
  /** ISO 8601: when the authority says it saw the checkpoint. */
  readonly at: string | null;
  readonly policy: string | null;
  /** What the signing certificate calls its holder. */
  readonly signer: string | null;
  /** Made by a demonstration: vouches for nothing outside it. */
  readonly demo: boolean;
}

export interface TimestampsReport {
  /** How many authorities the reader wants. */
  readonly quorum: number;
  readonly counted: number;
  /** How many authorities the reader gave. */
  readonly given: number;
  readonly tokens: readonly TimestampReport[];
}

export interface Report {
  readonly schema: 'shanhou.evidence-report.v1';
  readonly verdict: Verdict;
  readonly caseCode: string | null;
  readonly log: { readonly origin: string; readonly size: number; readonly root: string } | null;
  readonly records: number;
  readonly dispositions: Readonly<Record<DispositionName, number>>;
  readonly steps: readonly Step[];
  readonly anchors: readonly AnchorReport[];
  readonly timestamps: TimestampsReport;
  /** When the case says it was sealed, by its own clock. ISO 8601. */
  readonly sealedAt: string | null;
  readonly cannotProve: readonly CannotProve[];
}

/** INVALID when anything failed, else INCOMPLETE when anything is missing, else VALID; a step that is absent counts as missing. */
export function verdictOf(steps: readonly Step[]): Verdict {
  if (steps.some((s) => s.state === 'failed')) return 'INVALID';
  return STEPS.every((name) => steps.some((s) => s.step === name && s.state === 'passed')) && steps.every((s) => s.state === 'passed')
    ? 'VALID'
    : 'INCOMPLETE';
}

/** Collects the result of each step. A failure is never forgotten; the first one of a step is told. */
export class StepRecorder {
  readonly #states = new Map<StepName, Step>();

  fail(step: StepName, detail: string): void {
    if (this.#states.get(step)?.state !== 'failed') this.#states.set(step, { step, state: 'failed', detail });
  }

  /** Passes a step unless it failed. */
  pass(step: StepName, detail = ''): void {
    if (!this.#states.has(step)) this.#states.set(step, { step, state: 'passed', detail });
  }

  missing(step: StepName, detail: string): void {
    if (!this.#states.has(step)) this.#states.set(step, { step, state: 'missing', detail });
  }

  /** Passes a step when nothing is said against it. Returns true when it passed. */
  settle(step: StepName, problem: string | null, passed = ''): boolean {
    if (problem === null) this.pass(step, passed);
    else this.fail(step, problem);
    return this.#states.get(step)?.state === 'passed';
  }

  get failed(): boolean {
    return [...this.#states.values()].some((s) => s.state === 'failed');
  }

  steps(): readonly Step[] {
    return STEPS.map((step) => this.#states.get(step) ?? { step, state: 'missing', detail: 'not-reached' });
  }
}
