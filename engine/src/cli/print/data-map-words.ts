// SPDX-License-Identifier: Apache-2.0
const EVIDENCE: readonly (readonly [RegExp, string])[] = [
  [/^name$/, '名称'],
  [/^comment$/, '注释'],
  [/^neighbours$/, '相邻字段'],
  [/^person$/, '人工'],
  [/^foreign-key$/, '外键'],
  [/^values$/, '值相符'],
  [/^values (.*)$/, '值 $1'],
  [/^sample (.*)$/, '抽样 $1 行'],
  [/^linked to customers$/, '指向客户'],
  [/^linked to staff$/, '指向员工'],
  [/^customers point to it$/, '客户指向它'],
  [/^columns of customers$/, '字段说的是客户'],
  [/^personal fields$/, '有个人信息字段'],
  [/^personal fields beside staff$/, '有个人信息字段，库中只有员工'],
  [/^no fields that single out a person$/, '没有能认出某人的字段'],
  [/^operators$/, '操作人员'],
  [/^contacts$/, '联系人'],
  [/^a name, and somebody in charge$/, '有名称和负责人'],
];

/** A reason of the data map in the reader's language; an unknown one as it is. */
export function evidenceWord(evidence: string, lang: 'zh' | 'en'): string {
  const known = lang === 'zh' ? EVIDENCE.find(([p]) => p.test(evidence)) : undefined;
  return known ? evidence.replace(known[0], known[1]) : evidence;
}
