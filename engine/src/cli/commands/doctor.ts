// SPDX-License-Identifier: Apache-2.0
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import type { Command } from 'commander';
import { authorityProblem, timestampSettings } from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import type { Session } from '../session.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** doctor: what this machine lacks, before it matters. */
export function doctorCommand(program: Command, session: () => Session): void {
  program
    .command('doctor')
    .description('体检：运行环境、磁盘、状态数据库、密钥、时间戳机构 check runtime, disk, state database, keys, time stamp authorities')
    .action(async () => {
      const s = session();
      const { terminal: t, settings } = s;
      const findings: Finding[] = [
        { check: 'node', ok: Number(process.versions.node.split('.')[0]) >= 24, detail: process.versions.node },
        folder('data', settings.dataFolder),
        folder('keys', settings.keysFolder),
        { check: 'keys-outside-data', ok: !`${settings.keysFolder}/`.startsWith(`${settings.dataFolder}/`), detail: settings.keysFolder },
        {
          check: 'passphrase',
          ok: settings.passphrase !== null || t.interactive,
          detail: settings.passphrase === null ? 'SHANHOU_PASSPHRASE' : 'set',
        },
        { check: 'clock', ok: new Date().getFullYear() >= 2026, detail: new Date().toISOString() },
        await database(s),
        ...(await authorities(s)),
      ];
      if (t.json) t.out(JSON.stringify({ schema: 'shanhou.doctor.v1', findings }));
      else
        t.out(
          table(
            [t.text.columns.name, t.text.columns.state, t.text.columns.detail],
            findings.map((f) => [f.check, f.ok ? '✓' : '✗', f.detail]),
            t,
          ),
        );
      if (findings.some((f) => !f.ok)) process.exitCode = EXIT.findings;
    });
}

function folder(check: string, path: string): Finding {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
    const { bavail, bsize } = statfsSync(path);
    const free = Number(bavail) * Number(bsize);
    return { check, ok: existsSync(path) && free > 1e9, detail: `${path} (${(free / 1e9).toFixed(1)} GB)` };
  } catch (error) {
    return { check, ok: false, detail: `${path} ${String((error as NodeJS.ErrnoException).code)}` };
  }
}

async function database(s: Session): Promise<Finding> {
  try {
    const assembly = await s.open();
    const cases = await assembly.directory.list();
    return {
      check: 'state-database',
      ok: true,
      detail: `${s.settings.databaseUrl === null ? 'embedded' : 'DATABASE_URL'}, ${cases.length} case(s)`,
    };
  } catch (error) {
    return { check: 'state-database', ok: false, detail: String((error as { code?: unknown }).code ?? 'error') };
  }
}

/** Whether the authorities of every case answer; no time stamp is asked for. */
async function authorities(s: Session): Promise<Finding[]> {
  try {
    const assembly = await s.open();
    const findings: Finding[] = [];
    for (const { code } of await assembly.directory.list()) {
      for (const { name, url } of (await timestampSettings(await assembly.context(code, ''))).authorities) {
        const problem = await authorityProblem(url);
        findings.push({ check: `timestamp ${code} ${name}`, ok: problem === null, detail: [url, problem].filter(Boolean).join('  ') });
      }
    }
    return findings;
  } catch (error) {
    return [{ check: 'timestamp', ok: false, detail: String((error as { code?: unknown }).code ?? 'error') }];
  }
}
