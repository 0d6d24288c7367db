// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, sha256 } from '../../kit/index.ts';
import { DEPARTMENTS, type Department } from '../../model/department.ts';

/** What one officer signs under a plan. */
export interface Approval {
  /** SHA-256 of the plan, 64 hex digits. */
  readonly planDigest: string;
  readonly caseCode: string;
  /** Id of the officer who signs. */
  readonly officer: string;
  /** The department that speaks by this signature. */
  readonly department: Department;
  /** Id of the officer who delegated it; left out = the signer's own. */
  readonly onBehalfOf?: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

/** An officer lets another sign for the department until the end of a legal day. */
export interface Delegation {
  readonly caseCode: string;
  readonly officer: string;
  readonly department: Department;
  /** Id of the officer who may sign. */
  readonly to: string;
  /** Last legal day, YYYY-MM-DD. */
  readonly until: string;
  readonly at: string;
}

/** An officer takes back an approval or a delegation of their own. */
export interface Revocation {
  readonly caseCode: string;
  readonly officer: string;
  /** SHA-256 of the signed bytes of what is taken back. */
  readonly target: string;
  readonly at: string;
}

/** Legal signs who was taken out of destruction since the plan was signed. */
export interface ExceptionList {
  readonly planDigest: string;
  readonly caseCode: string;
  readonly officer: string;
  /** SHA-256 over the list, see `exceptionListHash`. */
  readonly list: string;
  readonly count: string;
  readonly at: string;
}

interface Payloads {
  approval: Approval;
  delegation: Delegation;
  revocation: Revocation;
  exceptions: ExceptionList;
}
export type PayloadKind = keyof Payloads;

/** The kind stands in the bytes, so that no signed document can be taken for one of another kind. */
const FIELDS: {
  readonly [K in PayloadKind]: { readonly kind: string; readonly fields: readonly string[]; readonly optional: readonly string[] };
} = {
  approval: {
    kind: 'shanhou-plan-approval/1',
    fields: ['planDigest', 'caseCode', 'officer', 'department', 'at'],
    optional: ['onBehalfOf'],
  },
  delegation: { kind: 'shanhou-delegation/1', fields: ['caseCode', 'officer', 'department', 'to', 'until', 'at'], optional: [] },
  revocation: { kind: 'shanhou-revocation/1', fields: ['caseCode', 'officer', 'target', 'at'], optional: [] },
  exceptions: { kind: 'shanhou-exceptions/1', fields: ['planDigest', 'caseCode', 'officer', 'list', 'count', 'at'], optional: [] },
};

/** The bytes to sign: canonical JSON of the payload with its kind. */
export function payloadBytes<K extends PayloadKind>(kind: K, payload: Payloads[K]): Uint8Array {
  return new TextEncoder().encode(canonicalJson({ ...payload, kind: FIELDS[kind].kind }));
}

export type ReadPayload = { [K in PayloadKind]: { readonly is: K; readonly payload: Payloads[K]; readonly hash: string } }[PayloadKind];

/** What signed bytes say, or null when they are not exactly one payload: other fields, another kind, another spelling. */
export function readPayload(bytes: Uint8Array): ReadPayload | null {
  try {
    const { kind, ...payload } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<string, unknown>;
    const is = (Object.keys(FIELDS) as PayloadKind[]).find((k) => FIELDS[k].kind === kind);
    if (is === undefined) return null;
    const { fields, optional } = FIELDS[is];
    const names = Object.keys(payload);
    if (fields.some((f) => !names.includes(f)) || names.some((n) => !fields.includes(n) && !optional.includes(n))) return null;
    if (Object.values(payload).some((v) => typeof v !== 'string')) return null;
    if ('department' in payload && !DEPARTMENTS.includes(payload['department'] as Department)) return null;
    if (Buffer.compare(payloadBytes(is, payload as never), bytes) !== 0) return null;
    return { is, payload, hash: sha256(bytes) } as unknown as ReadPayload;
  } catch {
    return null;
  }
}
