// SPDX-License-Identifier: Apache-2.0
import { writtenOut } from './short-words.ts';
import { splitWord } from './split-words.ts';

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
    .flatMap(splitWord)
    .map((word) => writtenOut(singular(writtenOut(word))));
}

/** English singular; words that only look plural (`address`, `status`, `sms`) stay. */
export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is|(?:^|_)news)$/.test(word)) return word;
  if (word === 'people') return 'person';
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}

const SOMEBODY_ELSE =
  /creat|updat|modif|operat|audit|approv|review|handl|invit|refer|recommend|publish|edit|assign|author|cashier|parent|spread|promot|leader|manager|owner_user|sign_user|follow|charge_user|sales(?!_?(?:order|invoice|contract|bill|return|quote|slip))|service_user|brokerage|last_|from_|to_user|source_user|reply|(?:^|_)pid$|verif|check_user|sender_user/;

/** True for a column that points at somebody else than whom the row is about: who created, approved, invited, looks after it. */
export function namesSomebodyElse(column: string): boolean {
  return SOMEBODY_ELSE.test(plainName(column));
}

const FILE = /[#/]|\.(?:csv|tsv|txt|xlsx?|xlsm|ods|et|json|ndjson|jsonl|vcf|mbox)$/i;

/** A table's own name: without schema or database, folder or ending; a sheet's unless it is only `Sheet1`, then its file's. */
export function bareName(dataset: string): string {
  if (!FILE.test(dataset)) return dataset.split('.').at(-1)!;
  const [path, sheet] = dataset.split('#');
  const file = path!
    .split('/')
    .at(-1)!
    .replace(/\.\w{2,4}$/, '');
  return sheet === undefined || /^(?:sheet|工作表)\s*\d*$/i.test(sheet) ? file : sheet;
}

/** Where a dataset stands: its source, and in it the database or schema that its name begins with (`crm.customers`). Files have none. */
export function placeOf(source: string, dataset: string): string {
  const dot = dataset.indexOf('.');
  return dot < 0 || FILE.test(dataset) ? source : `${source}/${dataset.slice(0, dot)}`;
}
