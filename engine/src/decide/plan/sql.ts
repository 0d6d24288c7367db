// SPDX-License-Identifier: Apache-2.0
import { PlanError } from './error.ts';
import { isDay, parsePeriod } from './period.ts';

/** A text literal for DuckDB: quotes doubled, nothing else is special there. Throws PlanError not-a-literal for text that has no SQL form. */
export function literal(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw new PlanError('not-a-literal', JSON.stringify(text));
  return `'${text.replaceAll("'", "''")}'`;
}

/** A DATE literal. Throws PlanError not-a-day. */
export function dayLiteral(day: string): string {
  if (!isDay(day)) throw new PlanError('not-a-day', day);
  return `DATE '${day}'`;
}

export function interval(period: string): string {
  const { count, unit } = parsePeriod(period);
  return `INTERVAL ${count} ${unit.toUpperCase()}`;
}

/** Conditions joined, with constants folded so that the engine sees only what differs from row to row. */
export function and(...terms: readonly string[]): string {
  const open = terms.filter((t) => t !== 'TRUE');
  if (open.includes('FALSE')) return 'FALSE';
  return open.length === 0 ? 'TRUE' : open.map(bracket).join(' AND ');
}

export function or(...terms: readonly string[]): string {
  const open = terms.filter((t) => t !== 'FALSE');
  if (open.includes('TRUE')) return 'TRUE';
  return open.length === 0 ? 'FALSE' : open.map(bracket).join(' OR ');
}

export function not(term: string): string {
  if (term === 'TRUE') return 'FALSE';
  return term === 'FALSE' ? 'TRUE' : `NOT (${term})`;
}

/** CASE with impossible branches left out and what follows a certain branch cut off. Branches are tried in order. */
export function choose(branches: readonly (readonly [when: string, then: string])[], otherwise: string): string {
  const possible = branches.filter(([when]) => when !== 'FALSE');
  const certain = possible.findIndex(([when]) => when === 'TRUE');
  const asked = certain === -1 ? possible : possible.slice(0, certain);
  const rest = certain === -1 ? otherwise : possible[certain]![1];
  if (asked.length === 0) return rest;
  return `CASE ${asked.map(([when, then]) => `WHEN ${when} THEN ${then}`).join(' ')} ELSE ${rest} END`;
}

function bracket(term: string): string {
  return `(${term})`;
}
