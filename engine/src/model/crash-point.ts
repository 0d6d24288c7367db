// SPDX-License-Identifier: Apache-2.0
/**
 * Every irreversible or externally visible step has a name. A crash suite dies at each and resumes.
 * They stand in the order in which a run comes to them.
 * Adding a step means adding its name here; architecture.test.ts checks that each name is used exactly once.
 */
export const CRASH_POINTS = [
  'inventory.segment-written',
  'inventory.committed',
  'plan.written',
  'approve.signed',
  'notify.batch-written',
  'notify.recorded',
  'notify.intended',
  'notify.handed-over',
  'notify.outcome-recorded',
  'answers.sealed',
  'answers.recorded',
  'canary.planted',
  'vault.chunk-written',
  'vault.chunk-verified',
  'execute.intent-recorded',
  'execute.source-committed',
  'execute.outcome-recorded',
  'file.replacement-written',
  'file.replaced',
  'verify.recorded',
  'canary.removed',
  'keys.destroyed',
  'vault.sealed',
  'evidence.log-appended',
  'evidence.timestamped',
  'evidence.bundle-written',
] as const;
export type CrashPointName = (typeof CRASH_POINTS)[number];
/** Called right after the named step; production does nothing, the crash suite kills the process. */
export type CrashPoint = (name: CrashPointName) => void;
