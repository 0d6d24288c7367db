// SPDX-License-Identifier: Apache-2.0
/** What one file may cost (docs/reference/files-as-datasets.md). */
export const LIMITS = {
  /** CPU for one file, or one member of an archive. */
  cpuMilliseconds: 5_000,
  /** CPU for all members of one archive together. */
  archiveCpuMilliseconds: 120_000,
  /** A parser that uses nothing for so long waits for something that never comes. */
  idleMilliseconds: 30_000,
  heapMegabytes: 512,
  fileBytes: 50 * 1024 * 1024,
  memberBytes: 50 * 1024 * 1024,
  /** An archive in an archive in an archive. */
  nesting: 3,
  members: 10_000,
  ratio: 200,
  /** Small parts may be packed better than any document: a sheet of one repeated row. */
  ratioAppliesFromBytes: 1024 * 1024,
  unpackedBytes: 512 * 1024 * 1024,
} as const;

/** What is left for one file while its archives are opened. */
export class Allowance {
  members = 0;
  unpacked = 0;
}
