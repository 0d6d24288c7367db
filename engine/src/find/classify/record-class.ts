// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { DatasetRole, FieldMap } from '../../model/data-map.ts';
import type { RecordClass } from '../../model/law.ts';
import type { DatasetShape } from '../../model/source.ts';
import type { DatasetNoun } from './dataset-words.ts';

/** What a dataset's name or comment says its records are, by the closed list of the rule pack; the first that fits wins. */
const CLASSES: readonly (readonly [RegExp, RecordClass])[] = [
  [/prescription|处方|(?:^|_)rx(?:_|$)|(?:^|_)cf(?:xx|mx|jl)?$/, 'prescription'],
  [
    /medical_?record|case_?history|patient_?(?:case|visit)|registration_?record|in_?patient|out_?patient|hospital_?record|diagnos|(?:lab|exam|nursing|surgery|pathology)_(?:report|result|test|record)|health_?(?:record|archive|file)|病历|病案|就诊|挂号|住院|检查检验|门诊(?!.*统计)|诊疗|医嘱|(?:^|_)jkda(?:_|$)/,
    'medical-record',
  ],
  [/vaccin|immuni[sz]ation|接种|疫苗/, 'vaccination-record'],
  [/gift_?(?:voucher|card|certificate)|礼品卡/, 'prepaid-balance'],
  [/invoice|发票|开票信息|fapiao|(?:^|_)kp(?:xx|jl)(?:_|$)/, 'invoice'],
  [/waybill|parcel|express_?order|shipment|consignment|(?:^|_)wb_?track|运单|面单|寄件|快件/, 'waybill'],
  [
    /policy_?hold|insur(?:ance|ed)|(?:^|_)policy(?:_|$)|beneficiar|(?:policy|insurance|ins)_?claim|(?:^|_)claim(?:_|$)|保单|投保|被保|理赔|受益人|(?:^|_)bd(?:xx)?(?:_|$)/,
    'policy-insurance',
  ],
  [
    /guest_?(?:register|info|record)|check_?in(?:_?record|_?info|_?register)?$|(?:^|_)stay(?:_record|_guest)?$|入住|住客|宾客|旅客登记/,
    'guest-register',
  ],
  [/newsletter|mailing_?list|email_?list|(?:^|_)opt_?in/, 'marketing'],
  [/booking|reserv|appointment|enrol|sign_?up|yuyue|skyy|预约|预订|预定|报名|排队/, 'booking'],
  [
    /prepaid|stored_?value|balance|wallet|recharge|(?:member|vip|loyalty)_?card|card_?account|储值|预付|余额|钱包|充值|会员卡|(?:^|_)hyk(?:_|$)/,
    'prepaid-balance',
  ],
  [
    /account_?flow|(?:fund|money|capital|cash|trade|trans(?:action)?)_?(?:flow|detail|journal|log|record)$|user_?bill|(?:^|_)transactions?(?:_|$)|资金流水|交易记录|用户账单|账户明细/,
    'transaction-record',
  ],
  [
    /payment|pay_?record|refund|(?:^|_)bills?(?:_|$)|pay_?order|repay|receivable|receipt|withdraw|extract|cash_?out|(?:^|_)folio|(?:^|_)deposit|(?:^|_)fee(?:_record|_detail)?$|付款|支付|退款|退费|缴费|收费账单|还款|回款|收款|提现|账单表|押金|(?:^|_)\w{0,3}jf(?:d|jl)?$/,
    'payment',
  ],
  [
    /login|log$|_log|logs$|logininfor|(?:^|_)(?:page_?views?|ahoy_visits?|session)s?$|日志|登录记录|访问记录|浏览(?:记录|历史|足迹)|足迹|搜索历史|开门记录|(?:^|_)czrz/,
    'log',
  ],
  [/employment_?contract|labou?r_?contract|劳动合同/, 'employee-contract'],
  [
    /contract|agreement|(?:^|_)loan(?:_apply|_application|_order)?s?(?:_|$)|lease|合同|协议|借款|贷款|(?:^|_)ht(?:xx)?(?:_|$)|(?:^|_)zxdk/,
    'contract',
  ],
  [/repair|maintenance_?(?:order|record)|维修|报修|修理/, 'repair-record'],
  [/vehicle|(?:^|_)car(?:_|$)|车辆/, 'vehicle-record'],
  [
    /order|(?:^|_)(?:line_?)?items?(?:_|$)|(?:^|_)carts?(?:_|$)|after_?sale|group_?buy|pink|xsd|xsmx|dingdan|rentals?$|订单|购物车|售后|退货|拼团|砍价|秒杀/,
    'order',
  ],
  [/ticket_?(?:order|record)|pawn|当票|票务|门票/, 'ticket'],
  [
    /market|campaign|subscriber|coupon|bonus|promotion|affiliate|营销|推广|leads|lead|clue|prospect|xsxs|跟进表|客户跟进|线索|意向|优惠券|红包/,
    'marketing',
  ],
  [/follow|correspond|message|conversation|(?<!we)chat|sms|mail_?(?:record|log)|跟进|沟通|短信|消息|来访|回访|拜访|对话/, 'correspondence'],
  [/complain|ticket|feedback|work_?order|support_?request|投诉|工单|反馈|举报/, 'complaint'],
  [/(?:accounting|journal|gl|bookkeeping)_?voucher|(?:记账|会计)凭证/, 'accounting-voucher'],
  [/voucher/, 'marketing'],
  [/general_?ledger|(?:^|_)ledger|账簿|总账|明细账/, 'ledger'],
  [/credit_?(?:report|score|info)|征信|信用/, 'credit-info'],
  [
    /kyc|real_?name_?auth|identity_?(?:auth|verif)|user_?identity|(?:bank|credit|debit)_?(?:card|account)|实名|身份认证|客户身份|银行卡|(?:^|_)yhk(?:xx)?$/,
    'kyc',
  ],
  [/suitab|risk_?assess|适当性|风险测评/, 'suitability-record'],
  [/face_?(?:info|record|lib)|fingerprint|biometric|人脸|指纹/, 'biometric'],
  [/location|track_?(?:point|record)|gps|trajectory|定位|轨迹/, 'location'],
  [/camera|surveill|cctv|监控录像/, 'video-surveillance'],
  [/elder|老人|养老/, 'elder-file'],
  [/guardian|child|kid|baby|监护|儿童|未成年/, 'child-pi'],
  [/attend|lesson|course_?record|homework|training|exam_?record|class_?record|培训|考勤|上课|课时|作业|成绩|(?:^|_)xscj/, 'training'],
  [/comment|review|reply|evaluation|testimonial|评价|评论/, 'correspondence'],
  [/house|building|resident|meter|property_?(?:owner|fee|unit)|业主|房屋|物业|租赁|抄表/, 'property-record'],
  [
    /address|account|user|member|customer|client|profile|contact|person|student|patient|guest|buyer|insured|borrower|tourist|identit|family|relative|guarantor|visitor|subscriber|xueyuan|yonghu|huiyuan|hyxx|khxx|addrbook|客户|会员|用户|账户|地址|学员|学生|患者|病人|顾客|借款人|担保人|游客|访客|联系人|家庭成员|(?:^|_)(?:jtcy|lfdj)(?:_|$)/,
    'account',
  ],
];

/** Record class by the dataset's name, its comment, the words of its name written out, and at last its columns. */
export function recordClassOf(shape: DatasetShape, fields: readonly FieldMap[], role: DatasetRole, noun: DatasetNoun): RecordClass {
  if (role === 'staff' || role === 'supplier' || role === 'merchant' || role === 'unknown') return 'any-data';
  const name = plainName(shape.dataset.split('/').at(-1)!);
  const written = noun.words.join('_');
  const by = (text: string) => CLASSES.find(([p]) => p.test(text))?.[1];
  const named = by(name) ?? by(written);
  const commented = shape.comment === null ? undefined : by(shape.comment);
  // `user_bill` (用户账单) is about users and is a bill: what is not only about people says more.
  const said = named === 'account' && commented !== undefined && !noun.master ? commented : (named ?? commented);
  if (role === 'customer' && said !== 'prescription' && said !== 'policy-insurance' && treated(fields, said, noun)) return 'medical-record';
  if (said) return said;
  if (role === 'none') return 'any-data';
  return noun.master ? 'account' : 'any-pi';
}

/** Two columns about somebody's health; one where the rest says nothing else. */
function treated(fields: readonly FieldMap[], said: RecordClass | undefined, noun: DatasetNoun): boolean {
  const healths = fields.filter((f) => f.category === 'health').length;
  if (said === 'account' && noun.master) return false;
  return healths >= 2 || (healths === 1 && (said === undefined || said === 'order' || said === 'account'));
}
