// SPDX-License-Identifier: Apache-2.0
import type { RiskCause, RiskKind, RiskLine, RiskUnit } from './risk.ts';

/** What raises a risk, what is done about it, and what remains when it is done. */
interface CauseWords {
  readonly cause: string;
  readonly measure: string;
  readonly remains: string;
}

export interface RiskWords {
  readonly title: string;
  readonly intro: string;
  readonly kinds: Readonly<Record<RiskKind, string>>;
  readonly units: Readonly<Record<RiskUnit, string>>;
  readonly causes: Readonly<Record<RiskCause, CauseWords>>;
  readonly columns: {
    readonly kind: string;
    readonly cause: string;
    readonly counted: string;
    readonly measure: string;
    readonly owner: string;
    readonly remains: string;
    readonly basis: string;
  };
  readonly rows: string;
  readonly open: string;
  readonly uncounted: string;
  readonly quiet: string;
  readonly comma: string;
  readonly stop: string;
  readonly annex: string;
}

export const riskZh: RiskWords = {
  title: '风险',
  intro: '只列本案数得出的事实，不打分：没有依据的分数比不写更误导。“没有数到”不等于没有风险。',
  kinds: { leak: '泄露', legal: '法律', technical: '技术', moral: '道德', competition: '竞争' },
  units: {
    column: '列',
    dataset: '个数据集',
    subject: '名客户',
    record: '条记录',
    unit: '件',
    processor: '个受托方',
    item: '项',
    step: '项',
    rule: '条规则',
    hold: '项保全',
    recipient: '个接收方',
  },
  causes: {
    'sensitive-columns': {
      cause: '敏感或高风险字段',
      measure: '先行处置；必须保存的只留法定字段，加密归档',
      remains: '归档中的敏感字段，至保存期满由保管人负责',
    },
    minors: { cause: '未成年人', measure: '告知监护人；找不到监护人的不销毁，交法务', remains: '年龄不明的客户没有计入' },
    secrets: { cause: '口令、令牌字段', measure: '优先删除，不归档；停用相关账号', remains: '客户在别处使用同一口令' },
    'clear-files': {
      cause: '文件中明文存放的个人信息',
      measure: '收回到一处，限制读取；按方案删除或加密归档',
      remains: '没有列为数据源的其他副本',
    },
    'free-text': {
      cause: '可能夹带个人信息的自由文本、JSON、图片',
      measure: '逐值检索残留；留存的须脱敏',
      remains: '图片与扫描件中的文字没有识别',
    },
    'offline-stores': { cause: '纸质、受托方等线下存放', measure: '书面指令，对方确认，另一部门核验', remains: '未申报的存放处' },
    processors: { cause: '受托处理者', measure: '发出返还或删除函，收回确认', remains: '对方的备份与转委托，只有其书面确认' },
    gaps: {
      cause: '规则或事实不足、无法裁决的记录',
      measure: '补齐事实，由法务裁决；裁决前不处置',
      remains: '未裁决的记录留在原处，须有人保管',
    },
    conflicts: { cause: '各系统对合同状态说法不一', measure: '由业务部门核实并留下凭证', remains: '核实前不销毁' },
    owed: { cause: '尚有余额、欠款或争议', measure: '先清偿、退款或留存证据', remains: '拒不提交记录的不利认定（余额记录须留）' },
    untold: { cause: '没有告知到的客户', measure: '换渠道再告知，并公告', remains: '始终找不到的，以公告代替' },
    'unread-answers': { cause: '没有人读过的答复', measure: '逐封阅读；异议即停止销毁', remains: '无' },
    'unapproved-holds': { cause: '未经法务批准的保全', measure: '批准或解除', remains: '批准的保全须定期复核' },
    'overdue-steps': { cause: '时间表上逾期的事项', measure: '立即补办并记录原因', remains: '已经逾期的责任不因补办消失' },
    'unknown-steps': { cause: '时间表上缺事实的事项', measure: '补登日期、回答条件', remains: '其间可能另有逾期' },
    'unverified-rules': { cause: '方案用到而未核对条文的规则', measure: '法务对照公报核对并确认', remains: '规则库截止日之后的修法' },
    unreachable: { cause: '连不上、读不了的数据源或文件', measure: '恢复访问，或以书面指令处置', remains: '其中有什么，无从得知' },
    hazards: { cause: '数据源的隐患（触发器、级联、无主键等）', measure: '执行前逐项由 IT 决定', remains: '执行中断可以续做' },
    'shared-identifiers': { cause: '多人共用的标识、关联过大', measure: '人工拆分；不据此合并', remains: '把一人的告知发给另一人' },
    'not-as-planned': { cause: '与方案不符：变更、消失、受阻、计数不符', measure: '逐条复核，不当作已删除', remains: '未复核的不能结案' },
    residue: { cause: '复核发现的残留', measure: '补删或说明理由，再检索', remains: '没有连接的系统不在检索范围' },
    copies: { cause: '备份、日志等尚未清除的副本', measure: '等到期或由 IT 清除，密钥销毁', remains: '到期前可以恢复' },
    'no-timestamp': { cause: '缺外部时间戳', measure: '补取时间戳', remains: '补取前，存证时间只有自己的说法' },
    'staff-copies': {
      cause: '员工手中的手机、微信、移动硬盘',
      measure: '离职前清退，签保密承诺，另一部门核验',
      remains: '私下拷贝无法证明不存在',
    },
    'staff-records': { cause: '员工自身的记录', measure: '按劳动法另行处置，不混入客户方案', remains: '人力资源部门另案' },
    'treated-apart': { cause: '移出销毁的客户（异议等）', measure: '同样事实同样处置；每一例记录理由', remains: '理由由法务复核' },
    'customer-lists': { cause: '带联系方式的客户名单', measure: '按商业秘密限制导出，处置前留存访问记录', remains: '已知悉者的记忆与人脉' },
    'loose-lists': { cause: '系统之外的客户名单（文件）', measure: '收回、核对来源，不得带走或转卖', remains: '没有列为数据源的文件' },
    'partner-records': { cause: '供应商、商户的价格与往来', measure: '按商业秘密保管至处置', remains: '对方自己持有的一份' },
    'recipient-untold': {
      cause: '有接收方而客户未被告知',
      measure: '先告知名称和联系方式；变更目的须重新同意',
      remains: '接收方之后的使用',
    },
  },
  columns: { kind: '风险', cause: '本案中的原因', counted: '计数', measure: '措施', owner: '责任部门', remains: '仍然存在', basis: '依据' },
  rows: '涉 {n} 条记录',
  open: '未了 {n}',
  uncounted: '尚不能计数：{causes}',
  quiet: '没有数到：{kinds}',
  comma: '、',
  stop: '；',
  annex: '附二',
};

export const riskEn: RiskWords = {
  title: 'Risks',
  intro: 'Only what can be counted in this case, and no score: one without a basis would mislead. "Nothing counted" does not mean safe.',
  kinds: { leak: 'leak', legal: 'legal', technical: 'technical', moral: 'moral', competition: 'competition' },
  units: {
    column: 'columns',
    dataset: 'datasets',
    subject: 'customers',
    record: 'records',
    unit: 'units',
    processor: 'processors',
    item: 'items',
    step: 'steps',
    rule: 'rules',
    hold: 'holds',
    recipient: 'recipients',
  },
  causes: {
    'sensitive-columns': {
      cause: 'sensitive or high-risk columns',
      measure: 'disposed of first; what must stay keeps only lawful fields, encrypted',
      remains: 'sensitive fields in the archive, with the custodian until their term',
    },
    minors: {
      cause: 'minors',
      measure: 'guardians told; where none is found nothing is destroyed and Legal decides',
      remains: 'customers whose age nobody knows are not counted',
    },
    secrets: {
      cause: 'columns of passwords or tokens',
      measure: 'deleted first, never archived; accounts closed',
      remains: 'the same password used elsewhere',
    },
    'clear-files': {
      cause: 'personal data in plain files',
      measure: 'gathered in one place, reading limited; deleted or archived encrypted',
      remains: 'copies that are no source of the case',
    },
    'free-text': {
      cause: 'free text, JSON or images that may hold personal data',
      measure: 'searched value by value; what stays is redacted',
      remains: 'words inside images and scans are not read',
    },
    'offline-stores': {
      cause: 'paper, processors and other offline stores',
      measure: 'instructed in writing, confirmed, looked at by another department',
      remains: 'stores nobody declared',
    },
    processors: {
      cause: 'processors',
      measure: 'letter to return or delete, confirmation collected',
      remains: 'their backups and sub-processors: only their word',
    },
    gaps: {
      cause: 'records that cannot be decided',
      measure: 'facts completed, Legal decides; nothing is disposed of before',
      remains: 'undecided records stay and need a keeper',
    },
    conflicts: {
      cause: 'systems disagree about the contract',
      measure: 'settled by the department, with proof',
      remains: 'nothing destroyed until then',
    },
    owed: {
      cause: 'balances, debts or disputes open',
      measure: 'paid, refunded or kept as evidence first',
      remains: 'adverse inference if records are withheld: balances are kept',
    },
    untold: {
      cause: 'customers not told',
      measure: 'told by another channel, and announced',
      remains: 'for those never found the announcement stands',
    },
    'unread-answers': { cause: 'answers nobody has read', measure: 'read one by one; an objection stops destruction', remains: 'nothing' },
    'unapproved-holds': {
      cause: 'holds without approval of Legal',
      measure: 'approved or released',
      remains: 'approved holds are reviewed',
    },
    'overdue-steps': {
      cause: 'overdue steps of the timeline',
      measure: 'made good at once, with the reason on file',
      remains: 'liability for the delay',
    },
    'unknown-steps': {
      cause: 'steps of the timeline that lack a fact',
      measure: 'days entered, conditions answered',
      remains: 'some of them may be overdue',
    },
    'unverified-rules': {
      cause: 'rules in use whose text nobody compared',
      measure: 'Legal compares them with the gazette and confirms',
      remains: 'changes of law after the date of the rule base',
    },
    unreachable: {
      cause: 'sources or files that cannot be read',
      measure: 'access restored, or instructed in writing',
      remains: 'what is in them is unknown',
    },
    hazards: {
      cause: 'hazards of sources (triggers, cascades, no key)',
      measure: 'IT decides on each before execution',
      remains: 'a broken run can be continued',
    },
    'shared-identifiers': {
      cause: 'identifiers shared by several, oversized subjects',
      measure: 'split by hand; nothing is merged on them',
      remains: "one person's notice sent to another",
    },
    'not-as-planned': {
      cause: 'not as planned: changed, gone, blocked, miscounted',
      measure: 'looked at one by one, never taken for deleted',
      remains: 'the case cannot close until then',
    },
    residue: {
      cause: 'residue found by verification',
      measure: 'deleted or explained, then searched again',
      remains: 'systems that are not connected are not searched',
    },
    copies: {
      cause: 'backups, logs and other copies not cleared',
      measure: 'expired or cleared by IT, keys destroyed',
      remains: 'until then they can be restored',
    },
    'no-timestamp': { cause: 'outside time stamp missing', measure: 'fetched later', remains: 'until then the time is our own word' },
    'staff-copies': {
      cause: 'phones, chat accounts and disks in staff hands',
      measure: 'cleared before they leave, undertaking signed, verified by another department',
      remains: 'a private copy cannot be disproved',
    },
    'staff-records': {
      cause: 'records about staff',
      measure: 'disposed of under labour law, apart from the customer plan',
      remains: 'a matter for HR',
    },
    'treated-apart': {
      cause: 'customers taken out of destruction (objections)',
      measure: 'same facts, same decision; each with its reason',
      remains: 'reasons reviewed by Legal',
    },
    'customer-lists': {
      cause: 'customer lists with contacts',
      measure: 'treated as trade secrets: exports limited, access logged',
      remains: 'what people remember',
    },
    'loose-lists': {
      cause: 'customer lists outside the systems (files)',
      measure: 'collected, origin checked; not taken along or sold',
      remains: 'files that are no source of the case',
    },
    'partner-records': {
      cause: 'prices and dealings with suppliers and merchants',
      measure: 'kept as trade secrets until disposal',
      remains: 'the copy on their side',
    },
    'recipient-untold': {
      cause: 'a recipient, and customers not told',
      measure: 'its name and contact told first; a new purpose needs new consent',
      remains: 'what the recipient does afterwards',
    },
  },
  columns: {
    kind: 'Risk',
    cause: 'What raises it here',
    counted: 'Counted',
    measure: 'Measure',
    owner: 'Owner',
    remains: 'What remains',
    basis: 'Basis',
  },
  rows: 'in {n} records',
  open: '{n} open',
  uncounted: 'Cannot be counted yet: {causes}',
  quiet: 'Nothing counted: {kinds}',
  comma: ', ',
  stop: '; ',
  annex: 'Annex B',
};

export const riskWords = (lang: 'zh' | 'en'): RiskWords => (lang === 'en' ? riskEn : riskZh);

/** `12 列，涉 3,400 条记录，未了 2` */
export function countText(line: RiskLine, lang: 'zh' | 'en'): string {
  const words = riskWords(lang);
  const number = (n: number) => n.toLocaleString('en-US');
  return [
    `${number(line.count ?? 0)} ${lang === 'en' && line.count === 1 ? words.units[line.unit].replace(/s$/, '') : words.units[line.unit]}`,
    ...(line.records === null ? [] : [words.rows.replace('{n}', number(line.records))]),
    ...(line.open === null || line.open === line.count ? [] : [words.open.replace('{n}', number(line.open))]),
  ].join(lang === 'zh' ? '，' : ', ');
}
