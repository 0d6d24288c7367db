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

/**
 * Refuses what would put a secret into our tables and a shell's history: a credential that is no reference, a locator with a login in it.
 * `given`: values by the option that they were given with. Throws ConfigError `secret-in-clear`, which names the option and never the value.
 */
export function refuseSecrets(locator: string, given: Readonly<Record<string, string | undefined>>): void {
  for (const [option, value] of Object.entries(given))
    if (value !== undefined && !/^(?:env|file):./.test(value)) throw new ConfigError('secret-in-clear', option);
  if (!/^\w+:\/\//.test(locator)) return;
  const url = URL.canParse(locator) ? new URL(locator) : null;
  const inside = url === null ? locator.includes('@') : url.username !== '' || url.password !== '' || SECRET.test(url.search);
  if (inside) throw new ConfigError('secret-in-clear', '--at');
}

const SECRET = /[?&](?:user|username|password|passwd|pwd)=/i;
