// SPDX-License-Identifier: Apache-2.0
import type { Source } from '../../model/source.ts';
import { ConnectError, type ConnectRemedy } from './error.ts';

/** How a server is to be reached, as its locator says; encrypted where `tls` is not null. */
export interface ServerLocator {
  readonly url: URL;
  /** Without brackets; empty where the locator names a socket. */
  readonly host: string;
  /** What stands after the first slash. */
  readonly path: string;
  readonly tls: { readonly rejectUnauthorized: boolean } | null;
  wrong(reason: string): ConnectError;
}

/** Reads `scheme://host:port/path?parameters`; `sslmode=disable|require|verify-full` is common to all. No secrets in it. Throws ConnectError bad-locator. */
export function readLocator(source: Source, scheme: RegExp, parameters: readonly string[]): ServerLocator {
  const wrong = (reason: string, remedy: ConnectRemedy = 'fix-locator') =>
    new ConnectError('bad-locator', { source: source.name, remedy, reason });
  const url = URL.canParse(source.locator) ? new URL(source.locator) : null;
  if (url === null || !scheme.test(url.protocol)) throw wrong(`not a ${source.kind}:// address`);
  if (url.username !== '' || url.password !== '' || url.searchParams.has('user') || url.searchParams.has('password'))
    throw wrong('credentials in the address', 'take-secret-out-of-locator');
  for (const name of url.searchParams.keys()) if (name !== 'sslmode' && !parameters.includes(name)) throw wrong('unknown parameter');
  const path = decoded(url.pathname.slice(1));
  if (path === null) throw wrong('database name');
  const mode = url.searchParams.get('sslmode') ?? 'disable';
  if (mode !== 'disable' && mode !== 'require' && mode !== 'verify-full') throw wrong('unknown sslmode');
  return {
    url,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    path,
    tls: mode === 'disable' ? null : { rejectUnauthorized: mode === 'verify-full' },
    wrong,
  };
}

/** `user:password`. Throws ConnectError refused-login where there is none. */
export function readSecret(source: Source, secret: string | null): { user: string; password: string } {
  const at = secret?.indexOf(':') ?? -1;
  if (secret === null || at < 1) throw new ConnectError('refused-login', { source: source.name, remedy: 'set-credential' });
  return { user: secret.slice(0, at), password: secret.slice(at + 1) };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
