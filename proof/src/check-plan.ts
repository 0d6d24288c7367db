// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '@noble/hashes/sha2.js';
import { APPROVAL_PAYLOAD_TYPE, PLAN_FILE } from './bundle.ts';
import type { CaseHistory } from './case-history.ts';
import { asEnvelope, openEnvelope } from './dsse.ts';
import { fromHex, toHex, utf8 } from './encoding.ts';
import { type BundleFiles, readWhole } from './files.ts';
import { type JsonObject, canonicalJson, hasExactly, isObject, parseCanonical } from './json.ts';
import { SIGNING_DEPARTMENTS } from './kinds.ts';
import type { NoteKey } from './note.ts';

/** Says what is wrong with the plan: its digest, what the digest covers, the plan file. Null when nothing is. */
export async function planProblem(files: BundleFiles, history: CaseHistory): Promise<string | null> {
  const plan = history.latest.get('plan.compiled')?.body ?? {};
  const inventory = history.latest.get('inventory.committed')?.body ?? {};
  const dataMap = history.latest.get('data-map.fixed')?.body ?? {};
  const { digest, parts } = plan;
  if (!isObject(parts) || digest !== toHex(sha256(utf8(canonicalJson(parts))))) return 'digest';
  if (parts['inventoryRoot'] !== inventory['root']) return 'inventory root';
  // Without this, a map that is named nowhere would be the same everywhere.
  if (typeof dataMap['digest'] !== 'string') return 'data map';
  if (parts['dataMap'] !== dataMap['digest'] || inventory['dataMap'] !== dataMap['digest']) return 'data map';
  return (await digestInFile(files)) === digest ? null : PLAN_FILE;
}

/** Says what is wrong with the signatures under the plan. Null when three departments signed it and none of the signers prepared it. */
export function approvalProblem(history: CaseHistory, caseCode: string, logKey: NoteKey): string | null {
  const plan = history.latest.get('plan.compiled')?.body ?? {};
  const approved = history.latest.get('plan.approved')?.body ?? {};
  const { digest, preparedBy } = plan;
  if (typeof preparedBy !== 'string' || typeof digest !== 'string') return 'plan';
  if (approved['digest'] !== digest || approved['preparedBy'] !== preparedBy) return 'digest';
  const officers = readOfficers(approved['officers']);
  const approvals = approved['approvals'];
  if (!officers || !Array.isArray(approvals)) return 'form';
  if (officers.some((o) => o.publicKey === toHex(logKey.publicKey))) return 'signed with the log key';
  const signed = new Set<string>();
  for (const approval of approvals) {
    const envelope = asEnvelope(approval);
    const officer = officers.find((o) => o.id === envelope.signatures[0].keyid);
    if (!officer) return 'unknown officer';
    if (officer.id === preparedBy || officer.label === preparedBy) return `${officer.label} prepared the plan`;
    const payload = parseCanonical(openEnvelope(envelope, APPROVAL_PAYLOAD_TYPE, fromHex(officer.publicKey)), 'bad-envelope', 'approval');
    if (!isApprovalOf(payload, { digest, caseCode, officer: officer.id, department: officer.department }))
      return `${officer.label} signed something else`;
    signed.add(officer.department);
  }
  const absent = SIGNING_DEPARTMENTS.find((department) => !signed.has(department));
  return absent ? `${absent} has not signed` : null;
}

/** Officers with ids, labels and keys that are each used once. */
function readOfficers(value: unknown) {
  if (!Array.isArray(value)) return null;
  const officers: { id: string; department: string; label: string; publicKey: string }[] = [];
  for (const officer of value) {
    if (!hasExactly(officer, ['id', 'department', 'label', 'publicKey'])) return null;
    const { id, department, label, publicKey } = officer;
    if (typeof id !== 'string' || typeof department !== 'string' || typeof label !== 'string' || typeof publicKey !== 'string') return null;
    if (!/^[0-9a-f]{64}$/.test(publicKey)) return null;
    if (officers.some((o) => o.id === id || o.label === label || o.publicKey === publicKey)) return null;
    officers.push({ id, department, label, publicKey });
  }
  return officers;
}

function isApprovalOf(
  payload: unknown,
  said: { digest: string; caseCode: string; officer: string; department: string },
): payload is JsonObject {
  return (
    isObject(payload) &&
    payload['planDigest'] === said.digest &&
    payload['caseCode'] === said.caseCode &&
    payload['officer'] === said.officer &&
    payload['department'] === said.department
  );
}

/** Canonical, so that no reader of the file sees another digest than this one. */
async function digestInFile(files: BundleFiles): Promise<unknown> {
  const bytes = await readWhole(files, PLAN_FILE);
  const value = bytes.at(-1) === 10 ? parseCanonical(bytes.subarray(0, -1), 'bad-json', PLAN_FILE) : null;
  return isObject(value) ? value['digest'] : undefined;
}
