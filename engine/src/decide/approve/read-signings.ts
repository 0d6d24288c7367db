// SPDX-License-Identifier: Apache-2.0
import type { Officer } from '../../model/case.ts';
import type { Delegation, ExceptionList } from './payloads.ts';
import { type ReadPayload, readPayload } from './payloads.ts';
import type { ApproveError } from './error.ts';
import type { Signing, Verify } from './ports.ts';

/** A signing whose signature is good and whose payload speaks for the officer who made it, in this case. */
export interface GoodSigning {
  readonly signing: Signing;
  readonly by: Officer;
  readonly read: ReadPayload;
}

export interface ReadSignings {
  /** In the order given. */
  readonly good: readonly GoodSigning[];
  readonly bad: readonly { readonly signing: Signing; readonly code: ApproveError['code'] }[];
  /** Hashes of what its own signer took back. */
  readonly revoked: ReadonlySet<string>;
  readonly delegations: readonly (Delegation & { readonly hash: string; readonly revoked: boolean; readonly envelope: unknown })[];
  /** None can be taken back: who was taken out of destruction stays out. */
  readonly exceptionLists: readonly ExceptionList[];
}

/** Sorts what officers signed in a case. A signature that another key made, or that speaks for somebody else or another case, is bad. */
export function readSignings(signings: readonly Signing[], officers: readonly Officer[], caseCode: string, verify: Verify): ReadSignings {
  const good: GoodSigning[] = [];
  const bad: { signing: Signing; code: ApproveError['code'] }[] = [];
  for (const signing of signings) {
    const by = officers.find((o) => o.id === signing.officerId);
    const bytes = by && verify(signing.envelope, by.publicKey);
    const read = bytes ? readPayload(bytes) : null;
    if (by === undefined) bad.push({ signing, code: 'unknown-officer' });
    else if (read === null || read.payload.officer !== by.id || read.payload.caseCode !== caseCode)
      bad.push({ signing, code: 'bad-signature' });
    else good.push({ signing, by, read });
  }
  const byHash = new Map(good.map((g) => [g.read.hash, g]));
  // Nobody takes back what another one signed.
  const revoked = new Set(
    good.flatMap(({ read, by }) =>
      read.is === 'revocation' && byHash.get(read.payload.target)?.by.id === by.id ? [read.payload.target] : [],
    ),
  );
  return {
    good,
    bad,
    revoked,
    delegations: good.flatMap(({ read, by, signing }) =>
      read.is === 'delegation' && read.payload.department === by.department && read.payload.to !== by.id
        ? [{ ...read.payload, hash: read.hash, revoked: revoked.has(read.hash), envelope: signing.envelope }]
        : [],
    ),
    exceptionLists: good.flatMap(({ read, by }) => (read.is === 'exceptions' && by.department === 'legal' ? [read.payload] : [])),
  };
}
