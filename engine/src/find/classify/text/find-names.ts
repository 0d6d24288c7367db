// SPDX-License-Identifier: Apache-2.0
import { name } from '../recognisers/name.ts';
import { nameAtEnd } from './address-tail.ts';
import type { Stretch } from './find-addresses.ts';
import { surnameLength } from './surnames.ts';

const LABEL =
  /(?:姓名|联系人|收货人|收件人|寄件人|发件人|客户|用户|会员|患者|学员|家长|业主|乘客|投保人|被保险人|受益人|法人|负责人|签收人|经办人)(?:姓名|名称)?\s*[:：是为]?\s*/gu;
const TITLE = /(?:先生|女士|小姐|太太|老师|医生|教练|经理|总|主任|律师|同学|师傅)/u;
const HAN = /\p{Script=Han}/u;

/**
 * Names in a text in which phones, addresses and numbers are found already: what stands between them and is nothing but a name, what
 * follows a label (`收件人：`), what a title follows (`张伟先生`). An address that runs into a name is cut there: the second answer.
 */
export function findNames(
  text: string,
  addresses: readonly Stretch[],
  others: readonly Stretch[],
): { names: Stretch[]; addresses: Stretch[] } {
  const names: Stretch[] = [...labelled(text), ...titled(text)];
  const apart = (s: Stretch) => !names.some((n) => s.start < n.end && n.start < s.end);
  for (const gap of gaps(text, [...addresses, ...others])) {
    const alone = standsAlone(text, gap);
    if (alone && apart(alone) && (others.length > 0 || addresses.length > 0) && near(text, alone, [...addresses, ...others]))
      names.push(alone);
  }
  const cut = addresses.map((a) => {
    if (names.length >= addresses.length) return a;
    const inside = text.slice(a.start, a.end);
    const at = nameAtEnd(inside, others.length > 0);
    if (at < 0) return a;
    const found = { start: a.start + at, end: a.end };
    if (!apart(found)) return a;
    names.push(found);
    return { start: a.start, end: a.start + at };
  });
  return { names: names.toSorted((a, b) => a.start - b.start), addresses: cut };
}

function gaps(text: string, taken: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  let from = 0;
  for (const t of taken.toSorted((a, b) => a.start - b.start)) {
    if (t.start > from) out.push({ start: from, end: t.start });
    from = Math.max(from, t.end);
  }
  if (from < text.length) out.push({ start: from, end: text.length });
  return out;
}

/** A gap that holds only a name, perhaps between marks or blanks. */
function standsAlone(text: string, gap: Stretch): Stretch | null {
  const said = text.slice(gap.start, gap.end);
  const m = /^[\s,，;；:：、.。|/()（）-]*([\p{Script=Han}·]{2,8})(?:收|\s)?[\s,，;；:：、.。|/()（）-]*$/u.exec(said);
  if (!m || !isName(m[1]!)) return null;
  const start = gap.start + said.indexOf(m[1]!);
  return { start, end: start + m[1]!.length };
}

function isName(text: string): boolean {
  const surname = surnameLength(text);
  const given = [...text].length - surname;
  return name.whole(text) || (surname > 0 && given >= 1 && given <= 2);
}

function near(text: string, name: Stretch, others: readonly Stretch[]): boolean {
  return others.some((o) => (o.start >= name.end ? o.start - name.end : name.start - o.end) <= 3) && text.length > 0;
}

function labelled(text: string): Stretch[] {
  const out: Stretch[] = [];
  for (const m of text.matchAll(LABEL)) {
    const start = m.index + m[0].length;
    const found = longest(text.slice(start, start + 12));
    if (found > 0) out.push({ start, end: start + found });
  }
  return out;
}

/** A label is followed by a name of known length where a mark or no Han comes after it; else by surname and given name. */
function longest(rest: string): number {
  const run = /^[\p{Script=Han}·]+/u.exec(rest)?.[0] ?? '';
  const surname = surnameLength(run);
  if (run.includes('·')) return /^\p{Script=Han}+(?:·\p{Script=Han}+)+/u.exec(run)?.[0].length ?? 0;
  if (surname === 0) return 0;
  if (run.length <= surname + 2) return run.length > surname ? run.length : 0;
  const title = TITLE.exec(run.slice(surname));
  if (title && title.index <= 2) return title.index === 0 ? 0 : surname + title.index;
  return surname + (/^(?:电话|手机|地址|身份|联系|已|于|的|在|为|来|要|说|和|与)/u.test(run.slice(surname + 1)) ? 1 : 2);
}

function titled(text: string): Stretch[] {
  const out: Stretch[] = [];
  for (const m of text.matchAll(new RegExp(TITLE, 'gu'))) {
    for (const length of [4, 3, 2]) {
      const start = m.index - length;
      if (start < 0) continue;
      const said = text.slice(start, m.index);
      if (!/^\p{Script=Han}+$/u.test(said) || surnameLength(said) === 0 || said.length - surnameLength(said) > 2) continue;
      if (start > 0 && HAN.test(text[start - 1]!) && length === 2 && surnameLength(text.slice(start - 1, m.index)) > 0) continue;
      if (name.whole(said) && said.length > surnameLength(said)) {
        out.push({ start, end: m.index });
        break;
      }
    }
  }
  return out;
}
