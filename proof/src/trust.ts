// SPDX-License-Identifier: Apache-2.0
import { ProofError } from './error.ts';
import { parseVkey } from './note.ts';
import { pemBlocks, pemOf } from './pem.ts';
import { publicKeyOf } from './certificate.ts';

/** A time stamp authority that the reader trusts. */
export interface TimestampAuthority {
  /** `[a-z0-9-]`; the name of its files in a bundle. */
  readonly name: string;
  /** OID its tokens must state; null = any. */
  readonly policy: string | null;
  /** DER certificates of its roots, obtained from the authority itself. */
  readonly roots: readonly Uint8Array[];
}

export interface TimestampTrust {
  /** How many different authorities must have stamped the checkpoint. */
  readonly quorum: number;
  readonly authorities: readonly TimestampAuthority[];
}

/** What a reader brings along: keys of logs, authorities for time. None of it may come from the bundle. */
export interface Trust extends TimestampTrust {
  readonly logs: readonly string[];
}

/** DESIGN: two operators, so that one that is broken or bought does not decide. */
export const DEFAULT_QUORUM = 2;

const AUTHORITY = /^[a-z0-9][a-z0-9-]{0,39}$/;
const OID = /^[0-2](?:\.(?:0|[1-9]\d{0,15})){1,30}$/;

/** True for a name that an authority can have. */
export function isAuthorityName(name: string): boolean {
  return AUTHORITY.test(name);
}

/** True for a dotted object identifier. */
export function isOid(text: string): boolean {
  return OID.test(text);
}

/**
 * Reads a trust file: lines `log VKEY`, `authority NAME [POLICY-OID]` followed by the PEM certificates of its roots, `quorum N`; `#` comments.
 * Throws ProofError `bad-trust` naming the line's keyword or the authority, `bad-vkey`.
 */
export function parseTrust(text: string): Trust {
  const logs: string[] = [];
  const authorities: { name: string; policy: string | null; pem: string }[] = [];
  let quorum: number | null = null;
  let inBlock = false;
  for (const line of text.split(/\r?\n/)) {
    const words = line.trim().split(/\s+/);
    const last = authorities.at(-1);
    if (line.startsWith('-----BEGIN ')) inBlock = true;
    if (inBlock) {
      if (!last) throw new ProofError('bad-trust', 'certificate before authority');
      last.pem += `${line}\n`;
      if (line.startsWith('-----END ')) inBlock = false;
    } else if (words[0] === '' || words[0]!.startsWith('#')) continue;
    else if (words[0] === 'log' && words.length === 2) logs.push(words[1]!);
    else if (words[0] === 'quorum' && quorum === null && /^[1-9]$/.test(words[1] ?? '') && words.length === 2) quorum = Number(words[1]);
    else if (words[0] === 'authority' && (words.length === 2 || words.length === 3))
      authorities.push({ name: words[1]!, policy: words[2] ?? null, pem: '' });
    else throw new ProofError('bad-trust', words[0]!.slice(0, 40));
  }
  if (inBlock) throw new ProofError('bad-trust', 'certificate');
  for (const log of logs) parseVkey(log);
  return {
    logs,
    ...checkedTrust({
      quorum: quorum ?? DEFAULT_QUORUM,
      authorities: authorities.map(({ name, policy, pem }) => ({ name, policy, roots: certificatesOf(pem, name) })),
    }),
  };
}

/** The certificates of a PEM text. Throws ProofError `bad-trust` when there is none or one cannot be read. */
export function certificatesOf(pem: string, name = ''): readonly Uint8Array[] {
  try {
    const found = pemBlocks(pem, 'CERTIFICATE');
    for (const der of found) publicKeyOf(der);
    if (found.length > 0) return found;
  } catch (error) {
    throw new ProofError('bad-trust', name, error);
  }
  throw new ProofError('bad-trust', name);
}

/**
 * Refuses what would count one operator twice: a name twice, or one root key under two names. Throws ProofError `bad-trust`.
 */
export function checkedTrust(trust: TimestampTrust): TimestampTrust {
  const keys = new Map<string, string>();
  const names = new Set<string>();
  for (const { name, policy, roots } of trust.authorities) {
    if (!isAuthorityName(name) || (policy !== null && !isOid(policy)) || names.has(name))
      throw new ProofError('bad-trust', name.slice(0, 40));
    names.add(name);
    for (const root of roots) {
      const key = publicKeyOf(root);
      if ((keys.get(key) ?? name) !== name) throw new ProofError('bad-trust', `${name} has the root of ${keys.get(key)!}`);
      keys.set(key, name);
    }
  }
  return trust;
}

/** The trust file as text. `comment`: lines without `#`. */
export function renderTrust(trust: Trust, comment: readonly string[] = []): string {
  return [
    ...comment.map((line) => `# ${line}\n`),
    ...trust.logs.map((log) => `log ${log}\n`),
    `quorum ${trust.quorum}\n`,
    ...trust.authorities.map(
      ({ name, policy, roots }) =>
        `authority ${name}${policy === null ? '' : ` ${policy}`}\n${roots.map((r) => pemOf(r, 'CERTIFICATE')).join('')}`,
    ),
  ].join('');
}
