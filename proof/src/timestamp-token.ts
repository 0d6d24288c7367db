// SPDX-License-Identifier: Apache-2.0
import * as asn1js from 'asn1js';
import { AlgorithmIdentifier, ContentInfo, MessageImprint, SignedData, TSTInfo, TimeStampReq, TimeStampResp } from 'pkijs';
import { isDer } from './der.ts';
import { ProofError } from './error.ts';

/* RFC 3161 messages. Only SHA-256 imprints: that is what we ask for. */
const SHA256 = '2.16.840.1.101.3.4.2.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const TST_INFO = '1.2.840.113549.1.9.16.1.4';
/** A token with its chain has a few kB. */
export const MAX_TOKEN = 64 * 1024;

/** What was asked of an authority. */
export interface TimestampQuery {
  /** SHA-256 of the stamped bytes. */
  readonly imprint: Uint8Array;
  /** Content of the DER INTEGER, minimal. */
  readonly nonce: Uint8Array | null;
  /** OID, dotted. */
  readonly policy: string | null;
}

/** An answer that was read and not yet believed. */
export interface TimestampToken {
  readonly signed: SignedData;
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array | null;
  readonly policy: string;
  /** What the authority says the time is. */
  readonly at: Date;
}

/** The DER bytes of a TimeStampReq (RFC 3161 §2.4.1) that asks for the authority's certificates. `nonce`: 1–20 bytes, the first one 1…127. */
export function timestampQueryBytes(query: TimestampQuery): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: Uint8Array.from(query.imprint).buffer }),
    }),
    certReq: true,
    ...(query.policy === null ? {} : { reqPolicy: query.policy }),
    ...(query.nonce === null ? {} : { nonce: new asn1js.Integer({ valueHex: Uint8Array.from(query.nonce).buffer }) }),
  });
  return new Uint8Array(request.toSchema().toBER());
}

/** Reads a TimeStampReq. Throws ProofError `bad-timestamp`. */
export function parseTimestampQuery(bytes: Uint8Array): TimestampQuery {
  return reading('query', bytes, () => {
    const request = TimeStampReq.fromBER(Uint8Array.from(bytes));
    return { imprint: sha256Imprint(request.messageImprint), nonce: integer(request.nonce), policy: request.reqPolicy ?? null };
  });
}

/**
 * Reads a TimeStampResp: granted, one CMS SignedData with one signer over a TSTInfo. Nothing is verified here.
 * Throws ProofError `bad-timestamp` (`refused` when the authority said no), `too-large`.
 */
export function parseTimestampResponse(bytes: Uint8Array): TimestampToken {
  if (bytes.length > MAX_TOKEN) throw new ProofError('too-large', 'time stamp');
  return reading('form', bytes, () => {
    const response = TimeStampResp.fromBER(Uint8Array.from(bytes));
    const status: number = response.status.status;
    if (status !== 0 && status !== 1) throw new ProofError('bad-timestamp', 'refused');
    return readToken(response.timeStampToken);
  });
}

function readToken(token: ContentInfo | undefined): TimestampToken {
  if (token?.contentType !== SIGNED_DATA) throw new ProofError('bad-timestamp', 'form');
  const signed = new SignedData({ schema: token.content });
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== TST_INFO || !eContent || signed.signerInfos.length !== 1) throw new ProofError('bad-timestamp', 'form');
  const content = new Uint8Array(eContent.getValue());
  if (!isDer(content)) throw new ProofError('bad-timestamp', 'form');
  const info = TSTInfo.fromBER(content);
  if (info.version !== 1 || Number.isNaN(info.genTime.getTime())) throw new ProofError('bad-timestamp', 'form');
  if (info.extensions?.some((e) => e.critical)) throw new ProofError('bad-timestamp', 'critical-extension');
  return { signed, imprint: sha256Imprint(info.messageImprint), nonce: integer(info.nonce), policy: info.policy, at: info.genTime };
}

/** Reads with PKI.js what is DER; whatever it throws over hostile bytes becomes one error. */
function reading<T>(what: string, bytes: Uint8Array, read: () => T): T {
  if (!isDer(bytes)) throw new ProofError('bad-timestamp', what);
  try {
    return read();
  } catch (error) {
    throw error instanceof ProofError ? error : new ProofError('bad-timestamp', what, error);
  }
}

function sha256Imprint(imprint: MessageImprint): Uint8Array {
  const digest = Uint8Array.from(imprint.hashedMessage.valueBlock.valueHexView);
  if (imprint.hashAlgorithm.algorithmId !== SHA256 || digest.length !== 32) throw new ProofError('bad-timestamp', 'imprint');
  return digest;
}

function integer(value: asn1js.Integer | undefined): Uint8Array | null {
  return value ? Uint8Array.from(value.valueBlock.valueHexView) : null;
}
