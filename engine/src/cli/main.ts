// SPDX-License-Identifier: Apache-2.0
import { CommanderError } from 'commander';
import { type Assembly, assemble, sampleParts } from '../assemble.ts';
import { readSettings } from '../config/index.ts';
import { CRASH_POINTS, type CrashPoint } from '../model/crash-point.ts';
import { EXIT, exitCodeOf } from './exit.ts';
import { type GlobalOptions, buildProgram } from './program.ts';
import { type Session, UsageError } from './session.ts';
import { type Terminal, errorLines, terminal } from './terminal.ts';

/* The only file that may end the process. Settings are read once, here. */
let opened: Promise<Assembly> | null = null;
let screen: Terminal | null = null;

function makeSession(options: GlobalOptions, folders?: { data: string; keys: string; passphrase: string }): Session {
  const env = process.env;
  const read = readSettings(env, { ...options, ...folders });
  const settings = folders ? { ...read, passphrase: folders.passphrase } : read;
  const t = terminal({ lang: settings.lang, json: options.json === true, color: options.color, env });
  screen = t;
  return {
    settings,
    env,
    terminal: t,
    input: options.input,
    sample: sampleParts,
    open: () => (opened ??= assemble({ settings, env, crash: crashFrom(env['SHANHOU_CRASH_AT']), progress: t.progress })),
  };
}

/** `SHANHOU_CRASH_AT=name` or `name:n`: dies by SIGKILL at the n-th passing of a crash point. For the crash suite only. */
function crashFrom(setting: string | undefined): CrashPoint {
  if (setting === undefined) return () => undefined;
  const [name, n = '1'] = setting.split(':');
  if (!(CRASH_POINTS as readonly string[]).includes(name!)) throw new UsageError(`SHANHOU_CRASH_AT: ${CRASH_POINTS.join(' ')}`);
  let left = Number(n);
  return (at) => {
    if (at === name && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

async function main(argv: readonly string[]): Promise<number> {
  const program = buildProgram(makeSession);
  try {
    const bare = argv.length === 2;
    await program.parseAsync(bare ? [...argv, 'status'] : [...argv]);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.ok;
  } catch (error) {
    return report(error);
  } finally {
    screen?.settle();
    if (opened) await opened.then((assembly) => assembly.close()).catch(() => undefined);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const t = screen ?? terminal({ lang: 'zh', json: false, color: false, env: process.env });
  if (error instanceof UsageError) {
    if (error.message) t.note(`${t.text.errorWord}: ${error.message}`);
    return error.exit;
  }
  for (const line of errorLines(t, error)) t.note(line);
  if (t.json)
    t.out(
      JSON.stringify({
        schema: 'shanhou.error.v1',
        code: String((error as { code?: unknown }).code ?? 'error'),
        name: (error as Error).name,
      }),
    );
  if (process.env['SHANHOU_DEBUG']) t.note(String((error as Error).stack));
  return exitCodeOf(error);
}

process.on('SIGINT', () => process.exit(EXIT.interrupted));
process.exitCode = await main(process.argv);
// Handles that a broken connection left open must not keep a finished command alive.
setTimeout(() => process.exit(), 2_000).unref();
