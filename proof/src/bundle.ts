// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from './encoding.ts';
import { type JsonObject, canonicalJson } from './json.ts';

/*
 * The evidence bundle: a BagIt bag. Every payload file outside data/log and data/timestamps is named with its SHA-256 in the last statement of the
 * log (`evidence.sealed`); the log is held by the signed checkpoint; so new manifests cannot hide a change.
 *
 *   bagit.txt  bag-info.txt  manifest-sha512.txt  tagmanifest-sha512.txt
 *   data/README.zh.md  data/README.en.md     how to check, what cannot be proved
 *   data/case.json                           scope of the case (CaseFile)
 *   data/policy                              C2SP tlog-policy: the log's key
 *   data/log/checkpoint                      C2SP tlog-checkpoint: origin, size, root, signature
 *   data/log/entries/NNNNNN.ndjson           one leaf a line, 10,000 a file
 *   data/inventory/commitments-NNNNNN.bin    32 bytes for each record, 100,000 a file
 *   data/inventory/datasets.json             whose records have which places (DatasetsFile)
 *   data/plan/ data-map.yaml rules.json plan.json   plan.json: canonical JSON and a newline, with the plan's digest
 *   data/reports/*.json                      verification.json at least
 *   data/archive/*.json                      what lies in each archive bag
 *   data/verifier/*.py                      the second checker, for whoever has only the bundle and Python
 *   data/timestamps/list                     signed with the log's key: SHA-256 of every other file in this folder
 *   data/timestamps/NAME.tsr NAME.tsq        RFC 3161 response of the authority NAME over data/log/checkpoint, and what was asked
 *   data/timestamps/NAME.pem NAME.crl        certificates that the token lacks; a revocation list (DER)
 *
 * Time stamps come after the sealing: they are made over the checkpoint, which the sealing is under.
 */
export const TAG_FILES = ['bag-info.txt', 'bagit.txt', 'manifest-sha512.txt'] as const;
export const TAG_MANIFEST = 'tagmanifest-sha512.txt';
export const CASE_FILE = 'data/case.json';
export const POLICY_FILE = 'data/policy';
export const CHECKPOINT_FILE = 'data/log/checkpoint';
export const DATASETS_FILE = 'data/inventory/datasets.json';
export const PLAN_FILE = 'data/plan/plan.json';
export const VERIFIER_FOLDER = 'data/verifier/';
export const TIMESTAMPS_FOLDER = 'data/timestamps/';
export const TIMESTAMP_LIST = 'data/timestamps/list';
export const README_FILES = ['data/README.zh.md', 'data/README.en.md'] as const;

/** Files that every bundle has, besides entries and commitments. */
export const REQUIRED_FILES: readonly string[] = [
  ...README_FILES,
  CASE_FILE,
  POLICY_FILE,
  CHECKPOINT_FILE,
  DATASETS_FILE,
  'data/plan/data-map.yaml',
  'data/plan/rules.json',
  PLAN_FILE,
  'data/reports/verification.json',
];

/** Files a bundle may have besides. Anything else is unknown, and unknown is invalid. */
const MORE_FILES: readonly RegExp[] = [
  /^data\/log\/entries\/\d{6}\.ndjson$/,
  /^data\/inventory\/commitments-\d{6}\.bin$/,
  /^data\/reports\/[a-z0-9][a-z0-9-]{0,63}\.json$/,
  /^data\/archive\/[A-Za-z0-9][A-Za-z0-9._-]{0,127}\.json$/,
  /^data\/verifier\/[a-z][a-z0-9_]{0,39}\.py$/,
  /^data\/timestamps\/(?:list|[a-z0-9][a-z0-9-]{0,39}\.(?:tsr|tsq|pem|crl))$/,
];

export const LEAVES_PER_FILE = 10_000;
export const COMMITMENTS_PER_FILE = 100_000;

/** Entries file by number, from 0. */
export function entriesFile(number: number): string {
  return `data/log/entries/${String(number).padStart(6, '0')}.ndjson`;
}

/** Commitments file by number, from 0. */
export function commitmentsFile(number: number): string {
  return `data/inventory/commitments-${String(number).padStart(6, '0')}.bin`;
}

/** True for a payload path that the format knows. */
export function isKnownFile(path: string): boolean {
  return REQUIRED_FILES.includes(path) || MORE_FILES.some((pattern) => pattern.test(path));
}

/** True for a file whose SHA-256 must be in the `evidence.sealed` statement. */
export function isBound(path: string): boolean {
  return !path.startsWith('data/log/') && !path.startsWith(TIMESTAMPS_FOLDER);
}

/** data/case.json, canonical JSON and a newline. */
export interface CaseFile {
  readonly schema: 'shanhou.evidence.case.v1';
  readonly code: string;
  readonly company: string;
  readonly demo: boolean;
  /** Sectors, route, dates, conditions: what the rules were chosen by. */
  readonly facts: JsonObject;
  readonly tool: { readonly name: string; readonly version: string };
}

/** The records of one dataset: places `first` … `first + rows - 1`. `first` is null only when there are none. */
export interface DatasetCount {
  readonly dataset: string;
  readonly first: number | null;
  readonly rows: number;
  /** What the source itself counted, over a connection of its own. */
  readonly sourceCount: number;
  /** False when the source could not be read. */
  readonly read: boolean;
}

/** data/inventory/datasets.json, canonical JSON and a newline. It repeats what `inventory.committed` says. */
export interface DatasetsFile {
  readonly schema: 'shanhou.evidence.datasets.v1';
  readonly records: number;
  /** RFC 6962 root over the commitments, hex. */
  readonly root: string;
  readonly datasets: readonly DatasetCount[];
}

/** One file bound by `evidence.sealed`. */
export interface BoundFile {
  readonly path: string;
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Body of `evidence.sealed`: every payload file outside data/log, sorted by path. */
export interface SealedBody {
  readonly files: readonly BoundFile[];
}

/** Body of `inventory.committed`; further fields may follow. */
export interface CommittedBody {
  readonly dataMap: string;
  readonly root: string;
  readonly records: number;
  readonly datasets: readonly DatasetCount[];
}

/** Body of `plan.compiled`; further fields may follow. `digest` = SHA-256 of canonical JSON of `parts`. */
export interface CompiledBody {
  readonly digest: string;
  readonly preparedBy: string;
  readonly parts: { readonly dataMap: string; readonly inventoryRoot: string };
}

/** An officer who signed; `label` is a role such as `legal-1`, never a person's name. `publicKey`: Ed25519, hex. */
export interface SigningOfficer {
  readonly id: string;
  readonly department: string;
  readonly label: string;
  readonly publicKey: string;
}

/** Body of `plan.approved`: `approvals` are the officers' own DSSE envelopes. */
export interface ApprovedBody {
  readonly digest: string;
  readonly preparedBy: string;
  readonly officers: readonly SigningOfficer[];
  readonly approvals: readonly unknown[];
}

/** Body of `dispositions.final`, which closes the run of one leaf for each record; further fields may follow. */
export interface FinalBody {
  readonly records: number;
}

/** What an officer signs (payload of the DSSE envelope), canonical JSON. */
export const APPROVAL_PAYLOAD_TYPE = 'application/vnd.shanhou.approval+json';

/** What a record's commitment is made of. `salt`: 32 random hex digits; it stays with the inventory. */
export interface Committed {
  readonly index: number;
  readonly dataset: string;
  readonly fp: string;
  readonly salt: string;
}

/** SHA-256(0x00 ‖ canonical JSON): the RFC 6962 leaf hash of a record; tells nothing without the salt. */
export function recordCommitment(record: Committed): Uint8Array {
  const { index, dataset, fp, salt } = record;
  return sha256(utf8('\u0000' + canonicalJson({ index, dataset, fp, salt })));
}

/** A JSON file of the bundle. */
export function jsonFile(value: CaseFile | DatasetsFile): Uint8Array {
  return utf8(canonicalJson(value) + '\n');
}
