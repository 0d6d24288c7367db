// SPDX-License-Identifier: Apache-2.0
import type { Span } from '../../../src/find/classify/index.ts';

export interface GoldLine {
  readonly id: string;
  readonly text: string;
  readonly entities: readonly { readonly u16start: number; readonly u16end: number; readonly type: string }[];
}

/** F1 of exact spans by category, and of the characters that addresses cover. Adjacent levels of an address are one address. */
export function scoreText(
  gold: readonly GoldLine[],
  find: (text: string) => readonly Span[],
): Record<'phone' | 'name' | 'address' | 'addressCharacters', number> {
  const right = new Map<string, number>();
  const all = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, n = 1) => map.set(key, (map.get(key) ?? 0) + n);
  for (const line of gold) {
    const want = joined(line);
    const said = find(line.text);
    for (const w of want) add(all, w.category);
    for (const s of said) {
      add(all, s.category);
      if (want.some((w) => w.category === s.category && w.start === s.start && w.end === s.end)) add(right, s.category);
    }
    const [g, s] = [covered(want), covered(said)];
    add(all, 'addressCharacters', g.size + s.size);
    add(right, 'addressCharacters', [...s].filter((at) => g.has(at)).length);
  }
  const f1 = (key: string) => (2 * (right.get(key) ?? 0)) / (all.get(key) ?? 1);
  return { phone: f1('phone'), name: f1('name'), address: f1('address'), addressCharacters: f1('addressCharacters') };
}

function joined(line: GoldLine): { start: number; end: number; category: string }[] {
  const out: { start: number; end: number; category: string }[] = [];
  for (const e of line.entities.toSorted((a, b) => a.u16start - b.u16start)) {
    const category = e.type.startsWith('address_') ? 'address' : e.type;
    const last = out.at(-1);
    if (category === 'address' && last?.category === 'address' && last.end === e.u16start) last.end = e.u16end;
    else out.push({ start: e.u16start, end: e.u16end, category });
  }
  return out;
}

function covered(spans: readonly { start: number; end: number; category: string }[]): Set<number> {
  const at = new Set<number>();
  for (const s of spans) if (s.category === 'address') for (let i = s.start; i < s.end; i++) at.add(i);
  return at;
}
