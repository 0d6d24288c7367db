// SPDX-License-Identifier: Apache-2.0
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { openKeyring } from '../../src/kit/index.ts';
import { cli } from './cli.ts';
import { archiveLines } from './raw-stores.ts';

const CODE = 'REAL-2026';
const PASSPHRASE = 'of the case';
const OFFICERS = ['legal', 'it', 'liquidation'] as const;

export interface OwnCase {
  /** Secrets by name of the environment variable that the source names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Arguments of `source add`. */
  readonly source: readonly string[];
  /** What a person changes in the data map. */
  readonly corrections: object;
  /** Who the company is and what Legal says; left out: a shop. */
  readonly facts?: Partial<typeof SHOP>;
}

/** A shop that sells to consumers and owes nobody anything; Legal confirmed the accounting rules. */
const SHOP = {
  sectors: 'e-commerce-seller,retail-b2c',
  conditions: 'consumer,network-operator,invoice-issuer,purpose-ended',
  notConditions:
    `unsettled-claim,merger-or-split,bankruptcy,archive-appraisal-done,employer,cross-border,unlawful-processing,third-party-transfer,
    transfer-needed,processor-role,statutory-period-running,retention-expired,consent-based,sensitive-pi,public-venue-cctv,counter-terror-key-target,
    biometric,important-data,pi-10m,pi-1m,no-successor,deceased,prepaid`.replaceAll(/\s+/g, ''),
  confirm: ['acct-t1', 'acct-t4', 'acct-19'],
  refuse: ['child-20', 'child-23'],
};

/** A case by the product's commands, one process each, as an officer would type them. */
export class CaseByCommands {
  readonly folder: string;
  readonly #own: OwnCase;

  constructor(folder: string, own: OwnCase) {
    this.folder = folder;
    this.#own = own;
  }

  /** One command; `as`: the officer whose passphrase it needs. */
  async run(args: readonly string[], options: { as?: string; env?: Record<string, string> } = {}) {
    const env = {
      ...this.#own.secrets,
      SHANHOU_DATA: join(this.folder, 'data'),
      SHANHOU_KEYS: join(this.folder, 'keys'),
      SHANHOU_PASSPHRASE: PASSPHRASE,
      ...(options.as === undefined ? {} : { SHANHOU_OFFICER_PASSPHRASE: `of ${options.as}` }),
      ...options.env,
    };
    return cli(['--json', '--no-input', ...args], { env });
  }

  /** A command that must succeed. */
  does(args: readonly string[], as?: string): Promise<string> {
    return this.#ends([0], args, as);
  }

  /** A command that does its work and says what is left open (exit 6): customers with a phone only, no time stamps. */
  leavesOpen(args: readonly string[]): Promise<string> {
    return this.#ends([0, 6], args);
  }

  async #ends(statuses: readonly number[], args: readonly string[], as?: string): Promise<string> {
    const done = await this.run(args, as === undefined ? {} : { as });
    expect(statuses, `${args.join(' ')}: ${done.stderr}${done.stdout.slice(-2000)}`).toContain(done.status);
    return done.stdout;
  }

  /** From nothing to a plan: init, source, officers, discover, corrected map, rules, inventory, plan. */
  async planned(): Promise<void> {
    const own = this.#own;
    const said = { ...SHOP, ...own.facts };
    const facts = ['--sector', said.sectors, '--condition', said.conditions, '--not-condition', said.notConditions];
    await this.does(['init', CODE, '--company', '示例公司', '--dissolution', '2026-08-31', ...facts]);
    await this.does(['source', 'add', ...own.source]);
    for (const office of OFFICERS) await this.does(['officer', 'add', office, '--department', office], office);
    await this.does(['discover']);
    const map = join(this.folder, 'corrections.yaml');
    writeFileSync(map, JSON.stringify({ version: 1, datasets: own.corrections }));
    await this.does(['classify', '--map', map]);
    await this.does(['law', 'confirm', ...said.confirm, '--as', 'legal']);
    await this.does(['law', 'refuse', ...said.refuse, '--as', 'legal']);
    await this.does(['inventory']);
    await this.does(['plan']);
  }

  async approved(): Promise<void> {
    for (const office of OFFICERS) await this.does(['approve', '--as', office], office);
    await this.leavesOpen(['notify']);
  }

  execute(env: Record<string, string> = {}) {
    return this.run(['execute', '--confirm', CODE, '--early', 'invented customers'], { env });
  }

  /** Execute, verify, evidence, and where the case then stands. */
  async finished(): Promise<CaseSummary> {
    const done = await this.execute();
    expect(done.status, `${done.stderr}${done.stdout.slice(-3000)}`).toBe(0);
    await this.does(['verify']);
    return JSON.parse(await this.leavesOpen(['evidence'])) as CaseSummary;
  }
}

export interface PlannedReason {
  readonly index: number;
  readonly dataset: string;
  readonly disposition: string;
  readonly until: string | null;
  readonly rules: readonly string[];
  readonly reason: string;
}

/** The rows of the newest plan, read from its file. */
export async function plannedReasons(folder: string): Promise<readonly PlannedReason[]> {
  const inventory = join(folder, 'data', CODE, 'inventory');
  const files = (readdirSync(inventory, { recursive: true }) as string[]).filter((name) => /plan-\d[^/]*\.parquet$/.test(name));
  const made = (name: string) => statSync(join(inventory, name)).mtimeMs;
  const newest = join(inventory, files.toSorted((a, b) => made(b) - made(a))[0]!);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  const found =
    await duck.runAndReadAll(`SELECT CAST(idx AS INTEGER) AS index, dataset, disposition, CAST(until AS VARCHAR) AS until, CAST(rules AS VARCHAR) AS rules,
    coalesce(reason, '') AS reason FROM read_parquet('${newest}')`);
  const rows = found.getRowObjects() as unknown as (Omit<PlannedReason, 'rules'> & { rules: string | null })[];
  duck.closeSync();
  return rows.map((row) => ({ ...row, rules: (row.rules ?? '').match(/[a-z0-9]+(?:-[a-z0-9]+)+/g) ?? [] }));
}

/** The ids of a dataset's records in the archive, opened with the case's keys, sorted as text. */
export async function archivedIds(folder: string, dataset: string): Promise<readonly string[]> {
  const keys = openKeyring(join(folder, 'keys', CODE), PASSPHRASE);
  const purposes = keys.purposes().filter((purpose) => purpose.startsWith('archive:'));
  const identities = new Map(purposes.map((p) => [p.slice('archive:'.length), new TextDecoder().decode(keys.get(p)).split(' ')[0]!]));
  const archive = await archiveLines(join(folder, 'data', CODE, 'archive'), identities);
  return Object.entries(archive)
    .filter(([name]) => name.includes(dataset))
    .flatMap(([, lines]) => lines.map((line) => Object.values((JSON.parse(line) as { v: Record<string, string> }).v)[0]!))
    .toSorted();
}
