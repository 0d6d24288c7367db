// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint } from '../../model/crash-point.ts';
import type { Eraser } from './ports.ts';

/**
 * Plants the positive control of a residue search: `marks` are texts that nobody's record holds (a made-up phone, id or e-mail).
 * Database: a table `shanhou_canary`; files: a file `shanhou-canary.*` beside the source. Throws ExecuteError.
 */
export async function plantCanaries(eraser: Eraser, marks: readonly string[], crash: CrashPoint): Promise<void> {
  await eraser.plant(marks);
  crash('canary.planted');
}

/** Takes the canaries away again; nothing happens when there are none. Throws ExecuteError. */
export async function removeCanaries(eraser: Eraser, crash: CrashPoint): Promise<void> {
  await eraser.unplant();
  crash('canary.removed');
}
