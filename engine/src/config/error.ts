// SPDX-License-Identifier: Apache-2.0
export const CONFIG_ERROR_CODES = [
  'yaml-unreadable',
  'data-map-invalid',
  'unknown-dataset',
  'unknown-column',
  'unknown-value',
  'credential-missing',
  'secret-in-clear',
  'case-file-invalid',
  'offline-form-invalid',
  'rule-pack-invalid',
] as const;

/** A setting or a file written by people is wrong. `where` is file, line, dataset or column; `remedy` is a closed code. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: (typeof CONFIG_ERROR_CODES)[number];
  readonly where: string;
  constructor(code: ConfigError['code'], where: string, cause?: unknown) {
    super(`${code}: ${where}`, { cause });
    this.code = code;
    this.where = where;
  }
}
