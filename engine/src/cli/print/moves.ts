// SPDX-License-Identifier: Apache-2.0
import type { Move } from '../../journey/index.ts';
import type { Session } from '../session.ts';
import { table } from './table.ts';

/** Records that move from one end to another, many to a line. */
export function printMoves({ terminal: t }: Session, moves: readonly Move[]): void {
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.moves.v1', moves }));
  const zh = t.lang === 'zh';
  if (moves.length === 0) return t.out(zh ? '没有记录变动' : 'no record moves');
  const word = (d: string) => (t.text.dispositions as Record<string, string>)[d] ?? d;
  const end = (d: string, until: string | null, rules: string) => [word(d), until, rules].filter(Boolean).join(' ');
  const rows = moves.map((m) => [
    m.dataset,
    m.records,
    end(m.from, m.fromUntil, m.fromRules),
    end(m.to, m.toUntil, m.toRules),
    String(m.example),
  ]);
  t.out(table(zh ? ['数据集', '记录', '原为', '变为', '例（清点序号）'] : ['Dataset', 'Records', 'Was', 'Becomes', 'Example'], rows, t));
}
