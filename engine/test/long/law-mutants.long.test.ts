// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allMutants } from './mutants/list.ts';

/*
 * Mutation testing of law and plan. One operator of one line is changed, and the tests of the two rooms must notice; `mutants/run.ts` does
 * it in one warm process. A survivor is a hole in the tests unless law-survivors.json says why it can mean nothing else.
 * SHANHOU_MUTANTS=N takes every N-th mutant (default 1 = all; one core, about half an hour).
 */
const RUN = fileURLToPath(new URL('mutants/run.ts', import.meta.url));
/** A process is replaced after so many mutants: their modules stay in memory. */
const TURN = 100;
/** No mutant that ends takes so long. */
const HANGS_AFTER_MS = 300_000;

/** Mutants that change nothing that anybody could see, and why. Key: file, line text, replacement. */
const SURVIVORS = JSON.parse(readFileSync(new URL('law-survivors.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>;

/** Numbers of those that no test noticed, of the mutants `first`, `first + every` … before `last`. One that hangs is noticed. */
async function survivorsOf(first: number, last: number, every: number): Promise<number[]> {
  const options = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--max-old-space-size=3000'];
  const child = spawn(process.execPath, [...options, RUN, String(first), String(last), String(every)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const survived: number[] = [];
  let next = first;
  let watch = watchdog(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const [, number, answer] = /^(-?\d+) (noticed|survived)$/.exec(line) ?? [];
    if (number === undefined) continue;
    if (answer === 'survived') survived.push(Number(number));
    next = Number(number) + every;
    clearTimeout(watch);
    watch = watchdog(child);
  }
  clearTimeout(watch);
  return next < last ? [...survived, ...(await survivorsOf(next + every, last, every))] : survived;
}

function watchdog(child: ChildProcess): NodeJS.Timeout {
  return setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER_MS);
}

test('every changed operator of law and plan is noticed by a test, or is listed with its reason', async () => {
  const every = Number(process.env['SHANHOU_MUTANTS'] ?? 1);
  const mutants = allMutants();
  expect(await survivorsOf(-1, 0, 1), 'the sound source passes').toEqual([-1]);
  const numbers: number[] = [];
  for (let first = 0; first < mutants.length; first += TURN * every)
    numbers.push(...(await survivorsOf(first, Math.min(first + TURN * every, mutants.length), every)));
  const survived = numbers.map((n) => mutants[n]!.name);
  const taken = Math.ceil(mutants.length / every);
  const report = { mutants: taken, noticed: taken - survived.length, survived };
  writeFileSync(new URL('../../../docs/measured/law-mutants.json', import.meta.url), JSON.stringify(report, null, 1) + '\n');
  expect(survived.filter((s) => SURVIVORS[s] === undefined)).toEqual([]);
});
