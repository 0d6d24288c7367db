// SPDX-License-Identifier: Apache-2.0
import { DISPOSITION_NAMES } from './kinds.ts';
import type { Report } from './report.ts';
import { type Language, WORDS } from './words.ts';

const MARKS = { passed: '✓', failed: '✗', missing: '–' } as const;

/** The report as text for people, ending with a newline. */
export function renderReport(report: Report, language: Language): string {
  const words = WORDS[language];
  const lines = [`${words.title}: ${words.verdicts[report.verdict]}`, ''];
  for (const step of report.steps) {
    const detail = step.state === 'passed' || step.detail === '' ? '' : ` (${step.detail})`;
    lines.push(`  ${MARKS[step.state]} ${words.states[step.state]}  ${words.steps[step.step]}${detail}`);
  }
  lines.push('');
  if (report.log) lines.push(`${report.caseCode ?? ''}  ${words.leaves} ${report.log.size}  ${words.records} ${report.records}`);
  const counts = DISPOSITION_NAMES.filter((name) => report.dispositions[name] > 0).map((name) => `${name} ${report.dispositions[name]}`);
  if (counts.length > 0) lines.push(counts.join('  '));
  for (const anchor of report.anchors) {
    lines.push('', `${words.anchor}: ${anchor.name} (${anchor.from === 'outside' ? words.fromOutside : words.fromBundle})`);
    if (anchor.demo) lines.push(`  ${words.demoAnchor}`);
    lines.push(`  ${words.fingerprint} ${anchor.fingerprint.match(/.{4}/g)?.join(' ') ?? ''}`);
  }
  lines.push('', words.cannotProveTitle, ...report.cannotProve.map((code) => `  · ${words.cannotProve[code]}`), '');
  return lines.join('\n');
}
