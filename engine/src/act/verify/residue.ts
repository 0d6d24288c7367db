// SPDX-License-Identifier: Apache-2.0
import type { Row } from '../../model/cell.ts';
import { VerifyError } from './error.ts';
import type { Probe } from './ports.ts';
import { canonical, needleForms, tokens } from './tokens.ts';

export interface ResidueHit {
  readonly dataset: string;
  readonly column: string;
  /** Rows whose cell in this column holds a needle. */
  readonly rows: number;
}

export interface ResidueReport {
  readonly hits: readonly ResidueHit[];
  /** How many different needles were found. */
  readonly needlesFound: number;
  readonly canariesFound: number;
  /** True only when every canary was found, in every kind of file, and everything could be read in full: else "no hits" means nothing. */
  readonly conclusive: boolean;
  /** Datasets and files that cannot be read, or not in full. */
  readonly unread: readonly string[];
  /** Files and parts that were not searched in full because nobody can read them; the inventory lists them, so each is a gap already. */
  readonly notSearched: number;
  readonly rows: number;
  /** Characters looked at. */
  readonly characters: number;
}

/**
 * Looks for identifiers in every column of every dataset of a source, JSON and free text included: a full scan. `needles`: phones,
 * ids, e-mails and the like; `names`: only as whole cells, because people share them; `canaries`: the planted marks, looked for by
 * the same code. Values never leave this function. Throws VerifyError when the source does not answer.
 */
export async function searchResidue(args: {
  readonly probe: Probe;
  readonly needles: ReadonlySet<string>;
  readonly canaries: readonly string[];
  readonly names?: ReadonlySet<string>;
  /** Files: paths that the inventory lists as unreadable. */
  readonly unreadable?: ReadonlySet<string>;
  /** Names of the inventory's datasets in this source. */
  readonly datasets?: readonly string[];
}): Promise<ResidueReport> {
  const search = new Search(args.needles, args.canaries, args.names ?? new Set());
  const unread: string[] = [];
  let notSearched = 0;
  for await (const piece of args.probe.pieces?.(args.unreadable ?? new Set(), args.datasets) ?? []) {
    if (piece.kind === 'control') search.control(piece.dataset);
    else if (piece.kind === 'row') {
      search.enter(piece.dataset, piece.columns);
      search.row(piece.row);
    } else if (piece.known) notSearched += 1;
    else unread.push(piece.path);
  }
  if (args.probe.pieces) return { ...search.report(unread, args.canaries.length), notSearched };
  for (const dataset of await args.probe.datasets()) {
    try {
      if (await args.probe.hidesRows(dataset)) unread.push(dataset);
      search.enter(dataset, await args.probe.columns(dataset));
      for await (const row of args.probe.rows(dataset)) search.row(row);
    } catch (error) {
      if (!(error instanceof VerifyError) || error.code === 'source-unreachable') throw error;
      unread.push(dataset);
    }
  }
  return { ...search.report(unread, args.canaries.length), notSearched };
}

interface Hit {
  readonly dataset: string;
  readonly column: string;
  rows: number;
}

class Search {
  readonly #wanted = new Map<string, string>();
  readonly #marks = new Map<string, string>();
  readonly #names: ReadonlySet<string>;
  readonly #needlesFound = new Set<string>();
  /** Marks by the dataset in which they were found. */
  readonly #marksFound = new Map<string, Set<string>>();
  readonly #controls = new Set<string>();
  readonly #hits = new Map<string, Hit>();
  #dataset = '';
  #columns: readonly string[] | null = null;
  #here: readonly Hit[] = [];
  #rows = 0;
  #characters = 0;

  constructor(needles: ReadonlySet<string>, canaries: readonly string[], names: ReadonlySet<string>) {
    for (const needle of needles) for (const form of needleForms(needle)) if (form !== '') this.#wanted.set(form, needle);
    for (const mark of canaries) for (const form of needleForms(mark)) this.#marks.set(form, mark);
    this.#names = new Set([...names].map(canonical));
  }

  /** The canaries must be found in this dataset; where none is named, anywhere. */
  control(dataset: string): void {
    this.#controls.add(dataset);
  }

  enter(dataset: string, columns: readonly string[]): void {
    if (dataset === this.#dataset && columns === this.#columns) return;
    this.#dataset = dataset;
    this.#columns = columns;
    this.#here = columns.map((column) => {
      const id = JSON.stringify([dataset, column]);
      const hit = this.#hits.get(id) ?? { dataset, column, rows: 0 };
      this.#hits.set(id, hit);
      return hit;
    });
  }

  row(row: Row): void {
    this.#rows += 1;
    for (const [at, cell] of row.entries()) {
      if (cell === null || cell === '') continue;
      this.#characters += cell.length;
      if (this.#holds(cell)) this.#here[at]!.rows += 1;
    }
  }

  #holds(cell: string): boolean {
    let found = this.#names.size > 0 && this.#names.has(canonical(cell));
    for (const token of tokens(cell)) {
      const mark = this.#marks.get(token);
      if (mark !== undefined) this.#found(mark);
      const needle = this.#wanted.get(token);
      if (needle === undefined) continue;
      this.#needlesFound.add(needle);
      found = true;
    }
    return found;
  }

  #found(mark: string): void {
    const here = this.#marksFound.get(this.#dataset);
    if (here) here.add(mark);
    else this.#marksFound.set(this.#dataset, new Set([mark]));
  }

  /** How many marks were found wherever they must be. */
  #canariesFound(): number {
    const places = [...this.#controls].map((dataset) => this.#marksFound.get(dataset) ?? new Set<string>());
    if (places.length === 0) return new Set([...this.#marksFound.values()].flatMap((marks) => [...marks])).size;
    return [...places[0]!].filter((mark) => places.every((marks) => marks.has(mark))).length;
  }

  report(unread: readonly string[], canaries: number): Omit<ResidueReport, 'notSearched'> {
    const canariesFound = this.#canariesFound();
    return {
      hits: [...this.#hits.values()].filter((hit) => hit.rows > 0),
      needlesFound: this.#needlesFound.size,
      canariesFound,
      conclusive: canaries > 0 && canariesFound === canaries && unread.length === 0,
      unread,
      rows: this.#rows,
      characters: this.#characters,
    };
  }
}
