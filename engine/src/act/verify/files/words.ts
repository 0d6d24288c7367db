// SPDX-License-Identifier: Apache-2.0
import { VerifyError } from '../error.ts';
import { cardsIn } from './cards.ts';
import { decodeNamed, decodeText, readableRuns } from './decode-text.ts';
import { type Found, lookAt } from './look.ts';
import { type MailPart, readMail } from './mail.ts';
import { messagesIn } from './mailbox.ts';
import { markupText } from './markup.ts';
import { pdfWords } from './pdf-words.ts';
import { unzip } from './unzip.ts';
import { sheetsOf, xmlText } from './workbook.ts';

export interface Words {
  readonly text: string;
  /** Paths of what is in it and could not be searched in full: itself, or attachments and parts. */
  readonly unread: readonly string[];
}

/** Deep enough for mail in mail in archives. */
const DEEPEST = 6;

/** Everything that a file or member says, whatever its kind; what cannot be opened still gives its readable runs of bytes. */
export async function wordsIn(found: Found, depth = 0): Promise<Words> {
  const { bytes, path } = found;
  const raw: Words = { text: readableRuns(bytes), unread: [path] };
  if (depth > DEEPEST) return raw;
  try {
    switch (found.kind) {
      case 'csv':
      case 'txt':
        return whole(decodeText(bytes) ?? readableRuns(bytes));
      case 'json':
      case 'ndjson':
        return whole(unescaped(decodeText(bytes) ?? ''));
      case 'html':
        return whole(markupText(decodeText(bytes) ?? ''));
      case 'vcf': {
        const text = decodeText(bytes) ?? '';
        return whole([text, ...cardsIn(text).flatMap((card) => [...card.values()])].join('\n'));
      }
      case 'pdf': {
        const { text, problem } = await pdfWords(bytes);
        return problem === null ? whole(`${text}\n${readableRuns(bytes)}`) : { text: `${text}\n${raw.text}`, unread: [path] };
      }
      case 'docx':
        return await officeWords(found, depth);
      case 'office':
        return { text: (await officeWords(found, depth)).text, unread: [path] };
      case 'xlsx': {
        const cells = [...sheetsOf(bytes, path)].flatMap(([name, { rows }]) => [
          name,
          ...rows.map((row) => [...row.cells.values()].join('\t')),
        ]);
        const { text, unread } = await embedded(bytes, path, depth);
        return { text: [...cells, text].join('\n'), unread };
      }
      case 'eml':
        return await mailWords(bytes, path, depth);
      case 'mbox': {
        const messages = await Promise.all(messagesIn(bytes).map((message, n) => mailWords(message, `${path}!/${n + 1}`, depth)));
        return together(messages);
      }
      case 'zip':
      case 'gz':
        return found.problem === null ? whole('') : raw;
      case 'opaque':
        return raw;
    }
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    return raw;
  }
}

/** A message with its headers, texts and attachments. */
export async function mailWords(bytes: Buffer, path: string, depth: number): Promise<Words> {
  const { headers, parts } = readMail(bytes);
  const words: Words[] = [whole(headers), whole(readableRuns(bytes))];
  for (const [n, part] of parts.entries()) {
    words.push(whole(part.name));
    if (isText(part)) {
      const text = decodeNamed(part.bytes, part.charset);
      words.push(whole(part.type === 'text/html' ? markupText(text) : text));
    } else if (!isOrnament(part)) words.push(...(await insides(part.bytes, `${path}!/${part.name || `part ${n + 1}`}`, depth)));
  }
  return together(words);
}

function isText({ type, name }: MailPart): boolean {
  return type.startsWith('text/') || (name === '' && (type === '' || type.startsWith('multipart/') || type.startsWith('message/')));
}

/** A signature, and a small picture that the body shows in its place: a logo or a smiley. No reader lists them as unread. */
function isOrnament({ type, bytes, contentId }: MailPart): boolean {
  if (/^application\/(?:x-)?(?:pkcs7-signature|pgp-signature)/.test(type)) return true;
  return type.startsWith('image/') && contentId !== '' && bytes.length <= 64 * 1024;
}

async function insides(bytes: Buffer, path: string, depth: number): Promise<Words[]> {
  const out: Words[] = [];
  for (const found of lookAt(bytes, path, false, depth)) out.push(whole(found.path), await wordsIn(found, depth + 1));
  return out;
}

/** All XML parts as markup, other parts by what they are; pictures are not searched. */
async function officeWords({ bytes, path }: Found, depth: number): Promise<Words> {
  const texts = [...unzip(bytes, path)]
    .filter(([name]) => /\.(?:xml|rels|vml)$/i.test(name))
    .map(([, read]) => markupText(xmlText(read())));
  const { text, unread } = await embedded(bytes, path, depth);
  return { text: [...texts, text].join('\n'), unread };
}

/** Files that lie inside an office file. */
export async function embedded(bytes: Buffer, path: string, depth: number): Promise<Words> {
  const inner = [...unzip(bytes, path)].filter(([name]) => /\/embeddings\/|\.(?:docx|xlsx|pdf|txt|csv|eml|html?)$/i.test(name));
  const words: Words[] = [];
  for (const [name, read] of inner) words.push(...(await insides(read(), `${path}!/${name}`, depth)));
  return together(words);
}

function unescaped(json: string): string {
  return `${json}\n${json.replace(/\\[nrt]/g, ' ').replace(/\\\//g, '/')}`;
}

function whole(text: string): Words {
  return { text, unread: [] };
}

function together(words: readonly Words[]): Words {
  return { text: words.map(({ text }) => text).join('\n'), unread: words.flatMap(({ unread }) => unread) };
}
