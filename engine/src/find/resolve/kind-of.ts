// SPDX-License-Identifier: Apache-2.0
import type { Sign, SubjectKind, Sureness } from '../../model/subject.ts';

/** One sign of a subject: what some field of some dataset says; `own` where the dataset holds subjects themselves (a customer, not an order). */
export interface SaidSign {
  readonly sign: Sign;
  readonly own: boolean;
}

export interface KindFound {
  readonly kind: SubjectKind;
  readonly sure: Sureness;
  /** Below 14 (个人信息保护法 31), below 18 (民法典 17), or grown up on the legal day; null when nothing tells. */
  readonly age: 'under-14' | 'under-18' | 'adult' | null;
  /** The signs that decided. */
  readonly because: readonly Sign[];
}

/**
 * What a subject is, told by all that its records say. A dataset of subjects outweighs one of their orders: who receives a parcel is not always who ordered it. A child
 * by one record and grown up by another is a child, contradicted: the law protects the child. A person beside a company's name stands for the company unless something says
 * what only a private customer gives (a birth day, an identity number). What nothing tells is unknown. Pure.
 */
export function kindOf(all: readonly SaidSign[]): KindFound {
  const own = all.some((s) => s.own) ? all.filter((s) => s.own) : all;
  const said = new Set(own.map((s) => s.sign));
  const has = (...signs: Sign[]) => signs.filter((sign) => said.has(sign));
  const child = has('under-14', 'under-18');
  const age = said.has('under-14') ? 'under-14' : said.has('under-18') ? 'under-18' : said.has('adult') ? 'adult' : null;
  const privately = has('person-number', 'person-type');
  const born = has('birth', 'age', ...AGES);
  const organisation = has('org-type', 'org-number', 'name-company');
  const found = (kind: SubjectKind, sure: Sureness, because: readonly Sign[]): KindFound => ({ kind, sure, age, because });

  if (child.length > 0) {
    const contradicted = said.has('adult') || organisation.length > 0 || child.length > 1;
    return found('minor', contradicted ? 'contradicted' : 'stated', [...child, ...has('adult'), ...organisation]);
  }
  if (organisation.length > 0) {
    const person = [...privately, ...has('name-person', 'birth')];
    if (privately.length === 0)
      return person.length > 0
        ? found('contact', 'likely', [...organisation, ...person])
        : found('organisation', sureOf(organisation), organisation);
    return found('contact', 'contradicted', [...organisation, ...person]);
  }
  if (privately.length > 0) return found('person', 'stated', privately);
  if (born.length > 0) return found('person', 'likely', born);
  const named = has('name-person');
  if (said.has('company')) {
    const because = has('company', 'name-person', 'name');
    return because.length > 1 ? found('contact', 'likely', because) : found('organisation', 'likely', because);
  }
  return named.length > 0 ? found('person', 'likely', named) : found('unknown', 'unknown', has('name'));
}

const AGES: readonly Sign[] = ['adult'];

/** A number with a check sign or a column's own word says it; the form of a name suggests it. */
function sureOf(signs: readonly Sign[]): Sureness {
  return signs.some((sign) => sign !== 'name-company') ? 'stated' : 'likely';
}
