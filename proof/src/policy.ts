// SPDX-License-Identifier: Apache-2.0
import { fromUtf8 } from './encoding.ts';
import { ProofError } from './error.ts';
import { type NoteKey, encodeVkey, parseVkey } from './note.ts';

/** Key names of demo cases have this as one of their path segments: a demo anchor vouches for nothing outside the demo. */
const DEMO = 'demo';

/** True for a key that a demo made by itself. */
export function isDemoKey(name: string): boolean {
  return name.split('/').slice(1).includes(DEMO);
}

/** The origin of a case's log, which is also the name of its key. `caseCode` has no spaces and no plus sign. */
export function logOrigin(caseCode: string, demo: boolean): string {
  return demo ? `shanhou.example/${DEMO}/${caseCode}` : `shanhou.example/case/${caseCode}`;
}

/** The policy file of a bundle (C2SP tlog-policy): one log, no witnesses yet. */
export function renderPolicy(key: NoteKey): string {
  const warning = isDemoKey(key.name) ? '# DEMO ANCHOR: this key was made by a demonstration and vouches for nothing outside it.\n' : '';
  return `# Compare this key with the fingerprint published outside this bundle.\n${warning}log ${encodeVkey(key)}\nquorum none\n`;
}

/** The log key of a policy file that `renderPolicy` wrote, byte for byte. Throws ProofError `bad-policy`, `bad-vkey`. */
export function parsePolicy(bytes: Uint8Array): NoteKey {
  const text = fromUtf8(bytes);
  const match = /^log (\S+)$/m.exec(text);
  if (!match) throw new ProofError('bad-policy');
  const key = parseVkey(match[1]!);
  if (renderPolicy(key) !== text) throw new ProofError('bad-policy');
  return key;
}
