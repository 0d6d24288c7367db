// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from '../../kit/index.ts';
import type { CaseFacts, HoldOrder } from '../../model/case.ts';
import { laterHolds } from './holds.ts';

/** Everything a plan digest rests on, taken apart far enough to say what changed. */
export interface Basis {
  /** Digest of the data map, and a hash for each dataset in it. */
  readonly dataMap: string;
  readonly datasets: Readonly<Record<string, string>>;
  /** Digest of the rules of the case, and a hash for each. */
  readonly rules: string;
  readonly ruleHashes: Readonly<Record<string, string>>;
  readonly facts: CaseFacts;
  /** Root over all records; null = the inventory is no longer there. */
  readonly inventoryRoot: string | null;
  /** Root over all decisions; null = they are no longer there. */
  readonly decisionsRoot: string | null;
  /** Hash of the findings about contracts. */
  readonly findings: string;
}

/** One thing that signatures of the plan no longer cover. `what` names datasets, rules, facts or matters, never a person. */
export interface Uncovered {
  readonly part: 'data-map' | 'rules' | 'facts' | 'holds' | 'findings' | 'inventory' | 'decisions';
  readonly what: readonly string[];
}

/**
 * What differs between what was signed and what is now. The legal day may pass, and holds may be added, for they only take records out of
 * destruction; anything else is no longer covered.
 */
export function uncovered(signed: Basis, now: Basis): readonly Uncovered[] {
  const changedKeys = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((k) => text(a[k]) !== text(b[k])).toSorted();
  const part = (name: Uncovered['part'], same: boolean, what: readonly string[]): Uncovered[] => (same ? [] : [{ part: name, what }]);
  const facts = changedKeys(plain(signed.facts), plain(now.facts));
  const holds = changedHolds(signed.facts.holds, now.facts.holds);
  return [
    ...part('data-map', signed.dataMap === now.dataMap, changedKeys(signed.datasets, now.datasets)),
    ...part('rules', signed.rules === now.rules, changedKeys(signed.ruleHashes, now.ruleHashes)),
    ...part('facts', facts.length === 0, facts),
    ...part('holds', holds.length === 0, holds),
    ...part('findings', signed.findings === now.findings, []),
    ...part('inventory', signed.inventoryRoot === now.inventoryRoot, []),
    ...part('decisions', signed.decisionsRoot === now.decisionsRoot, []),
  ];
}

function plain({ today: _today, holds: _holds, ...rest }: CaseFacts): Readonly<Record<string, unknown>> {
  return rest;
}

/** Matters that read otherwise now, or are gone. */
function changedHolds(signed: readonly HoldOrder[] = [], now: readonly HoldOrder[] = []): readonly string[] {
  const later = new Set(laterHolds(signed, now).map((h) => h.matter));
  const bare = ({ subject, ...h }: HoldOrder) => text(h.about === undefined ? { ...h, subject } : h);
  const matters = [...new Set([...signed, ...now].map((h) => h.matter))].filter((m) => !later.has(m));
  const of = (all: readonly HoldOrder[], matter: string) =>
    all
      .filter((h) => h.matter === matter)
      .map(bare)
      .join();
  return matters.filter((m) => of(signed, m) !== of(now, m)).toSorted();
}

function text(value: unknown): string {
  return value === undefined ? '' : canonicalJson(JSON.parse(JSON.stringify(value)) as never);
}
