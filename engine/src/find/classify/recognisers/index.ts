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

/** In order of trust: those with check digits first. */
export const RECOGNISERS: readonly Recogniser[] = [
  idCard,
  foreignPermit,
  creditCode,
  organisationCode,
  bankCard,
  passwordHash,
  jwt,
  phone,
  landline,
  email,
  ip,
  passport,
  travelPermit,
  imei,
  gender,
  address,
  company,
  region,
  name,
];
