// SPDX-License-Identifier: Apache-2.0
/** A table's column. `width`: share of the free width, 0 = as wide as its content. `code`: names that may break after `/ . _ -`. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly code?: boolean;
}

/**
 * What document.typ and write-docx.ts can set. Rows of a `facts` block are label and value; those of a `form` are question and answer, an empty
 * one is a box to write in; a `text` stays with what follows it, a `paragraph` need not; `tall` gives room for a pen; `total` sets the last row apart; `page` begins a new page.
 */
export type Block =
  | { readonly kind: 'heading' | 'text' | 'paragraph' | 'note' | 'warning'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts' | 'form'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'page' }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      readonly total?: boolean;
      readonly tall?: boolean;
    };

/** A whole document as data; neither renderer evaluates any of it. */
export interface Sheet {
  readonly lang: 'zh' | 'en';
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  /** Written large behind every page; null = nothing. */
  readonly mark: string | null;
  readonly header: string;
  readonly footer: string;
  /** `{page}` and `{pages}` are filled in. */
  readonly pageWord: string;
  /** YYYY-MM-DD; the only date in the file. */
  readonly day: string;
  readonly blocks: readonly Block[];
}
