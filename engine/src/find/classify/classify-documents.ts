// SPDX-License-Identifier: Apache-2.0
import type { DatasetMap, DatasetRole } from '../../model/data-map.ts';
import type { RecordClass } from '../../model/law.ts';
import { type DatasetShape, DOCUMENT_TYPES, UNREADABLE_DATASET } from '../../model/source.ts';
import { findPersonal } from './find-personal.ts';

/** What a sample of documents says, without a word of them. */
export interface DocumentFindings {
  readonly documents: number;
  /** Documents with any personal information, and with an identifier of somebody. */
  readonly personal: number;
  readonly identified: number;
  readonly classes: Readonly<Partial<Record<RecordClass, number>>>;
}

/** In order of how long the law wants them kept: where documents are mixed, the longest is the careful guess. */
const CLASSES: readonly (readonly [RecordClass, RegExp])[] = [
  ['accounting-voucher', /记账凭证|原始凭证|会计凭证/],
  ['invoice', /发票代码|发票号码|增值税[^\n]{0,6}发票|\binvoice (?:no|number|date)\b/i],
  ['employee-contract', /劳动合同|雇佣合同|简历|求职意向|工作经历|\b(?:resume|curriculum vitae|employment contract)\b/i],
  ['contract', /合同编号|本合同|甲方|乙方|协议书|\b(?:this agreement|hereinafter)\b/i],
  ['complaint', /投诉/],
  ['order', /订单编号|订单号|收货地址/],
];
const LOOKED_AT = 20_000;
/** A class that fewer documents have may be a stray. */
const ENOUGH = 0.05;
const MOST = 0.5;

/** Reads the words of documents one at a time. Pure but for the stream. */
export async function lookAtDocuments(texts: AsyncIterable<string>): Promise<DocumentFindings> {
  const classes: Partial<Record<RecordClass, number>> = {};
  let [documents, personal, identified] = [0, 0, 0];
  for await (const text of texts) {
    documents += 1;
    const found = findPersonal(text);
    if (found.personal) personal += 1;
    if (found.identifiers.length > 0) identified += 1;
    const start = text.slice(0, LOOKED_AT);
    const kind = CLASSES.find(([, words]) => words.test(start))?.[0];
    if (kind) classes[kind] = (classes[kind] ?? 0) + 1;
  }
  return { documents, personal, identified, classes };
}

/** Whether a dataset holds documents, messages, or files that cannot be read. */
export function isDocuments(shape: DatasetShape): boolean {
  return shape.dataset === UNREADABLE_DATASET || shape.columns.some((c) => DOCUMENT_TYPES.has(c.type));
}

/**
 * The data map entry of documents or messages: customers' unless every one was looked at and none has personal information, for whose they
 * are is decided one by one.
 * Messages are correspondence. `!unreadable` is nobody's yet. Pure.
 */
export function classifyDocuments(source: string, shape: DatasetShape, found: DocumentFindings): DatasetMap {
  const unreadable = shape.dataset === UNREADABLE_DATASET;
  const messages = shape.columns.some((c) => c.type === 'message');
  const share = (kind: RecordClass) => (found.classes[kind] ?? 0) / Math.max(1, found.documents);
  const staff = !unreadable && !messages && share('employee-contract') > MOST;
  const common = CLASSES.find(([kind]) => share(kind) > (kind === 'employee-contract' ? MOST : ENOUGH))?.[0];
  const recordClass = unreadable ? 'any-data' : messages ? 'correspondence' : (common ?? 'any-data');
  // Documents that were not looked at may say what the sample did not.
  const nobodys = found.personal === 0 && found.documents >= shape.rows;
  const role: DatasetRole = unreadable ? 'unknown' : nobodys ? 'none' : staff ? 'staff' : 'customer';
  return {
    id: `${source}/${shape.dataset}`,
    source,
    dataset: shape.dataset,
    role,
    recordClass,
    key: shape.key,
    fields: shape.columns.map((c) => ({
      name: c.name,
      type: c.type,
      category: DOCUMENT_TYPES.has(c.type) && found.personal > 0 ? 'free_text_may_contain' : null,
      sensitivity: DOCUMENT_TYPES.has(c.type) && found.personal > 0 ? 'general' : 'none',
      confidence: 0.8,
      evidence: DOCUMENT_TYPES.has(c.type) ? [`documents ${found.personal}/${found.documents}`] : [],
    })),
    links: [],
    clocks: messages ? { 'record.created': 'date' } : {},
    standing: [],
    rowRole: null,
    subjectKey: null,
    anonymiseTo: null,
    rows: shape.rows,
    confidence: unreadable ? 1 : 0.6,
    evidence: [unreadable ? 'cannot be read' : `identifiers in ${found.identified} of ${found.documents}`],
  };
}
