// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import {
  APPROVAL_PAYLOAD_TYPE,
  BAGIT_TXT,
  type BundleFiles,
  type DispositionLeaf,
  LEAVES_PER_FILE,
  MerkleRoot,
  type StatementKind,
  canonicalJson,
  concat,
  dispositionLeaf,
  encodeVkey,
  entriesFile,
  jsonFile,
  leafHash,
  logOrigin,
  noteKeyOf,
  recordCommitment,
  renderBagInfo,
  renderManifest,
  renderPolicy,
  TIMESTAMPS_FOLDER,
  TIMESTAMP_LIST,
  signCheckpoint,
  signEnvelope,
  signStatement,
  signTimestampList,
  tagLines,
  toHex,
  utf8,
} from '../../src/index.ts';

export type Files = Map<string, Uint8Array>;
export type DraftLeaf = { readonly kind: StatementKind; body: Record<string, unknown> } | DispositionLeaf;

/** Everything a bundle is made of, before it is signed; a test changes it and then calls `render`. */
export interface Draft {
  code: string;
  demo: boolean;
  seed: Uint8Array;
  leaves: DraftLeaf[];
  commitments: Uint8Array[];
  datasets: { dataset: string; first: number | null; rows: number; sourceCount: number; read: boolean }[];
  files: Files;
  date: string;
}

export const seedOf = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
export const sha256Hex = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const AT = '2026-11-23T08:00:00.000Z';

/** A case with three datasets, 36 records, three officers and every kind of statement. */
export function draftBundle(): Draft {
  const code = 'DEMO-1';
  const datasets = [
    { dataset: 'orders/public.accounts', first: 0, rows: 20, sourceCount: 20, read: true },
    { dataset: 'crm/customers', first: 20, rows: 15, sourceCount: 15, read: true },
    { dataset: 'crm/empty', first: null, rows: 0, sourceCount: 0, read: true },
    { dataset: 'list/marketing.csv', first: 35, rows: 1, sourceCount: 1, read: true },
  ];
  const commitments = datasets.flatMap((d) =>
    Array.from({ length: d.rows }, (_, i) => {
      const index = (d.first ?? 0) + i;
      return recordCommitment({ index, dataset: d.dataset, fp: sha256Hex(`fp ${index}`), salt: sha256Hex(`salt ${index}`).slice(0, 32) });
    }),
  );
  const root = commitmentRoot(commitments);
  const dataMap = sha256Hex('data map');
  const parts = {
    dataMap,
    rules: sha256Hex('rules'),
    facts: { today: '2026-11-23' },
    inventoryRoot: root,
    decisionsRoot: sha256Hex('d'),
    holds: [],
  };
  const digest = sha256Hex(canonicalJson(parts));
  const officers = ['legal', 'it', 'liquidation'].map((department) => ({
    id: `officer-${department}`,
    department,
    label: `${department}-1`,
    publicKey: toHex(noteKeyOf('x', seedOf(department)).publicKey),
  }));
  const approvals = officers.map((o) => approval(digest, code, o.id, o.department, seedOf(o.department)));
  const plan = { digest, preparedBy: 'lead-1', parts, counts: [] };
  const leaves: DraftLeaf[] = [
    { kind: 'case.opened', body: { code, demo: true } },
    { kind: 'data-map.fixed', body: { digest: dataMap, author: 'discover', datasets: 4 } },
    { kind: 'inventory.committed', body: { dataMap, root, records: commitments.length, datasets } },
    { kind: 'subjects.decided', body: { about: ['s0'], same: false } },
    { kind: 'rule.confirmed', body: { rules: ['acct-t1'], verdict: 'confirmed' } },
    { kind: 'plan.compiled', body: plan },
    { kind: 'plan.approved', body: { digest, preparedBy: 'lead-1', officers, approvals } },
    { kind: 'notice.batch', body: { batch: 0, notices: 12 } },
    { kind: 'notice.delivered', body: { batch: 0, states: { 'handed-over': 11, unknown: 1 }, sha256: sha256Hex('n') } },
    { kind: 'notice.answers', body: { answers: 1, counts: { objection: 1 }, sha256: sha256Hex('a') } },
    { kind: 'exception.added', body: { subject: 3, reason: 'objection' } },
    { kind: 'canary.control', body: { sources: 3 } },
    { kind: 'archive.sealed', body: { class: 'invoice-2056-12-31', manifest: sha256Hex('m') } },
    { kind: 'offline.instructed', body: { source: 'boxes', units: 2, action: 'destroy', letter: sha256Hex('l') } },
    { kind: 'offline.confirmed', body: { source: 'boxes', count: 2, document: sha256Hex('c') } },
    { kind: 'execution.finished', body: { deleted: 30 } },
    { kind: 'offline.verified', body: { source: 'boxes', count: 2, document: null } },
    { kind: 'verification.finished', body: { passed: true } },
    { kind: 'keys.destroyed', body: { purposes: ['contacts', 'erase-list'] } },
    ...commitments.map((_, index) => disposition(index)),
    { kind: 'dispositions.final', body: { records: commitments.length } },
  ];
  const files: Files = new Map([
    ['data/README.zh.md', utf8('# 证据包\n')],
    ['data/README.en.md', utf8('# Evidence bundle\n')],
    ['data/plan/data-map.yaml', utf8('version: 1\n')],
    ['data/plan/rules.json', utf8('[{"id":"pipl-47"}]\n')],
    ['data/plan/plan.json', utf8(`${JSON.stringify(plan, null, 1)}\n`)],
    ['data/reports/verification.json', utf8('{"passed":true}\n')],
    ['data/archive/invoice-2056-12-31.json', utf8('{"files":[]}\n')],
  ]);
  return { code, demo: true, seed: seedOf('log'), leaves, commitments, datasets, files, date: AT.slice(0, 10) };
}

export function approval(planDigest: string, caseCode: string, officer: string, department: string, seed: Uint8Array) {
  return signEnvelope(APPROVAL_PAYLOAD_TYPE, utf8(canonicalJson({ at: AT, caseCode, department, officer, planDigest })), seed, officer);
}

export function disposition(index: number): DispositionLeaf {
  if (index % 5 === 0)
    return { index, disposition: 'archive', outcome: 'done', until: '2056-12-31', rules: ['acct-t1'], reason: 'retention-running' };
  if (index % 7 === 0) return { index, disposition: 'hold', outcome: 'kept', until: null, rules: [], reason: 'objection' };
  return { index, disposition: 'delete', outcome: 'done', until: null, rules: ['pipl-47'], reason: 'purpose-ended' };
}

export function commitmentRoot(commitments: readonly Uint8Array[]): string {
  const tree = new MerkleRoot();
  for (const hash of commitments) tree.add(hash);
  return toHex(tree.root());
}

/** Body of the first statement of a kind, to be changed. */
export function bodyOf(draft: Draft, kind: StatementKind): Record<string, unknown> {
  const leaf = draft.leaves.find((l) => 'kind' in l && l.kind === kind);
  if (!leaf || !('kind' in leaf)) throw new Error(`no ${kind}`);
  return leaf.body;
}

/** Signs a draft into the files of a bundle. `seal: false` leaves `evidence.sealed` out. */
export function render(draft: Draft, options: { seal?: boolean } = {}): Files {
  const key = noteKeyOf(logOrigin(draft.code, draft.demo), draft.seed);
  const files: Files = new Map(draft.files);
  const committed = bodyOf(draft, 'inventory.committed') as { root: string; records: number };
  files.set(
    'data/case.json',
    jsonFile({
      schema: 'shanhou.evidence.case.v1',
      code: draft.code,
      company: '示例零售有限公司',
      demo: draft.demo,
      facts: { route: 'liquidation' },
      tool: { name: 'shanhou', version: '0.1.0' },
    }),
  );
  files.set('data/policy', utf8(renderPolicy(key)));
  files.set(
    'data/inventory/datasets.json',
    jsonFile({ schema: 'shanhou.evidence.datasets.v1', root: committed.root, records: committed.records, datasets: draft.datasets }),
  );
  files.set('data/inventory/commitments-000000.bin', concat(...draft.commitments));
  const bound = [...files]
    .map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const leaves: DraftLeaf[] =
    options.seal === false ? draft.leaves : [...draft.leaves, { kind: 'evidence.sealed', body: { files: bound } }];
  const bytes = leaves.map((leaf, seq) =>
    'kind' in leaf
      ? signStatement({ case: draft.code, kind: leaf.kind, seq, at: AT, body: leaf.body }, key, draft.seed)
      : dispositionLeaf(leaf),
  );
  putLog(files, bytes, draft);
  return rebag(files, draft);
}

/** Puts leaves and their signed checkpoint into the files. */
export function putLog(files: Files, leaves: readonly Uint8Array[], draft: Pick<Draft, 'code' | 'demo' | 'seed'>): void {
  const tree = new MerkleRoot();
  for (const leaf of leaves) tree.add(leafHash(leaf));
  for (const name of files.keys()) if (name.startsWith('data/log/entries/')) files.delete(name);
  for (let n = 0; n * LEAVES_PER_FILE < leaves.length; n++)
    files.set(
      entriesFile(n),
      concat(...leaves.slice(n * LEAVES_PER_FILE, (n + 1) * LEAVES_PER_FILE).flatMap((leaf) => [leaf, Uint8Array.of(10)])),
    );
  files.set(
    'data/log/checkpoint',
    utf8(signCheckpoint({ origin: logOrigin(draft.code, draft.demo), size: tree.size, root: tree.root() }, draft.seed)),
  );
}

/** Writes the tag files anew, as somebody would who wants to hide a change. */
export function rebag(files: Files, draft: Pick<Draft, 'code' | 'date'>): Files {
  const payload = new Map([...files].filter(([path]) => path.startsWith('data/')));
  const lines = [...payload].map(([path, bytes]) => ({ path, digest: createHash('sha512').update(bytes).digest('hex') }));
  const info = {
    date: draft.date,
    identifier: draft.code,
    payloadBytes: [...payload.values()].reduce((n, b) => n + b.length, 0),
    payloadFiles: payload.size,
  };
  const tags = [
    ['bagit.txt', BAGIT_TXT],
    ['bag-info.txt', renderBagInfo(info)],
    ['manifest-sha512.txt', renderManifest(lines)],
    ['tagmanifest-sha512.txt', renderManifest(tagLines(info, lines))],
  ] as const;
  return new Map([...payload, ...tags.map(([path, text]) => [path, utf8(text)] as const)]);
}

/** Files in memory, cut into pieces of `piece` bytes. */
export function memoryFiles(files: Files, piece = 4096): BundleFiles {
  return {
    list: () => Promise.resolve([...files.keys()]),
    async *read(path) {
      const bytes = await Promise.resolve(files.get(path));
      if (!bytes) throw new Error(`no file ${path}`);
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    },
  };
}

/** The log key's vkey of a draft: what an auditor was told. */
export function vkeyOf(draft: Pick<Draft, 'code' | 'demo' | 'seed'>): string {
  return encodeVkey(noteKeyOf(logOrigin(draft.code, draft.demo), draft.seed));
}

/** Puts files of time stamps (`NAME.tsr`, …) and their signed list into a bundle. */
export function putTimestamps(files: Files, draft: Draft, stamps: Readonly<Record<string, Uint8Array>>): Files {
  const out: Files = new Map([...files].filter(([path]) => !path.startsWith(TIMESTAMPS_FOLDER)));
  for (const [name, bytes] of Object.entries(stamps)) out.set(TIMESTAMPS_FOLDER + name, bytes);
  const listed = Object.entries(stamps).map(([name, bytes]) => ({ name, sha256: sha256Hex(bytes) }));
  if (listed.length > 0) out.set(TIMESTAMP_LIST, utf8(signTimestampList(listed, logOrigin(draft.code, draft.demo), draft.seed)));
  return rebag(out, draft);
}
