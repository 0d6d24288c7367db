// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { Department } from '../../model/department.ts';
import type { OpenItemKind } from '../../model/open-item.ts';
import type { RiskCause, RiskKind, RiskUnit } from '../../model/risk.ts';
import type { CountedDataset, RiskQuestion } from './ports.ts';

/** What was counted. `open`: of `count`, not settled by today. */
export interface Counted {
  readonly count: number;
  readonly records?: number;
  readonly open?: number;
}

export interface Cause {
  readonly cause: RiskCause;
  readonly kind: RiskKind;
  readonly unit: RiskUnit;
  readonly owner: Department;
  /** Rows of the rule base behind the measure. */
  readonly rules: readonly string[];
  /** null = cannot be counted yet. */
  readonly counted: (question: RiskQuestion) => Counted | null;
}

const CONTACT: readonly FieldCategory[] = ['phone', 'email', 'wechat_openid', 'landline', 'address'];
const FREE: readonly FieldCategory[] = ['free_text_may_contain', 'json_may_contain', 'image_may_contain'];
const IN_STAFF_HANDS = new Set(['phone', 'wechat', 'usb-disk']);
/** Declared stores are counted by their units, not as datasets. */
const tables = (q: RiskQuestion) => q.datasets?.filter((d) => d.source !== 'offline' && d.records > 0) ?? null;
const has = (d: CountedDataset, wanted: readonly FieldCategory[]) => d.categories.some((c) => wanted.includes(c));

/** Columns of the wanted kind, and the rows of the datasets that have one. */
const columns = (of: (d: CountedDataset) => number) => (q: RiskQuestion) => {
  const found = tables(q)?.filter((d) => of(d) > 0);
  return found ? { count: sum(found, of), records: sum(found, (d) => d.records) } : null;
};
const datasets = (wanted: (d: CountedDataset) => boolean) => (q: RiskQuestion) => {
  const found = tables(q)?.filter(wanted);
  return found ? { count: found.length, records: sum(found, (d) => d.records) } : null;
};
/** Open items are what is not settled; before `step` there may be some that nobody has found. */
const found =
  (step: keyof RiskQuestion['reached'], kinds: readonly OpenItemKind[], of: (item: { readonly count: number }) => number) =>
  (q: RiskQuestion) => {
    const count = sum(
      q.openItems.filter((i) => kinds.includes(i.kind)),
      of,
    );
    return count === 0 && !q.reached[step] ? null : { count, open: count };
  };
/** What the items speak of: records, customers. */
const inItems = (step: keyof RiskQuestion['reached'], ...kinds: readonly OpenItemKind[]) => found(step, kinds, (i) => Math.max(1, i.count));
/** The items themselves. */
const items = (step: keyof RiskQuestion['reached'], ...kinds: readonly OpenItemKind[]) => found(step, kinds, () => 1);
const stores = (wanted: (medium: RiskQuestion['offline'][number]['medium']) => boolean) => (q: RiskQuestion) => {
  const found = q.offline.filter((s) => wanted(s.medium));
  const count = sum(found, (s) => s.units);
  return { count, open: count - sum(found, (s) => s.verified) };
};
const steps = (state: string) => (q: RiskQuestion) => {
  const count = q.timeline.steps.filter((s) => s.state === state).length;
  return { count, open: count };
};

/** Everything that is counted, by kind, the gravest first. */
export const CAUSES: readonly Cause[] = [
  {
    cause: 'sensitive-columns',
    kind: 'leak',
    unit: 'column',
    owner: 'it',
    rules: ['pipl-28', 'pipl-51'],
    counted: columns((d) => d.sensitive),
  },
  {
    cause: 'minors',
    kind: 'leak',
    unit: 'subject',
    owner: 'legal',
    rules: ['pipl-31'],
    counted: (q) => (q.subjects ? { count: q.subjects.minors } : null),
  },
  {
    cause: 'secrets',
    kind: 'leak',
    unit: 'column',
    owner: 'it',
    rules: ['pipl-51'],
    counted: columns((d) => d.categories.filter((c) => c === 'password' || c === 'token').length),
  },
  {
    cause: 'clear-files',
    kind: 'leak',
    unit: 'dataset',
    owner: 'it',
    rules: ['pipl-51'],
    counted: datasets((d) => d.source === 'files' && d.categories.length > 0),
  },
  {
    cause: 'free-text',
    kind: 'leak',
    unit: 'column',
    owner: 'it',
    rules: [],
    counted: columns((d) => d.categories.filter((c) => FREE.includes(c)).length),
  },
  {
    cause: 'offline-stores',
    kind: 'leak',
    unit: 'unit',
    owner: 'lead',
    rules: ['pipl-51'],
    counted: stores((m) => !IN_STAFF_HANDS.has(m)),
  },
  { cause: 'processors', kind: 'leak', unit: 'processor', owner: 'legal', rules: ['ndsr-12'], counted: (q) => ({ count: q.processors }) },

  { cause: 'gaps', kind: 'legal', unit: 'record', owner: 'legal', rules: ['pipl-47'], counted: inItems('planned', 'gap') },
  {
    cause: 'conflicts',
    kind: 'legal',
    unit: 'subject',
    owner: 'sales',
    rules: ['cc-557'],
    counted: inItems('planned', 'standing-conflict'),
  },
  {
    cause: 'owed',
    kind: 'legal',
    unit: 'subject',
    owner: 'support',
    rules: ['cplr-22', 'pre-25'],
    counted: inItems('planned', 'obligation-owed'),
  },
  {
    cause: 'untold',
    kind: 'legal',
    unit: 'subject',
    owner: 'support',
    rules: ['pipl-17'],
    counted: inItems('notified', 'no-contact', 'notice-unsent', 'notice-rejected', 'notice-bounced', 'notice-unknown', 'notice-outdated'),
  },
  {
    cause: 'unread-answers',
    kind: 'legal',
    unit: 'item',
    owner: 'support',
    rules: ['pipl-50'],
    counted: items('notified', 'answer-unread'),
  },
  {
    cause: 'unapproved-holds',
    kind: 'legal',
    unit: 'hold',
    owner: 'legal',
    rules: [],
    counted: (q) => ({ count: q.unapprovedHolds, open: q.unapprovedHolds }),
  },
  { cause: 'overdue-steps', kind: 'legal', unit: 'step', owner: 'liquidation', rules: ['co-238', 'pipl-66'], counted: steps('overdue') },
  { cause: 'unknown-steps', kind: 'legal', unit: 'step', owner: 'lead', rules: [], counted: steps('waiting') },
  {
    cause: 'unverified-rules',
    kind: 'legal',
    unit: 'rule',
    owner: 'legal',
    rules: [],
    counted: (q) => (q.unverifiedRules === null ? null : { count: q.unverifiedRules }),
  },

  {
    cause: 'unreachable',
    kind: 'technical',
    unit: 'item',
    owner: 'it',
    rules: [],
    counted: items('planned', 'source-unreachable', 'source-unreadable', 'source-left-out'),
  },
  { cause: 'hazards', kind: 'technical', unit: 'item', owner: 'it', rules: [], counted: items('planned', 'hazard') },
  {
    cause: 'shared-identifiers',
    kind: 'technical',
    unit: 'item',
    owner: 'it',
    rules: [],
    counted: items('planned', 'shared-identifier', 'oversized-subject', 'several-subjects'),
  },
  {
    cause: 'not-as-planned',
    kind: 'technical',
    unit: 'record',
    owner: 'it',
    rules: ['pipl-69'],
    counted: inItems(
      'executed',
      'record-drifted',
      'record-vanished',
      'record-blocked',
      'record-refused',
      'record-appeared',
      'count-mismatch',
    ),
  },
  {
    cause: 'residue',
    kind: 'technical',
    unit: 'record',
    owner: 'it',
    rules: ['pipl-69'],
    counted: inItems('verified', 'residue-found', 'residue-inconclusive', 'residue-in-kept-record'),
  },
  { cause: 'copies', kind: 'technical', unit: 'item', owner: 'it', rules: [], counted: items('verified', 'ladder') },
  {
    cause: 'no-timestamp',
    kind: 'technical',
    unit: 'item',
    owner: 'it',
    rules: ['pipl-69'],
    counted: items('evidenced', 'timestamp-missing'),
  },

  {
    cause: 'staff-copies',
    kind: 'moral',
    unit: 'unit',
    owner: 'hr',
    rules: ['cl-253', 'cc-558'],
    counted: stores((m) => IN_STAFF_HANDS.has(m)),
  },
  { cause: 'staff-records', kind: 'moral', unit: 'dataset', owner: 'hr', rules: ['cc-1034'], counted: datasets((d) => d.role === 'staff') },
  {
    cause: 'treated-apart',
    kind: 'moral',
    unit: 'subject',
    owner: 'legal',
    rules: [],
    counted: (q) => ({ count: q.treatedApart }),
  },

  {
    cause: 'customer-lists',
    kind: 'competition',
    unit: 'dataset',
    owner: 'marketing',
    rules: ['aucl-10'],
    counted: datasets((d) => d.role === 'customer' && has(d, CONTACT)),
  },
  {
    cause: 'loose-lists',
    kind: 'competition',
    unit: 'dataset',
    owner: 'sales',
    rules: ['aucl-10', 'cl-253'],
    counted: datasets((d) => d.role === 'customer' && d.source === 'files' && has(d, CONTACT)),
  },
  {
    cause: 'partner-records',
    kind: 'competition',
    unit: 'dataset',
    owner: 'sales',
    rules: ['aucl-10'],
    counted: datasets((d) => d.role === 'supplier' || d.role === 'merchant'),
  },
  {
    cause: 'recipient-untold',
    kind: 'competition',
    unit: 'recipient',
    owner: 'legal',
    rules: ['pipl-22', 'pipl-23'],
    counted: (q) => ({ count: q.recipientUntold ? 1 : 0, open: q.recipientUntold ? 1 : 0 }),
  },
];

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((n, one) => n + of(one), 0);
}
