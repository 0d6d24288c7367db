// SPDX-License-Identifier: Apache-2.0
import {
  COMMITMENTS_PER_FILE,
  DATASETS_FILE,
  type DatasetCount,
  MerkleRoot,
  POLICY_FILE,
  README_FILES,
  CASE_FILE,
  REQUIRED_FILES,
  commitmentsFile,
  isBound,
  isKnownFile,
  jsonFile,
  parseVkey,
  renderPolicy,
  toHex,
  utf8,
} from '@shanhou/proof';
import { EvidenceError } from './error.ts';
import type { EvidenceLog } from './log.ts';
import { readmeEn, readmeZh } from './readme.ts';
import { VERIFIER_FILES, verifierBytes } from './verifier.ts';

/** A file that another room made. `path` is inside the bag: `data/plan/plan.json`. */
export interface BundleSource {
  readonly path: string;
  readonly bytes: Uint8Array | string | (() => AsyncIterable<Uint8Array>);
}

/** What a bundle is made of. The same input must be given to `sealEntry` and `buildBundle`; it is read once by each. */
export interface BundleInput {
  readonly log: EvidenceLog;
  readonly case: {
    readonly code: string;
    readonly company: string;
    readonly demo: boolean;
    readonly facts: object;
    readonly tool: { readonly name: string; readonly version: string };
  };
  /** Body of the last `inventory.committed` entry. */
  readonly inventory: { readonly root: string; readonly records: number; readonly datasets: readonly DatasetCount[] };
  /** Commitments of all records in inventory order, as they were committed. */
  readonly commitments: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** data/plan/{data-map.yaml,rules.json,plan.json}, data/reports/*.json (verification.json), data/archive/*.json. */
  readonly files: readonly BundleSource[];
}

export interface PayloadFile {
  readonly path: string;
  readonly bytes: Uint8Array | (() => AsyncIterable<Uint8Array>);
}

/**
 * Every payload file outside the log, one after the other; memory is one commitments file.
 * Throws EvidenceError `file-unknown`, `file-missing`, `inventory-differs`.
 */
export async function* boundPayload(input: BundleInput): AsyncGenerator<PayloadFile> {
  const given = new Set([...OWN_FILES, ...input.files.map((file) => file.path)]);
  if (given.size !== OWN_FILES.length + input.files.length) throw new EvidenceError('file-unknown', { path: 'twice' });
  const unknown = input.files.find((file) => !isKnownFile(file.path) || !isBound(file.path) || file.path.endsWith('.bin'));
  if (unknown) throw new EvidenceError('file-unknown', { path: unknown.path });
  const absent = REQUIRED_FILES.find((path) => isBound(path) && !given.has(path));
  if (absent) throw new EvidenceError('file-missing', { path: absent });
  yield* ownFiles(input);
  yield* commitmentFiles(input);
  for (const { path, bytes } of input.files) yield { path, bytes: typeof bytes === 'string' ? utf8(bytes) : bytes };
}

const OWN_FILES: readonly string[] = [...README_FILES, CASE_FILE, POLICY_FILE, DATASETS_FILE, ...VERIFIER_FILES];

function* ownFiles(input: BundleInput): Generator<PayloadFile> {
  const key = parseVkey(input.log.vkey);
  const { code, company, demo, facts, tool } = input.case;
  const { root, records, datasets } = input.inventory;
  yield { path: README_FILES[0], bytes: utf8(readmeZh(code, company, key)) };
  yield { path: README_FILES[1], bytes: utf8(readmeEn(code, company, key)) };
  yield { path: CASE_FILE, bytes: jsonFile({ schema: 'shanhou.evidence.case.v1', code, company, demo, facts: { ...facts }, tool }) };
  yield { path: POLICY_FILE, bytes: utf8(renderPolicy(key)) };
  yield { path: DATASETS_FILE, bytes: jsonFile({ schema: 'shanhou.evidence.datasets.v1', root, records, datasets }) };
  for (const path of VERIFIER_FILES) yield { path, bytes: verifierBytes(path) };
}

async function* commitmentFiles(input: BundleInput): AsyncGenerator<PayloadFile> {
  const tree = new MerkleRoot();
  let buffer = new Uint8Array(COMMITMENTS_PER_FILE * 32);
  let held = 0;
  let number = 0;
  for await (const hash of input.commitments()) {
    tree.add(hash);
    buffer.set(hash, held * 32);
    held += 1;
    if (held < COMMITMENTS_PER_FILE) continue;
    yield { path: commitmentsFile(number++), bytes: buffer };
    buffer = new Uint8Array(COMMITMENTS_PER_FILE * 32);
    held = 0;
  }
  if (held > 0) yield { path: commitmentsFile(number), bytes: buffer.subarray(0, held * 32) };
  if (tree.size !== input.inventory.records || toHex(tree.root()) !== input.inventory.root)
    throw new EvidenceError('inventory-differs', { records: tree.size, committed: input.inventory.records });
}
