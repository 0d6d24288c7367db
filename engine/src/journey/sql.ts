// SPDX-License-Identifier: Apache-2.0
/** List literals for DuckDB; numbers and closed codes only, quoted all the same. */
export const bigints = (values: readonly number[]): string => `[${values.map((v) => Math.trunc(v)).join(',')}]::BIGINT[]`;
export const texts = (values: readonly string[]): string => `[${values.map((v) => `'${v.replaceAll("'", "''")}'`).join(',')}]::VARCHAR[]`;
/** One text literal. */
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
