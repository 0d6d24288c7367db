// SPDX-License-Identifier: Apache-2.0
import type { Book } from './xlsx-book.ts';
import { blockOf } from './xlsx-sheet.ts';
import { type XmlElement, cutText, elements } from './xml-spans.ts';

/** Sheet rows (1-based) that go, and rows of which the cells at `places` (columns from 0) are emptied. */
export interface Gone {
  readonly rows: ReadonlySet<number>;
  readonly blankRows: ReadonlySet<number>;
  readonly places: ReadonlySet<number>;
}

/** Whether everything that a reference names goes. */
function goes(reference: string, { rows, blankRows, places }: Gone): boolean {
  const block = blockOf(reference);
  if (!block) return false;
  for (let row = block.top; row <= block.bottom; row++) {
    if (rows.has(row)) continue;
    if (!blankRows.has(row)) return false;
    for (let column = block.left; column <= block.right; column++) if (!places.has(column)) return false;
  }
  return true;
}

/** A sheet without the merged cells that go. An empty list is no valid XML of a sheet and goes with them. */
export function cutMerges(xml: string, gone: Gone): string {
  return withoutChildren(xml, 'mergeCells', 'mergeCell', ({ attributes }) => {
    const block = blockOf(attributes.get('ref') ?? '');
    return block !== null && block.bottom > block.top && goes(attributes.get('ref') ?? '', { ...gone, blankRows: new Set() });
  }).xml;
}

/** A sheet without the links of cells that go, and the relationships that no link uses any more. */
export function cutLinks(xml: string, gone: Gone): { readonly xml: string; readonly ids: ReadonlySet<string> } {
  const idOf = ({ attributes }: XmlElement) => [...attributes].find(([name]) => /(?:^|:)id$/.test(name))?.[1] ?? '';
  const { xml: left, cut } = withoutChildren(xml, 'hyperlinks', 'hyperlink', ({ attributes }) => goes(attributes.get('ref') ?? '', gone));
  const ids = new Set(cut.map(idOf).filter((id) => id !== ''));
  for (const link of elements(left, 'hyperlink')) ids.delete(idOf(link));
  return { xml: left, ids };
}

export function cutRelations(xml: string, ids: ReadonlySet<string>): string {
  return cutText(
    xml,
    [...elements(xml, 'Relationship')].filter(({ attributes }) => ids.has(attributes.get('Id') ?? '')),
  );
}

/** Notes and threaded comments of cells that go. */
export function cutComments(xml: string, gone: Gone): string {
  const old = cutText(
    xml,
    [...elements(xml, 'comment')].filter(({ attributes }) => goes(attributes.get('ref') ?? '', gone)),
  );
  return cutText(
    old,
    [...elements(old, 'threadedComment')].filter(({ attributes }) => goes(attributes.get('ref') ?? '', gone)),
  );
}

/** The boxes in which notes of cells that go were drawn. */
export function cutShapes(xml: string, gone: Gone): string {
  const number = (body: string, name: string) => Number([...elements(body, name)][0]?.body ?? Number.NaN);
  return cutText(
    xml,
    [...elements(xml, 'shape')].filter(({ body }) => {
      const [row, column] = [number(body, 'Row') + 1, number(body, 'Column')];
      return gone.rows.has(row) || (gone.blankRows.has(row) && gone.places.has(column));
    }),
  );
}

/** A chart without the copies it keeps of its cells; programs make them anew. */
export function cutChartCaches(xml: string): string {
  return ['strCache', 'numCache', 'multiLvlStrCache'].reduce((text, name) => cutText(text, elements(text, name)), xml);
}

/** The order of calculation names cells with formulas; programs make it anew. */
export function dropCalcChain(book: Book, changed: Map<string, string | null>): void {
  const chain = book.related('xl/workbook.xml').find(({ type }) => type === 'calcChain');
  if (!chain || !book.partNames.includes(chain.target)) return;
  changed.set(chain.target, null);
  changed.set('xl/_rels/workbook.xml.rels', cutRelations(book.xml('xl/_rels/workbook.xml.rels'), new Set([chain.id])));
  const types = book.xml('[Content_Types].xml');
  const own = [...elements(types, 'Override')].filter(({ attributes }) => attributes.get('PartName') === `/${chain.target}`);
  changed.set('[Content_Types].xml', cutText(types, own));
}

function withoutChildren(
  xml: string,
  list: string,
  child: string,
  isCut: (element: XmlElement) => boolean,
): { readonly xml: string; readonly cut: readonly XmlElement[] } {
  const cut: XmlElement[] = [];
  const pieces = [...elements(xml, list)].flatMap(({ start, end, body, bodyStart }) => {
    const children = [...elements(body, child)];
    const going = children.filter(isCut);
    cut.push(...going);
    if (going.length > 0 && going.length === children.length) return [{ start, end }];
    return going.map((element) => ({ start: bodyStart + element.start, end: bodyStart + element.end }));
  });
  return { xml: cutText(xml, pieces), cut };
}
