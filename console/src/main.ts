// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseSummary } from '@shanhou/engine/api';
import { renderCasePage } from './case-page.ts';

/* `npm run page -w console -- --from status.json --out case.html [--lang en]`: `shanhou status --json` as a page. */
const { values } = parseArgs({ options: { from: { type: 'string' }, out: { type: 'string' }, lang: { type: 'string', default: 'zh' } } });
const at = (path: string) => resolve(process.env['INIT_CWD'] ?? '.', path);
if (values.from === undefined || values.out === undefined || (values.lang !== 'zh' && values.lang !== 'en')) {
  process.stderr.write('usage: page --from status.json --out case.html [--lang zh|en]\n');
  process.exitCode = 2;
} else {
  const summary = JSON.parse(readFileSync(at(values.from), 'utf8')) as CaseSummary;
  if (summary.schema === 'shanhou.case-summary.v1') writeFileSync(at(values.out), renderCasePage(summary, values.lang));
  else {
    process.stderr.write(`${values.from}: not a case summary (shanhou status --json)\n`);
    process.exitCode = 5;
  }
}
