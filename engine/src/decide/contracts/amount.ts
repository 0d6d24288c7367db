// SPDX-License-Identifier: Apache-2.0
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Exact sum of decimal amounts, with as many decimals as the finest of them and at least two. No binary fractions on the way. */
export function sumOf(amounts: readonly string[]): string {
  const parts = amounts.map((a) => DECIMAL.exec(a.trim())!);
  const scale = Math.max(2, ...parts.map((p) => (p[3] ?? '').length));
  const total = parts.reduce((sum, p) => sum + BigInt(`${p[1] === '-' ? '-' : ''}${p[2]}${(p[3] ?? '').padEnd(scale, '0')}`), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The larger of two amounts, exactly. */
export function larger(a: string, b: string): string {
  return sumOf([a, `-${b}`]).startsWith('-') ? b : a;
}

/** Whether two decimal texts are the same amount: 1.5 and 1.50 are. */
export function sameAmount(a: string, b: string): boolean {
  return !/[1-9]/.test(sumOf([a, `-${b}`]));
}
