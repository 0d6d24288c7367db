// SPDX-License-Identifier: Apache-2.0
import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';
import { ConfigError } from './error.ts';

export interface PackFile {
  /** The rows as they stand in the file, unchecked. */
  readonly rows: readonly unknown[];
  /** `file:line` of a row, or of one of its fields. */
  readonly where: (row: number, field?: string) => string;
}

/**
 * A rule pack as people write it: a list of rules in JSON or YAML, fields as in docs/reference/rule-pack.md. Throws ConfigError
 * `yaml-unreadable` with the line, `rule-pack-invalid` when it is no list.
 */
export function readPackFile(text: string, file: string): PackFile {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const problem = doc.errors[0];
  if (problem) throw new ConfigError('yaml-unreadable', `${file}:${problem.linePos?.[0].line ?? 1}: ${problem.code}`, problem);
  const list = doc.contents;
  if (!isSeq(list)) throw new ConfigError('rule-pack-invalid', `${file}:1`);
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  return {
    rows: doc.toJS() as unknown[],
    where: (row, field) => {
      const node = list.items[row];
      if (!isMap(node)) return `${file}:${lineAt((node as { range?: [number] } | undefined)?.range?.[0])}`;
      const pair = node.items.find((p) => String((p.key as { value?: unknown }).value) === field);
      const key = pair?.key as { range?: [number] } | undefined;
      return `${file}:${lineAt((key ?? node).range?.[0])}`;
    },
  };
}
