// SPDX-License-Identifier: Apache-2.0
import type { Department } from '../model/department.ts';

/** Which department must settle a gap, by its reason. */
export function ownerOfGap(reason: string): Department {
  if (reason === 'standing-conflict' || reason === 'standing-unknown') return 'sales';
  if (reason === 'start-date-missing' || reason === 'drifted' || reason === 'vanished' || reason === 'blocked' || reason === 'unreadable')
    return 'it';
  if (reason === 'unlinked') return 'marketing';
  return 'legal';
}
