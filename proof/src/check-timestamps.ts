// SPDX-License-Identifier: Apache-2.0
import { CHECKPOINT_FILE, TIMESTAMP_LIST, TIMESTAMPS_FOLDER } from './bundle.ts';
import { fileDigest } from './check-log.ts';
import { fromUtf8, toHex } from './encoding.ts';
import { ProofError } from './error.ts';
import { type BundleFiles, readWhole } from './files.ts';
import type { NoteKey } from './note.ts';
import { pemBlocks } from './pem.ts';
import type { StepRecorder, TimestampReport, TimestampsReport } from './report.ts';
import { openTimestampList } from './timestamp-list.ts';
import { parseTimestampQuery } from './timestamp-token.ts';
import type { TimestampTrust } from './trust.ts';
import { type VerifiedTimestamp, verifyTimestamp } from './verify-timestamp.ts';

/**
 * The time stamps over the checkpoint. The authority of a token is the one that the reader trusts under the token's name; a token whose
 * name the reader does not know must still be whole, and counts for nothing. Settles the step `timestamp`.
 */
export async function checkTimestamps(
  files: BundleFiles,
  payload: readonly string[],
  key: NoteKey,
  trust: TimestampTrust,
  steps: StepRecorder,
): Promise<TimestampsReport> {
  const { quorum, authorities } = trust;
  const given = authorities.length;
  const present = payload.filter((path) => path.startsWith(TIMESTAMPS_FOLDER));
  const problem = present.length === 0 ? null : await listProblem(files, present, key);
  if (problem !== null) {
    steps.fail('timestamp', problem);
    return { quorum, counted: 0, given, tokens: [] };
  }
  const names = present.filter((path) => path.endsWith('.tsr')).map((path) => path.slice(TIMESTAMPS_FOLDER.length, -'.tsr'.length));
  const signers = new Set<string>();
  const tokens: TimestampReport[] = [];
  for (const name of names) tokens.push(await checkToken(files, present, name, trust, steps, signers));
  for (const { name } of authorities) if (!names.includes(name)) tokens.push({ ...NOTHING, name, state: 'absent' });
  const counted = tokens.filter((t) => t.state === 'counted').length;
  const lacking = tokens.filter((t) => t.state !== 'counted').map((t) => `${t.name}: ${t.state}`);
  const detail = [`${counted} of ${quorum}`, ...lacking, ...(given === 0 ? ['no authority given'] : [])];
  if (counted >= quorum) steps.pass('timestamp');
  else steps.missing('timestamp', detail.join('; '));
  return { quorum, counted, given, tokens };
}

const NOTHING = { at: null, policy: null, signer: null, demo: false } as const;

async function checkToken(
  files: BundleFiles,
  present: readonly string[],
  name: string,
  trust: TimestampTrust,
  steps: StepRecorder,
  signers: Set<string>,
): Promise<TimestampReport> {
  try {
    const token = await verified(files, present, name, trust);
    const { at, policy, signer, demo } = token;
    const again = signers.has(token.key);
    if (token.trusted) signers.add(token.key);
    return { name, state: !token.trusted ? 'no-anchor' : again ? 'same-signer' : 'counted', at, policy, signer, demo };
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    if (error.code === 'timestamp-unsupported') return { ...NOTHING, name, state: 'unsupported' };
    steps.fail('timestamp', `${name}: ${error.detail || error.code}`);
    return { ...NOTHING, name, state: 'wrong' };
  }
}

async function verified(files: BundleFiles, present: readonly string[], name: string, trust: TimestampTrust): Promise<VerifiedTimestamp> {
  const own = async (ending: string) => {
    const path = `${TIMESTAMPS_FOLDER}${name}${ending}`;
    return present.includes(path) ? await readWhole(files, path) : null;
  };
  const query = await own('.tsq');
  const chain = await own('.pem');
  return verifyTimestamp({
    response: (await own('.tsr'))!,
    data: await readWhole(files, CHECKPOINT_FILE),
    query: query && parseTimestampQuery(query),
    chain: chain ? pemBlocks(fromUtf8(chain), 'CERTIFICATE') : [],
    revocations: await own('.crl'),
    authority: trust.authorities.find((a) => a.name === name) ?? null,
  });
}

/** The list must be signed by the log and name every file beside it; a file without its token is nobody's. */
async function listProblem(files: BundleFiles, present: readonly string[], key: NoteKey): Promise<string | null> {
  if (!present.includes(TIMESTAMP_LIST)) return TIMESTAMP_LIST;
  const listed = openTimestampList(await readWhole(files, TIMESTAMP_LIST), key);
  const others = present.filter((path) => path !== TIMESTAMP_LIST);
  if (listed.length !== others.length || listed.length === 0) return TIMESTAMP_LIST;
  for (const [i, path] of others.entries()) {
    if (listed[i]!.name !== path.slice(TIMESTAMPS_FOLDER.length)) return TIMESTAMP_LIST;
    if (listed[i]!.sha256 !== toHex((await fileDigest(files, path)).sha256)) return path;
    if (!present.includes(path.replace(/\.[a-z]+$/, '.tsr'))) return path;
  }
  return null;
}
