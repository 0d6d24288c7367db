// SPDX-License-Identifier: Apache-2.0
import type { Department } from './department.ts';
import type { Sector } from './law.ts';

export const ROUTES = ['liquidation', 'simplified', 'forced', 'bankruptcy', 'successor', 'suspension', 'contract-end-only'] as const;
/**
 * How the company leaves (注销路径): ordinary liquidation, simplified, forced, bankruptcy, merger or split into a successor; suspension (歇业)
 * and contract-end-only end no company.
 */
export type Route = (typeof ROUTES)[number];

/** Facts of a case (案件) that decide which rules apply. A condition that is in neither list is unknown. */
export interface CaseFacts {
  readonly sectors: readonly Sector[];
  readonly route: Route;
  /** The legal day (Asia/Shanghai) on which the plan is made, YYYY-MM-DD. */
  readonly today: string;
  /** Day of the cause of dissolution; also the day the service ceased when no other is given. */
  readonly dissolution: string | null;
  readonly role: 'controller' | 'processor';
  /** Conditions known to hold (SCHEMA list). */
  readonly conditions: readonly string[];
  /** Conditions known not to hold. */
  readonly notConditions: readonly string[];
  /** Ids of `confirm` rules that the case's Legal officer confirmed. */
  readonly confirmed: readonly string[];
  readonly refused: readonly string[];
  /** Seat of the company, e.g. CN-440300. Left out = not known; null = no local rule is in question. */
  readonly region?: string | null;
  /** Persons whose information is held, for the thresholds of 100,000, 1 million and 10 million. Left out or null = not known. */
  readonly userCount?: number | null;
  /** Ids of the report rules whose report has been made, so that disposal need not wait for it. */
  readonly reported?: readonly string[];
  /** How many officers of a department must sign the plan; Legal, IT and the liquidation group one each at least. */
  readonly quorum?: Readonly<Partial<Record<Department, number>>>;
  /** Legal holds of the case; their scope is a subject, a dataset, a period, or several of these together. */
  readonly holds?: readonly HoldOrder[];
  /** Who takes over (PIPL 22, 23), or what the principal told its processor (PIPL 21). */
  readonly successor?: SuccessorFacts | null;
  /** Who processes on the company's behalf, and what the company is licensed for: labels, never a person. */
  readonly processors?: readonly string[];
  readonly licences?: readonly string[];
}

/** A legal hold (保全). What is left out of the scope does not narrow it; all that is given must hold. Never holds personal data. */
export interface HoldOrder {
  /** File number or other name of the matter; unique in the case. */
  readonly matter: string;
  readonly kind: 'litigation' | 'investigation' | 'limitation-evidence' | 'other';
  /** Label of the officer of Legal who approved it; null = asked for, not approved. */
  readonly approvedBy: string | null;
  /** Last day; null = until it is lifted. */
  readonly until: string | null;
  /** Who keeps the evidence: a label or a department, never a person's name. */
  readonly custodian?: string;
  /** Day on which Legal must look at it again. */
  readonly reviewOn?: string;
  /** Legal released it. It stays written, and holds nothing from the next plan on. */
  readonly released?: { readonly by: string; readonly on: string; readonly reason: string };
  readonly subject?: number;
  /** A record of that subject, for numbers of subjects are others in the next inventory. */
  readonly about?: { readonly dataset: string; readonly recordKey: string };
  readonly dataset?: string;
  /** Records with some date in this period, both days inclusive. */
  readonly from?: string;
  readonly to?: string;
}

export interface SuccessorFacts {
  readonly name?: string;
  readonly contact?: string;
  readonly samePurpose?: boolean;
  /** Day on which name and contact of the successor were made known to the persons; null = not yet. */
  readonly noticeSentOn?: string | null;
  /** The persons consented separately (PIPL 23, 39), or anew to another purpose (PIPL 22). */
  readonly separateConsent?: boolean;
  readonly instruction?: 'return' | 'delete';
}

export interface CaseRecord {
  readonly id: string;
  readonly code: string;
  readonly company: string;
  readonly facts: CaseFacts;
  readonly demo: boolean;
}

export interface Officer {
  readonly id: string;
  readonly department: Department;
  /** A label such as `legal-1`; never a person's name. */
  readonly label: string;
  /** Public key, hex: Ed25519 (64 digits) or SM2 (130 digits, uncompressed point 04‖x‖y). */
  readonly publicKey: string;
}

export const GATES = [
  'opened',
  'inventoried',
  'classified',
  'contracts-verified',
  'planned',
  'approved',
  'notified',
  'archived',
  'executed',
  'verified',
  'evidenced',
] as const;
export type Gate = (typeof GATES)[number];
