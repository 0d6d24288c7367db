// SPDX-License-Identifier: Apache-2.0
import {
  APPROVAL_PAYLOAD_TYPE,
  canonicalJson,
  noteKeyOf,
  signEnvelope,
  signEnvelopeSm2,
  sm2PublicKey,
  toHex,
  utf8,
} from '../../src/index.ts';
import { AT, type Draft, approval, bodyOf, disposition, seedOf, sha256Hex } from './make-bundle.ts';

/* What somebody may try, and neither checker may believe. */

/** Without the log key: lines of the log, with manifests computed again. */
export const LOG_EDITS: readonly [string, (lines: string[]) => unknown][] = [
  ['drop a disposition', (lines: string[]) => lines.splice(25, 1)],
  ['repeat a disposition', (lines: string[]) => lines.splice(25, 0, lines[25]!)],
  ['swap two entries', (lines: string[]) => ([lines[6], lines[7]] = [lines[7]!, lines[6]!])],
  ['change a disposition', (lines: string[]) => (lines[26] = lines[26]!.replace('delete', 'anonymise'))],
  ['cut the end off', (lines: string[]) => lines.pop()],
];

/** Files that no bundle has. */
export const EXTRA_FILES: readonly string[] = [
  'data/extra.txt',
  'extra.txt',
  'data/log/entries/000001.ndjson',
  'data/log/tile/0',
  'data/timestamps/x.tsr',
  'data/inventory/commitments-000001.bin',
  'data/plan/more.json',
  '.DS_Store',
  'data/../x',
];

const first = (draft: Draft) => draft.leaves.findIndex((leaf) => !('kind' in leaf));
const place = (draft: Draft, kind: string) => draft.leaves.findIndex((leaf) => 'kind' in leaf && leaf.kind === kind);
const move = (draft: Draft, kind: string, to: number) => draft.leaves.splice(to, 0, ...draft.leaves.splice(place(draft, kind), 1));

/** With the log key, everything signed and fitting: what, the step that must fail, how. */
export const FORGERIES: readonly [string, string, (draft: Draft) => unknown][] = [
  ['drop a disposition', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 1)],
  ['drop the last disposition', 'dispositions', (d) => d.leaves.splice(first(d) + 35, 1)],
  ['give a record two dispositions', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 0, disposition(3))],
  ['put one record in the place of another', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 1, disposition(4))],
  ['add a record that was not inventoried', 'dispositions', (d) => d.leaves.splice(first(d) + 36, 0, disposition(36))],
  ['tell another number of records', 'dispositions', (d) => (bodyOf(d, 'dispositions.final')['records'] = 35)],
  ['end twice', 'dispositions', (d) => d.leaves.push({ kind: 'dispositions.final', body: { records: 36 } })],
  ['break the run of dispositions', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 0, { kind: 'notice.batch', body: {} })],
  ['commit the inventory after acting', 'order', (d) => move(d, 'inventory.committed', place(d, 'execution.finished'))],
  ['approve after acting', 'order', (d) => move(d, 'plan.approved', place(d, 'execution.finished'))],
  ['archive before the inventory was fixed', 'order', (d) => move(d, 'archive.sealed', 2)],
  ['verify before executing', 'order', (d) => move(d, 'verification.finished', place(d, 'execution.finished'))],
  ['execute again after the end', 'order', (d) => d.leaves.push({ kind: 'execution.finished', body: {} })],
  [
    'plan again and not have it signed',
    'order',
    (d) => d.leaves.splice(place(d, 'plan.approved') + 1, 0, structuredClone(d.leaves[place(d, 'plan.compiled')]!)),
  ],
  [
    'decide who is who after the plan was signed',
    'order',
    (d) => d.leaves.splice(place(d, 'plan.approved') + 1, 0, { kind: 'subjects.decided', body: {} }),
  ],
  ['find out something after the approval', 'order', (d) => move(d, 'standing.found', place(d, 'plan.approved'))],
  ['find out something after acting', 'order', (d) => move(d, 'standing.found', place(d, 'execution.finished'))],
  ['revoke the approval', 'order', (d) => move(d, 'approval.revoked', place(d, 'plan.approved'))],
  ['revoke the approval after acting', 'order', (d) => move(d, 'approval.revoked', place(d, 'execution.finished'))],
  ['leave the verification out', 'order', (d) => d.leaves.splice(place(d, 'verification.finished'), 1)],
  ['leave the approval out', 'order', (d) => d.leaves.splice(place(d, 'plan.approved'), 1)],
  ['open the case twice', 'order', (d) => d.leaves.splice(3, 0, structuredClone(d.leaves[0]!))],
  ['change a commitment', 'inventory', (d) => (d.commitments[4] = seedOf('x'))],
  ['leave a commitment out', 'inventory', (d) => d.commitments.pop()],
  ['hide that a source counted more', 'counts', (d) => (d.datasets[1]!.sourceCount = 16)],
  ['call an unread source empty', 'counts', (d) => (d.datasets[2]!.read = false)],
  ['let datasets overlap', 'counts', (d) => (d.datasets[1]!.first = 19)],
  ['plan for another inventory', 'plan', (d) => (bodyOf(d, 'inventory.committed')['dataMap'] = sha256Hex('other'))],
  [
    'change what the digest covers',
    'plan',
    (d) => (bodyOf(d, 'plan.compiled')['parts'] = { ...(bodyOf(d, 'plan.compiled')['parts'] as object), holds: [1] }),
  ],
  ['show another plan file', 'plan', (d) => d.files.set('data/plan/plan.json', utf8('{"digest":"00"}\n'))],
];

/** Body of `plan.approved`. */
export interface Approved {
  digest: string;
  officers: { id: string; department: string; label: string; publicKey: string }[];
  approvals: unknown[];
  preparedBy: string;
  delegations?: unknown[];
}

const keyOf = (name: string) => toHex(noteKeyOf('x', seedOf(name)).publicKey);
const signed = (payload: object, by: string, seed: Uint8Array) =>
  signEnvelope(APPROVAL_PAYLOAD_TYPE, utf8(canonicalJson(payload as never)), seed, by);

const given = (more: object = {}, seed = seedOf('legal')) =>
  signed(
    {
      kind: 'shanhou-delegation/1',
      caseCode: 'DEMO-1',
      officer: 'officer-legal',
      department: 'legal',
      to: 'officer-deputy',
      until: AT.slice(0, 10),
      at: AT,
      ...more,
    },
    'officer-legal',
    seed,
  );

/** A deputy of another department signs for Legal. `delegation`, `approval`: what is otherwise. */
const lent =
  (delegation: object = {}, approved: object = {}) =>
  (a: Approved): void => {
    a.officers.push({ id: 'officer-deputy', department: 'hr', label: 'deputy-1', publicKey: keyOf('deputy') });
    const payload = { at: AT, caseCode: 'DEMO-1', department: 'legal', officer: 'officer-deputy', onBehalfOf: 'officer-legal' };
    a.approvals[0] = signed({ ...payload, planDigest: a.digest, ...approved }, 'officer-deputy', seedOf('deputy'));
    a.delegations = [given(delegation)];
  };

/** IT signs with SM2. `alter`: what becomes of the DER of r and s. */
const withSm2 =
  (alter: (der: Buffer) => Buffer = (der) => der, publicKey = toHex(sm2PublicKey(seedOf('sm2')))) =>
  (a: Approved): void => {
    a.officers[1]!.publicKey = publicKey;
    const payload = canonicalJson({ at: AT, caseCode: 'DEMO-1', department: 'it', officer: 'officer-it', planDigest: a.digest });
    const envelope = signEnvelopeSm2(APPROVAL_PAYLOAD_TYPE, utf8(payload), seedOf('sm2'), 'officer-it');
    const sig = alter(Buffer.from(envelope.signatures[0].sig, 'base64')).toString('base64');
    a.approvals[1] = { ...envelope, signatures: [{ keyid: 'officer-it', sig }] };
  };

/** The numbers of an SM2 signature, and DER of other ones. */
const numbersOf = (der: Buffer): [bigint, bigint] => {
  const end = 4 + der[3]!;
  return [BigInt(`0x${der.toString('hex', 4, end)}`), BigInt(`0x${der.toString('hex', end + 2)}`)];
};
const derOf = (...numbers: bigint[]): Buffer => {
  const parts = numbers.map((n) => {
    const hex = n.toString(16);
    const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
    const body = bytes[0]! < 128 ? bytes : Buffer.from([0, ...bytes]);
    return Buffer.from([2, body.length, ...body]);
  });
  const body = Buffer.concat(parts);
  return Buffer.from([0x30, body.length, ...body]);
};
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

/** The plan's facts ask for a quorum of their own; everybody signs that plan. */
const quorum =
  (numbers: Readonly<Record<string, unknown>>) =>
  (a: Approved, draft: Draft): void => {
    const plan = bodyOf(draft, 'plan.compiled') as { digest: string; parts: { facts: object } };
    plan.parts.facts = { ...plan.parts.facts, quorum: numbers };
    plan.digest = sha256Hex(canonicalJson(plan.parts as never));
    a.digest = plan.digest;
    a.approvals = a.officers.map((o) => approval(plan.digest, 'DEMO-1', o.id, o.department, seedOf(o.department)));
    draft.files.set('data/plan/plan.json', utf8(`${canonicalJson(plan as never)}\n`));
  };

const signedByLegal = (a: Approved) => [approval(a.digest, 'DEMO-1', 'officer-legal', 'legal', seedOf('legal'))];
/** Another officer of Legal. */
const second = (a: Approved) =>
  a.officers.push({ id: 'officer-legal-2', department: 'legal', label: 'legal-2', publicKey: keyOf('legal-2') });

/** Approvals that count. */
export const GOOD_APPROVALS: readonly [string, (approved: Approved, draft: Draft) => unknown][] = [
  ['SM2', withSm2()],
  ['a delegate while the delegation runs', lent()],
  ['a delegate in the last second of the last day in Shanghai', lent({}, { at: `${AT.slice(0, 10)}T15:59:59.999Z` })],
  ['a kind in the signed words', lent({}, { kind: 'shanhou-plan-approval/1' })],
  [
    'an officer for themself',
    (a) => (lent({}, { onBehalfOf: 'officer-deputy', department: 'hr' })(a), a.approvals.push(...signedByLegal(a))),
  ],
  ['no delegations', (a) => (a.delegations = [])],
  ['a quorum that asks for nothing more', quorum({ legal: 1, it: 0.5, liquidation: -1, hr: 0, tax: '2', x: null })],
  [
    'a quorum of two',
    (a, d) => {
      quorum({ legal: 2 })(a, d);
      second(a);
      a.approvals.push(approval(a.digest, 'DEMO-1', 'officer-legal-2', 'legal', seedOf('legal-2')));
    },
  ],
];

/** With the log key: bodies of `plan.approved`; only the step `approvals` fails. */
export const APPROVAL_FORGERIES: readonly [string, (approved: Approved, draft: Draft) => unknown][] = [
  ['have two signatures', (a) => a.approvals.pop()],
  ['have no signature', (a) => a.approvals.splice(0)],
  ['have one department sign twice', (a) => (a.officers[1]!.department = 'legal')],
  ['let one key stand for two officers', (a) => (a.officers[1]!.publicKey = a.officers[0]!.publicKey)],
  ['forge a signature', (a) => (a.approvals[0] = approval(a.digest, 'DEMO-1', 'officer-legal', 'legal', seedOf('it')))],
  [
    'show the signature of another plan',
    (a) => (a.approvals[0] = approval(sha256Hex('x'), 'DEMO-1', 'officer-legal', 'legal', seedOf('legal'))),
  ],
  ['show the signature of another case', (a) => (a.approvals[0] = approval(a.digest, 'DEMO-2', 'officer-legal', 'legal', seedOf('legal')))],
  [
    'show a signature for another department',
    (a) => (a.approvals[0] = approval(a.digest, 'DEMO-1', 'officer-legal', 'it', seedOf('legal'))),
  ],
  [
    'sign with the log key',
    (a) => {
      a.officers[0]!.publicKey = toHex(noteKeyOf('x', seedOf('log')).publicKey);
      a.approvals[0] = approval(a.digest, 'DEMO-1', 'officer-legal', 'legal', seedOf('log'));
    },
  ],
  ['rename the preparer', (a) => (a.preparedBy = 'lead-2')],
  ['have another digest approved', (a) => (a.digest = sha256Hex('x'))],
  ['have something that is no envelope', (a) => (a.approvals[0] = {})],
  ['have an officer sign twice', (a) => a.approvals.push(a.approvals[0])],
  ['have a delegation that is over', lent({ until: '2020-01-01' })],
  ['have a delegate sign on the next day in Shanghai', lent({}, { at: `${AT.slice(0, 10)}T16:00:00.000Z` })],
  ['have a delegation without end', lent({ until: 'x' })],
  ['have a delegation until a day that is none', lent({ until: '2027-02-30' })],
  ['have a delegation that was given to another', lent({ to: 'officer-it' })],
  ['have a delegation of another case', lent({ caseCode: 'DEMO-2' })],
  ['have a delegation for another department', lent({ department: 'it' })],
  ['have a delegation of somebody else', lent({ officer: 'officer-it' })],
  ['have a delegation that came later', lent({ at: '2999-01-01T00:00:00.000Z' })],
  ['have a delegation of no time', lent({ at: '2026' })],
  ['have a delegate sign at no time', lent({}, { at: '2026-11-23' })],
  ['have another document for a delegation', lent({ kind: 'shanhou-plan-approval/1' })],
  ['have another document for an approval', lent({}, { kind: 'shanhou-delegation/1' })],
  ['have a delegate sign for another department', lent({}, { department: 'hr' })],
  ['have a delegate sign for nobody', lent({}, { onBehalfOf: 'officer-x' })],
  ['have a delegate sign for a list', lent({}, { onBehalfOf: ['officer-legal'] })],
  ['have a delegation forged', (a) => (lent()(a), (a.delegations = [given({}, seedOf('it'))]))],
  ['have no delegation', (a) => (lent()(a), delete a.delegations)],
  ['have something that is no list of delegations', (a) => (a.delegations = null as never)],
  ['have who delegated sign as well', (a) => (lent()(a), a.approvals.push(...signedByLegal(a)))],
  ['have a delegate of the preparer', (a, d) => (lent()(a), (a.preparedBy = bodyOf(d, 'plan.compiled')['preparedBy'] = 'legal-1'))],
  ['have a delegate who is the preparer', (a, d) => (lent()(a), (a.preparedBy = bodyOf(d, 'plan.compiled')['preparedBy'] = 'deputy-1'))],
  ['leave the quorum of the facts unmet', quorum({ legal: 2 })],
  ['leave another department of the quorum out', quorum({ hr: 1 })],
  ['leave a part of a person out', quorum({ legal: 1.5 })],
  ['change a byte under SM2', (a) => (withSm2()(a), ((a.approvals[1] as { payload: string }).payload = 'e30='))],
  ['show the SM2 signature of another key', withSm2(undefined, toHex(sm2PublicKey(seedOf('other'))))],
  ['give a point that is not on the curve', withSm2(undefined, `04${'11'.repeat(64)}`)],
  ['give a compressed point', withSm2(undefined, `02${toHex(sm2PublicKey(seedOf('sm2'))).slice(2, 66)}`)],
  ['give an SM2 signature for Ed25519', withSm2(undefined, keyOf('it'))],
  ['cut an SM2 signature', withSm2((der) => der.subarray(0, -1))],
  ['put a byte behind an SM2 signature', withSm2((der) => Buffer.from([...der, 0]))],
  ['pad a number of an SM2 signature', withSm2((der) => Buffer.from([0x30, der[1]! + 1, 2, der[3]! + 1, 0, ...der.subarray(4)]))],
  [
    'give r and s without DER',
    withSm2((der) =>
      Buffer.from(
        numbersOf(der)
          .map((n) => n.toString(16).padStart(64, '0'))
          .join(''),
        'hex',
      ),
    ),
  ],
  ['give zeros', withSm2(() => derOf(0n, 0n))],
  ['give an r above the order', withSm2((der) => derOf(numbersOf(der)[0] + ORDER, numbersOf(der)[1]))],
  ['give an s above the order', withSm2((der) => derOf(numbersOf(der)[0], numbersOf(der)[1] + ORDER))],
  ['give a negative s', withSm2((der) => derOf(numbersOf(der)[0], ORDER - numbersOf(der)[1]))],
  ['swap r and s', withSm2((der) => derOf(numbersOf(der)[1], numbersOf(der)[0]))],
];
