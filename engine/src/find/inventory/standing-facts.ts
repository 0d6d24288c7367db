// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../model/cell.ts';
import type { StandingColumns } from '../../model/data-map.ts';
import type { EndCause, StandingFact } from '../../model/standing.ts';
import { legalDate } from './legal-date.ts';

export type Fact = Omit<StandingFact, 'dataset'>;

/** What one row says about standing, read as the data map tells. A balance that is no number and an absent dispute say nothing. */
export function standingFacts(columns: readonly StandingColumns[], at: ReadonlyMap<string, number>, row: Row): Fact[] {
  const cell = (name: string | undefined) => (name === undefined ? null : (row[at.get(name) ?? -1]?.trim() ?? null));
  const facts: Fact[] = [];
  for (const c of columns) {
    const text = cell(c.column);
    if (c.kind === 'balance') {
      const amount = text === null ? null : decimal(text);
      if (amount !== null) facts.push({ kind: 'balance', value: amount, endedOn: null, cause: 'none' });
      continue;
    }
    if (c.kind === 'dispute' && !text) continue;
    const ended = matches(c.endedValues, text);
    const active = matches(c.activeValues, text);
    const endedOn = cell(c.endedOnColumn);
    const day = endedOn === null ? null : legalDate(endedOn);
    facts.push({
      kind: c.kind,
      value: c.kind === 'dispute' ? (ended ? 'closed' : 'open') : ended ? 'ended' : active ? 'active' : 'unknown',
      endedOn: day === 'impossible' ? null : day,
      cause: c.kind === 'dispute' ? 'none' : ended ? endCause(cell(c.causeColumn) ?? text ?? '') : active ? 'running' : 'unknown',
    });
  }
  return facts;
}

function matches(values: readonly string[] | undefined, text: string | null): boolean {
  return text !== null && (values ?? []).some((value) => value.toLowerCase() === text.toLowerCase());
}

/** Decimal text without group separators and currency; null when the text is no amount. */
function decimal(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[,\s¥元]|CNY|RMB/gi, '');
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? plain.replace(/^\+/, '') : null;
}

const CAUSES: readonly (readonly [RegExp, EndCause])[] = [
  [/expire|到期|期满|届满/i, 'expired'],
  [/perform|complete|fulfil|履行完毕|已履行|已完成|交付完成/i, 'performed'],
  [/rescind|terminat|cancel|解除|终止|退订|取消/i, 'rescinded'],
  [/set.?off|抵销|抵消/i, 'set-off'],
  [/deposit|提存/i, 'deposited'],
  [/release|waive|免除/i, 'released'],
  [/merge|混同/i, 'merged'],
  [/service.?ceased|停业|停止服务|停止经营/i, 'service.ceased'],
  [/successor|承继|转让/i, 'assumed-by-successor'],
];

/** The cause of 民法典 557 that a reason's words name; `unknown` when they name none. */
export function endCause(words: string): EndCause {
  return CAUSES.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}
