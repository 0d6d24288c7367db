// SPDX-License-Identifier: Apache-2.0
import type { Progress } from '../journey/index.ts';
import { en } from './text/en.ts';
import { fill } from './text/fill.ts';
import { type Text, zh } from './text/zh.ts';
import { cut, width } from './print/table.ts';

/** Data goes to stdout, everything else to stderr; colour and moving lines only on a terminal that wants them. */
export interface Terminal {
  readonly text: Text;
  readonly lang: 'zh' | 'en';
  readonly json: boolean;
  readonly color: boolean;
  readonly columns: number;
  readonly interactive: boolean;
  out(line: string): void;
  note(line: string): void;
  progress(p: Progress): void;
  /** Ends a moving line, so that what follows starts clean. */
  settle(): void;
}

export function terminal(options: { lang: 'zh' | 'en'; json: boolean; color: boolean; env: NodeJS.ProcessEnv }): Terminal {
  const text = options.lang === 'en' ? en : zh;
  const tty = process.stderr.isTTY === true && options.env['TERM'] !== 'dumb';
  const color = options.color && options.env['NO_COLOR'] === undefined && process.stdout.isTTY === true && options.env['TERM'] !== 'dumb';
  const columns = process.stdout.columns ?? (Number(options.env['COLUMNS']) || 100);
  const started = new Map<string, number>();
  let moving = false;
  const settle = () => {
    if (moving) process.stderr.write('\r\u001b[2K');
    moving = false;
  };
  return {
    text,
    lang: options.lang,
    json: options.json,
    color,
    columns,
    interactive: process.stdin.isTTY === true && tty,
    out(line) {
      settle();
      process.stdout.write(`${line}\n`);
    },
    note(line) {
      settle();
      process.stderr.write(`${line}\n`);
    },
    settle,
    progress(p) {
      const key = `${p.step} ${p.unit}`;
      const since = started.get(key) ?? Date.now();
      started.set(key, since);
      if (!tty || options.json) return;
      const seconds = (Date.now() - since) / 1000;
      const rate = seconds > 0.5 ? p.done / seconds : 0;
      const left = rate > 0 && p.total > p.done ? `${text.left} ${Math.ceil((p.total - p.done) / rate)} s` : '';
      const amount = p.total > 1 ? `${p.done.toLocaleString('en-US')}/${p.total.toLocaleString('en-US')} ${text.rows}` : '';
      const speed = rate > 0 && p.total > 1 ? `${Math.round(rate).toLocaleString('en-US')}/s` : '';
      const line = ['·', text.steps[p.step] ?? p.step, p.unit, amount, speed, left].filter(Boolean).join('  ');
      process.stderr.write(`\r\u001b[2K${width(line) >= columns ? cut(line, columns - 1) : line}`);
      moving = true;
    },
  };
}

/** The sentence for an error of a room, and what to do about it. */
export function errorLines(t: Terminal, error: unknown): string[] {
  const e = error as {
    name?: string;
    code?: unknown;
    detail?: unknown;
    where?: unknown;
    details?: unknown;
    purpose?: unknown;
    message?: string;
  };
  const known = t.text.errors[`${e.name}.${String(e.code)}`] ?? t.text.errors[String(e.code)];
  const values: Record<string, string> = {};
  for (const [k, v] of Object.entries({ ...(e.details as object), detail: e.detail, where: e.where, purpose: e.purpose }))
    if (v !== undefined && v !== null) values[k] = String(v);
  const about = [...new Set(Object.values(values))].filter(Boolean).join(' · ');
  if (!known)
    return [
      `${t.text.errorWord}: ${fill('{m}', { m: `${e.name ?? 'Error'} ${String(e.code ?? '')} ${typeof e.code === 'string' ? about : (e.message ?? '')}`.trim() })}`,
      t.text.unexpected,
    ];
  return [
    `${t.text.errorWord}: ${fill(known[0], values)}${about && !/\{\w+\}/.test(known[0]) ? fill(' ({about})', { about }) : ''}`,
    `${t.text.remedyWord}: ${fill(known[1], values)}`,
  ];
}
