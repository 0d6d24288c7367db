// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { ConfigError } from './error.ts';

/**
 * The secret behind a reference, at the moment of use: `env:NAME`, `file:PATH` (first line). Null where no reference is given.
 * A literal password is refused, so that none ever lies in our tables. Throws ConfigError `credential-missing`.
 */
export function resolveCredential(reference: string | undefined, env: NodeJS.ProcessEnv): string | null {
  if (reference === undefined) return null;
  const [kind, ...rest] = reference.split(':');
  const name = rest.join(':');
  if (kind === 'env') {
    const value = env[name];
    if (value === undefined || value === '') throw new ConfigError('credential-missing', reference);
    return value;
  }
  if (kind === 'file') {
    try {
      return readFileSync(name, 'utf8').split('\n')[0]!.trim();
    } catch (error) {
      throw new ConfigError('credential-missing', reference, error);
    }
  }
  throw new ConfigError('credential-missing', 'a credential is given as env:NAME or file:PATH');
}
