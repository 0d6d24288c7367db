// SPDX-License-Identifier: Apache-2.0
/** Exit codes of every command. Only cli/main.ts ends the process. */
export const EXIT = { ok: 0, failure: 1, usage: 2, notFound: 3, denied: 4, invalid: 5, findings: 6, interrupted: 130 } as const;

const BY_CODE: Readonly<Record<string, number>> = {
  'case-not-found': EXIT.notFound,
  'not-found': EXIT.notFound,
  'unknown-dataset': EXIT.invalid,
  'unknown-record': EXIT.notFound,
  'unknown-officer': EXIT.denied,
  'no-sources': EXIT.notFound,
  'no-data-map': EXIT.notFound,
  'not-entitled': EXIT.denied,
  preparer: EXIT.denied,
  'stale-digest': EXIT.denied,
  'bad-signature': EXIT.denied,
  'already-signed': EXIT.denied,
  'not-approved': EXIT.denied,
  'plan-void': EXIT.denied,
  'wrong-confirmation': EXIT.denied,
  'wrong-passphrase': EXIT.denied,
  'refused-login': EXIT.denied,
  'not-notified': EXIT.denied,
  'objections-open': EXIT.denied,
  'answers-unread': EXIT.denied,
  'unknown-answer': EXIT.notFound,
  'unknown-notice': EXIT.notFound,
  'bad-mail-setting': EXIT.invalid,
  'mail-login-refused': EXIT.denied,
  'mailbox-login-refused': EXIT.denied,
  'yaml-unreadable': EXIT.invalid,
  'data-map-invalid': EXIT.invalid,
  'unknown-column': EXIT.invalid,
  'unknown-value': EXIT.invalid,
  'case-file-invalid': EXIT.invalid,
  'offline-form-invalid': EXIT.invalid,
  'unknown-store': EXIT.notFound,
  'unknown-source': EXIT.notFound,
  'wrong-count': EXIT.invalid,
  'not-instructed': EXIT.denied,
  'not-confirmed': EXIT.denied,
  'holder-verifies': EXIT.denied,
  'bad-locator': EXIT.invalid,
  encrypted: EXIT.invalid,
  damaged: EXIT.invalid,
  unreadable: EXIT.invalid,
  unsupported: EXIT.invalid,
  'character-missing': EXIT.invalid,
  'bad-authority': EXIT.invalid,
  'unknown-day': EXIT.invalid,
  'evidence-invalid': EXIT.failure,
};

/** The exit code for an error of a room, by its code. */
export function exitCodeOf(error: unknown): number {
  const code = (error as { code?: unknown }).code;
  return (typeof code === 'string' ? BY_CODE[code] : undefined) ?? EXIT.failure;
}
