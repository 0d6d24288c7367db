// SPDX-License-Identifier: Apache-2.0
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { openKeyring } from '../../src/kit/index.ts';
import { type CrashPointName, CRASH_POINTS } from '../../src/model/crash-point.ts';
import { openCluster } from '../../src/store/index.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { hasOpenssl } from '../support/openssl.ts';
import { type Snapshot, archiveLines, snapshot } from '../support/raw-stores.ts';

const CODE = 'DEMO-RETAIL-2026';
const PASSPHRASE = 'demo only, not a secret';
/** A point and its passing: runs that die later start from the state that is kept there, the others from the very beginning. */
export type Base = readonly [point: CrashPointName, passing: number];
/** The third signature: an approved case. */
const APPROVED: Base = ['approve.signed', 3];

interface End {
  readonly stores: Snapshot;
  readonly archive: Readonly<Record<string, readonly string[]>>;
  readonly ledger: CaseSummary['ledger'];
  /** How many letters the mail host took over. */
  readonly letters: number;
}

/** One demo in a temp folder, a reference run to compare with, and an approved state to start from. */
export class CrashSite {
  readonly folder = mkdtempSync(join(tmpdir(), 'shx-'));
  readonly #demo: string;
  readonly #base: string;
  readonly #from: Base;
  readonly #options: { customers: number; seed: number };
  #before!: Snapshot;
  #end!: End;
  /** Milliseconds of the undisturbed run, to draw random moments from. */
  duration = 0;

  constructor(options: { customers: number; seed: number; base?: Base | undefined }) {
    this.#options = options;
    this.#from = options.base ?? APPROVED;
    this.#demo = join(this.folder, 'demo');
    this.#base = join(this.folder, 'base');
  }

  /** The undisturbed run (which is itself cut once, at the base, to keep that state). */
  async prepare(): Promise<void> {
    const started = Date.now();
    const cut = await this.run({ SHANHOU_CRASH_AT: this.#from.join(':') });
    expect(cut.signal, cut.stderr).toBe('SIGKILL');
    this.#before = await this.#stores();
    await this.#stopServers();
    cpSync(this.#demo, this.#base, { recursive: true });
    const end = await this.run({});
    expect(end.status, end.stderr).toBe(0);
    this.duration = Date.now() - started;
    this.#end = await this.#state(end);
  }

  run(env: Record<string, string>, killAfter?: number): Promise<CliResult> {
    const { customers, seed } = this.#options;
    return cli(['demo', '--json', '--folder', this.#demo, '--customers', String(customers), '--seed', String(seed)], {
      // MariaDB as a source has a crash suite of its own; here it would only make every run longer.
      env: { SHANHOU_SAMPLE_MARIADB: 'off', ...env },
      ...(killAfter === undefined ? {} : { killAfter }),
    });
  }

  /** Back to the state before `point`; null = the very beginning. */
  async reset(point: CrashPointName | null): Promise<void> {
    await this.#stopServers();
    rmSync(this.#demo, { recursive: true, force: true });
    if (point !== null && CRASH_POINTS.indexOf(point) > CRASH_POINTS.indexOf(this.#from[0]))
      cpSync(this.#base, this.#demo, { recursive: true });
  }

  /** Records of datasets that are archived whole and are now neither in the source nor in the archive. */
  async lost(): Promise<string[]> {
    if (!existsSync(join(this.#demo, 'estate', 'crm.db'))) return [];
    if (!existsSync(join(this.#demo, 'demo.json')) || !this.#estateDone()) return [];
    const now = await this.#stores();
    const archive = Object.entries(await archiveLines(this.#archive(), this.#identities()));
    const out: string[] = [];
    for (const table of ['invoices', 'payments']) {
      const dataset = `orders/public.${table}`;
      const here = new Set(now[dataset]!.map((row) => JSON.parse(row)[0]));
      const kept = new Set(
        archive
          .filter(([folder]) => folder.includes(table))
          .flatMap(([, lines]) => lines.map((l) => (JSON.parse(l) as { v: { id: string } }).v.id)),
      );
      for (const row of this.#before[dataset]!) {
        const id = (JSON.parse(row) as string[])[0]!;
        if (!here.has(id) && !kept.has(id)) out.push(`${dataset} ${id}`);
      }
    }
    return out;
  }

  /** Runs to the end and compares everything with the undisturbed run; nobody has had a letter twice. */
  async converges(): Promise<void> {
    const again = await this.run({});
    expect(again.status, again.stderr).toBe(0);
    const end = await this.#state(again);
    expect(end.ledger).toEqual(this.#end.ledger);
    expect(end.ledger.every((l) => l.balanced)).toBe(true);
    for (const dataset of Object.keys(this.#end.stores)) expect(end.stores[dataset], dataset).toEqual(this.#end.stores[dataset]);
    expect(end.stores).toEqual(this.#end.stores);
    expect(contentOf(end.archive)).toEqual(contentOf(this.#end.archive));
    expect(this.#letters().filter((name) => name.includes('.again.'))).toEqual([]);
    expect(this.#letters().length).toBe(this.#end.letters);
    expect((JSON.parse(again.stdout) as CaseSummary).evidence).toMatchObject(
      hasOpenssl() ? { verdict: 'VALID', missing: [], timestamps: { counted: 2 } } : { verdict: 'INCOMPLETE', missing: ['timestamp'] },
    );
  }

  async close(): Promise<void> {
    await this.#stopServers();
  }

  #estateDone(): boolean {
    return existsSync(join(this.#demo, 'data', CODE));
  }

  #archive(): string {
    return join(this.#demo, 'data', CODE, 'archive');
  }

  #identities(): Map<string, string> {
    const keys = openKeyring(join(this.#demo, 'keys', CODE), PASSPHRASE);
    return new Map(
      keys
        .purposes()
        .filter((p) => p.startsWith('archive:'))
        .map((p) => [p.slice('archive:'.length), new TextDecoder().decode(keys.get(p)).split(' ')[0]!]),
    );
  }

  #letters(): string[] {
    return readdirSync(join(this.#demo, 'estate', 'mail', 'delivered', 'new')).filter((name) => name.endsWith('.eml'));
  }

  async #state(run: CliResult): Promise<End> {
    return {
      stores: await this.#stores(),
      archive: await archiveLines(this.#archive(), this.#identities()),
      ledger: (JSON.parse(run.stdout) as CaseSummary).ledger,
      letters: this.#letters().length,
    };
  }

  async #stores(): Promise<Snapshot> {
    const cluster = await openCluster(join(this.#demo, 'estate', 'pg'));
    try {
      return await snapshot(join(this.#demo, 'estate'), cluster.host);
    } finally {
      await cluster.close();
    }
  }

  async #stopServers(): Promise<void> {
    for (const server of [join(this.#demo, 'estate', 'pg'), join(this.#demo, 'data', 'control')]) {
      if (existsSync(server) && readdirSync(server).length > 0) await (await openCluster(server)).close();
    }
  }
}

/** Archive lines without the fingerprints, which depend on the run's keys. */
function contentOf(archive: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(archive).map(([folder, lines]) => [
      folder,
      lines.map((l) => JSON.stringify((JSON.parse(l) as { v: unknown }).v)).toSorted(),
    ]),
  );
}

/** Reproducible random moments within a run, in milliseconds. */
export function randomMoments(count: number, seed: number, duration: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 300 + Math.floor((state / 2 ** 32) * Math.max(500, duration - 300));
  });
}
