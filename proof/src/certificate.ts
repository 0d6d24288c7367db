// SPDX-License-Identifier: Apache-2.0
import { Certificate } from 'pkijs';
import { sha256 } from '@noble/hashes/sha2.js';
import { isDer } from './der.ts';
import { toHex } from './encoding.ts';
import { ProofError } from './error.ts';
import { isDemoKey } from './policy.ts';

const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

/** Reads one DER certificate (RFC 5280). Throws ProofError `bad-timestamp`. */
export function parseCertificate(der: Uint8Array): Certificate {
  try {
    if (isDer(der)) return Certificate.fromBER(Uint8Array.from(der));
  } catch (error) {
    throw new ProofError('bad-timestamp', 'certificate', error);
  }
  throw new ProofError('bad-timestamp', 'certificate');
}

/** The bytes of a certificate as it was read. */
export function certificateBytes(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema().toBER());
}

/** SHA-256 of a DER certificate's SubjectPublicKeyInfo, hex: two certificates of one key have one owner. Throws ProofError `bad-timestamp`. */
export function publicKeyOf(der: Uint8Array): string {
  return keyHash(parseCertificate(der));
}

export function keyHash(certificate: Certificate): string {
  return toHex(sha256(new Uint8Array(certificate.subjectPublicKeyInfo.toSchema().toBER())));
}

/** What the certificate calls its holder, shown without control characters. */
export function holderOf(certificate: Certificate): string {
  return (attribute(certificate, COMMON_NAME) ?? attribute(certificate, ORGANISATION) ?? '').replace(/\p{C}/gu, '?').slice(0, 120);
}

/** True for a certificate of a demonstration: its organisation is a demo key name (policy.ts), whatever name somebody gives it in a trust file. */
export function isDemoCertificate(certificate: Certificate): boolean {
  return isDemoKey(attribute(certificate, ORGANISATION) ?? '');
}

function attribute(certificate: Certificate, type: string): string | null {
  const found = certificate.subject.typesAndValues.find((t) => t.type === type);
  const value: unknown = found?.value.valueBlock.value;
  return typeof value === 'string' ? value : null;
}
