// SPDX-License-Identifier: Apache-2.0
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where things are, decided once in main. Flags win over the environment, the environment over defaults. */
export interface Settings {
  readonly dataFolder: string;
  readonly keysFolder: string;
  readonly databaseUrl: string | null;
  readonly lang: 'zh' | 'en';
  readonly passphrase: string | null;
  readonly officerPassphrase: string | null;
}

export function readSettings(env: NodeJS.ProcessEnv, flags: { data?: string; keys?: string; lang?: string }): Settings {
  const data = flags.data ?? env['SHANHOU_DATA'] ?? 'shanhou-data';
  const keys = flags.keys ?? env['SHANHOU_KEYS'] ?? join(homedir(), '.shanhou', 'keys');
  const lang = flags.lang ?? env['SHANHOU_LANG'] ?? 'zh';
  return {
    dataFolder: resolve(data),
    keysFolder: resolve(keys),
    databaseUrl: env['DATABASE_URL'] ?? null,
    lang: lang.startsWith('en') ? 'en' : 'zh',
    passphrase: env['SHANHOU_PASSPHRASE'] ?? null,
    officerPassphrase: env['SHANHOU_OFFICER_PASSPHRASE'] ?? null,
  };
}
