// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import { type Report, checkBundle, parseTrust, pemOf, renderTrust, timestampQueryBytes, utf8 } from '../../src/index.ts';
import { type Authority, authority, derOf, revoke, stamp } from './make-authority.ts';
import { type Draft, type Files, draftBundle, memoryFiles, putTimestamps, render, seedOf, vkeyOf } from './make-bundle.ts';
import { type Answer, Bundles, askSecond, withoutPython } from './second-checker.ts';

/*
 * The second checker (proof/second, Python) was written from the standards and docs/reference/evidence-bundle.md. On every bundle it must come to
 * the verdict of the first one, at the same steps; a difference is a defect of one of the two.
 */
export const bundles = new Bundles();
export const unless = withoutPython === null ? '' : ` (skipped: ${withoutPython})`;

export const draft = draftBundle();
export const plain = render(draft);
export const vkey = vkeyOf(draft);
export const text = (files: Files, path: string) => new TextDecoder().decode(files.get(path));
export const linesOf = (files: Files) => text(files, 'data/log/entries/000000.ndjson').trimEnd().split('\n');

export interface Case {
  readonly name: string;
  readonly files: Files;
  readonly logs: readonly string[];
  /** A trust file. */
  readonly trust?: string;
}
export const of = (name: string, files: Files, from: Draft = draft): Case => ({ name, files, logs: [vkeyOf(from)] });

export async function first({ files, logs, trust }: Case): Promise<Report> {
  const read = trust === undefined ? null : parseTrust(trust);
  return checkBundle(memoryFiles(files), { logs: [...logs, ...(read?.logs ?? [])], ...(read && { timestamps: read }) });
}

/** What both say of each case, one line for each step. */
export async function both(
  cases: readonly Case[],
): Promise<{ said: string[]; expected: string[]; answers: readonly Answer[]; reports: Report[] }> {
  const asked = askSecond(
    cases.map(({ files, logs, trust }, i) => [
      bundles.write(files),
      ...logs.flatMap((log) => ['--anchor', log]),
      ...(trust === undefined ? [] : ['--trust', bundles.text(`trust-${i}`, trust)]),
    ]),
  );
  const reports: Report[] = [];
  for (const one of cases) reports.push(await first(one));
  const answers = await asked;
  const line = (name: string, answer: Answer) => `${name}: ${'usage' in answer ? answer.usage : told(answer)}`;
  return {
    answers,
    reports,
    said: answers.map((answer, i) => line(cases[i]!.name, answer)),
    expected: reports.map((report, i) => line(cases[i]!.name, report)),
  };
}

export function told(report: Report): string {
  return [
    report.verdict,
    ...report.steps.filter((s) => s.state !== 'passed').map((s) => `${s.step} ${s.state}`),
    ...report.timestamps.tokens.map((t) => `${t.name} ${t.state}`),
  ].join(', ');
}

/** The case planned twice; the second time the inventory is committed without a field. */
export function committedWithout(other: Draft, field: string): void {
  const end = other.leaves.findIndex((l) => 'kind' in l && l.kind === 'plan.compiled') + 1;
  const again = structuredClone(other.leaves.slice(1, end));
  const committed = again.find((l) => 'kind' in l && l.kind === 'inventory.committed');
  if (committed && 'kind' in committed) delete committed.body[field];
  other.leaves.splice(end, 0, ...again);
}

export async function agree(cases: readonly Case[], verdict?: string, allowed: readonly string[] = []): Promise<Report[]> {
  const { said, expected, reports } = await both(cases);
  expect(said.filter((line) => !allowed.includes(line))).toEqual(expected.filter((_, i) => !allowed.includes(said[i]!)));
  if (verdict !== undefined) for (const [i, report] of reports.entries()) expect(report.verdict, cases[i]!.name).toBe(verdict);
  return reports;
}

/** Everything in a report but the words about a step. */
export function facts(answer: Answer): unknown {
  return 'usage' in answer ? answer : { ...answer, steps: answer.steps.map(({ step, state }) => ({ step, state })) };
}

export const [one, two] = [await authority('One'), await authority('Two')];
export const checkpoint = plain.get('data/log/checkpoint')!;
export const [ofOne, ofTwo] = [await stamp(one, checkpoint), await stamp(two, checkpoint)];
export const trusted = (name: string, from: Authority, policy: string | null = null) => ({ name, policy, roots: [derOf(from.root)] });
export const trust = (authorities = [trusted('one', one), trusted('two', two)], quorum = 2) =>
  renderTrust({ logs: [], quorum, authorities });
export const stamped = putTimestamps(plain, draft, {
  'one.tsr': await stamp(one, checkpoint, { nonce: Uint8Array.of(1, 2, 3) }),
  'one.tsq': timestampQueryBytes({ imprint: seedOf(text(plain, 'data/log/checkpoint')), nonce: Uint8Array.of(1, 2, 3), policy: null }),
  'two.tsr': ofTwo,
  'two.pem': utf8(pemOf(derOf(two.root), 'CERTIFICATE')),
  'two.crl': await revoke(two, new Date('2030-01-01T00:00:00Z'), 5),
});
