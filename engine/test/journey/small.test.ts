// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseSummary } from '../../src/api/index.ts';
import { makeClients } from '../../src/sample/small/clients.ts';
import { cli } from '../support/cli.ts';
import { withoutPython } from '../../../proof/test/support/second-checker.ts';
import { hasOpenssl } from '../support/openssl.ts';
import { unzip } from '../support/raw-stores.ts';

/* A ten-person agency without a database, from open case to evidence; then its folder is looked at by plain bytes. */
const folder = mkdtempSync(join(tmpdir(), 'shsmall-'));
const office = join(folder, 'demo', 'estate', 'office');
const clients = makeClients(30, 1, '2026-10-20');
const [running, owed] = [clients[4]!, clients[9]!];
let summary: CaseSummary;

beforeAll(async () => {
  const run = await cli(['demo', '--sample', 'small', '--folder', join(folder, 'demo'), '--json']);
  expect(run.status, run.stderr).toBe(0);
  summary = JSON.parse(run.stdout) as CaseSummary;
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (dataset: string) => summary.ledger.find((l) => l.dataset === dataset)!;
/** Everything a file holds as text: its bytes, and those of its parts where it is a zip. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  const parts = bytes.subarray(0, 2).toString('latin1') === 'PK' ? [...unzip(bytes).values()] : [bytes];
  return parts
    .map((p) => (p.subarray(0, 2).toString('latin1') === 'PK' ? [...unzip(p).values()].join('\n') : p.toString('utf8')))
    .join('\n');
}
const files = () =>
  readdirSync(office, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name));

test('every dataset is balanced, paper and processor included, and the evidence stands', () => {
  expect(summary.ledger.filter((l) => !l.balanced)).toEqual([]);
  expect(summary.gates.every((g) => g.at !== null)).toBe(true);
  expect(line('paper-contracts/units').delete + line('sms-platform/units').delete).toBe(2);
  expect(line('paper-vouchers/units').archive).toBe(1);
  expect(line('office/客户台账.xlsx#员工')).toMatchObject({ exclude: 3 });
  expect(summary.evidence!.verdict).toBe(hasOpenssl() ? 'VALID' : 'INCOMPLETE');
});

test.skipIf(withoutPython !== null)(
  `a stranger with only the bundle, Python and what was published comes to the verdict by its README${withoutPython ? ` (skipped: ${withoutPython})` : ''}`,
  () => {
    const [code, clean] = ['DEMO-SMALL-2026', join(folder, 'clean')];
    cpSync(join(folder, 'demo', 'data', code, 'evidence', `evidence-${code}`), clean, { recursive: true });
    const [command] = /^ +python3 .*$/m.exec(readFileSync(join(clean, 'data', 'README.zh.md'), 'utf8'))!;
    const filled = command
      .replace('指纹', summary.evidence!.anchors[0]!.fingerprint)
      .replace('信任文件', join(folder, 'demo', 'keys', code, 'trust.txt'));
    const run = spawnSync('sh', ['-c', filled], { cwd: clean, encoding: 'utf8' });
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('有效（VALID）');
  },
);

test('scans that nobody can read are gaps with their reason, and are still there', () => {
  expect(line('office/!unreadable')).toMatchObject({ sourceCount: 3, gap: 3 });
  expect(summary.openItems.find((i) => i.kind === 'source-unreadable')!.detail).toContain('image-only');
  expect(readdirSync(join(office, '合同扫描')).length).toBe(3);
});

test('of everybody else no number is left in any file; who is owed money or has a running contract is still there', () => {
  const texts = files().map(textOf);
  const holds = (number: string) => texts.some((t) => t.includes(number));
  const gone = clients.filter((c) => c !== running && c !== owed);
  for (const c of gone) expect(holds(c.phone), c.customerNo).toBe(false);
  expect(holds(running.phone)).toBe(true);
  expect(holds(owed.phone)).toBe(true);
  expect(existsSync(join(office, '合同', `合同-${running.customerNo}.docx`))).toBe(true);
  expect(existsSync(join(office, '合同', `合同-${clients[0]!.customerNo}.docx`))).toBe(false);
});

test('our own folder holds none of them in clear', () => {
  const own = readdirSync(join(folder, 'demo', 'data', 'DEMO-SMALL-2026'), { recursive: true, withFileTypes: true }).filter((e) =>
    e.isFile(),
  );
  const all = own.map((e) => readFileSync(join(e.parentPath, e.name)).toString('latin1')).join('\n');
  for (const c of clients) {
    expect(all.includes(c.phone), c.customerNo).toBe(false);
    expect(all.includes(c.idCard), c.customerNo).toBe(false);
  }
});
