// SPDX-License-Identifier: Apache-2.0
import { writtenOut } from './short-words.ts';

/** `realName`, `real-name`, `REAL_NAME`, `real name` → `real_name`; full-width signs are folded. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
}

/** The words of a name in order, each in the singular and written out: `crm_cust_addrs` → crm, customer, address. */
export function wordsOf(name: string): string[] {
  return plainName(name)
    .split('_')
    .filter(Boolean)
    .map((word) => writtenOut(singular(writtenOut(word))));
}

/** English singular; words that only look plural (`address`, `status`, `sms`) stay. */
export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is|ws)$/.test(word)) return word;
  if (word === 'people') return 'person';
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}

const SOMEBODY_ELSE =
  /creat|updat|modif|operat|audit|approv|review|handl|invit|refer|recommend|publish|edit|assign|author|cashier|parent|spread|promot|leader|manager|owner_user|sign_user|follow|charge_user|sales|service_user|brokerage|last_|from_|to_user|source_user|reply|(?:^|_)pid$|verif|check_user|sender_user/;

/** True for a column that points at somebody else than whom the row is about: who created, approved, invited, looks after it. */
export function namesSomebodyElse(column: string): boolean {
  return SOMEBODY_ELSE.test(plainName(column));
}

/** A table in a file: a sheet, a file in a folder, or a file with an ending. */
const IN_A_FILE = /[#/]|\.(?:csv|tsv|txt|json|ndjson|jsonl|vcf|mbox)$/i;

/** Where a dataset stands: its source, and in it the database or schema that its name begins with (`crm.customers`). Files have none. */
export function placeOf(source: string, dataset: string): string {
  const dot = dataset.indexOf('.');
  return dot < 0 || IN_A_FILE.test(dataset) ? source : `${source}/${dataset.slice(0, dot)}`;
}
