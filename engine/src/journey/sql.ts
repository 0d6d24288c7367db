// SPDX-License-Identifier: Apache-2.0
/** List literals for DuckDB; numbers and closed codes only, quoted all the same. */
export const bigints = (values: readonly number[]): string => `[${values.map((v) => Math.trunc(v)).join(',')}]::BIGINT[]`;
/** Whether a record is taken out of destruction: an exception of any subject that it belongs to does. `idx` is the column. */
export const isHeld = (excepted: readonly number[], idx: string): string =>
  excepted.length === 0 ? 'false' : `${idx} IN (SELECT idx FROM subjects WHERE list_contains(${bigints(excepted)}, subject))`;
export const texts = (values: readonly string[]): string => `[${values.map((v) => `'${v.replaceAll("'", "''")}'`).join(',')}]::VARCHAR[]`;
/** One text literal. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
