// SPDX-License-Identifier: Apache-2.0
import { DISPOSITION_NAMES } from './kinds.ts';
import type { Report, TimestampReport } from './report.ts';
import { type Language, WORDS, type Words } from './words.ts';

/** More than this between the case's clock and an authority's is told. */
const FAR_APART = 10 * 60_000;

const MARKS = { passed: '✓', failed: '✗', missing: '–' } as const;

/** The report as text for people, ending with a newline. */
export function renderReport(report: Report, language: Language): string {
  const words = WORDS[language];
  const demo = report.anchors.some((a) => a.demo) || report.timestamps.tokens.some((t) => t.demo && t.state === 'counted');
  const lines = [`${words.title}: ${words.verdicts[report.verdict]}${demo ? ' 〔demo anchors〕' : ''}`];
  if (demo) lines.push(`  ${words.demoVerdict}`);
  lines.push('');
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
  lines.push('', ...timestampLines(report, words));
  lines.push('', words.cannotProveTitle, ...report.cannotProve.map((code) => `  · ${words.cannotProve[code]}`), '');
  return lines.join('\n');
}

function timestampLines({ timestamps: { counted, quorum, given, tokens }, sealedAt }: Report, words: Words): string[] {
  const lines = [words.timestamps(counted, quorum)];
  if (given === 0) lines.push(`  ${words.noAuthority}`);
  for (const token of tokens) {
    const mark = token.state === 'counted' ? MARKS.passed : token.state === 'wrong' ? MARKS.failed : MARKS.missing;
    lines.push(
      `  ${mark} ${[token.name, token.at && words.stampedAt(token.at), words.timestampStates[token.state]].filter(Boolean).join('  ')}`,
    );
    if (token.signer !== null) lines.push(`    ${words.signer} ${token.signer}${token.demo ? `  ${words.demoAnchor}` : ''}`);
  }
  if (sealedAt !== null && tokens.some((t) => isFar(t, sealedAt))) lines.push(`  ${words.clockAhead(sealedAt)}`);
  return lines;
}

function isFar({ state, at }: TimestampReport, sealedAt: string): boolean {
  return state === 'counted' && at !== null && Date.parse(sealedAt) - Date.parse(at) > FAR_APART;
}
