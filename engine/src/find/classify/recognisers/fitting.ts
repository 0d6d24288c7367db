// SPDX-License-Identifier: Apache-2.0
import { address } from './address.ts';
import { bankCard } from './bank-card.ts';
import { company } from './company.ts';
import { creditCode } from './credit-code.ts';
import { email } from './email.ts';
import { foreignPermit } from './foreign-permit.ts';
import { gender } from './gender.ts';
import { idCard } from './id-card.ts';
import { imei } from './imei.ts';
import { RECOGNISERS } from './index.ts';
import { ip } from './ip.ts';
import { landline } from './landline.ts';
import { name } from './name.ts';
import { organisationCode } from './organisation-code.ts';
import { passport } from './passport.ts';
import { phone } from './phone.ts';
import type { Recogniser } from './recogniser.ts';
import { region } from './region.ts';
import { jwt, passwordHash } from './secret.ts';
import { travelPermit } from './travel-permit.ts';

const DIGIT = 1;
const LATIN = 2;
const HAN = 4;
const AT = 8;
const DOLLAR = 16;
const DOT = 32;

/** What a value must and must not hold, and how long it may be, before it is worth asking: wider than the recogniser itself, never narrower. */
interface Gate {
  readonly needs: number;
  readonly lacks: number;
  readonly least: number;
  readonly most: number;
}

const gate = (needs: number, lacks: number, least: number, most = 60): Gate => ({ needs, lacks, least, most });
const GATES: ReadonlyMap<Recogniser, Gate> = new Map([
  [idCard, gate(DIGIT, HAN | AT, 15)],
  [foreignPermit, gate(DIGIT, HAN | AT, 15)],
  [creditCode, gate(DIGIT, HAN | AT, 18)],
  [organisationCode, gate(0, HAN | AT, 10, 10)],
  [bankCard, gate(DIGIT, HAN | LATIN | AT, 16)],
  [passwordHash, gate(DOLLAR, 0, 14, Infinity)],
  [jwt, gate(LATIN | DOT, HAN, 20, Infinity)],
  [phone, gate(DIGIT, HAN | LATIN | AT, 11)],
  [landline, gate(DIGIT, LATIN | AT, 10)],
  [email, gate(AT | DOT, 0, 5, Infinity)],
  [ip, gate(0, HAN | AT, 3, 45)],
  [passport, gate(DIGIT | LATIN, HAN | AT, 9)],
  [travelPermit, gate(DIGIT | LATIN, HAN | AT, 9)],
  [imei, gate(DIGIT, HAN | LATIN | AT, 15)],
  [gender, gate(0, DIGIT, 1, 6)],
  [address, gate(HAN, 0, 6, 120)],
  [company, gate(HAN, 0, 4, 80)],
  [region, gate(HAN, DIGIT | LATIN, 2, 20)],
  [name, gate(HAN, DIGIT | LATIN, 2)],
]);

/** Recognisers worth asking, by what a value holds: 64 lists, made when they are first needed. */
const LISTS: (readonly { readonly recogniser: Recogniser; readonly gate: Gate }[] | undefined)[] = [];

/** Every recogniser that takes the whole value (NFKC, trimmed), in their order. The same answer as asking each; most are passed over by one look at the value's signs. */
export function fitting(value: string): readonly Recogniser[] {
  const shape = shapeOf(value);
  let found: Recogniser[] | null = null;
  for (const {
    recogniser,
    gate: { least, most },
  } of (LISTS[shape] ??= listOf(shape)))
    if (value.length >= least && value.length <= most && recogniser.whole(value)) (found ??= []).push(recogniser);
  return found ?? NONE;
}

const NONE: readonly Recogniser[] = [];

function listOf(shape: number) {
  return RECOGNISERS.map((recogniser) => ({ recogniser, gate: GATES.get(recogniser)! })).filter(
    ({ gate: { needs, lacks } }) => (shape & needs) === needs && (shape & lacks) === 0,
  );
}

function shapeOf(value: string): number {
  let shape = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= 48 && code <= 57) shape |= DIGIT;
    else if (code >= 0x2e80) shape |= HAN;
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) shape |= LATIN;
    else if (code === 64) shape |= AT;
    else if (code === 46) shape |= DOT;
    else if (code === 36) shape |= DOLLAR;
  }
  return shape;
}
