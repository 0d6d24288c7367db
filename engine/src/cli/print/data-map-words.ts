// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';

/** Names of field categories for people, Chinese and English. */
export const CATEGORY_WORDS: Readonly<Record<FieldCategory, readonly [zh: string, en: string]>> = {
  account_balance: ['账户余额', 'account balance'],
  account_name: ['账号名', 'account name'],
  address: ['地址', 'address'],
  age: ['年龄', 'age'],
  avatar: ['头像', 'avatar'],
  bank_card: ['银行卡号', 'bank card'],
  birth_date: ['出生日期', 'birth date'],
  browsing_history: ['浏览记录', 'browsing history'],
  company_name: ['单位名称', 'company name'],
  credit_code: ['统一社会信用代码', 'credit code'],
  credit_info: ['征信信息', 'credit information'],
  customer_no: ['客户编号', 'customer number'],
  device_id: ['设备标识', 'device'],
  email: ['电子邮箱', 'e-mail'],
  face_image: ['人脸图像', 'face image'],
  foreign_permit: ['居留或通行证件', 'permit'],
  free_text_may_contain: ['文字，可能含个人信息', 'free text, may contain'],
  gender: ['性别', 'gender'],
  health: ['健康医疗', 'health'],
  id_card: ['身份证号', 'identity number'],
  image_may_contain: ['图片，可能含个人信息', 'image, may contain'],
  invoice_title: ['发票抬头', 'invoice title'],
  ip: ['IP 地址', 'IP address'],
  json_may_contain: ['JSON，可能含个人信息', 'JSON, may contain'],
  landline: ['固定电话', 'landline'],
  logistics_no: ['物流单号', 'logistics number'],
  medical_record_no: ['病历号', 'medical record number'],
  name: ['姓名', 'name'],
  nickname: ['昵称', 'nickname'],
  occupation: ['职业', 'occupation'],
  order_no: ['单据编号', 'document number'],
  passport: ['护照号', 'passport'],
  password: ['密码', 'password'],
  phone: ['手机号', 'phone'],
  postcode: ['邮编', 'postcode'],
  region: ['地区', 'region'],
  token: ['令牌或密钥', 'token'],
  transaction_no: ['交易流水号', 'transaction number'],
  voice_recording: ['录音', 'voice recording'],
  wechat_openid: ['微信标识', 'WeChat id'],
};

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
