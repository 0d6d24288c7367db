// SPDX-License-Identifier: Apache-2.0
import acct14 from './acct-14.json' with { type: 'json' };
import acct19 from './acct-19.json' with { type: 'json' };
import acctT1 from './acct-t1.json' with { type: 'json' };
import acctT2 from './acct-t2.json' with { type: 'json' };
import acctT4 from './acct-t4.json' with { type: 'json' };
import al23 from './al-23.json' with { type: 'json' };
import cc188 from './cc-188.json' with { type: 'json' };
import cc201 from './cc-201.json' with { type: 'json' };
import cc557 from './cc-557.json' with { type: 'json' };
import cc558 from './cc-558.json' with { type: 'json' };
import child20 from './child-20.json' with { type: 'json' };
import child23 from './child-23.json' with { type: 'json' };
import cplr22 from './cplr-22.json' with { type: 'json' };
import cplr24 from './cplr-24.json' with { type: 'json' };
import cred16 from './cred-16.json' with { type: 'json' };
import csl23 from './csl-23.json' with { type: 'json' };
import ecl24 from './ecl-24.json' with { type: 'json' };
import ecl31 from './ecl-31.json' with { type: 'json' };
import ins87b from './ins-87b.json' with { type: 'json' };
import inv28 from './inv-28.json' with { type: 'json' };
import minor34 from './minor-34.json' with { type: 'json' };
import ndsr12 from './ndsr-12.json' with { type: 'json' };
import ndsr24 from './ndsr-24.json' with { type: 'json' };
import pipl19 from './pipl-19.json' with { type: 'json' };
import pipl21 from './pipl-21.json' with { type: 'json' };
import pipl22 from './pipl-22.json' with { type: 'json' };
import pipl471a from './pipl-47-1a.json' with { type: 'json' };
import pipl471c from './pipl-47-1c.json' with { type: 'json' };
import pipl471e from './pipl-47-1e.json' with { type: 'json' };
import pipl472 from './pipl-47-2.json' with { type: 'json' };
import pipl47 from './pipl-47.json' with { type: 'json' };
import pipl56 from './pipl-56.json' with { type: 'json' };
import pipl73 from './pipl-73.json' with { type: 'json' };
import ss21 from './ss-21.json' with { type: 'json' };
import tax24 from './tax-24.json' with { type: 'json' };
import taxr29 from './taxr-29.json' with { type: 'json' };

/** The provisions of this pack as they were read from their files, unchecked. */
export const CN_PACK: readonly unknown[] = [
  acct14,
  acct19,
  acctT1,
  acctT2,
  acctT4,
  al23,
  cc188,
  cc201,
  cc557,
  cc558,
  child20,
  child23,
  cplr22,
  cplr24,
  cred16,
  csl23,
  ecl24,
  ecl31,
  ins87b,
  inv28,
  minor34,
  ndsr12,
  ndsr24,
  pipl19,
  pipl21,
  pipl22,
  pipl471a,
  pipl471c,
  pipl471e,
  pipl472,
  pipl47,
  pipl56,
  pipl73,
  ss21,
  tax24,
  taxr29,
];
