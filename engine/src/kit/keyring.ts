// SPDX-License-Identifier: Apache-2.0
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory, writeDurable } from './durable-file.ts';

/*
 * One folder of wrapped keys for each case, outside the data folder. A purpose has one key: `<purpose>.key.json`.
 * Wrapping: scrypt (N=2^16, r=8, p=1) of the passphrase → AES-256-GCM. Destroying a purpose removes its file;
 * what was sealed with it can then not be opened by anybody.
 * Purposes: inventory, contacts, erase-list, watch, log, source, archive:<class>, officer:<label>.
 */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
  readonly code: 'wrong-passphrase' | 'key-missing' | 'key-exists';
  readonly purpose: string;
  constructor(code: KeyringError['code'], purpose: string, cause?: unknown) {
    super(`${code}: ${purpose}`, { cause });
    this.code = code;
    this.purpose = purpose;
  }
}

export interface Keyring {
  readonly folder: string;
  has(purpose: string): boolean;
  /** The key of a purpose. Throws KeyringError `key-missing`, `wrong-passphrase`. */
  get(purpose: string): Uint8Array;
  /** Creates 32 random bytes unless the purpose has a key already; returns the key. */
  ensure(purpose: string): Uint8Array;
  /** Keeps a given secret (an age identity, an Ed25519 seed). Throws `key-exists`. */
  put(purpose: string, secret: Uint8Array): void;
  /** Removes the key for ever; returns false when there was none. */
  destroy(purpose: string): boolean;
  purposes(): readonly string[];
}

interface Wrapped {
  readonly v: 1;
  readonly purpose: string;
  readonly salt: string;
  readonly iv: string;
  readonly body: string;
}

/** Opens the key folder of a case. Keys already opened stay in memory; scrypt runs once for each salt. */
export function openKeyring(folder: string, passphrase: string): Keyring {
  const opened = new Map<string, Uint8Array>();
  const derived = new Map<string, Buffer>();
  let ownSalt: Buffer | null = null;
  const file = (purpose: string) => join(folder, `${purpose.replace(/[^A-Za-z0-9-]/g, '_')}.key.json`);
  const derive = (salt: Buffer) => {
    const known = derived.get(salt.toString('hex'));
    if (known) return known;
    const key = scryptSync(passphrase, salt, 32, { N: 65_536, r: 8, p: 1, maxmem: 128 * 1024 * 1024 });
    derived.set(salt.toString('hex'), key);
    return key;
  };
  const keyring: Keyring = {
    folder,
    has: (purpose) => existsSync(file(purpose)),
    get(purpose) {
      const known = opened.get(purpose);
      if (known && existsSync(file(purpose))) return known;
      if (!existsSync(file(purpose))) throw new KeyringError('key-missing', purpose);
      const secret = unwrap(JSON.parse(readFileSync(file(purpose), 'utf8')) as Wrapped, purpose, derive);
      opened.set(purpose, secret);
      return secret;
    },
    ensure(purpose) {
      if (keyring.has(purpose)) return keyring.get(purpose);
      keyring.put(purpose, randomBytes(32));
      return keyring.get(purpose);
    },
    put(purpose, secret) {
      if (keyring.has(purpose)) throw new KeyringError('key-exists', purpose);
      ownSalt ??= saltInUse(folder) ?? randomBytes(16);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive(ownSalt), iv);
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
      const wrapped: Wrapped = { v: 1, purpose, salt: ownSalt.toString('hex'), iv: iv.toString('hex'), body: body.toString('hex') };
      writeDurable(file(purpose), JSON.stringify(wrapped) + '\n');
    },
    destroy(purpose) {
      opened.get(purpose)?.fill(0);
      opened.delete(purpose);
      if (!existsSync(file(purpose))) return false;
      rmSync(file(purpose));
      syncDirectory(folder);
      return true;
    },
    purposes: () => keyFiles(folder).map((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Wrapped).purpose),
  };
  return keyring;
}

function unwrap(wrapped: Wrapped, purpose: string, derive: (salt: Buffer) => Buffer): Uint8Array {
  const body = Buffer.from(wrapped.body, 'hex');
  try {
    const decipher = createDecipheriv('aes-256-gcm', derive(Buffer.from(wrapped.salt, 'hex')), Buffer.from(wrapped.iv, 'hex'));
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(body.subarray(body.length - 16));
    return new Uint8Array(Buffer.concat([decipher.update(body.subarray(0, body.length - 16)), decipher.final()]));
  } catch (error) {
    throw new KeyringError('wrong-passphrase', purpose, error);
  }
}

function keyFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.key.json')) : [];
}

/** One salt for a folder, so that a passphrase is stretched once; a second one appears only if the passphrase changes. */
function saltInUse(folder: string): Buffer | null {
  const first = keyFiles(folder)[0];
  return first ? Buffer.from((JSON.parse(readFileSync(join(folder, first), 'utf8')) as Wrapped).salt, 'hex') : null;
}
