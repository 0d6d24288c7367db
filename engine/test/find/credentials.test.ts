// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, refuseSecrets, resolveCredential } from '../../src/config/index.ts';

test('a credential is what its reference names, at the moment of use', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shcr-'));
  try {
    const path = join(folder, 'login');
    writeFileSync(path, 'reader:from the file\nanother line\n');
    expect(resolveCredential('env:SHOP', { SHOP: 'reader:a:b' })).toBe('reader:a:b');
    expect(resolveCredential(`file:${path}`, {})).toBe('reader:from the file');
    expect(resolveCredential(undefined, {})).toBeNull();
    for (const reference of ['env:NONE', `file:${folder}/none`, 'root:hunter2'])
      expect(() => resolveCredential(reference, {})).toThrow(expect.objectContaining({ code: 'credential-missing' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each([
  ['postgres://db.example/shop', { '--read': 'env:A', '--erase': 'file:/x', '--verify': undefined }],
  ['mysql:///shop?socket=/run/s', {}],
  ['/srv/share@office', {}],
  ['C:\\share', {}],
])('nothing is wrong with %s', (locator, given) => {
  expect(() => refuseSecrets(locator, given)).not.toThrow();
});

test.each([
  ['postgres://db.example/shop', { '--read': 'root:hunter2' }, '--read'],
  ['postgres://db.example/shop', { '--read': 'env:A', '--verify': 'hunter2' }, '--verify'],
  ['postgres://root:hunter2@db.example/shop', {}, '--at'],
  ['redis://:hunter2@db.example', {}, '--at'],
  ['mysql://db.example/shop?user=root&password=hunter2', {}, '--at'],
  ['mysql://root:hunter2@[not an address/shop', {}, '--at'],
])('%s %j is refused without saying the secret', (locator, given, where) => {
  const refused = (() => {
    try {
      return refuseSecrets(locator, given as Record<string, string>);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(ConfigError);
  expect(refused).toMatchObject({ code: 'secret-in-clear', where });
  expect(String((refused as Error).message)).not.toContain('hunter2');
});
