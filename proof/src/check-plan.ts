// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '@noble/hashes/sha2.js';
import { APPROVAL_PAYLOAD_TYPE, PLAN_FILE } from './bundle.ts';
import type { CaseHistory } from './case-history.ts';
import { isDay } from './disposition.ts';
import { asEnvelope, openEnvelope } from './dsse.ts';
import { fromHex, toHex, utf8 } from './encoding.ts';
import { type BundleFiles, readWhole } from './files.ts';
import { type JsonObject, canonicalJson, hasExactly, isObject, parseCanonical } from './json.ts';
import { SIGNING_DEPARTMENTS } from './kinds.ts';
import type { NoteKey } from './note.ts';
import { isInstant } from './statement.ts';

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

/**
 * Says what is wrong with the signatures under the plan. Null when the quorum signed it — Legal, IT and the liquidation group, and whom the plan's
 * facts ask for besides — one person once, none by or for whoever prepared it; a delegate's with the delegation that ran when it was made.
 */
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
  const delegations = readDelegations(approved['delegations'], officers, caseCode);
  if (delegations === null) return 'delegation';
  const signed: string[] = [];
  const voices = new Set<string>();
  for (const approval of approvals) {
    const envelope = asEnvelope(approval);
    const officer = officers.find((o) => o.id === envelope.signatures[0].keyid);
    if (!officer) return 'unknown officer';
    const payload = parseCanonical(openEnvelope(envelope, APPROVAL_PAYLOAD_TYPE, fromHex(officer.publicKey)), 'bad-envelope', 'approval');
    const behind = isObject(payload) && 'onBehalfOf' in payload ? officers.find((o) => o.id === payload['onBehalfOf']) : officer;
    if (!behind) return 'unknown officer';
    const prepared = [officer, behind].find((o) => o.id === preparedBy || o.label === preparedBy);
    if (prepared) return `${prepared.label} prepared the plan`;
    if (!isApprovalOf(payload, { digest, caseCode, officer: officer.id, department: behind.department }))
      return `${officer.label} signed something else`;
    if (behind !== officer && !delegations.some((d) => isRunning(d, payload, behind.id, officer.id)))
      return `${officer.label} had no delegation`;
    const own = new Set([officer.publicKey, behind.publicKey]);
    if ([...own].some((voice) => voices.has(voice))) return `${officer.label} signed twice`;
    for (const voice of own) voices.add(voice);
    signed.push(behind.department);
  }
  const absent = [...quorumOf(plan['parts'])].find(([department, n]) => signed.filter((d) => d === department).length < n);
  return absent ? `${absent[0]} has not signed` : null;
}

/** How many of each department; the facts of the plan may ask for more, never for fewer. */
function quorumOf(parts: unknown): ReadonlyMap<string, number> {
  const facts = isObject(parts) ? parts['facts'] : null;
  const own = isObject(facts) && isObject(facts['quorum']) ? facts['quorum'] : {};
  const needed = new Map<string, number>(SIGNING_DEPARTMENTS.map((department) => [department, 1]));
  for (const [department, n] of Object.entries(own))
    if (typeof n === 'number') needed.set(department, Math.max(n, needed.get(department) ?? 0));
  return needed;
}

/** Delegations that were signed by the officer who gave them; null when one was not. */
function readDelegations(value: unknown, officers: readonly { id: string; department: string; publicKey: string }[], caseCode: string) {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return null;
  const out: JsonObject[] = [];
  for (const item of value) {
    const envelope = asEnvelope(item);
    const officer = officers.find((o) => o.id === envelope.signatures[0].keyid);
    if (!officer) return null;
    const payload = parseCanonical(openEnvelope(envelope, APPROVAL_PAYLOAD_TYPE, fromHex(officer.publicKey)), 'bad-envelope', 'delegation');
    if (!isObject(payload) || payload['kind'] !== 'shanhou-delegation/1' || payload['caseCode'] !== caseCode) return null;
    if (payload['officer'] !== officer.id || payload['department'] !== officer.department) return null;
    out.push(payload);
  }
  return out;
}

/** Whether a delegation by one officer to another ran when the approval was signed: until the end of its last day in Shanghai. */
function isRunning(delegation: JsonObject, approval: JsonObject, from: string, to: string): boolean {
  const { until, at } = delegation;
  const signedAt = approval['at'];
  if (delegation['officer'] !== from || delegation['to'] !== to) return false;
  if (!isInstant(at) || !isInstant(signedAt) || !isDay(until)) return false;
  return at <= signedAt && Date.parse(signedAt) < Date.parse(`${until}T16:00:00Z`);
}

/** Officers with ids, labels and keys that are each used once. */
function readOfficers(value: unknown) {
  if (!Array.isArray(value)) return null;
  const officers: { id: string; department: string; label: string; publicKey: string }[] = [];
  for (const officer of value) {
    if (!hasExactly(officer, ['id', 'department', 'label', 'publicKey'])) return null;
    const { id, department, label, publicKey } = officer;
    if (typeof id !== 'string' || typeof department !== 'string' || typeof label !== 'string' || typeof publicKey !== 'string') return null;
    if (!/^(?:[0-9a-f]{64}|04[0-9a-f]{128})$/.test(publicKey)) return null;
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
    (payload['kind'] === undefined || payload['kind'] === 'shanhou-plan-approval/1') &&
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
