// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Sheet } from './block.ts';
import { DocumentError } from './error.ts';

/** Archival PDF, tagged and with Unicode text (ISO 19005-2, level A). It also makes a missing glyph an error instead of an empty box. */
const STANDARD = 'a-2a';
const FACES = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf'];

let compiler: NodeCompiler | null = null;

/** Sets a document; the same sheet gives the same bytes. Throws DocumentError. */
export function typeset(sheet: Sheet): { readonly bytes: Uint8Array; readonly pages: number } {
  compiler ??= openCompiler();
  try {
    const result = compiler.compile({ mainFileContent: template(), inputs: { document: JSON.stringify(sheet) } });
    const trouble = result.takeError() ?? result.takeWarnings();
    if (trouble !== null || result.result === null) throw new DocumentError('not-typeset', messages(trouble?.shortDiagnostics ?? []));
    return { bytes: new Uint8Array(exported(compiler, result.result, sheet)), pages: result.result.numOfPages };
  } finally {
    // Without this every further document leaves some 2.5 MB behind.
    compiler.evictCache(0);
  }
}

function exported(by: NodeCompiler, document: Parameters<NodeCompiler['pdf']>[0], sheet: Sheet): Uint8Array {
  try {
    return by.pdf(document, { pdfStandard: STANDARD });
  } catch (error) {
    const points = missingCharacters(error instanceof Error ? error.message : '');
    if (points.length === 0) throw new DocumentError('not-typeset', STANDARD, error);
    throw new DocumentError('character-missing', points.map((c) => `${codePoint(c)} (${placeOf(c, sheet) ?? '?'})`).join(', '));
  }
}

/** Only our own two faces: what a machine has installed must not change a document. */
function openCompiler(): NodeCompiler {
  const paths = FACES.map((face) => {
    try {
      return dirname(fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${face}`)));
    } catch (error) {
      throw new DocumentError('font-missing', face, error);
    }
  });
  return NodeCompiler.create({ workspace: dirname(fileURLToPath(import.meta.url)), fontArgs: [{ fontPaths: paths }] });
}

const template = () => readFileSync(new URL('./document.typ', import.meta.url), 'utf8');

const messages = (diagnostics: readonly unknown[]) => diagnostics.map((d) => String((d as { message?: unknown }).message)).join('; ');

/** The characters that the exporter names as having no glyph; it quotes them in Rust's debug form. */
function missingCharacters(message: string): string[] {
  const found = new Set<string>();
  for (const [, quoted] of message.matchAll(/the text (?:contains the disallowed codepoint )?`\\"(.*?)\\"`/gsu)) {
    const text = quoted!.replaceAll(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
    for (const c of text) found.add(c);
  }
  return [...found];
}

const codePoint = (c: string) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** Where in the sheet a character stands: `author`, `blocks.4.rows.2.0`. */
function placeOf(c: string, value: unknown): string | null {
  if (typeof value === 'string') return value.includes(c) ? '' : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const place = placeOf(c, inner);
    if (place !== null) return place === '' ? key : `${key}.${place}`;
  }
  return null;
}
