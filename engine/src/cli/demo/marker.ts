// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurable } from '../../kit/index.ts';
import { type Session, UsageError } from '../session.ts';
import type { CompanyName } from './company.ts';

/** What was asked of a demo; another question begins another demo. */
export interface DemoNumbers {
  readonly company: CompanyName;
  readonly customers: number;
  readonly seed: number;
}

/** What a run that was cut leaves for the next one. */
export interface State {
  company?: CompanyName;
  customers?: number;
  seed?: number;
  members?: boolean;
  estate?: boolean;
  waited?: boolean;
  finished?: boolean;
}
export const state = (marker: string): State => (existsSync(marker) ? (JSON.parse(readFileSync(marker, 'utf8')) as State) : {});
export const save = (marker: string, more: State): void => writeDurable(marker, JSON.stringify({ ...state(marker), ...more }) + '\n');

/** A folder that is not a demo's is never touched. */
export async function startAnew(
  s: Session,
  folder: string,
  marker: string,
  o: DemoNumbers & { fresh: boolean },
  stopServers: () => Promise<void>,
): Promise<void> {
  const old = state(marker);
  const same = old.company === o.company && old.customers === o.customers && old.seed === o.seed && old.finished !== true && !o.fresh;
  if (existsSync(marker) && same) return;
  // What a run that died at its very start leaves behind is a folder with nothing in it but a marker not yet named.
  const begun = existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('demo.json'));
  if (begun && !existsSync(marker))
    throw new UsageError(
      s.terminal.lang === 'zh' ? `${folder} 不是演示文件夹，未作改动` : `${folder} is not a demo folder; nothing was touched`,
    );
  if (begun) {
    // The marker goes last and says until then that nothing here is to be gone on with.
    save(marker, { finished: true });
    await stopServers();
    // Moved aside whole, then removed: half a server's folder could be neither opened nor closed.
    const discarded = join(folder, 'discarded');
    rmSync(discarded, { recursive: true, force: true });
    mkdirSync(discarded, { mode: 0o700 });
    for (const name of readdirSync(folder))
      if (![marker, discarded].includes(join(folder, name))) renameSync(join(folder, name), join(discarded, name));
    rmSync(discarded, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeDurable(marker, JSON.stringify({ company: o.company, customers: o.customers, seed: o.seed }) + '\n');
}
