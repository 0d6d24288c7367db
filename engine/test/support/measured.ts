// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Keeps the figures of a long run as a page of `docs/measured/`, to be committed: title, what was run, then `name: figure` lines. */
export function measured(name: string, title: string, what: string, figures: Readonly<Record<string, string | number>>): void {
  const folder = new URL('../../../docs/measured/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const lines = Object.entries(figures).map(([label, figure]) => `| ${label} | ${figure} |`);
  const text = [
    `# ${title}`,
    '',
    what,
    '',
    `Node ${process.versions.node}, ${availableParallelism()} cores.`,
    '',
    '| | |',
    '|---|---|',
    ...lines,
    '',
  ];
  writeFileSync(fileURLToPath(new URL(`${name}.md`, folder)), text.join('\n'));
}
