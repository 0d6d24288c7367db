// SPDX-License-Identifier: Apache-2.0
import * as asn1js from 'asn1js';
import { type Certificate, CertificateRevocationList, type RevokedCertificate } from 'pkijs';
import { isDer } from './der.ts';

const REASON_CODE = '2.5.29.21';
/** RFC 3161 §4: after these reasons older tokens stay good; after any other, a compromised key above all, none does. */
const HARMLESS = new Set([3, 4, 5]);

/**
 * What a revocation list (RFC 5280 §5) says against a path at a token's time: `revocation-list` when it is not the signer's issuer's own,
 * `revoked`, or null. `path`: signer first; a path of one certificate cannot be judged.
 */
export async function revocationProblem(der: Uint8Array, path: readonly Certificate[], at: Date): Promise<string | null> {
  const [signer, issuer] = path;
  if (!signer || !issuer) return null;
  const list = isDer(der) ? parsed(der) : null;
  if (!list || !list.issuer.isEqual(issuer.subject)) return 'revocation-list';
  if (!(await list.verify({ issuerCertificate: issuer }).catch(() => false))) return 'revocation-list';
  const entry = list.revokedCertificates?.find((r) => r.userCertificate.isEqual(signer.serialNumber));
  return entry && (entry.revocationDate.value <= at || !HARMLESS.has(reasonOf(entry))) ? 'revoked' : null;
}

function parsed(der: Uint8Array): CertificateRevocationList | null {
  try {
    return CertificateRevocationList.fromBER(Uint8Array.from(der));
  } catch {
    return null;
  }
}

function reasonOf(entry: RevokedCertificate): number {
  const value: unknown = entry.crlEntryExtensions?.extensions.find((e) => e.extnID === REASON_CODE)?.parsedValue;
  return value instanceof asn1js.Enumerated ? value.valueBlock.valueDec : 0;
}
