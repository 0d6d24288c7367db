// SPDX-License-Identifier: Apache-2.0
import { noteKeyOf, toHex, utf8 } from '../../src/index.ts';
import { type Draft, approval, bodyOf, disposition, seedOf, sha256Hex } from './make-bundle.ts';

/* What somebody may try, and neither checker may believe. */

/** Without the log key: lines of the log, with manifests computed again. */
export const LOG_EDITS: readonly [string, (lines: string[]) => unknown][] = [
  ['drop a disposition', (lines: string[]) => lines.splice(20, 1)],
  ['repeat a disposition', (lines: string[]) => lines.splice(20, 0, lines[20]!)],
  ['swap two entries', (lines: string[]) => ([lines[6], lines[7]] = [lines[7]!, lines[6]!])],
  ['change a disposition', (lines: string[]) => (lines[21] = lines[21]!.replace('delete', 'anonymise'))],
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

interface Approved {
  digest: string;
  officers: { id: string; department: string; label: string; publicKey: string }[];
  approvals: unknown[];
  preparedBy: string;
}

/** With the log key: bodies of `plan.approved`; only the step `approvals` fails. */
export const APPROVAL_FORGERIES: readonly [string, (approved: Approved) => unknown][] = [
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
];
