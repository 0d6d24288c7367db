// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/index.ts';
import type { Files } from './make-bundle.ts';

export const SECOND = fileURLToPath(new URL('../../second', import.meta.url));

const runs = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
/** Why the second checker cannot run here; null where it can, and with REQUIRE_ALL=1, where it must. */
export const withoutPython =
  process.env['REQUIRE_ALL'] === '1'
    ? null
    : !runs('python3', '--version')
      ? 'python3 is not installed'
      : !runs('openssl', 'version')
        ? 'openssl is not installed'
        : null;

/** The interpreter's own path, so that a test can take PATH away from it. */
export const PYTHON = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout?.trim() || 'python3';

/** What the second checker says of a bundle: a report of the same form, or why it was called wrongly. */
export type Answer = Report | { readonly usage: string };

/** A folder of bundles for one run; files that many bundles share are written once. */
export class Bundles {
  readonly root = mkdtempSync(join(tmpdir(), 'second-'));
  #count = 0;

  write(files: Files): string {
    const folder = join(this.root, String(this.#count++));
    mkdirSync(folder);
    for (const [path, bytes] of files) {
      const held = join(this.root, createHash('sha256').update(bytes).digest('hex'));
      if (!existsSync(held)) writeFileSync(held, bytes);
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      linkSync(held, join(folder, path));
    }
    return folder;
  }

  text(name: string, text: string): string {
    const path = join(this.root, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Asks the second checker about many bundles in one process. `calls`: the arguments of each. */
export async function askSecond(calls: readonly (readonly string[])[]): Promise<readonly Answer[]> {
  const done = await python([join(SECOND, 'check.py'), '--batch'], calls.map((call) => `${JSON.stringify(call)}\n`).join(''));
  return done
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

/** What a Python program prints. Throws when it ends with anything but 0. */
export async function python(args: readonly string[], input: string): Promise<string> {
  const child = spawn('python3', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const [out, said, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (status !== 0) throw new Error(`python3 ended with ${String(status)}: ${said}`);
  return out;
}
