// SPDX-License-Identifier: Apache-2.0
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import * as asn1js from 'asn1js';
import {
  BasicConstraints,
  Certificate,
  ExtKeyUsage,
  type FindIssuerCallback,
  type SignedData,
  SignedDataVerifyError,
  type SignerInfo,
} from 'pkijs';
import { certificateBytes, holderOf, isDemoCertificate, keyHash, parseCertificate } from './certificate.ts';
import { equalBytes } from './encoding.ts';
import { ProofError } from './error.ts';
import { revocationProblem } from './revocation.ts';
import { TST_INFO, type TimestampQuery, parseTimestampResponse } from './timestamp-token.ts';
import type { TimestampAuthority } from './trust.ts';

/* PKI.js alone is not enough: its TimeStampResp.verify accepts any authority, and SignedData.verify knows neither the signer's key usage
 * nor ESSCertID nor path lengths. Those are checked here. */
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  '2.16.840.1.101.3.4.2.1': sha256,
  '2.16.840.1.101.3.4.2.2': sha384,
  '2.16.840.1.101.3.4.2.3': sha512,
};
/** RSA (PKCS #1, PSS) and ECDSA with SHA-2. Others, SM2 among them, are not checked here and therefore never counted. */
const SIGNATURES: ReadonlySet<string> = new Set([
  ...['1', '10', '11', '12', '13'].map((n) => `1.2.840.113549.1.1.${n}`),
  ...['2', '3', '4'].map((n) => `1.2.840.10045.4.3.${n}`),
]);
/** Enough for every way up through a few cross-signed certificates. */
const MAX_PATH_STEPS = 50;

/** Critical extensions that this file or PKI.js's path validation acts on: key usage, names, policies, constraints. */
const UNDERSTOOD: ReadonlySet<string> = new Set(['15', '17', '18', '19', '30', '32', '33', '36', '37', '54'].map((n) => `2.5.29.${n}`));

/** Everything about one token. */
export interface TimestampEvidence {
  readonly response: Uint8Array;
  /** The exact bytes that were stamped. */
  readonly data: Uint8Array;
  /** What was asked, where that was kept. */
  readonly query: TimestampQuery | null;
  /** DER certificates besides those in the token. They help to build the path and are not trusted. */
  readonly chain: readonly Uint8Array[];
  /** A DER revocation list of the signer's issuer, or null. */
  readonly revocations: Uint8Array | null;
  /** Whom the reader trusts for it; null: nobody, so that no path is built. */
  readonly authority: TimestampAuthority | null;
}

export interface VerifiedTimestamp {
  /** ISO 8601; the authority's time. */
  readonly at: string;
  readonly policy: string;
  /** What the signing certificate calls its holder. */
  readonly signer: string;
  /** SHA-256 of the signing key, hex. */
  readonly key: string;
  readonly demo: boolean;
  /** True when a path leads to a root of `authority`; otherwise nobody outside the bundle vouches for it. */
  readonly trusted: boolean;
}

/**
 * Verifies an RFC 3161 token over `data`: imprint, nonce, policy, CMS signature, signing-certificate attribute (RFC 2634, RFC 5816), key usage
 * (RFC 3161 §2.3), path to the authority's roots; certificates are judged at the token's own time, so an expiry since then does not matter.
 * Throws ProofError `bad-timestamp` with what is wrong, `timestamp-unsupported` with an algorithm, `too-large`.
 */
export async function verifyTimestamp(evidence: TimestampEvidence): Promise<VerifiedTimestamp> {
  try {
    return await verified(evidence);
  } catch (error) {
    // Whatever an ASN.1 library throws over hostile bytes: not a token.
    throw error instanceof ProofError ? error : bad('form', error);
  }
}

async function verified(evidence: TimestampEvidence): Promise<VerifiedTimestamp> {
  const { data, query, authority } = evidence;
  const token = parseTimestampResponse(evidence.response);
  const imprint = sha256(data);
  if (!equalBytes(token.imprint, imprint)) throw bad('imprint');
  if (query && !equalBytes(query.imprint, imprint)) throw bad('query');
  if (query?.nonce && !(token.nonce && equalBytes(query.nonce, token.nonce))) throw bad('nonce');
  const wanted = authority?.policy ?? query?.policy ?? null;
  if (wanted !== null && wanted !== token.policy) throw bad('policy');
  const { signed } = token;
  checkAttributes(signed.signerInfos[0]!);
  const path = await verifySignature(signed, evidence);
  const signer = path[0]!;
  if (!isSigningCertificate(signed.signerInfos[0]!, signer)) throw bad('signing-certificate');
  checkSigner(signer);
  checkPath(path);
  const problem = evidence.revocations && (await revocationProblem(evidence.revocations, path, token.at));
  if (problem) throw bad(problem);
  const top = path.at(-1)!;
  return {
    at: token.at.toISOString(),
    policy: token.policy,
    signer: holderOf(signer),
    key: keyHash(signer),
    demo: isDemoCertificate(signer) || isDemoCertificate(top),
    trusted: authority !== null,
  };
}

/** The signer's certificate and, when an authority is given, the path from it to one of the authority's roots. */
async function verifySignature(signed: SignedData, { data, chain, authority }: TimestampEvidence): Promise<readonly Certificate[]> {
  signed.certificates = [...(signed.certificates ?? []), ...chain.map(parseCertificate)];
  // Revocation is judged by the list in the bundle and at the token's time (revocation.ts), not by what a token brings along.
  delete signed.crls;
  try {
    const result = await signed.verify({
      signer: 0,
      data: Uint8Array.from(data).buffer,
      checkChain: authority !== null,
      trustedCerts: (authority?.roots ?? []).map(parseCertificate),
      findIssuer: boundedFindIssuer(),
      extendedMode: true,
    });
    if (!result.signatureVerified || !result.signerCertificate) throw bad('signature');
    return authority === null ? [result.signerCertificate] : withoutTwins(result.certificatePath);
  } catch (error) {
    if (!(error instanceof SignedDataVerifyError)) throw error;
    if (error.code !== 5) throw bad('signature', error);
    throw bad(/expired/.test(error.message) ? 'validity' : 'chain', error);
  }
}

/** PKI.js walks from certificate to certificate without end when two of them issued each other; this ends it. */
function boundedFindIssuer(): FindIssuerCallback {
  let left = MAX_PATH_STEPS;
  return async (certificate, engine, crypto) => {
    if (left-- === 0) throw new Error('too many certificates');
    return engine.defaultFindIssuer(certificate, engine, crypto);
  };
}

function checkAttributes(signer: SignerInfo): void {
  const digest = signer.digestAlgorithm.algorithmId;
  if (!Object.hasOwn(HASHES, digest)) throw new ProofError('timestamp-unsupported', digest);
  const algorithm = signer.signatureAlgorithm.algorithmId;
  if (!SIGNATURES.has(algorithm)) throw new ProofError('timestamp-unsupported', algorithm);
  const attributes = signer.signedAttrs?.attributes ?? [];
  const types = attributes.map((a) => a.type);
  if (new Set(types).size !== types.length || !types.includes(MESSAGE_DIGEST)) throw bad('signature');
  const type: unknown = attributes.find((a) => a.type === CONTENT_TYPE)?.values[0];
  if (!(type instanceof asn1js.ObjectIdentifier) || type.valueBlock.toString() !== TST_INFO) throw bad('signature');
}

/** The first certificate that the signed attributes name must be the signer's: otherwise another one with the same key could stand for it. */
function isSigningCertificate(signer: SignerInfo, certificate: Certificate): boolean {
  const attributes = signer.signedAttrs?.attributes ?? [];
  const v2: unknown = attributes.find((a) => a.type === SIGNING_CERTIFICATE_V2)?.values[0];
  const v1: unknown = attributes.find((a) => a.type === SIGNING_CERTIFICATE)?.values[0];
  if (v2 === undefined && v1 === undefined) return false;
  const bytes = certificateBytes(certificate);
  const agrees = (attribute: unknown, byDefault: (b: Uint8Array) => Uint8Array) => {
    const named = firstNamed(attribute, byDefault);
    return named !== null && equalBytes(named.digest, named.hash(bytes));
  };
  return (v2 === undefined || agrees(v2, sha256)) && (v1 === undefined || agrees(v1, sha1));
}

/** SigningCertificate(V2) → certs → first ESSCertID(v2): the hash algorithm (absent: the default) and the digest. */
function firstNamed(attribute: unknown, byDefault: (b: Uint8Array) => Uint8Array) {
  const fields = children(children(children(attribute)[0])[0]);
  const algorithm = fields[0] instanceof asn1js.Sequence ? children(fields[0])[0] : undefined;
  const digest = fields[algorithm ? 1 : 0];
  const hash = algorithm instanceof asn1js.ObjectIdentifier ? HASHES[algorithm.valueBlock.toString()] : byDefault;
  if (!(digest instanceof asn1js.OctetString) || !hash) return null;
  return { hash, digest: Uint8Array.from(digest.valueBlock.valueHexView) };
}

function children(block: unknown): readonly unknown[] {
  return block instanceof asn1js.Sequence ? block.valueBlock.value : [];
}

/** RFC 3161 §2.3: a key for time stamps and for nothing else, marked critical. */
function checkSigner(certificate: Certificate): void {
  const extensions = certificate.extensions ?? [];
  const usage = extensions.find((e) => e.extnID === EXTENDED_KEY_USAGE);
  const purposes: unknown = usage?.parsedValue;
  if (!usage?.critical || !(purposes instanceof ExtKeyUsage) || purposes.keyPurposes.join() !== TIME_STAMPING)
    throw bad('extended-key-usage');
  const bits: unknown = extensions.find((e) => e.extnID === KEY_USAGE)?.parsedValue;
  // digitalSignature or nonRepudiation
  if (bits instanceof asn1js.BitString && ((bits.valueBlock.valueHexView[0] ?? 0) & 0xc0) === 0) throw bad('key-usage');
}

/**
 * RFC 5280: every critical extension is understood (§4.2), no path is longer than an authority allows (§4.2.1.9). Algorithms of the path are
 * held to the same list as the token's; the root's own signature over itself says nothing.
 */
function checkPath(path: readonly Certificate[]): void {
  if (path.some((c) => c.extensions?.some((e) => e.critical && !UNDERSTOOD.has(e.extnID)))) throw bad('critical-extension');
  for (const [i, certificate] of path.entries()) {
    if (i === path.length - 1 && path.length > 1) break;
    if (!SIGNATURES.has(certificate.signatureAlgorithm.algorithmId))
      throw new ProofError('timestamp-unsupported', certificate.signatureAlgorithm.algorithmId);
  }
  for (const [i, certificate] of path.entries()) {
    const constraints: unknown = certificate.extensions?.find((e) => e.extnID === BASIC_CONSTRAINTS)?.parsedValue;
    const limit = constraints instanceof BasicConstraints ? constraints.pathLenConstraint : undefined;
    if (i > 0 && typeof limit === 'number' && i - 1 > limit) throw bad('chain');
  }
}

/** PKI.js names a certificate twice in a path when the token brings the root along. */
function withoutTwins(path: readonly Certificate[]): readonly Certificate[] {
  return path.filter((c, i) => i === 0 || !equalBytes(certificateBytes(c), certificateBytes(path[i - 1]!)));
}

function bad(what: string, cause?: unknown): ProofError {
  return new ProofError('bad-timestamp', what, cause);
}
