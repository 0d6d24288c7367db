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
  /** True only when every canary was found and every dataset could be read in full: else "no hits" means nothing. */
  readonly conclusive: boolean;
  /** Datasets that this account cannot read, or not in full. */
  readonly unread: readonly string[];
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
}): Promise<ResidueReport> {
  const search = new Search(args.needles, args.canaries, args.names ?? new Set());
  const unread: string[] = [];
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
  return search.report(unread, args.canaries.length);
}

class Search {
  readonly #wanted = new Map<string, string>();
  readonly #marks = new Map<string, string>();
  readonly #names: ReadonlySet<string>;
  readonly #needlesFound = new Set<string>();
  readonly #marksFound = new Set<string>();
  readonly #hits: { dataset: string; column: string; rows: number }[] = [];
  #here: { dataset: string; column: string; rows: number }[] = [];
  #rows = 0;
  #characters = 0;

  constructor(needles: ReadonlySet<string>, canaries: readonly string[], names: ReadonlySet<string>) {
    for (const needle of needles) for (const form of needleForms(needle)) if (form !== '') this.#wanted.set(form, needle);
    for (const mark of canaries) for (const form of needleForms(mark)) this.#marks.set(form, mark);
    this.#names = new Set([...names].map(canonical));
  }

  enter(dataset: string, columns: readonly string[]): void {
    this.#here = columns.map((column) => ({ dataset, column, rows: 0 }));
    this.#hits.push(...this.#here);
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
      if (mark !== undefined) this.#marksFound.add(mark);
      const needle = this.#wanted.get(token);
      if (needle === undefined) continue;
      this.#needlesFound.add(needle);
      found = true;
    }
    return found;
  }

  report(unread: readonly string[], canaries: number): ResidueReport {
    return {
      hits: this.#hits.filter((hit) => hit.rows > 0),
      needlesFound: this.#needlesFound.size,
      canariesFound: this.#marksFound.size,
      conclusive: canaries > 0 && this.#marksFound.size === canaries && unread.length === 0,
      unread,
      rows: this.#rows,
      characters: this.#characters,
    };
  }
}
