// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, resolveCredential } from './config/index.ts';
import { type CaseContext, type CaseDirectory, type Progress, askAuthority } from './journey/index.ts';
import { type Clock, clockFrom, openKeyring, systemClock } from './kit/index.ts';
import type { CrashPoint } from './model/crash-point.ts';
import {
  SMALL_OFFLINE,
  generateSample,
  openDemoAuthorities,
  openMailHost,
  openMariadb,
  sampleCorrections,
  smallCorrections,
  writeSmall,
} from './sample/index.ts';
import { caseDirectory, openCluster, openDatabase } from './store/index.ts';

/** The live parts of one process: made once in main, closed once at the end. */
export interface Assembly {
  readonly settings: Settings;
  readonly directory: CaseDirectory;
  /** The clock of a new case. */
  readonly clock: Clock;
  /** Everything the steps of one case need. Throws StoreError `case-not-found`; a wrong passphrase shows at first use. */
  context(code: string, passphrase: string): Promise<CaseContext>;
  /** The folder where a case's officers keep their keys, each under a passphrase of their own. */
  officerKeys(code: string, passphrase: string): CaseContext['keys'];
  close(): Promise<void>;
}

/** What the demo needs before any case exists. */
export const sampleParts = {
  generate: generateSample,
  corrections: sampleCorrections,
  openAuthorities: openDemoAuthorities,
  openCluster,
  openMailHost,
  openMariadb,
  smallCorrections,
  smallOffline: SMALL_OFFLINE,
  writeSmall,
};
export type SampleParts = typeof sampleParts;

export interface AssemblyOptions {
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
  readonly crash: CrashPoint;
  readonly progress: (progress: Progress) => void;
}

/** Wires store, keys, clock and journey together. Throws StoreError. */
export async function assemble({ settings, env, crash, progress }: AssemblyOptions): Promise<Assembly> {
  const database = await openDatabase({ dataFolder: settings.dataFolder, databaseUrl: settings.databaseUrl });
  const directory = caseDirectory(database);
  return {
    settings,
    directory,
    clock: systemClock,
    async context(code, passphrase) {
      const store = await directory.open(code);
      const { clockStart } = await store.record();
      const folder = join(settings.dataFolder, code);
      const temp = join(folder, 'temp', String(process.pid));
      mkdirSync(temp, { recursive: true, mode: 0o700 });
      return {
        code,
        store,
        folder,
        keys: openKeyring(join(settings.keysFolder, code), passphrase),
        clock: clockStart === null ? systemClock : clockFrom(clockStart),
        crash,
        progress,
        secret: (reference) => resolveCredential(reference, env),
        askAuthority,
        connection: directory.connection,
      };
    },
    officerKeys: (code, passphrase) => openKeyring(join(settings.keysFolder, code, 'officers'), passphrase),
    async close() {
      for (const { code } of await directory.list().catch(() => []))
        rmSync(join(settings.dataFolder, code, 'temp', String(process.pid)), { recursive: true, force: true });
      await directory.close();
    },
  };
}
