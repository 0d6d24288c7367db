// SPDX-License-Identifier: Apache-2.0
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Is a decimal amount above zero? null when the text is no plain decimal (`1e3`, `NaN`, `1,000`): nobody may guess money. */
export function positive(amount: string): boolean | null {
  const parts = DECIMAL.exec(amount.trim());
  if (!parts) return null;
  return parts[1] !== '-' && /[1-9]/.test(`${parts[2]}${parts[3] ?? ''}`);
}

/** Exact sum of decimal amounts, with as many decimals as the finest of them and at least two. No binary fractions on the way. */
export function sumOf(amounts: readonly string[]): string {
  const parts = amounts.map((a) => DECIMAL.exec(a.trim())!);
  const scale = Math.max(2, ...parts.map((p) => (p[3] ?? '').length));
  const total = parts.reduce((sum, p) => sum + BigInt(`${p[1] === '-' ? '-' : ''}${p[2]}${(p[3] ?? '').padEnd(scale, '0')}`), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
