// SPDX-License-Identifier: Apache-2.0

/** One spelling: widths folded (NFKC), blanks, hyphens and dots between groups gone, letters upper case. */
export function compact(text: string): string {
  const plain = /[^ -~]/.test(text) ? text.normalize('NFKC') : text;
  return (/[^\dA-Za-z]/.test(plain) ? plain.replaceAll(/[\s\-–—.]/g, '') : plain).toUpperCase();
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** ISO 7064 MOD 11-2 over the first 17 places, check sign at the 18th (GB 11643-1999). */
export function mod112(number: string): boolean {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (number.charCodeAt(i) - 48);
  return '10X98765432'[sum % 11] === number[17];
}

/** Luhn (ISO/IEC 7812-1 annex B): bank cards and IMEI. Digits only. */
export function luhn(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** YYYYMMDD that is a day of the calendar. */
export function realDay(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days && year >= 1800 && year <= 2100;
}
