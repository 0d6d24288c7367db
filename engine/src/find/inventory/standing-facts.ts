// SPDX-License-Identifier: Apache-2.0
import { keyedHash } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { StandingColumns } from '../../model/data-map.ts';
import type { DebtKind, StandingFact } from '../../model/standing.ts';
import { endCause } from './end-cause.ts';
import { legalDate } from './legal-date.ts';

export type Fact = Omit<StandingFact, 'dataset'>;

/**
 * What one row says about standing, read as the data map tells. An empty debt cell says nothing; a cell that cannot be read says
 * `unknown`, so that nobody takes it for settled. A settled debt is said only where the contract's number lets another system be heard on it.
 */
export function standingFacts(
  columns: readonly StandingColumns[],
  at: ReadonlyMap<string, number>,
  row: Row,
  inventoryKey: Uint8Array,
): Fact[] {
  const cell = (name: string | undefined) => (name === undefined ? null : row[at.get(name) ?? -1]?.trim() || null);
  return columns.flatMap((c): Fact[] => {
    const { kind } = c;
    const number = cell(c.contractColumn);
    const known = {
      ...(number === null ? {} : { contract: contractHash(number, inventoryKey) }),
      ...(c.owner === undefined ? {} : { owner: c.owner }),
    };
    if (kind === 'contract' || kind === 'billing') return [{ ...ending({ ...c, kind }, cell), ...known }];
    const said = debt({ ...c, kind }, cell);
    return said === null || (said.value === 'closed' && number === null) ? [] : [{ ...said, ...known }];
  });
}

type Cell = (name: string | undefined) => string | null;

function ending(c: StandingColumns & { kind: 'contract' | 'billing' }, cell: Cell): Fact {
  const text = cell(c.column);
  const ended = matches(c.endedValues, text);
  const active = matches(c.activeValues, text);
  const endedOn = legalDate(cell(c.endedOnColumn));
  const worth = decimal(cell(c.amountColumn) ?? '');
  return {
    kind: c.kind,
    value: ended ? 'ended' : active ? 'active' : 'unknown',
    endedOn: endedOn === 'impossible' ? null : endedOn,
    cause: ended ? endCause(cell(c.causeColumn) ?? text ?? '', c.causes) : active ? 'running' : 'unknown',
    ...(worth === null ? {} : { amount: worth }),
  };
}

function debt(c: StandingColumns & { kind: DebtKind }, cell: Cell): Fact | null {
  const text = cell(c.column);
  if (text === null) return null;
  const fact = { kind: c.kind, endedOn: null, cause: 'none', ...(c.by === undefined ? {} : { by: c.by }) } as const;
  if (c.kind === 'dispute' || c.endedValues !== undefined || c.activeValues !== undefined) {
    const amount = decimal(cell(c.amountColumn) ?? '');
    return { ...fact, value: stateOf(c, text), ...(amount === null ? {} : { amount }) };
  }
  if (c.kind === 'warranty') {
    const last = legalDate(text);
    return last === null || last === 'impossible' ? { ...fact, value: 'unknown' } : { ...fact, value: 'open', endedOn: last };
  }
  const amount = decimal(text);
  if (amount === null) return { ...fact, value: 'unknown' };
  if (!/[1-9]/.test(amount)) return { ...fact, value: 'closed' };
  // Below zero the account is overdrawn: the other side owes.
  const owing = c.by ?? (c.kind === 'payment' ? 'customer' : 'company');
  return amount.startsWith('-')
    ? { ...fact, value: 'open', amount: amount.slice(1), by: owing === 'company' ? 'customer' : 'company' }
    : { ...fact, value: 'open', amount };
}

/** A dispute that is not known to be over is open; another state that is neither may be anything. */
function stateOf(c: StandingColumns, text: string): Fact['value'] {
  if (matches(c.endedValues, text)) return 'closed';
  return c.kind === 'dispute' || c.activeValues === undefined || matches(c.activeValues, text) ? 'open' : 'unknown';
}

/** The same contract has the same hash in every system of the case: width, case and blanks are not told apart. */
function contractHash(number: string, inventoryKey: Uint8Array): string {
  return keyedHash(inventoryKey, `contract:${number.normalize('NFKC').replace(/\s/g, '').toUpperCase()}`).slice(0, 16);
}

function matches(values: readonly string[] | undefined, text: string | null): boolean {
  return text !== null && (values ?? []).some((value) => value.toLowerCase() === text.toLowerCase());
}

/** Decimal text without group separators and currency; null when the text is no amount. */
function decimal(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[,\s¥元]|CNY|RMB/gi, '');
  return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? plain.replace(/^\+/, '') : null;
}
