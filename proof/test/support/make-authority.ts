// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  CertificateRevocationList,
  ContentInfo,
  EncapsulatedContentInfo,
  ExtKeyUsage,
  Extension,
  Extensions,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  RelativeDistinguishedNames,
  RevokedCertificate,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TSTInfo,
  Time,
  TimeStampResp,
} from 'pkijs';

/* Time stamp authorities that live in memory, and can be told to do everything wrong. ECDSA P-256. */
type Keys = Awaited<ReturnType<typeof newKeys>>;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const newKeys = () => crypto.subtle.generateKey(P256, true, ['sign', 'verify']);

export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
export const POLICY = '1.3.6.1.4.1.99999.1.1';
export const GEN_TIME = new Date('2026-11-24T03:00:00Z');

export interface Holder {
  readonly certificate: Certificate;
  readonly keys: Keys;
}

export interface Subject {
  name: string;
  organisation?: string;
  from?: Date;
  to?: Date;
  /** null: no authority; a number: path length; undefined: an authority without limit. */
  ca?: null | number | undefined;
  usage?: { purposes: string[]; critical: boolean } | null;
  serial?: number;
  keys?: Keys;
  criticalExtension?: boolean;
}

/** A certificate, signed by `issuer` or by itself. */
export async function certify(subject: Subject, issuer?: Holder): Promise<Holder> {
  const keys = subject.keys ?? (await newKeys());
  const certificate = new Certificate({ version: 2, serialNumber: new asn1js.Integer({ value: subject.serial ?? 7 }) });
  certificate.subject = nameOf(subject);
  certificate.issuer = issuer ? issuer.certificate.subject : certificate.subject;
  certificate.notBefore = new Time({ type: 0, value: subject.from ?? new Date('2026-01-01T00:00:00Z') });
  certificate.notAfter = new Time({ type: 0, value: subject.to ?? new Date('2036-01-01T00:00:00Z') });
  const extensions: Extension[] = [];
  if (subject.ca !== null) {
    const constraints = new BasicConstraints({ cA: true, ...(subject.ca === undefined ? {} : { pathLenConstraint: subject.ca }) });
    extensions.push(extension('2.5.29.19', true, constraints.toSchema().toBER(false), constraints));
  }
  if (subject.usage) {
    const usage = new ExtKeyUsage({ keyPurposes: subject.usage.purposes });
    extensions.push(extension('2.5.29.37', subject.usage.critical, usage.toSchema().toBER(false), usage));
  }
  if (subject.criticalExtension) extensions.push(extension('1.3.6.1.4.1.99999.7', true, new asn1js.Null().toBER(false), undefined));
  certificate.extensions = extensions;
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign((issuer?.keys ?? keys).privateKey, 'SHA-256');
  return { certificate: Certificate.fromBER(certificate.toSchema(true).toBER(false)), keys };
}

function extension(id: string, critical: boolean, value: ArrayBuffer, parsedValue: unknown): Extension {
  return new Extension({ extnID: id, critical, extnValue: value, parsedValue: parsedValue as never });
}

function nameOf({ name, organisation = 'Stamps Example' }: Subject): RelativeDistinguishedNames {
  const part = (type: string, value: string) => new AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) });
  return new RelativeDistinguishedNames({ typesAndValues: [part('2.5.4.10', organisation), part('2.5.4.3', name)] });
}

export const derOf = (holder: Holder) => new Uint8Array(holder.certificate.toSchema().toBER(false));

/** An authority: a root, and a signer whose only purpose is time stamping. */
export interface Authority {
  readonly root: Holder;
  readonly signer: Holder;
}

export async function authority(name: string, changes: { root?: Partial<Subject>; signer?: Partial<Subject> } = {}): Promise<Authority> {
  const root = await certify({ name: `${name} root`, serial: 1, ...changes.root });
  const usage = { purposes: [TIME_STAMPING], critical: true };
  return { root, signer: await certify({ name: `${name} signer`, ca: null, usage, ...changes.signer }, root) };
}

export interface Stamp {
  at?: Date;
  nonce?: Uint8Array;
  policy?: string;
  status?: number;
  imprint?: Uint8Array;
  certificates?: readonly Holder[];
  /** Of which certificate the signed attribute speaks; null: the attribute is left out. */
  named?: Holder | null;
  v1?: boolean;
  contentType?: string;
  criticalExtension?: boolean;
}

/** The response of an authority over `data`. */
export async function stamp({ signer, root }: Authority, data: Uint8Array, changes: Stamp = {}): Promise<Uint8Array> {
  const sha256 = new AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' });
  const info = new TSTInfo({
    version: 1,
    policy: changes.policy ?? POLICY,
    messageImprint: new MessageImprint({
      hashAlgorithm: sha256,
      hashedMessage: new asn1js.OctetString({ valueHex: buffer(changes.imprint ?? digest('sha256', data)) }),
    }),
    serialNumber: new asn1js.Integer({ value: 42 }),
    genTime: changes.at ?? GEN_TIME,
    ...(changes.criticalExtension
      ? { extensions: [extension('1.3.6.1.4.1.99999.7', true, new asn1js.Null().toBER(false), undefined)] }
      : {}),
    ...(changes.nonce ? { nonce: new asn1js.Integer({ valueHex: buffer(changes.nonce) }) } : {}),
  });
  const content = info.toSchema().toBER(false);
  const named = changes.named === undefined ? signer : changes.named;
  const attributes = [
    attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: changes.contentType ?? '1.2.840.113549.1.9.16.1.4' })),
    attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: buffer(digest('sha256', new Uint8Array(content))) })),
  ];
  if (named) attributes.push(signingCertificate(derOf(named), changes.v1 ?? false));
  const signed = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: '1.2.840.113549.1.9.16.1.4',
      eContent: new asn1js.OctetString({ valueHex: content }),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: signer.certificate.issuer, serialNumber: signer.certificate.serialNumber }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: (changes.certificates ?? [signer, root]).map((h) => h.certificate),
  });
  await signed.sign(signer.keys.privateKey, 0, 'SHA-256', content);
  const response = new TimeStampResp({
    status: new PKIStatusInfo({ status: changes.status ?? 0 }),
    timeStampToken: new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) }),
  });
  return new Uint8Array(response.toSchema().toBER(false));
}

function attribute(type: string, value: asn1js.BaseBlock): Attribute {
  return new Attribute({ type, values: [value] });
}

function signingCertificate(der: Uint8Array, v1: boolean): Attribute {
  const hash = new asn1js.OctetString({ valueHex: buffer(digest(v1 ? 'sha1' : 'sha256', der)) });
  const sequence = (...value: asn1js.BaseBlock[]) => new asn1js.Sequence({ value });
  return attribute(v1 ? '1.2.840.113549.1.9.16.2.12' : '1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(hash))));
}

/** A revocation list of an authority's root that names the signer. `reason`: RFC 5280 CRLReason. */
export async function revoke({ root, signer }: Authority, at: Date, reason: number): Promise<Uint8Array> {
  const value = new asn1js.Enumerated({ value: reason });
  const list = new CertificateRevocationList({
    version: 1,
    issuer: root.certificate.subject,
    thisUpdate: new Time({ type: 0, value: GEN_TIME }),
    revokedCertificates: [
      new RevokedCertificate({
        userCertificate: signer.certificate.serialNumber,
        revocationDate: new Time({ type: 0, value: at }),
        crlEntryExtensions: new Extensions({ extensions: [extension('2.5.29.21', false, value.toBER(false), value)] }),
      }),
    ],
  });
  await list.sign(root.keys.privateKey, 'SHA-256');
  return new Uint8Array(list.toSchema(true).toBER(false));
}

const digest = (algorithm: string, data: Uint8Array) => new Uint8Array(createHash(algorithm).update(data).digest());
const buffer = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
