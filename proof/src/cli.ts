// SPDX-License-Identifier: Apache-2.0
import { createReadStream, realpathSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkBundle, fingerprintOf } from './check.ts';
import type { BundleFiles } from './files.ts';
import { renderReport } from './render-report.ts';
import type { Verdict } from './report.ts';
import { type Trust, parseTrust } from './trust.ts';
import { type Language, WORDS } from './words.ts';

const EXIT: Readonly<Record<Verdict, number>> = { VALID: 0, INVALID: 1, INCOMPLETE: 6 };
const USAGE = 2;

/** Where the command writes. */
export interface Out {
  out(text: string): void;
  err(text: string): void;
}

/** `shanhou-check`: checks one bundle folder, offline. Returns the exit code: 0 valid, 6 incomplete, 1 invalid, 2 usage. */
export async function main(args: readonly string[], folder: string, out: Out): Promise<number> {
  const parsed = parse(args);
  if (!parsed) {
    out.err(`${WORDS.zh.usage}\n\n${WORDS.en.usage}\n`);
    return USAGE;
  }
  const root = resolve(folder, parsed.bundle);
  const known = await stat(root).then(
    (s) => s.isDirectory(),
    () => false,
  );
  if (!known) {
    out.err(`${WORDS[parsed.language].usage}\n`);
    return USAGE;
  }
  const trust = parsed.trust === null ? null : await readTrust(resolve(folder, parsed.trust));
  if (typeof trust === 'string') {
    out.err(`${parsed.trust}: ${trust}\n\n${WORDS[parsed.language].usage}\n`);
    return USAGE;
  }
  const logs = [...parsed.anchors, ...(trust?.logs ?? [])];
  const report = await checkBundle(folderFiles(root), trust ? { logs, timestamps: trust } : { logs });
  out.out(parsed.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, parsed.language));
  return EXIT[report.verdict];
}

/** The trust file, or what is wrong with it. */
async function readTrust(path: string): Promise<Trust | string> {
  try {
    return parseTrust(await readFile(path, 'utf8'));
  } catch (error) {
    return error instanceof Error ? error.message : 'error';
  }
}

interface Parsed {
  readonly bundle: string;
  readonly anchors: readonly string[];
  readonly trust: string | null;
  readonly json: boolean;
  readonly language: Language;
}

function parse(args: readonly string[]): Parsed | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        anchor: { type: 'string', multiple: true },
        trust: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
      },
    });
    const [bundle] = positionals;
    const language = values.lang ?? 'zh';
    if (bundle === undefined || positionals.length > 1 || (language !== 'zh' && language !== 'en')) return null;
    const anchors = values.anchor ?? [];
    for (const anchor of anchors) fingerprintOf(anchor);
    return { bundle, anchors, trust: values.trust ?? null, json: values.json ?? false, language };
  } catch {
    return null;
  }
}

/** The files of a folder. Links and devices are listed as files whose name ends with `@`, so that the checker refuses them. */
export function folderFiles(root: string): BundleFiles {
  return {
    async list() {
      const found = await readdir(root, { recursive: true, withFileTypes: true });
      return found
        .filter((item) => !item.isDirectory())
        .map((item) => relative(root, join(item.parentPath, item.name)).split(sep).join('/') + (item.isFile() ? '' : '@'));
    },
    read: (path) => createReadStream(join(root, ...path.split('/')), { highWaterMark: 1024 * 1024 }),
  };
}

/** True when this file is the program that was started. */
function isProgram(): boolean {
  try {
    return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

if (isProgram()) {
  process.exitCode = await main(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd(), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  });
}
