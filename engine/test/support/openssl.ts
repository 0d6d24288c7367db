// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';

/** Whether demo time stamp authorities can run here. A suite that skips says so in its name; with REQUIRE_ALL=1 nothing is skipped: it fails. */
export function hasOpenssl(): boolean {
  return process.env['REQUIRE_ALL'] === '1' || spawnSync('openssl', ['version']).status === 0;
}
