// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  DOCUMENT_NAMES,
  type DocumentName,
  type WrittenDocument,
  addresseeOf,
  writeCaseDocuments,
  writeDisposalList,
  writePlanDocument,
} from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, pickCase } from '../session.ts';
import { correctionCommands } from './document-corrections.ts';

interface MakeOptions {
  docx?: boolean;
  for?: string[];
  out?: string;
  case?: string;
}
const NAMES = ['plan', 'disposal-list', ...DOCUMENT_NAMES] as const;

/** document: what a case shows on paper. Needs no passphrase, because documents hold no personal data. */
export function documentCommands(program: Command, session: () => Session): void {
  const document = program.command('document').description('文书 documents of the case (--lang zh | en)');
  document
    .command('list')
    .description('有哪些文书、给谁 which documents there are, and for whom')
    .action(() => printNames(session()));
  document
    .command('make')
    .argument('<name>', NAMES.join(' | '))
    .option('--docx', '可编辑的 Word 文件，而不是 PDF a Word file to work on, in the place of PDF')
    .option('--for <codes>', '收件方代号，逗号分隔 codes of the parties, separated by commas', (list: string) => list.split(','))
    .option('--out <file>', '写到这个文件；默认写进案件文件夹 where to write it; else the case folder')
    .option('--case <code>')
    .description('出具一份文书 make a document')
    .action((name: string, o: MakeOptions) => make(session(), name, o));
  // The two that everybody signs or checks have a command of their own.
  for (const [name, description] of [
    ['plan', '客户信息处置方案 the plan'],
    ['disposal-list', '信息处置清单 the disposal list, as xlsx'],
  ] as const)
    document
      .command(name)
      .option('--docx', '可编辑的 Word 文件，而不是 PDF a Word file to work on, in the place of PDF')
      .option('--out <file>', '写到这个文件；默认写进案件文件夹 where to write it; else the case folder')
      .option('--case <code>')
      .description(description)
      .action((o: MakeOptions) => make(session(), name, o));
  correctionCommands(document, session);
}

async function make(s: Session, name: string, o: MakeOptions): Promise<void> {
  if (!(NAMES as readonly string[]).includes(name)) throw new UsageError(`${name}: ${NAMES.join(' | ')}`, EXIT.invalid);
  const ctx = await (await s.open()).context(await pickCase(s, o.case), '');
  const { lang } = s.terminal;
  const file = o.out === undefined ? null : resolve(o.out);
  if (name === 'disposal-list') return printMade(s, [await writeDisposalList(ctx, lang, file)]);
  if (name === 'plan') return printMade(s, [await writePlanDocument(ctx, lang, file, o.docx === true)]);
  const made = await writeCaseDocuments(ctx, name as DocumentName, { lang, docx: o.docx === true, parties: o.for ?? [], file });
  printMade(s, made);
}

/** One document is printed as one object, several as one object a line. */
function printMade(s: Session, made: readonly WrittenDocument[]): void {
  const { terminal: t } = s;
  for (const document of made) {
    if (t.json) t.out(JSON.stringify(document));
    else {
      t.out(document.file);
      t.note(`${t.text.documentStates[document.state]}  SHA-256 ${document.sha256}`);
    }
  }
}

function printNames(s: Session): void {
  const { terminal: t } = s;
  const { documents, documentColumns: c } = t.text;
  const list = NAMES.map((name) => {
    const [title = name, reader = ''] = documents[name] ?? [];
    return { name, title, reader, formats: name === 'disposal-list' ? ['xlsx'] : ['pdf', 'docx'], to: toWhom(name) };
  });
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.documents.v1', documents: list }));
  t.out(
    table(
      [c.name, c.title, c.reader, c.formats],
      list.map((d) => [d.name, d.title, d.reader, d.formats.join(' ')]),
      t,
    ),
  );
}

const toWhom = (name: (typeof NAMES)[number]) => (name === 'plan' || name === 'disposal-list' ? 'case' : addresseeOf(name));
