// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';

/** One way in which a column's name or comment says what it holds. The first rule that fits wins. */
export interface ColumnRule {
  readonly category: FieldCategory;
  /** On the plain name (lower case, `_` between words). */
  readonly name?: RegExp;
  /** On the comment's head; Chinese puts the noun last, so most end with `$`. */
  readonly comment?: RegExp;
  /** The name alone may mean other things: a comment that says one of them wins. */
  readonly weak?: true;
}

/** People of whom tables write names and numbers; `user_name` is left out: it mostly is what one logs in with. */
const WHO =
  '(?:real|true|full|first|last|middle|given|family|sur|fore|birth|maiden|other|from|to|chinese|cn|legal|legal_?person|representative|contacts?|link|link_?man|linkman|person|people|customer|client|cust|cus|receiver|receive|recipient|rcvr|consignee|consignor|claimant|finder|collector|caller|respondent|participant|attendee|player|mentor|occupant|tenant|heir|witness|debtor|creditor|investor|lender|author|addressee|deliver|ship|ship_?to|sender|payer|payee|drawer|buyer|purchaser|consumer|member|mem|vip|patient|sick|student|stud?|pupil|trainee|learner|parents?|father|mother|guardian|child|kid|baby|spouse|relative|family_?member|guest|passenger|traveller|traveler|tourist|visitor|applicant|apply|insured|insurant|assured|beneficiary|benefit|hr|interviewer|interviewee|recruiter|policy_?holder|account_?holder|card_?holder|holder|borrower|guarantor|lessee|renter|owner|resident|driver|rider|courier|doctor|physician|nurse|teacher|coach|lecturer|instructor|tutor|trainer|advis[eo]r|consultant|counsel+or|staff|employee|emp|worker|salesman|sales_?person|sales|saler|agent|broker|manager|leader|principal|director|boss|reporter|report|complainant|inviter|referrer|referee|emergency|emerg|emergency_?contact|return|reserve|subscriber|donor|signer|winner|author_?real|lxr|kh|xy|hy|xs|jz|hz|tbr|bbr|syr|khjl)';

/** Every rule, most telling first. */
export const COLUMN_RULES: readonly ColumnRule[] = [
  {
    category: 'image_may_contain',
    name: /(?:id_?card|identity|idcard|sfz|cert|license|licence)\w*_?(?:front|back|obverse|reverse|img|image|pic|photo|url|face|copy|scan|zm|fm)(?:_?url)?$|(?:^|_)(?:sfz|zj|yyzz|jsz|xsz)(?:zp|zpdz|tp|zm|fm|zmzp|fmzp)$/,
    comment: /(?:身份证|证件|执照)\S*(?:照片?|正面|反面|背面|人像面?|国徽面?|图片?|影印件|复印件|扫描件)$/,
  },
  {
    category: 'foreign_permit',
    name: /permit_?(?:no|num|number)$|residence_?permit$/,
    comment: /(?:居留|居住证|通行证|台胞证|回乡证)\S{0,3}号?码?$/,
  },
  { category: 'passport', name: /passport(?:_?(?:no|num|number|code|id))?$|^hzh?m?$/, comment: /护照号?码?$/ },
  {
    category: 'id_card',
    name: /(?:^|_)(?:\w*id_?cards?|\w*idcard|identity_?card|citizen_?id|national_?id|person_?id_?no|identity|identification|id|cert|certificates?|credentials?|document)_?(?:no|num|number|code|card_?no)$|(?:id_?card|idcard|idno|id_?number|identity_?card|identity_?no|identification_?no|id_?nbr|ssn|social_?security_?(?:no|number))$|sfzh?m?$|(?:^|_)[a-z]{0,4}sfz(?:h|hm|no)?$|zjhm?$|shenfenzheng(?:hao|haoma)?$|gmsfhm$/,
    comment: /身份证(?:件)?(?:号|号码|编号)?$|证件号码?$|身份号码$|证件编号$/,
  },
  {
    category: 'password',
    name: /(?:password|passwd|passwrd|pass_?word|pwd|psw|(?:^|_)pass|mima|(?:^|_)(?:dl|yh)?mm)$/,
    comment: /密码$|口令$/,
  },
  {
    category: 'token',
    name: /(?:^|_)(?:\w*token|session_?key|\w*secret(?:_?key)?|api_?key|app_?key|access_?key|private_?key|aes_?key|refresh_?key|(?:activation|reset|confirm(?:ation)?|verify|verification|auth|remember|recovery|csrf|encrypt(?:ion)?|sign|signing)_?key|(?:recovery|reset|two_?factor)_?codes?|\w*(?:passcode|passphrase))$/,
    comment: /^(?!.*(?:推送|设备)).*(?:令牌|密钥|会话\s*(?:key|密钥)|token)$/i,
  },
  {
    category: 'wechat_openid',
    name: /(?:open_?id|union_?id|(?:we_?chat|weixin|wx)_?(?:id|no|num|number|account|code|name_?id)?|wxh|weixinhao)$/,
    comment: /微信号?$|openid$|unionid$|微信\s*(?:openid|标识|账号)$/i,
  },
  {
    category: 'bank_card',
    name: /(?:(?:^|_)cc_?(?:no|num|number)|bank_?card(?:_?(?:no|num|number|code))?|bank_?(?:account|acct|acc)(?:_?(?:no|num|number|code))?|bank_?(?:no|number)|debit_?card\w*|credit_?card(?:_?(?:no|num|number))?|yhkh?|yhzh|khzh|yinhangkahao?|yinhangka|acct_?no|(?:pay|payee|payer|receiv\w*|refund|withdraw\w*|remit\w*|settle\w*|salary|wage)_?(?:account|card)_?(?:no|num|number|code)|credit_?card_?\w*number|(?:payee|payer|receiver|withdraw\w*|settle\w*|salary|wage)_?account|card_?pan|pan_?no|iban)$/,
    comment: /银行卡号?码?$|银行账[号户]$|银行帐[号户]$|开户账号$|信用卡号?$|收款账号$|卡号（银行）$/,
  },
  {
    category: 'medical_record_no',
    name: /(?:medical_?record_?(?:no|num|number|code|id)|case_?no|patient_?(?:no|number|code)|inpatient_?no|outpatient_?no|visit_?card_?no|medical_?card(?:_?no)?|medicare_?(?:no|card(?:_?no)?)|(?:^|_)(?:inp|outp|hosp|hospital|admission|chart)_?(?:no|num|number)|(?:^|_)mrn|blh|zyh|mzh|ybkh|bingli(?:hao)?)$/,
    comment: /病历号码?$|病案号$|住院号$|门诊号$|就诊卡号?$|医保卡?号?$/,
  },
  {
    category: 'credit_info',
    name: /(?:credit|zm|zhima|fico|sesame)_?(?:score|report|rating|record|info)$|zhima_?score$/,
    comment: /征信\S{0,4}$|芝麻\S{0,3}分$|信用(?:分|评分|报告|记录)$/,
  },
  {
    category: 'health',
    name: /(?:chief_?complaint|complaint_?illness|\w*illness|\w*disease\w*|dise(?:ase)?_?\w*(?:list|str|name)|diagnos[ei]s?\w*|symptoms?|al+erg(?:y|ies|en|ens|ic\w*)\w*|history_?of_?\w+|(?:past|medical|family|present|surgical|allergy|health|injury|disease|obstetric)_?history\w*|health_?(?:checkup|check|status|info|condition|state|remark|note|problem|declaration)|medical_?(?:advice|history|order|condition|info|opinion|conclusion|note)|doctor_?advice|treatment\w*|therapy\w*|clinical_?\w+|prescriptions?(?:_?(?:content|str|list|detail|text|info))*|\w*prescription_?str\w*|(?:check|test|exam|lab|inspect(?:ion)?|examine|physical_?exam(?:ination)?|detection)_?(?:results?|report|conclusion|findings?|parts?)|blood_?(?:type|pressure|sugar|group|glucose|oxygen)|heart_?rate|pulse|body_?(?:fat\w*|temp\w*|weight|mass|type_?result)|fat_?rate|bmi|(?:^|_)(?:height|weight|waist|waistline|hip_?line|bust|vision|eyesight)(?:_?(?:cm|kg|value))?|disabilit(?:y|ies)\w*|pregnan\w*|vaccin\w*|medication\w*|injur(?:y|ies)\w*|surgery\w*|bingshi|zhenduan|guominshi|gms|jws|tzl|tizhilv|shengao|tizhong)$/,
    comment:
      /病史$|过敏\S{0,3}$|诊断(?:结果|结论|内容|意见)?$|症状$|主诉$|处方(?:内容|明细)?$|医嘱$|血[型压糖]$|身高(?:cm)?$|体重(?:kg)?$|体脂率?$|腰围$|心率$|bmi$|病情\S{0,3}$|病因$|疾病\S{0,3}$|健康(?:状况|情况|信息|告知|问题|档案|备注)$|检[查验](?:结果|所见|结论|报告)$|体检(?:结果|报告|结论)$|用药\S{0,3}$|治疗\S{0,4}$|手术\S{0,3}$|视力$|伤[病情]\S{0,2}$|残疾\S{0,3}$|孕\S{0,3}$/i,
  },
  {
    category: 'landline',
    name: /(?:fax|landline|fixed_?phone|home_?phone|home_?tel|office_?phone|office_?tel|extension|ext_?no|zuoji|chuanzhen|cz|czh|czhm|gddh|bgdh|zjh)(?:_?(?:no|num|number))?$/,
    comment: /传真号?码?$|座机号?码?$|固定?话$|固话$|固定电话$|办公电话$|家庭电话$|分机号?$/,
  },
  {
    category: 'phone',
    name: /(?:mobile|phone|cell|cell_?phone|tele_?phone|telphone|tel|mob|hand_?phone|hand_?set|msisdn|shouji|shoujihao|shoujihaoma|dianhua|lianxidianhua|lianxifangshi|sjh|sjhm|sjhao|lxdh|lxfs|hp)(?:_?(?:no|num|number|s|str|tel))?$|(?:^|_)(?:sj|dh|jzdh|lxrdh|khdh|hydh|xydh|jtdh|yddh)$|^(?:phone|mobile|tel)_?(?:no|num|number)?_?[12]$|contact_?(?:way|info|method|number)$/,
    comment: /手机号?码?$|移动电话$|联系电话$|电话号?码?$|联系方式$|联络电话$|热线$/,
  },
  {
    category: 'email',
    name: /(?:e?_?mail|mail_?box|email_?(?:addr|address|account)|youxiang|dzyx|yxdz|(?:^|_)yx)$/,
    comment: /邮箱(?:地址|账号)?$|电子邮件(?:地址)?$|e-?mail$/i,
  },
  {
    category: 'birth_date',
    name: /(?:birth_?(?:day|date|time|dt|ymd|ym)?|date_?of_?birth|born_?(?:date|on|day)|dob|csrq|csny|chushengriqi|shengri|chusheng)$|(?:^|_)birth_?(?:year|month)$/,
    comment: /生日$|出生日期$|出生年月日?$|出生时间$/,
  },
  {
    category: 'gender',
    name: /(?:^|_)(?:gender|sex|xingbie|xb|courtesy|salutation)(?:_?(?:code|cd|name|str))?$|title_?of_?courtesy$/,
    comment: /性别$|称谓$/,
  },
  { category: 'age', name: /(?:^|_)(?:age|nianling|nl)(?:_?(?:str|year|years|text))?$/, comment: /年龄$|岁数$/ },
  {
    category: 'invoice_title',
    name: /invoice_?(?:title|header|head|name)$|bill_?(?:header|title)$|(?:^|_)fptt$|taitou$/,
    comment: /发票抬头$|抬头(?:名称)?$/,
  },
  {
    category: 'credit_code',
    name: /(?:credit_?code|social_?credit\w*|uscc|tax_?(?:no|num|number|code|id|payer_?(?:no|id|number))|taxpayer_?\w*|duty_?paragraph|business_?license_?(?:no|num|number|code)|(?:xy|nsrsb|tyshxy)dm|nsrsbh|shuihao|xydm)$/,
    comment: /信用代码$|税号$|纳税人识别号$|营业执照(?:号码?|编号|注册号)$|税务登记号$/,
  },
  {
    category: 'occupation',
    name: /(?:^|_)(?:occupation|profession|job|job_?title|job_?name|contact_?title|position_?title|duty|zhiye|zhicheng|zhiwu|zy|zw|zc|occupation_?(?:name|code))$/,
    comment: /职业$|职务$|职称$|职位$/,
  },
  {
    category: 'company_name',
    name: /(?:company_?name|company|corp_?name|corporation_?name|enterprise_?name|firm_?name|employer|employer_?name|work_?unit|work_?company|org_?full_?name|company_?full_?name|unit_?name|gsmc|dwmc|qymc|gzdw|gongzuodanwei|danweimingcheng|gongsimingcheng)$/,
    comment: /^(?!.*(?:物流|快递|承保|保险|配送))(?:\S*(?:公司|企业|单位)(?:名称|全称)|工作单位|所在单位|单位|任职公司)$/,
  },
  {
    category: 'nickname',
    name: /nick_?(?:name|nm)?$|nice_?name$|(?:^|_)nicheng$|(?:^|_)nc$|screen_?name$|display_?name$|pet_?name$|wx_?name$/,
    comment: /昵称$|网名$/,
  },
  {
    category: 'account_name',
    name: /(?:login_?(?:name|id|account|user|code)|user_?(?:account|code)|account_?(?:name|id_?name)|acct_?name|(?:^|_)u_?name|yhm|yonghuming|zhanghao|dlm|dlzh|zhmc|login|oper_?name|admin_?name|operator(?:_?(?:name|account))?|operate_?(?:man|user|person|name)|handler|handle_?(?:man|person|user|name)|auditor(?:_?name)?|audit_?(?:man|user_?name|person|name)|reviewer|approver|verif(?:y|ier)_?(?:man|person)?|vertify_?man|check_?man|(?<![a-z_])(?!(?:\w+_)?(?:link|contact|sales?|delivery|service)_man$)\w+_man)$/,
    comment:
      /用户名(?!称)$|登[录陆]名$|登[录陆]账号$|[账帐]号$|用户[账帐][号户]$|操作(?:人|者|员)(?:员|姓名|名称)?$|(?:处理|经办|审核|审批|复核|办理)人(?:员|姓名)?$/,
  },
  {
    category: 'account_name',
    name: /^(?:user_?name|username|user|account|admin)$|_user_?name$|_username$|_account$/,
    comment: /用户名称?$/,
    weak: true,
  },
  {
    category: 'name',
    name: new RegExp(
      `(?:^|_)${WHO}_?(?:full_?|first_?|last_?|middle_?|given_?|family_?|sur_?|real_?)?(?:name|nm|xm|mc_xm)$|(?:^|_)(?:(?:first|last|full|holder)?_?name_on_\\w+|(?:attn|attention|ask_for)(?:_name)?|name_?(?:first|last|middle|given|family|of_?(?:patient|customer|student|insured))|patronymic)$|(?:^|_)(?:consignee|receiver|recipient|addressee|linkman|link_man|contact_?person|contact_?man|contacts|contact|payee|payer|guardian|next_of_kin|(?:[a-z]+_)?(?:doctor|physician|nurse|surgeon|therapist)|salesman|sales_?person|sales_?rep|keeper|custodian|(?:account|card|cc|policy)_?holder|director|chairman|supervisor|leader|principal|legal_?person|legal_?representative|responsible(?:_?person)?|person_?in_?charge|charge_?person|emergency_?contact|applicant|insured|policy_?holder|beneficiary|consignor|sender)$|(?:^|_)(?:\\w*xingming|[a-z]{0,4}xm|faren|fr|frdb|lxr|lianxiren|fzr|fuzeren|shr|shouhuoren|sjr|jjlxr|jinjilianxiren|jhr|tbr|bbr|syr|jiazhang|jzxm)$`,
    ),
    comment:
      /姓名$|(?:医生|医师|护士|教师|老师|讲师|教练|司机|员工|职员|业务员|患者|病人|就诊人|学生|学员|业主|店长)名称?$|^姓$|^名$|收[货件]人(?:名称|名)?$|寄件人$|联系人(?:名称|名)?$|真实名字$|名字$|负责人$|法人(?:代表)?$|法定代表人$|监护人$|投保人$|被保险人$|受益人$|申请人$|持卡人$|开户人$|付款人$|收款人$|户主$|紧急联系人$|家长$|(?:老师|教师|教练|医生|医师|班主任|店长|经理|业务员|销售员|顾问|司机|技师)$|(?<![会学人成党动队官演球店雇]|管理|操作)员$|^(?!.*(?:创建|修改|更新|添加|录入|发布|操作|本人|机器人|法人单位|接口))\S{1,6}人(?:名称)?$/,
  },
  {
    category: 'account_balance',
    name: /(?:^|_)(?:balance|account_?balance|available_?balance|remain_?(?:money|amount)|now_?money|wallet_?(?:balance|amount|money)|yue|ye|zhye|czye|prepaid_?amount|deposit_?balance)$/,
    comment: /余额$/,
  },
  {
    category: 'transaction_no',
    name: /(?:transaction_?(?:no|id|sn|code|number)|trans_?(?:no|id|sn)|trade_?(?:no|sn)|out_?trade_?no|(?:^|_)pay(?:ment)?_?(?:no|id|sn|code|trade_?no|order_?no)|serial_?(?:no|number)|flow_?(?:no|sn)|refund_?(?:no|sn|id)|lsh|liushuihao|jylsh)$/,
    comment: /(?<!订单)流水号$|交易号$|交易单号$|支付(?:单号|编号|流水)$|付款编号$|退款单号$/,
  },
  {
    category: 'logistics_no',
    name: /(?:logistics?_?(?:no|sn|code|number)|track(?:ing)?_?(?:no|number|code|id)|express_?(?:no|sn|code|number)|ship(?:ping|ment)?_?(?:sn|no|code|number)|delivery_?(?:sn|no|number)|way_?bill(?:_?(?:no|code|number))?|courier_?no|(?:^|_)(?:ydh|kddh|wldh)|kuaididanhao)$/,
    comment: /运单号?$|物流单?号$|快递单?号$|发货编号$|运单编号$/,
  },
  {
    category: 'customer_no',
    name: /(?:(?:customer|client|cust|member|mem|vip|student|stu|patient_?card|membership|owner|policy_?holder)_?(?:no|num|number|code|sn|card_?no|card)|member_?card(?:_?(?:no|num|number))?|vip_?card(?:_?no)?|kehu_?bianhao|khbh|khdm|hybh|hykh|huiyuanhao|huiyuankahao|xh|xuehao|xybh|xsbh|kahao)$/,
    comment: /(?:客户|会员|用户|学员|学生|顾客|患者|业主)(?:卡)?(?:编号|编码|号|卡号|号码)$|学号$|会员卡$/,
  },
  { category: 'customer_no', name: /(?:^|_)card_?(?:no|num|number|code)$/, weak: true },
  {
    category: 'order_no',
    name: /(?:(?:order|bill|invoice|policy|contract|claim|receipt|return|refund|book(?:ing)?|reserv(?:e|ation)|after_?sale|service|registration|enrol(?:l|ment)?|appointment|ticket|proposal|work_?order|apply|case|sales?|purchase)_?(?:no|sn|code|number|bh)|ddh|ddbh|dingdanhao|dingdanbianhao|htbh|bdh|baodanhao|hetongbianhao|fph|fphm|djh)$/,
    comment: /订单(?:编|流水)?号码?$|订单编号$|(?:保单|合同|发票|账单|售后|预约|报名|理赔|赔案|单据|收据|工单)(?:编号|号|号码|单号)$/,
  },
  { category: 'postcode', name: /(?:post_?(?:al_?)?code|zip(?:_?code)?|postal|post_?no|yzbm|youbian|yb)$/, comment: /邮编$|邮政编码$/ },
  {
    category: 'ip',
    name: /(?:^|_)(?:(?:\w*(?:login|logon|last|client|user|reg|register|remote|server|host|oper|add|real|create|first|visit|access|source|src|request|member|customer|local|pay|order|post|sign|dedicated|assigned|public|wan|lan)_?)?ip|ip_?(?:addr|address|v4|v6)|ipaddr|(?:\w+_)?ip_?addr(?:ess)?|remote_?addr|client_?addr|(?:x_)?forwarded_?for)$/,
    comment: /(?:^|[^a-z])ip(?:地址)?$|主机地址$/i,
  },
  {
    category: 'region',
    name: /(?:^|_)(?:province|city|county|district|country|region|town(?:ship)?|area_?(?:code|name)|prefecture|nation(?:ality)?_?place|native_?place|birth_?place|home_?town|sheng|(?<![a-z_])(?:shi|qu|xian|zhen)|shi_?qu|shengfen|chengshi|quxian|qx|sf|cs|jiguan|(?:bill(?:ing)?|ship(?:ping)?|home|mail(?:ing)?|customer|client|birth|residence|delivery|contact|address|us|payment|invoice)_?state|login_?(?:location|area|addr|address|place|city)|oper(?:ator)?_?location|ip_?(?:location|region|area|city)|province_?(?:name|code|id)|state_?name|city_?(?:name|code|id)|county_?(?:name|code|id)|district_?(?:name|code|id)|region_?(?:name|code|id)|residence_?city)$/,
    comment:
      /省份?$|^省\/|城市$|市$|区县?$|^区$|^县$|地区(?:编码|名称)?$|省市区?县?$|登[录陆]地[点址]$|操作地[点址]$|籍贯$|国家$|归属地$|行政区划?$/,
  },
  {
    category: 'address',
    name: /(?:addres|address|addr|address_?(?:detail|details|info|line|line_?\d|\d|text|desc)|addr_?(?:detail|line|info|desc)|detail(?:ed)?_?(?:address|addr)|street|home_?place|residence|domicile|dizhi|jtdz|jtzz|txdz|xxdz|shdz|lxdz|zz|dz|hkdz|hkszd|zhuzhi|jiatingdizhi|xiangxidizhi|shouhuodizhi|house_?(?:no|number)|door_?(?:no|number)|room_?address)$/,
    comment:
      /^(?!.*(?:开户|请求|回调|路径|跳转|访问|服务器|合约|钱包|图标|二维码|图片|链接|页面|网址|网页|接口|路由|url|存放|文件|头像|下载|视频|logo|ip|邮箱|邮件|主机|管理员)).*(?:地址|住址|住所|户籍|户口|门牌号)(?:\(街道\)|详情|详细|所在地)?$/i,
  },
  {
    category: 'device_id',
    name: /(?:user_?agent|(?:^|_)ua|device_?(?:id|no|number|code|token|uuid|sn|info|model)|imei|idfa|oaid|android_?id|(?:^|_)mac(?:_?addr(?:ess)?)?|(?:^|_)browser|(?:^|_)os|client_?id_?no|registration_?id_?push|push_?(?:id|client_?id))$/,
    comment: /设备(?:号|标识|id|编号|唯一标识)$|浏览器(?:类型|登录类型)?$|操作系统$|mac地址$|用户代理$/i,
  },
  {
    category: 'face_image',
    name: /(?:face|face_?(?:img|image|pic|photo|url|data|feature|token|id)|renlian|rlzp|facial_?\w*|fingerprint\w*|finger_?\w+|iris\w*|biometric\w*)$/,
    comment: /人脸\S{0,4}$|面部\S{0,4}$|指纹\S{0,4}$/,
  },
  {
    category: 'avatar',
    name: /(?:avatar\w*|head_?(?:img|image|pic|photo|url|portrait|icon|img_?url|image_?url|photo_?url|pic_?url)|portrait(?:_?url)?|(?:user|member|customer|author|nick|profile)_?(?:icon|img|image|pic|photo|logo|avatar|face)(?:_?url)?|touxiang|photo_?(?:path|url)|zhaopian|zp)$/,
    comment: /头像(?:图片|地址|url|链接|路径|照片)?$|个人照片$/i,
  },
  {
    category: 'voice_recording',
    name: /(?:record(?:ing)?_?(?:url|file|audio|path)|voice_?(?:url|file|path|record\w*)|audio_?(?:url|file|record\w*)|call_?record(?:ing)?_?\w*|luyin)$/,
    comment: /录音\S{0,4}$|语音(?:文件|地址|记录)?$/,
  },
  {
    category: 'browsing_history',
    name: /(?:browse|browsing|view|visit)_?(?:history|record|track|url|path)$/,
    comment: /浏览(?:记录|历史|轨迹)$/,
  },
  {
    category: 'json_may_contain',
    name: /(?:^|_)(?:json|json_?\w*|\w+_?json|(?:oper|operator|template|request|req|response|resp|input|output|ext|extra|form|callback|notify|post|raw)_?(?:params?|data|body|result|content|info|json|fields?)|params?|payload|raw_\w+|user_info|ext|extra|extend|snapshot|\w*_?(?:item|record)_?list)$/,
    comment: /json\S{0,4}$|请求参数$|返回(?:参数|结果|数据)$|响应(?:数据|结果|内容)$|扩展(?:信息|字段|数据|属性)$|快照$/i,
  },
  {
    category: 'image_may_contain',
    name: /(?:pics?|pictures?|images?|imgs?|photos?|pic_?urls?|img_?urls?|image_?urls?|picture_?urls?|attachments?|attach_?(?:url|file)?s?|annex|files?_?urls?|proof\w*|screenshot\w*|signature_?(?:img|pic|image|url)|qr_?code(?:_?url)?|share_?url)$/,
    comment: /图片(?:地址|链接|列表|数组|url)*$|照片$|附件$|截图$|凭证图片?\S{0,6}$/i,
  },
  {
    category: 'free_text_may_contain',
    name: /(?:remarks?|memo|notes?|contents?|comments?|message|msg|feedback|description|desc|descr|reasons?|opinion|suggestion|reply|reply_?content|answer|question|signature|introduc(?:e|tion)|intro|bio|about|profile_?text|summary|detail|detail_?info|talk|chat_?(?:content|text)|follow_?(?:content|record|up)|review_?(?:text|body|content)?|body|message_?(?:text|body)|postscript|(?:user_?)?mark|self_?eval\w*|(?:self|own)_?(?:introduction|description)|narrative|biography|testimonial|(?:search_?)?(?:key_?)?word|homepage|home_?page|result|requirement|demand|hobby|hobbies|interest|special_?\w*request\w*|(?:special|delivery|order|customer)_?instructions?|bz|beizhu|neirong|liuyan|sm|shuoming|nr|pj|pingjia|jianjie|jj|yy|yuanyin|(?:attr(?:ibute)?|field|ext|property|meta|option|custom)_?val(?:ue)?|\w+_(?:note|remark|content|desc|comment|reason|memo|text))$/,
    comment:
      /备注(?:信息|说明)?$|留言(?:内容)?$|内容$|描述$|说明$|原因$|评[论价](?:内容)?$|意见$|签名$|简介$|介绍$|反馈(?:内容)?$|附言$|搜索(?:词|关键[词字]|历史|记录)$|回复(?:内容)?$|要求$|爱好$/,
  },
];

/** Counts, times, states and switches about something personal are not it: `password_update_time`, `is_phone_bound`. */
export const NOT_NAMED =
  /^(?:is|has|need|enable|can|allow|if|sf(?=_))_|(?:^|_)(?:status|state|flag|count|cnt|enabled?|switch|format|length|limit|level|rule|sort|visible|policy|price|fee|rate|total|verified|bound|error_?times|times|type|kind|way|method|mode|template|tpl|permission|sort_?order|strength|expire\w*|time|date|at)$/;
export const NOT_COMMENTED =
  /^是否|(?:状态|标志|标识位|标记|次数|时间|数量|个数|开关|类型|类别|金额|价格|排序|模[板版]|规则|等级|级别|分类|标签|权限|策略|数|率|id|主键|外键|单位id)$/i;
