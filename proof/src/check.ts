// SPDX-License-Identifier: Apache-2.0
import { CASE_FILE, CHECKPOINT_FILE, type CaseFile, POLICY_FILE, isBound } from './bundle.ts';
import { CaseHistory } from './case-history.ts';
import { type Container, checkContainer } from './check-container.ts';
import { checkInventory } from './check-inventory.ts';
import { fileDigest, readLog } from './check-log.ts';
import { approvalProblem, planProblem } from './check-plan.ts';
import { checkTimestamps } from './check-timestamps.ts';
import { type Checkpoint, checkpointText, openCheckpoint } from './checkpoint.ts';
import { concat, equalBytes, fromHex, fromUtf8, toBase64, toHex } from './encoding.ts';
import { ProofError } from './error.ts';
import { type BundleFiles, readWhole } from './files.ts';
import { hasExactly, isObject, parseCanonical } from './json.ts';
import { type NoteKey, parseVkey } from './note.ts';
import { isDemoKey, logOrigin, parsePolicy } from './policy.ts';
import { type AnchorReport, CANNOT_PROVE, type Report, StepRecorder, type StepName, type TimestampsReport, verdictOf } from './report.ts';
import { DEFAULT_QUORUM, type TimestampTrust, checkedTrust } from './trust.ts';

/** What the reader trusts, from a place that is not the bundle. */
export interface Anchors {
  /** Keys of logs, each a verifier key (vkey) or a fingerprint of 64 hex digits. */
  readonly logs: readonly string[];
  /** Time stamp authorities; without them no time stamp counts. */
  readonly timestamps?: TimestampTrust;
}

/**
 * Checks a bundle from end to end. Nothing of it is believed before it was verified; a step that could not be taken is never passed.
 * Memory is bounded by the longest line. Throws ProofError `bad-vkey`, `bad-trust` for malformed anchors, and
 * what `files` throws.
 */
export async function checkBundle(files: BundleFiles, anchors: Anchors): Promise<Report> {
  const outside = anchors.logs.map(fingerprintOf);
  const trust = checkedTrust(anchors.timestamps ?? { quorum: DEFAULT_QUORUM, authorities: [] });
  const steps = new StepRecorder();
  const found: Found = {
    caseCode: null,
    checkpoint: null,
    anchor: null,
    records: 0,
    history: null,
    timestamps: { quorum: trust.quorum, counted: 0, given: trust.authorities.length, tokens: [] },
  };
  await guarded(steps, 'container', async () => {
    const container = await checkContainer(files);
    if (!steps.settle('container', typeof container === 'string' ? container : null)) return;
    await checkContent(files, container as Container, { outside, trust }, steps, found);
  });
  return report(steps, found);
}

interface Found {
  caseCode: string | null;
  checkpoint: Checkpoint | null;
  anchor: AnchorReport | null;
  records: number;
  history: CaseHistory | null;
  timestamps: TimestampsReport;
}

async function checkContent(
  files: BundleFiles,
  container: Container,
  { outside, trust }: { readonly outside: readonly string[]; readonly trust: TimestampTrust },
  steps: StepRecorder,
  found: Found,
) {
  const key = await guarded(steps, 'policy', async () => parsePolicy(await readWhole(files, POLICY_FILE)));
  const caseFile = await guarded(steps, 'policy', async () => readCase(await readWhole(files, CASE_FILE)));
  if (!key || !caseFile) return;
  found.caseCode = caseFile.code;
  steps.settle('policy', key.name === logOrigin(caseFile.code, caseFile.demo) ? null : 'key name');
  found.anchor = checkAnchor(key, outside, steps);
  found.checkpoint = await guarded(steps, 'checkpoint', async () => readCheckpoint(await readWhole(files, CHECKPOINT_FILE), key));
  if (found.checkpoint) steps.pass('checkpoint');
  if (steps.failed) return;

  const history = new CaseHistory(steps, caseFile.code);
  found.history = history;
  const tree = await guarded(steps, 'log', () => readLog(files, container.entries, key, history));
  if (!tree || !found.checkpoint) return;
  const same = tree.size === found.checkpoint.size && equalBytes(tree.root(), found.checkpoint.root);
  steps.settle('log', same ? null : 'root or size', `${tree.size}`);
  history.finish(tree.size);
  steps.pass('statements');
  steps.pass('order');
  found.records = (await guarded(steps, 'inventory', () => checkInventory(files, container.commitments, history, steps))) ?? 0;
  await guarded(steps, 'plan', async () => steps.settle('plan', await planProblem(files, history)));
  await guarded(steps, 'approvals', () => Promise.resolve(steps.settle('approvals', approvalProblem(history, caseFile.code, key))));
  await guarded(steps, 'binding', async () => steps.settle('binding', await bindingProblem(files, container, history, caseFile)));
  found.timestamps =
    (await guarded(steps, 'timestamp', () => checkTimestamps(files, container.payload, key, trust, steps))) ?? found.timestamps;
}

/** Runs a step; what it finds malformed is a failure of that step, not of the checker. */
async function guarded<T>(steps: StepRecorder, step: StepName, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    steps.fail(step, error.message);
    return null;
  }
}

function checkAnchor(key: NoteKey, outside: readonly string[], steps: StepRecorder): AnchorReport {
  const known = outside.includes(key.fingerprint);
  if (outside.length === 0) steps.missing('anchor', 'compare the fingerprint with the published one');
  else steps.settle('anchor', known ? null : `${key.fingerprint} is not a key you gave`);
  return { name: key.name, keyId: key.keyId, fingerprint: key.fingerprint, demo: isDemoKey(key.name), from: known ? 'outside' : 'bundle' };
}

/** The fingerprint of an anchor given as such or as a vkey. Throws ProofError `bad-vkey`. */
export function fingerprintOf(anchor: string): string {
  return /^[0-9a-f]{64}$/.test(anchor) ? anchor : parseVkey(anchor).fingerprint;
}

/** A checkpoint with the one signature of the log's key and not a byte more. */
function readCheckpoint(bytes: Uint8Array, key: NoteKey): Checkpoint {
  const { checkpoint, note } = openCheckpoint(bytes, key);
  const signature = note.signatures[0];
  if (!signature || note.signatures.length !== 1) throw new ProofError('bad-checkpoint', 'signatures');
  const blob = concat(fromHex(key.keyId), signature.signature);
  if (fromUtf8(bytes) !== `${checkpointText(checkpoint)}\n— ${key.name} ${toBase64(blob)}\n`)
    throw new ProofError('bad-checkpoint', 'spelling');
  return checkpoint;
}

function readCase(bytes: Uint8Array): CaseFile {
  const value = bytes.at(-1) === 10 ? parseCanonical(bytes.subarray(0, -1), 'bad-case') : null;
  if (!hasExactly(value, ['schema', 'code', 'company', 'demo', 'facts', 'tool'])) throw new ProofError('bad-case');
  const { schema, code, company, demo, facts, tool } = value;
  if (schema !== 'shanhou.evidence.case.v1' || typeof code !== 'string' || typeof company !== 'string') throw new ProofError('bad-case');
  if (typeof demo !== 'boolean' || !isObject(facts) || !hasExactly(tool, ['name', 'version'])) throw new ProofError('bad-case');
  const { name, version } = tool;
  if (typeof name !== 'string' || typeof version !== 'string') throw new ProofError('bad-case');
  return { schema, code, company, demo, facts, tool: { name, version } };
}

/** Every payload file outside the log is in `evidence.sealed` with its hash and size, and nothing else is. */
async function bindingProblem(files: BundleFiles, container: Container, history: CaseHistory, caseFile: CaseFile): Promise<string | null> {
  const sealed = history.latest.get('evidence.sealed');
  const listed = sealed?.body['files'];
  if (!sealed || !Array.isArray(listed)) return 'evidence.sealed';
  const bound = container.payload.filter(isBound);
  if (listed.length !== bound.length) return `${listed.length} of ${bound.length} files`;
  for (const [i, path] of bound.entries()) {
    const said: unknown = listed[i];
    const is = await fileDigest(files, path);
    if (!hasExactly(said, ['path', 'sha256', 'bytes']) || said.path !== path || said.sha256 !== toHex(is.sha256) || said.bytes !== is.bytes)
      return path;
  }
  return container.info.date === sealed.at.slice(0, 10) && container.info.identifier === caseFile.code ? null : 'bag-info.txt';
}

function report(steps: StepRecorder, found: Found): Report {
  const all = steps.steps();
  const none = { delete: 0, anonymise: 0, archive: 0, transfer: 0, handOver: 0, hold: 0, exclude: 0, gap: 0 };
  const { checkpoint } = found;
  return {
    schema: 'shanhou.evidence-report.v1',
    verdict: verdictOf(all),
    caseCode: found.caseCode,
    log: checkpoint && { origin: checkpoint.origin, size: checkpoint.size, root: toHex(checkpoint.root) },
    records: found.records,
    dispositions: found.history ? { ...found.history.counts } : none,
    steps: all,
    anchors: found.anchor ? [found.anchor] : [],
    timestamps: found.timestamps,
    sealedAt: found.history?.latest.get('evidence.sealed')?.at ?? null,
    cannotProve: CANNOT_PROVE,
  };
}
