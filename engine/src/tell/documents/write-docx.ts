// SPDX-License-Identifier: Apache-2.0
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  TabStopType,
  Table,
  TextRun,
} from 'docx';
import type { Block, Sheet } from './block.ts';
import { coreProperties, fixZipTimes } from './docx-package.ts';
import { TEXT_WIDTH, blankCells, factsTable, gridTable } from './docx-table.ts';

/** Names that Word and WPS have; elsewhere another face takes their place. East Asian text has a face of its own. */
const FONT = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'Microsoft YaHei' };
const SOFT = '595959';

/**
 * The same sheet as an editable Word document (ECMA-376). It is for work on the words: what is signed and kept is the PDF. The same sheet gives
 * the same bytes.
 */
export async function writeDocx(sheet: Sheet): Promise<Uint8Array> {
  const spoken = sheet.lang === 'zh' ? { value: 'zh-CN', eastAsia: 'zh-CN' } : { value: 'en-US', eastAsia: 'zh-CN' };
  const file = new Document({
    styles: {
      default: {
        document: { run: { font: FONT, size: 19, language: spoken }, paragraph: { spacing: { after: 120, line: 300 } } },
        title: { run: { size: 38, bold: true, font: FONT, color: '000000' }, paragraph: { alignment: AlignmentType.CENTER } },
        heading1: {
          run: { size: 24, bold: true, font: FONT, color: '000000' },
          paragraph: { keepNext: true, spacing: { before: 280, after: 120 } },
        },
      },
    },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: 1417, bottom: 1247, left: 1134, right: 1134 } } },
        headers: { default: new Header({ children: [headerLine(sheet)] }) },
        footers: { default: new Footer({ children: [footerLine(sheet)] }) },
        children: [
          new Paragraph({ text: sheet.title, heading: HeadingLevel.TITLE }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [new TextRun({ text: sheet.subtitle, color: SOFT })],
          }),
          ...sheet.blocks.flatMap((block) => set(block, sheet.lang)),
        ],
      },
    ],
  });
  const core = coreProperties({ title: sheet.title, author: sheet.author, day: sheet.day, lang: spoken.value });
  return fixZipTimes(await Packer.toBuffer(file, undefined, [{ path: 'docProps/core.xml', data: core }]), sheet.day);
}

function set(block: Block, lang: Sheet['lang']): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ text: block.text, heading: HeadingLevel.HEADING_1 })];
    case 'text':
      return [new Paragraph({ text: block.text, keepNext: true })];
    case 'paragraph':
      return [new Paragraph({ text: block.text })];
    case 'note':
      return [new Paragraph({ children: [new TextRun({ text: block.text, size: 16, color: SOFT })] })];
    case 'warning': {
      const edge = { style: BorderStyle.SINGLE, size: 6, space: 4, color: '4D4D4D' };
      return [
        new Paragraph({
          border: { top: edge, bottom: edge, left: edge, right: edge },
          children: [new TextRun({ text: block.text, bold: true })],
        }),
      ];
    }
    case 'list':
      return block.items.map((text) => new Paragraph({ text, bullet: { level: 0 } }));
    case 'page':
      return [new Paragraph({ children: [new PageBreak()] })];
    case 'facts':
      return [factsTable(block.rows, lang), gap()];
    case 'form':
      return [blankCells(block.rows), gap()];
    case 'table':
      return [gridTable(block), gap()];
  }
}

/** Two tables that touch would become one. */
const gap = () => new Paragraph({ spacing: { after: 60, line: 120, lineRule: 'exact' } });

function headerLine(sheet: Sheet): Paragraph {
  const mark = sheet.mark === null ? [] : [new TextRun({ text: `　${sheet.mark}`, bold: true, size: 16, color: '9C0006' })];
  return new Paragraph({
    border: { bottom: { style: BorderStyle.SINGLE, size: 4, space: 2, color: 'A6A6A6' } },
    children: [new TextRun({ text: sheet.header, size: 16, color: SOFT }), ...mark],
  });
}

function footerLine(sheet: Sheet): Paragraph {
  const parts = sheet.pageWord
    .split(/(\{pages?\})/)
    .map((part) => (part === '{page}' ? PageNumber.CURRENT : part === '{pages}' ? PageNumber.TOTAL_PAGES : part));
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    children: [new TextRun({ children: [sheet.footer, '\t', ...parts], size: 16, color: SOFT })],
  });
}
