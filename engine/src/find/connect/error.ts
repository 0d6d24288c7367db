// SPDX-License-Identifier: Apache-2.0
export const CONNECT_ERROR_CODES = [
  'unreachable',
  'refused-login',
  'not-found',
  'unreadable',
  'encrypted',
  'damaged',
  'unsupported',
  'limit',
  'unknown-dataset',
  'bad-locator',
] as const;
export type ConnectErrorCode = (typeof CONNECT_ERROR_CODES)[number];

/** What a person does next; the words are in cli/text. */
export type ConnectRemedy =
  | 'start-or-reach-server'
  | 'fix-credential'
  | 'set-credential'
  | 'fix-name'
  | 'fix-path'
  | 'fix-locator'
  | 'take-secret-out-of-locator'
  | 'grant-read'
  | 'grant-bypass-row-security'
  | 'remove-password'
  | 'repair-or-restore'
  | 'save-as-utf-8'
  | 'save-as-xlsx'
  | 'split-file'
  | 'rename-dataset'
  | 'take-out-or-export'
  | 'open-again'
  | 'try-again';

/** Where it happened. Names and numbers only: never a secret, never a cell's value. */
export interface ConnectDetails {
  readonly source: string;
  readonly remedy: ConnectRemedy;
  readonly dataset?: string;
  /** 1-based physical line of a text file. */
  readonly line?: number;
  /** 1-based row of a sheet. */
  readonly row?: number;
  /** Closed reason of the driver: an SQLSTATE, an errno name, an SQLite result code. */
  readonly reason?: string;
}

/**
 * The one error of this room. A driver's own error is not kept as `cause`: servers quote cell values in their messages,
 * and a logged cause would carry them out. `cause` is given only for errors of our own making.
 */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly code: ConnectErrorCode;
  readonly details: ConnectDetails;

  constructor(code: ConnectErrorCode, details: ConnectDetails, options?: { cause?: unknown }) {
    super(sentence(code, details), options);
    this.code = code;
    this.details = details;
  }
}

function sentence(code: ConnectErrorCode, details: ConnectDetails): string {
  const place = [
    `source ${details.source}`,
    details.dataset === undefined ? null : `dataset ${details.dataset}`,
    details.line === undefined ? null : `line ${details.line}`,
    details.row === undefined ? null : `row ${details.row}`,
  ].filter((part) => part !== null);
  const reason = details.reason === undefined ? '' : ` (${details.reason})`;
  return `${code}: ${place.join(', ')}${reason}; remedy: ${details.remedy}`;
}
