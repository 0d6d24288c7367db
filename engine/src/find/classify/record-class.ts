// SPDX-License-Identifier: Apache-2.0
import { plainName } from '../../kit/index.ts';
import type { DatasetRole, FieldMap } from '../../model/data-map.ts';
import type { RecordClass } from '../../model/law.ts';
import type { DatasetShape } from '../../model/source.ts';
import type { DatasetNoun } from './dataset-words.ts';

/** What a dataset's name or comment says its records are, by the closed list of the rule pack; the first that fits wins. */
const CLASSES: readonly (readonly [RegExp, RecordClass])[] = [
  [/prescription|处方|rx_/, 'prescription'],
  [
    /medical_?record|case_?history|patient_?case|registration_?record|inpatient|outpatient|hospital_?record|diagnos|病历|病案|就诊|挂号|住院|检查检验|门诊(?!.*统计)|诊疗|医嘱/,
    'medical-record',
  ],
  [/vaccin|immuni[sz]ation|接种|疫苗/, 'vaccination-record'],
  [/invoice|发票|fapiao/, 'invoice'],
  [/waybill|parcel|express_?order|shipment|consignment|运单|面单|寄件|快件/, 'waybill'],
  [
    /policy_?hold|insur(?:ance|ed)|(?:^|_)policy(?:_|$)|beneficiar|claim|保单|投保|被保|理赔|受益人|(?:^|_)bd(?:xx)?(?:_|$)/,
    'policy-insurance',
  ],
  [/guest_?(?:register|info|record)|check_?in(?:_?record|_?info|_?register)?$|stay_?record|入住|住客|宾客|旅客登记/, 'guest-register'],
  [/booking|reserv|appointment|enrol|sign_?up|yuyue|skyy|预约|预订|预定|报名|排队/, 'booking'],
  [
    /prepaid|stored_?value|balance|wallet|recharge|member_?card|card_?account|储值|预付|余额|钱包|充值|会员卡|(?:^|_)hyk(?:_|$)/,
    'prepaid-balance',
  ],
  [/payment|pay_?record|refund|pay_?bill|pay_?order|cash_?flow|repay|付款|支付|退款|退费|缴费|收费账单|还款/, 'payment'],
  [/login|log$|_log|logs$|logininfor|日志|登录记录|访问记录/, 'log'],
  [/employment_?contract|labou?r_?contract|劳动合同/, 'employee-contract'],
  [/contract|agreement|合同|协议|(?:^|_)ht(?:xx)?(?:_|$)/, 'contract'],
  [/repair|maintenance_?(?:order|record)|维修|报修|修理/, 'repair-record'],
  [/vehicle|(?:^|_)car(?:_|$)|车辆/, 'vehicle-record'],
  [/order|item|cart|after_?sale|xsd|xsmx|dingdan|订单|购物车|售后|退货/, 'order'],
  [/ticket_?(?:order|record)|pawn|当票|票务|门票/, 'ticket'],
  [
    /market|campaign|newsletter|subscriber|coupon|promotion|营销|推广|leads|lead|clue|prospect|xsxs|跟进表|客户跟进|线索|意向|优惠券/,
    'marketing',
  ],
  [/follow|correspond|message|(?<!we)chat|sms|mail_?(?:record|log)|跟进|沟通|短信|消息|来访|回访|拜访/, 'correspondence'],
  [/complain|ticket|feedback|work_?order|投诉|工单|反馈|举报/, 'complaint'],
  [/voucher|凭证/, 'accounting-voucher'],
  [/general_?ledger|(?:^|_)ledger|账簿|总账|明细账/, 'ledger'],
  [/credit_?(?:report|score|info)|征信|信用/, 'credit-info'],
  [/kyc|real_?name_?auth|identity_?(?:auth|verif)|bank_?card|bank_?account|实名|身份认证|客户身份/, 'kyc'],
  [/suitab|risk_?assess|适当性|风险测评/, 'suitability-record'],
  [/face_?(?:info|record|lib)|fingerprint|biometric|人脸|指纹/, 'biometric'],
  [/location|track_?(?:point|record)|gps|trajectory|定位|轨迹/, 'location'],
  [/camera|surveill|cctv|监控录像/, 'video-surveillance'],
  [/elder|老人|养老/, 'elder-file'],
  [/guardian|child|kid|baby|监护|儿童|未成年/, 'child-pi'],
  [/attend|lesson|course_?record|homework|training|exam_?record|class_?record|培训|考勤|上课|课时|作业|成绩/, 'training'],
  [/comment|review|evaluation|评价|评论/, 'correspondence'],
  [/house|property|resident|业主|房屋|物业|租赁/, 'property-record'],
  [
    /address|account|user|member|customer|client|profile|contact|student|patient|guest|buyer|insured|borrower|tourist|xueyuan|yonghu|huiyuan|hyxx|khxx|客户|会员|用户|账户|地址|学员|学生|患者|病人|顾客|借款人|游客|联系人/,
    'account',
  ],
];

/** Record class by the dataset's name, its comment, the words of its name written out, and at last its columns. */
export function recordClassOf(shape: DatasetShape, fields: readonly FieldMap[], role: DatasetRole, noun: DatasetNoun): RecordClass {
  if (role === 'staff' || role === 'supplier' || role === 'merchant' || role === 'unknown') return 'any-data';
  const name = plainName(shape.dataset.split('/').at(-1)!);
  const written = noun.words.join('_');
  const said =
    CLASSES.find(([p]) => p.test(name) || p.test(written)) ?? (shape.comment ? CLASSES.find(([p]) => p.test(shape.comment!)) : undefined);
  if (
    said?.[1] !== 'prescription' &&
    role === 'customer' &&
    fields.filter((f) => f.category === 'health').length >= 2 &&
    said?.[1] !== 'account' &&
    said?.[1] !== 'policy-insurance'
  )
    return 'medical-record';
  if (said) return said[1];
  if (role === 'none') return 'any-data';
  return noun.master ? 'account' : 'any-data';
}
