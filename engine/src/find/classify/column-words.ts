// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';

/** What a column's name or comment says it holds; the first that fits wins. Names are lower case with `_` between words. */
export const COLUMN_WORDS: readonly (readonly [RegExp, FieldCategory])[] = [
  [/(?:^|_)(?:id_?card|id_?card_?no|identity_?no|id_?number|idcard|sfz|sfzh|shenfenzheng)(?:_|$)|身份证/, 'id_card'],
  [/permit_?no|居留/, 'foreign_permit'],
  [/passport|护照/, 'passport'],
  [/password|passwd|(?:^|_)pwd(?:_|$)|密码|口令/, 'password'],
  [/(?:^|_)(?:access_|refresh_|session_)?token(?:_|$)|session_?key|secret|令牌/, 'token'],
  [/open_?id|union_?id|wechat|weixin|微信/, 'wechat_openid'],
  [/bank_?card|card_?number|银行卡|银行账号/, 'bank_card'],
  [/customer_?no|customer_?code|member_?no|kehu_?bianhao|客户编号|会员编号|会员号/, 'customer_no'],
  [/(?:^|_)(?:mobile|phone|cell|tel|telephone|shouji|sjh|lxdh|contact_?phone)(?:_?(?:no|number))?(?:_|$)|手机|联系电话|电话/, 'phone'],
  [/(?:^|_)(?:fax|landline)(?:_|$)|传真|座机/, 'landline'],
  [/e_?mail|邮箱|电子邮件/, 'email'],
  [/birth_?(?:day|date)?|(?:^|_)dob(?:_|$)|生日|出生日期/, 'birth_date'],
  [/(?:^|_)(?:gender|sex|xingbie)(?:_|$)|性别/, 'gender'],
  [/(?:^|_)age(?:_|$)|年龄/, 'age'],
  [/invoice_?title|发票抬头|(?:^|_)title$/, 'invoice_title'],
  [/tax_?no|credit_?code|信用代码|税号/, 'credit_code'],
  [/company_?name|^company$|corp_?name|公司|单位名称|企业名称/, 'company_name'],
  [/nick_?name|昵称/, 'nickname'],
  [/(?:^|_)(?:user_?name|login_?name|account_?name)(?:_|$)|用户名|账号名|登录名/, 'account_name'],
  [
    /(?:real|full|first|last|contact|customer|receiver|recipient|consignee|payer|buyer|member|patient)_?name|^(?:receiver|consignee|recipient|xingming)$|姓名|收货人|联系人/,
    'name',
  ],
  [/order_?(?:no|sn|number)|订单号|订单编号/, 'order_no'],
  [/transaction_?(?:no|id)|pay_?(?:no|id|sn)|trade_?no|流水号|交易号/, 'transaction_no'],
  [/logistics_?no|tracking|ship_?sn|运单|快递单/, 'logistics_no'],
  [/post_?code|zip(?:_?code)?|postal|邮编/, 'postcode'],
  [/(?:^|_)(?:province|city|district|region|county|country)(?:_|$)|省份|城市|区县|^省$|^市$|^区$/, 'region'],
  [/(?:^|_)(?:address|addr|detail_?address|street)(?:_|$)|^detail$|地址|住址/, 'address'],
  [/(?:^|_)(?:ip|ip_?addr(?:ess)?|login_?ip)(?:_|$)/, 'ip'],
  [/user_?agent|device_?(?:id|no)|imei|(?:^|_)mac(?:_|$)|设备号/, 'device_id'],
  [/avatar|head_?img|头像/, 'avatar'],
  [/balance|余额/, 'account_balance'],
  [/medical_?record|病历号/, 'medical_record_no'],
  [/diagnos|disease|symptom|诊断|病情/, 'health'],
  [/occupation|job_?title|contact_?title|职业|职务/, 'occupation'],
  [/(?:^|_)(?:remark|remarks|memo|note|notes|content|comment|message|feedback)(?:_|$)|备注|内容|留言/, 'free_text_may_contain'],
];

/** `realName`, `real-name`, `REAL_NAME` → `real_name`. */
export function plainName(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase();
}
