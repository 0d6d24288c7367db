// SPDX-License-Identifier: Apache-2.0
import type { CaseContext } from '../../journey/index.ts';
import type { CaseFacts } from '../../model/case.ts';
import type { Department } from '../../model/department.ts';
import type { OfflineForm } from '../../model/offline.ts';
import type { Source } from '../../model/source.ts';
import type { Session } from '../session.ts';

export const COMPANY_NAMES = ['retail', 'small'] as const;
export type CompanyName = (typeof COMPANY_NAMES)[number];

/** The day on which a demo's case is opened. */
export const OPENED = '2026-10-20T09:00:00+08:00';

/** Days of the sample's wind-down: some came, some are planned. The members of the group were published a day too late. */
export const TIMELINE_DAYS = {
  'closing-notice': '2026-07-31',
  'closing-notice-online': '2026-07-31',
  'prepaid-told': '2026-07-31',
  'service-ceased': '2026-08-31',
  'cause-published': '2026-09-08',
  'tax-told': '2026-09-09',
  'group-formed': '2026-09-10',
  'creditors-told': '2026-09-18',
  'members-published': '2026-09-21',
  'notice-received': '2026-09-23',
  announcement: '2026-09-21',
  'holds-released': '2026-11-09',
  'liquidation-ended': '2026-12-01',
} as const;

/** A sample company as the demo knows it before its stores are open. */
export interface DemoCompany {
  readonly code: string;
  readonly company: string;
  readonly facts: CaseFacts;
  /** Rules that the demo's Legal officer confirms and refuses. */
  readonly confirmed: readonly string[];
  readonly refused: readonly string[];
  readonly officers: readonly (readonly [department: Department, label: string])[];
  /** From and domain of the notices. */
  readonly mail: { readonly from: string; readonly domain: string };
  /** Customers when nobody says how many, and the least that have every kind of trouble. */
  readonly customers: { readonly usual: number; readonly least: number };
  /** Opens its stores in `folder`; `remembered` is what an earlier run found out about the machine. */
  open(s: Session, folder: string, remembered: { readonly members?: boolean }): Promise<OpenCompany>;
}

export interface OpenCompany {
  /** What later runs must find as it is now. */
  readonly remember: { readonly members?: boolean };
  /** Credentials as environment variables. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly offline: Readonly<Record<string, OfflineForm>>;
  generate(customers: number, seed: number): Promise<unknown>;
  sources(): readonly Source[];
  /** What a person would correct in the data map, as a data map file. */
  corrections(): object;
  /** What people do after execution: confirm and look. */
  act(ctx: CaseContext): Promise<void>;
  /** What was left out on this machine, in the reader's words. */
  readonly leftOut: readonly string[];
  close(): Promise<void>;
}
