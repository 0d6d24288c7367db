// SPDX-License-Identifier: Apache-2.0
/**
 * A value read from a source, as text, exactly as the source states it, or null.
 * Text, never a driver's object: a date of 1899 or a 19-digit number must reach the plan unchanged.
 * PostgreSQL: the server's own text output (ISO dates, UTC). MySQL: the server's own text; TIMESTAMP in UTC with `+00`, BIT as a decimal
 * number, bytes as `\\x…` hex. SQLite: decimal integers, shortest decimal reals, text,
 * blobs as `\\x…` hex. CSV: the unquoted field. Xlsx: the cell's text, dates as YYYY-MM-DD[ hh:mm:ss].
 */
export type Cell = string | null;
export type Row = readonly Cell[];
