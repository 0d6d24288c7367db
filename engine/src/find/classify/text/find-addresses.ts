// SPDX-License-Identifier: Apache-2.0
import { ADDRESS_START, LOOSE_START } from './divisions.ts';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What an address can go on with: Han, digits, letters and the marks between them. */
const GOES_ON = /^[\p{Script=Han}\dA-Za-z#＃()（）\-—–~～·./&、]$/u;
const PLACE =
  /(?:省|市|区|县|州|盟|旗|镇|乡|街道|街|路|道|巷|弄|村|屯|庄|组|号|栋|幢|单元|楼|室|层|座|院|园|苑|城|厦|广场|小区|大道|新区|社区|路口|口)/u;
/** Words after which a sentence, not an address, goes on. */
const BREAKS = /(?:的(?!士)|了|吗|请|我|你|您|收货|收件|谢谢|联系|电话|手机|姓名|收(?=$|[\s,，。]))/u;

/** Addresses in free text, each from its first division to its last house word. `taken` are places that are something else (phones). */
export function findAddresses(text: string, taken: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  const blocked = (at: number) => [...taken, ...found].some((t) => at >= t.start && at < t.end);
  for (const pattern of [ADDRESS_START, LOOSE_START]) {
    for (const m of text.matchAll(pattern)) {
      if (blocked(m.index)) continue;
      const end = endOf(text, m.index, taken);
      if (end - m.index >= 6 && (text.slice(m.index, end).match(new RegExp(PLACE, 'gu'))?.length ?? 0) >= 2)
        found.push({ start: m.index, end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function endOf(text: string, start: number, taken: readonly Stretch[]): number {
  const limit = Math.min(text.length, start + 120, ...taken.filter((t) => t.start > start).map((t) => t.start));
  let at = start;
  while (at < limit) {
    const sign = text[at]!;
    if (GOES_ON.test(sign)) at += 1;
    else if (/[,，]/.test(sign) && commaInside(text.slice(at, limit))) at += 1;
    else if (/\s/.test(sign) && spaceInside(text.slice(at, limit))) at += 1;
    else break;
  }
  const said = text.slice(start, at);
  const broken = said.slice(4).search(BREAKS);
  const whole = broken < 0 ? said : said.slice(0, broken + 4);
  return start + whole.replace(/[\s、./&~\-—–(（]+$/u, '').length;
}

/** After a comma the address goes on with a number or with a short stretch of places that is no sentence. */
function commaInside(rest: string): boolean {
  if (/^[,，](?:\d|[A-Za-z]\d)/.test(rest)) return true;
  const next = /^[,，]([\p{Script=Han}\dA-Za-z]{2,20})(?![\p{Script=Han}\dA-Za-z])/u.exec(rest)?.[1];
  return next !== undefined && PLACE.test(next) && !BREAKS.test(next);
}

/** After a blank the address goes on when the next word has a place in it; two to four plain signs are a name. */
function spaceInside(rest: string): boolean {
  const next = /^\s+([\p{Script=Han}\dA-Za-z#\-()（）]+)/u.exec(rest)?.[1] ?? '';
  return PLACE.test(next) && !/^\p{Script=Han}{2,3}$/u.test(next);
}
