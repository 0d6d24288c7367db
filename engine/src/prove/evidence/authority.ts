// SPDX-License-Identifier: Apache-2.0
import { DEFAULT_QUORUM, ProofError, type TimestampTrust, type Trust, certificatesOf, checkedTrust, renderTrust } from '@shanhou/proof';
import { EvidenceError } from './error.ts';

/** A time stamp authority of a case, as it was entered. */
export interface Authority {
  /** `[a-z0-9-]`, up to 40. */
  readonly name: string;
  readonly url: string;
  /** OID that its tokens must state, or null. */
  readonly policy: string | null;
  /** PEM certificates of its roots, obtained from the authority itself. */
  readonly roots: string;
}

export interface TimestampSettings {
  /** How many different authorities must have stamped before the evidence is VALID. */
  readonly quorum: number;
  readonly authorities: readonly Authority[];
}

export const NO_AUTHORITIES: TimestampSettings = { quorum: DEFAULT_QUORUM, authorities: [] };

/** What the checker is to trust. Throws EvidenceError `authority-invalid`: name, OID, URL or certificate; one root under two names. */
export function timestampTrust({ quorum, authorities }: TimestampSettings): TimestampTrust {
  for (const { name, url } of authorities) {
    const parsed = URL.parse(url);
    // A password in an address would lie in our tables in clear.
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
      throw new EvidenceError('authority-invalid', { name, what: 'url' });
  }
  try {
    return checkedTrust({
      quorum,
      authorities: authorities.map(({ name, policy, roots }) => ({ name, policy, roots: certificatesOf(roots, name) })),
    });
  } catch (error) {
    if (error instanceof ProofError) throw new EvidenceError('authority-invalid', { name: error.detail }, error);
    throw error;
  }
}

/** The file that an auditor gives to the checker with `--trust`. It must reach the auditor on another way than the bundle. */
export function trustFile(trust: Trust): string {
  return renderTrust(trust, [
    '只有从证据包以外的途径得到、并与公告核对过的内容才可信。',
    'Trust this only as far as you obtained it from outside the bundle and compared it with what was published.',
  ]);
}
