// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../../model/cell.ts';
import { ExecuteError } from '../error.ts';
import type { Change, TableFormat } from './table-format.ts';
import { type Book, openBook, relsOf } from './xlsx-book.ts';
import { type SheetRow, blockOf, saysSomething, sheetRows } from './xlsx-sheet.ts';
import { type Gone, cutChartCaches, cutComments, cutLinks, cutMerges, cutRelations, cutShapes, dropCalcChain } from './xlsx-traces.ts';
import { cutText, elements } from './xml-spans.ts';

/**
 * Xlsx: rows leave the sheet's XML and nothing moves up, so that formulas, styles, merged cells, charts and every other part stay as they
 * are; with a row go its notes, links, shared texts that no cell shows any more, and the copies that charts keep of their cells.
 */
export const xlsxTable: TableFormat = (bytes, { dataset, sheet, columns, headerRow }) => {
  const book = openBook(bytes, dataset);
  const part = book.sheets.get(sheet ?? '');
  if (part === undefined) throw new ExecuteError('dataset-differs', { dataset });
  const xml = book.xml(part);
  const all = [...sheetRows(xml, book)];
  const speaking = all.filter(saysSomething);
  const data = headerRow === null ? speaking.slice(1) : speaking.filter(({ number }) => number > headerRow);
  const merges = [...elements(xml, 'mergeCell')].flatMap(({ attributes }) => blockOf(attributes.get('ref') ?? '') ?? []);
  const tall = merges.filter((m) => m.bottom > m.top);
  const goneOf = ({ remove, blank, places }: Change): Gone => {
    const rows = new Set([...remove].map((number) => data[number - 1]!.number));
    // Rows without text under a merged cell that goes are part of it.
    const texts = new Set(speaking.map(({ number }) => number));
    for (const { top, bottom } of tall) {
      const inside = Array.from({ length: bottom - top + 1 }, (_, n) => top + n).filter((number) => texts.has(number));
      if (inside.length > 0 && inside.every((number) => rows.has(number))) for (let n = top; n <= bottom; n++) rows.add(n);
    }
    return { rows, blankRows: new Set([...blank].map((number) => data[number - 1]!.number)), places: new Set(places) };
  };
  return {
    rows: data.map(({ cells }): Row => columns.map((_, at) => cells.get(at)?.text ?? null)),
    refused: book.refused,
    obstacles(change) {
      const gone = goneOf(change).rows;
      const cut = tall.filter(({ top, bottom }) => {
        const count = rangeOf(top, bottom).filter((number) => gone.has(number)).length;
        return count > 0 && count <= bottom - top;
      });
      const blocked = [...change.remove].filter((n) =>
        cut.some(({ top, bottom }) => top <= data[n - 1]!.number && data[n - 1]!.number <= bottom),
      );
      return new Map(blocked.map((number) => [number, 'merged-block-cut']));
    },
    rewrite: (change) => rewritten(book, part, xml, all, goneOf(change)),
  };
};

function rangeOf(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

function rewritten(book: Book, part: string, xml: string, rows: readonly SheetRow[], gone: Gone): Buffer {
  const leaving = rows.flatMap((row) =>
    gone.rows.has(row.number)
      ? [...row.cells.values()]
      : gone.blankRows.has(row.number)
        ? [...row.cells].filter(([column]) => gone.places.has(column)).map(([, cell]) => cell)
        : [],
  );
  const orphaned = new Set(leaving.flatMap(({ formula }) => (formula?.isMaster ? [formula.shared] : [])));
  const pieces = rows.flatMap((row) => {
    if (gone.rows.has(row.number)) return [{ start: row.start, end: row.end, instead: row.isNumbered ? '' : `<${row.name}/>` }];
    return [...row.cells].flatMap(([column, cell]) => {
      if (gone.blankRows.has(row.number) && gone.places.has(column))
        return [
          {
            start: cell.start,
            end: cell.end,
            instead: `${cell.tag.replace(/\s+t\s*=\s*(?:"[^"]*"|'[^']*')/, '').replace(/\s*\/?>$/, '')}/>`,
          },
        ];
      // A formula shared with a cell that goes keeps its value alone.
      if (cell.formula?.shared == null || !orphaned.has(cell.formula.shared)) return [];
      const offset = cell.start - cell.element.start + cell.element.bodyStart;
      return [...elements(cell.element.body, 'f')].map((f) => ({ start: offset + f.start, end: offset + f.end }));
    });
  });
  const links = cutLinks(cutMerges(cutText(xml, pieces), gone), gone);
  const changed = new Map<string, string | null>([[part, links.xml]]);
  if (links.ids.size > 0) changed.set(relsOf(part), cutRelations(book.xml(relsOf(part)), links.ids));
  for (const { type, target } of book.related(part)) {
    if (type === 'comments' || type === 'threadedComment') changed.set(target, cutComments(book.xml(target), gone));
    else if (type === 'vmlDrawing') changed.set(target, cutShapes(book.xml(target), gone));
  }
  for (const name of book.partNames) if (/^xl\/charts\/[^/]+\.xml$/i.test(name)) changed.set(name, cutChartCaches(book.xml(name)));
  if (leaving.some(({ formula }) => formula !== null) || orphaned.size > 0) dropCalcChain(book, changed);
  if (book.textsPart !== null) changed.set(book.textsPart, withoutUnused(book, part, links.xml));
  return book.withParts(changed);
}

/** The table of shared texts with those emptied that no cell of any sheet shows; their numbers stay. */
function withoutUnused(book: Book, part: string, sheet: string): string {
  const used = new Set<number>();
  for (const name of book.sheets.values())
    for (const { cells } of sheetRows(name === part ? sheet : book.xml(name), book))
      for (const { shared } of cells.values()) if (shared !== null) used.add(shared);
  const xml = book.xml(book.textsPart ?? '');
  const unused = [...elements(xml, 'si')].filter((_, number) => !used.has(number));
  return cutText(
    xml,
    unused.map(({ start, end, name }) => ({ start, end, instead: `<${name}><${name.replace(/si$/, 't')}/></${name}>` })),
  );
}
