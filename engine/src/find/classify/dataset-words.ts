// SPDX-License-Identifier: Apache-2.0
import { bareName, plainName, wordsOf, writtenOut } from '../../kit/index.ts';
import type { DatasetShape } from '../../model/source.ts';

/** What one row of a dataset is. `user` = somebody with a login: customer or staff, which other tables tell. */
export type Entity = 'customer' | 'user' | 'staff' | 'supplier' | 'merchant' | 'contact' | 'family' | 'event' | 'thing';

const set = (words: string) => new Set(words.split(' '));

/** People and companies that a business serves, and their pinyin: 客户 会员 学员 学生 患者 业主 乘客 投保人 被保险人. */
const CUSTOMER = set(
  'customer cust client member patient student pupil trainee learner guest passenger buyer consumer purchaser subscriber policyholder insured insurant beneficiary applicant borrower resident householder lessee renter visitor tourist fan lead clue prospect owner vip candidate donor elder kh kehu hy huiyuan xy xueyuan xs xuesheng hz huanzhe yz yezhu gk guke ck tbr bbr bbxr jkr zk zhuke fk fangke bingren laoren',
);
const USER = set('user account party person individual yh yonghu uer usr wxuser appuser');
const STAFF = set(
  'admin administrator staff employee emp worker operator clerk doctor physician nurse teacher lecturer instructor tutor coach trainer salesman salesperson seller_staff agent broker advisor adviser consultant courier driver rider technician cashier personnel manager guide volunteer housekeeper cleaner keeper waiter receptionist chef cook guard mechanic engineer inspector auditor dispatcher supervisor crew pilot interviewer recruiter org_user yg jzg fdy yuangong ygxx jl jiaolian js jiaoshi ls laoshi gly guanliyuan hugong zhiyuanzhe ys yisheng hs hushi jjr dlr ywy czy czry zg zhigong',
);
/** Units of a company: their few personal columns are staff's, but they are nobody themselves. */
const UNIT = set('department team position post bm bumen gangwei');
const SUPPLIER = set('supplier vendor shipper carrier provider gys gongyingshang insurer underwriter logistic express');
const MERCHANT = set(
  'merchant seller shop store company brand partner dealer distributor affiliate franchisee branch hospital school office agency bureau hotel venue gym club clinic warehouse station outlet depot enterprise tenant organization organisation org sj shangjia md mendian dp dianpu gs jg xq campus institution',
);
const CONTACT = set('contact linkman lxr lianxiren');
const FAMILY = set('guardian parent family relative child spouse emergency jz jiazhang jiashu jhr');
/** What a business does with a customer: without a link such a table's personal columns are a customer's all the same. */
const EVENT = set(
  'order trade booking reservation appointment registration enrollment enrolment enroll signup bill payment refund invoice contract policy claim complaint feedback comment message visit checkin checkout address receive delivery waybill shipment parcel inquiry enquiry consult consultation survey answer coupon card balance wallet deposit recharge point log history record relation case prescription cart favorite favourite collect follow sign attendance lesson session loan repayment application certificate report review evaluation rating subscription ticket after aftersale return dd dingdan yy yuyue bm_sign ht hetong bd baodan lp lipei ts tousu dz dizhi pj pingjia',
);
const THING = set(
  'activity campaign actor artist singer composer celebrity author athlete film movie song track album pet animal dog community building house room floor unit parking vehicle car line product good sku spu category cat brand config configuration dict dictionary type level rank grade tag label rule setting option template model attribute attr spec specification catalog area region province city district county country state territory menu permission resource role privilege price stock inventory link friendlink nav slide site website domain server node machine printer advertise ad advertisement banner article news notice announcement topic subject page question issue faq keyword job task schedule file storage attachment picture album pic image icon course class classroom lesson_plan subject_area chapter video room equipment device material drug medicine disease dise dosage item_type insurance plan package product_type currency bank calendar holiday version sequence migration table column job_log exam paper knowledge code parameter param statistic statistics stat sp shangpin fl fenlei kc kecheng xm xiangmu cd',
);

const COMMENTED: readonly (readonly [RegExp, Entity])[] = [
  [
    /(?:后台|系统|内部|管理)(?:用户|人员|账[号户])$|(?:员工|职员|管理员|教练|教师|老师|讲师|医生|医师|护士|司机|骑手|配送员|业务员|销售员?|顾问|代理人|经纪人|客服|操作员|收银员|技师|导游|快递员)$/,
    'staff',
  ],
  [
    /(?:客户|会员|顾客|患者|病人|学员|学生|乘客|旅客|住户|业主|租客|承租人|投保人|被保险人|受益人|借款人|买家|消费者|粉丝|访客|住客|宾客|车主|居民|老人)$/,
    'customer',
  ],
  [/(?:供应商|供货商|承运商|物流公司|快递公司|保险公司)$/, 'supplier'],
  [/(?:商户|商家|店铺|门店|加盟商|经销商|品牌商?|公司|分店|校区|医院|酒店|机构|合作伙伴|场馆|网点|站点|仓库)$/, 'merchant'],
  [/(?:联系人)$/, 'contact'],
  [/(?:监护人|家长|家属|紧急联系人|亲属)$/, 'family'],
  [/用户$/, 'user'],
  [
    /(?:配置|字典|类型|类别|分类|等级|级别|标签|规则|设置|模[板版]|目录|商品|产品|菜单|权限|资源|角色|地区|区域|课程|套餐|药品|公告|通知|文章|文件|广告|任务|专题|话题|险种|小区|楼栋|房屋|房间|车辆|线路|岗位|职位)$/,
    'thing',
  ],
];

export interface DatasetNoun {
  readonly entity: Entity | null;
  /** True when a row is such a one itself, not something about it (`member`, not `member_address`). */
  readonly master: boolean;
  /** Words of the name that mean people elsewhere in it. */
  readonly about: Entity | null;
  readonly words: readonly string[];
  /** The noun itself. */
  readonly head: string;
}

const KEPT = set(
  'info information infor base basic entity lookup index main master mst table tbl data profile detail list archive file extend ext xx xxb tab',
);
const LISTS: readonly (readonly [ReadonlySet<string>, Entity])[] = [
  [CUSTOMER, 'customer'],
  [STAFF, 'staff'],
  [UNIT, 'staff'],
  [SUPPLIER, 'supplier'],
  [USER, 'user'],
  [CONTACT, 'contact'],
  [FAMILY, 'family'],
  [THING, 'thing'],
  [EVENT, 'event'],
  [MERCHANT, 'merchant'],
];

/** What the rows of a dataset are, by the last noun of its name, else of its comment. */
export function datasetNoun(shape: DatasetShape): DatasetNoun {
  const words = wordsOf(bareName(shape.dataset)).flatMap(parts);
  let end = words.length;
  while (
    end > 1 &&
    (KEPT.has(words[end - 1]!) ||
      (DICTS.has(words[end - 1]!) && listsPeople(shape) && ['staff', 'supplier'].includes(entityOf(words[end - 2]!)!)))
  )
    end -= 1;
  const head = words[end - 1] ?? '';
  const money = head === 'account' && words.slice(0, end - 1).some((w) => MONEY.has(w));
  const ledger = head === 'account' && !shape.columns.some((c) => LOGS_IN.test(plainName(c.name)));
  const own = money || ledger ? 'event' : entityOf(head);
  const about =
    words
      .slice(0, end - 1)
      .map(entityOf)
      .find((e) => e === 'staff' || e === 'customer' || e === 'user' || e === 'supplier' || e === 'merchant') ?? null;
  const commented = byComment(shape.comment) ?? byFolder(shape) ?? (/\p{Script=Han}/u.test(head) ? byComment(head) : null);
  const api = words.some((w) => API.has(w)) && (own === 'customer' || own === 'user');
  const system = words.slice(0, end - 1).some((w) => SYSTEM.has(w)) || /后台|系统|管理端|内部/.test(shape.comment ?? '');
  let entity: Entity | null = api ? 'thing' : own;
  if (isCatalogue(shape, head) && (own === 'customer' || own === 'staff'))
    return { entity: 'thing', master: false, about: null, words, head };
  if (own === 'merchant' && about === 'customer') entity = 'customer';
  const rents = head === 'tenant' && shape.columns.some((c) => RENTS.test(plainName(c.name)));
  const bought =
    words.some((w) => BOUGHT.has(w)) &&
    shape.columns.some((c) => /supplier|vendor|gys|供应商/.test(`${plainName(c.name)}${c.comment ?? ''}`));
  // 供应商/客户: one table for both; a column tells the rows apart.
  const both =
    (own === 'supplier' || commented === 'supplier' || own === 'merchant') &&
    /客户|会员/.test(shape.comment ?? '') &&
    bothKinds(shape.comment!);
  if (rents || both) entity = 'customer';
  if (api) entity = 'thing';
  else if (own === 'user' && (system || commented === 'staff')) entity = 'staff';
  else if (own === 'user' && commented === 'customer') entity = 'customer';
  else if (
    own === 'customer' &&
    (commented === 'staff' || /(?:^|_)(?:hr|human_resource|humanresource|personnel|payroll)_/.test(`${words.join('_')}_`))
  )
    entity = 'staff';
  else if (own === null && words.some((w) => EVENT.has(w)) && commented === 'thing') entity = 'event';
  else if (own === null || (own === 'event' && commented !== null && commented !== 'thing')) entity = commented ?? own;
  const people = entity !== null && entity !== 'thing' && entity !== 'event';
  return {
    entity,
    master: people && !UNIT.has(head) && (own !== 'event' || commented === entity),
    about: bought ? 'supplier' : (system || words.some((w) => INTERNAL.has(w))) && (about === 'user' || about === null) ? 'staff' : about,
    words,
    head,
  };
}

/** Initials mean several things (xy: 学员 or 学院): rows that are called by a 名称 (`xymc`), not by a 姓名 (`xm`), are no people. */
function isCatalogue(shape: DatasetShape, head: string): boolean {
  const names = shape.columns.map((c) => plainName(c.name));
  return /^[a-z]{2,4}$/.test(head) && names.includes(`${head}mc`) && !names.some((n) => n.endsWith('xm'));
}

/** A hospital calls the list of its staff a dictionary of them. */
const listsPeople = (shape: DatasetShape) =>
  shape.columns.some((c) =>
    /^(?:name|xm|full_?name|real_?name|mobile|phone|password|title|job|emp_no|supplier|supplier_name)$/.test(plainName(c.name)),
  );
const DICTS = set('dict dictionary catalog directory');
const bothKinds = (comment: string) =>
  /(?:供应商|往来单位|商家)\S{0,2}[/、和与及]\S{0,2}(?:客户|会员)|(?:客户|会员)\S{0,2}[/、和与及]\S{0,2}(?:供应商|往来单位|商家)/.test(
    comment,
  );
/** What an account has that somebody logs in with; without it the account is one of money. */
const LOGS_IN = /pass|pwd|login|user_?name|nick|e_?mail|mobile|phone|open_?id|avatar/;
/** Bought by the company, not from it. */
const BOUGHT = set('purchase purchasing procurement cg caigou replenishment');
/** Offices of the company itself. */
const INTERNAL = set('hr oa payroll personnel');
/** Who rents a flat is a customer; a tenant of a shared system is a company. */
const RENTS = /house|room|flat|apartment|lease|rent_|id_card|idcard|sfz|gender|sex|birth/;

const MONEY = set('bank card fund wallet point balance deposit money capital integral settlement');
const API = set('oauth oauth2 api app smtp mail email sms open3 gateway');
const SYSTEM = set('sys system admin back backend manage manager management mgr internal ht houtai');

function entityOf(word: string): Entity | null {
  const written = writtenOut(word);
  return LISTS.find(([words]) => words.has(written) || words.has(word))?.[1] ?? null;
}

/** A table in a file without a telling name is what its file or folder says: `员工/名单.xlsx#Sheet1`. */
function byFolder(shape: DatasetShape): Entity | null {
  if (shape.key[0] !== '#') return null;
  const parts = shape.dataset
    .replace(/\.\w{2,4}(?=#|$)/, '')
    .split(/[#/]/)
    .toReversed();
  return parts.map(byComment).find((e) => e !== null) ?? null;
}

function byComment(comment: string | null): Entity | null {
  if (comment === null) return null;
  const head = comment
    .replaceAll(/[（(【[].*?[)）】\]]/g, '')
    .split(/[,，;；:：。\s]/)[0]!
    .replace(/(?:基本|基础)?(?:信息|资料|档案|数据|主|记录|列|账号|账户)*(?:表|库|清单)?$/, '');
  return COMMENTED.find(([p]) => p.test(head))?.[1] ?? null;
}

/** Names written without a mark between their words: `userinfo`, `memberaddress`, `yonghu`, `xueyuanxinxi`. */
function parts(word: string): string[] {
  if (entityOf(word) !== null || word.length < 4) return [word];
  const cut = word.replace(/(?:info|xinxi|biao|xxb|xx)$/, '');
  if (cut !== word && cut.length >= 2) return [...parts(cut), 'info'];
  for (let at = word.length - 2; at >= 2; at--)
    if (entityOf(word.slice(0, at)) !== null && word.slice(0, at).length >= 4 && entityOf(word.slice(at)) !== null && word.length - at >= 3)
      return [word.slice(0, at), word.slice(at)];
  return [word];
}
