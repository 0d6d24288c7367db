// SPDX-License-Identifier: Apache-2.0
import { GATES, type Gate } from '../model/case.ts';
import type { OpenItem } from '../model/open-item.ts';

/** Open items that a gate cannot be passed with. Others are shown and stay with their owner. */
const BLOCKING: Readonly<Partial<Record<Gate, ReadonlySet<OpenItem['kind']>>>> = {
  inventoried: new Set(['source-unreachable', 'source-unreadable']),
  // An answer nobody has read may be an objection: nothing is destroyed over it.
  // So is a correction that Legal has not settled: it may ask to keep what would go.
  executed: new Set(['answer-unread', 'correction-proposed']),
  verified: new Set([
    'count-mismatch',
    'residue-found',
    'residue-inconclusive',
    'record-appeared',
    'record-drifted',
    'record-vanished',
    'record-blocked',
    'record-refused',
    'offline-uninstructed',
    'offline-unconfirmed',
    'offline-unverified',
  ]),
};

/** The next gate of a case: the first in order that has not been passed. */
export function nextGate(passed: ReadonlySet<Gate>): Gate | null {
  return GATES.find((gate) => !passed.has(gate)) ?? null;
}

/** What keeps a gate shut. */
export function blockers(gate: Gate, items: readonly OpenItem[]): readonly OpenItem[] {
  const kinds = BLOCKING[gate];
  // Files that cannot be read are records of their own, gaps in the ledger: they keep nothing else waiting.
  return kinds ? items.filter((item) => kinds.has(item.kind) && !(item.kind === 'source-unreadable' && item.count > 0)) : [];
}

/** Gates that no longer hold once `from` is taken again. */
export function gatesFrom(from: Gate): readonly Gate[] {
  return GATES.slice(GATES.indexOf(from));
}
