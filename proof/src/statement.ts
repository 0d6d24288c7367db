// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '@noble/hashes/sha2.js';
import { type Envelope, envelopeBytes, openEnvelope, signEnvelope } from './dsse.ts';
import { fromUtf8, toHex, utf8 } from './encoding.ts';
import { ProofError } from './error.ts';
import { type JsonObject, canonicalJson, hasExactly, isCount, isObject, parseCanonical } from './json.ts';
import { STATEMENT_KINDS, type StatementKind } from './kinds.ts';
import type { NoteKey } from './note.ts';

export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** What the case says at one place of its log. `at`: ISO 8601 instant by the case's clock. */
export interface Statement {
  readonly case: string;
  readonly kind: StatementKind;
  /** The leaf's place in the log, so that a statement cannot be moved. */
  readonly seq: number;
  readonly at: string;
  readonly body: JsonObject;
}

/** The URI of a kind of statement. */
export function predicateType(kind: StatementKind): string {
  return `https://shanhou.example/evidence/${kind}/v1`;
}

/** The in-toto Statement v1 of a statement, as canonical JSON. Its subject is the body. */
export function statementPayload(statement: Statement): Uint8Array {
  const subject = { name: 'body', digest: { sha256: toHex(sha256(utf8(canonicalJson(statement.body)))) } };
  return utf8(
    canonicalJson({ _type: STATEMENT_TYPE, subject: [subject], predicateType: predicateType(statement.kind), predicate: statement }),
  );
}

/** The leaf of a statement: a DSSE envelope signed by the case log's key. The same statement and key give the same bytes. */
export function signStatement(statement: Statement, key: NoteKey, seed: Uint8Array): Uint8Array {
  return envelopeBytes(signEnvelope(STATEMENT_PAYLOAD_TYPE, statementPayload(statement), seed, `${key.name}+${key.keyId}`));
}

/** The statement in an envelope, after its signature was verified. Throws ProofError `bad-envelope`, `bad-signature`, `bad-statement`. */
export function openStatement(envelope: Envelope, key: NoteKey): Statement {
  if (envelope.signatures[0].keyid !== `${key.name}+${key.keyId}`) throw new ProofError('bad-signature', 'keyid');
  const payload = parseCanonical(openEnvelope(envelope, STATEMENT_PAYLOAD_TYPE, key.publicKey), 'bad-statement');
  if (!isObject(payload)) throw new ProofError('bad-statement');
  const predicate = payload['predicate'];
  if (!hasExactly(predicate, ['case', 'kind', 'seq', 'at', 'body'])) throw new ProofError('bad-statement');
  const { case: code, kind, seq, at, body } = predicate;
  if (typeof code !== 'string' || !isKind(kind) || !isCount(seq) || !isInstant(at) || !isObject(body))
    throw new ProofError('bad-statement');
  const statement: Statement = { case: code, kind, seq, at, body };
  if (canonicalJson(payload) !== fromUtf8(statementPayload(statement))) throw new ProofError('bad-statement');
  return statement;
}

function isKind(value: unknown): value is StatementKind {
  return STATEMENT_KINDS.some((kind) => kind === value);
}

/** RFC 3339 in UTC. `Date.parse` takes 30 February for 2 March and 24:00 for the next day: no such instant has a second spelling here. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) return false;
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value.slice(0, 19));
}
