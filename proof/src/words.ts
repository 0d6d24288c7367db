// SPDX-License-Identifier: Apache-2.0
import type { CannotProve, StepName, StepState, Verdict } from './report.ts';

export type Language = 'zh' | 'en';

/** Words for a reader of a report. Details of a step stay as they are: they name files and places. */
export interface Words {
  readonly title: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly states: Readonly<Record<StepState, string>>;
  readonly steps: Readonly<Record<StepName, string>>;
  readonly cannotProve: Readonly<Record<CannotProve, string>>;
  readonly cannotProveTitle: string;
  readonly anchor: string;
  readonly demoAnchor: string;
  readonly fromBundle: string;
  readonly fromOutside: string;
  readonly fingerprint: string;
  readonly records: string;
  readonly leaves: string;
  readonly usage: string;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  zh: {
    title: '证据包核验',
    verdicts: { VALID: '有效（VALID）', INVALID: '无效（INVALID）', INCOMPLETE: '不完整（INCOMPLETE）：已核验的部分无误，但缺少下列内容' },
    states: { passed: '通过', failed: '未通过', missing: '缺少' },
    steps: {
      container: '文件齐全、未被改动',
      policy: '信任策略与案件信息',
      anchor: '日志公钥经外部核对',
      checkpoint: '日志检查点签名',
      log: '日志根哈希与条数',
      statements: '每条声明的签名',
      order: '先后顺序与必备声明',
      inventory: '清单承诺（删除前已固定）',
      dispositions: '每条记录恰有一个处置结果',
      counts: '数据源自身计数与清单一致',
      plan: '处置方案摘要',
      approvals: '法务、IT、清算组三方签署',
      binding: '日志外文件的哈希',
      timestamp: '外部时间戳',
    },
    cannotProve: {
      'no-copy-elsewhere': '别处没有副本——没有任何人、任何工具能够证明这一点',
      'stores-not-inventoried': '未纳入清单的数据源',
      'decisions-lawful': '处置决定合法——这里只能看出由谁、按哪条规则作出',
      'officers-are-who-they-say': '签署人的真实身份——签署公钥由案件日志自行列出',
      'media-free-of-traces': '存储介质上没有残留',
      'made-at-the-stated-time': '声明中的时间——没有外部时间戳，持有日志密钥的人可以事后重做整份日志',
    },
    cannotProveTitle: '本证据包不能证明：',
    anchor: '日志公钥',
    demoAnchor: '演示密钥，不具有任何外部效力',
    fromBundle: '来自证据包自身，请与公告的指纹逐字核对',
    fromOutside: '由核验人提供',
    fingerprint: '指纹',
    records: '记录',
    leaves: '日志条目',
    usage: [
      '用法：shanhou-check 证据包目录 [--anchor 公钥或指纹]… [--json] [--lang zh|en]',
      '  --anchor  从公告、备案或公证书中得到的日志公钥（vkey）或 64 位指纹；可重复',
      '退出码：0 有效，6 不完整，1 无效，2 用法错误',
    ].join('\n'),
  },
  en: {
    title: 'Evidence bundle check',
    verdicts: { VALID: 'VALID', INVALID: 'INVALID', INCOMPLETE: 'INCOMPLETE: what was checked is right, but something is missing' },
    states: { passed: 'passed', failed: 'failed', missing: 'missing' },
    steps: {
      container: 'files complete and unchanged',
      policy: 'trust policy and case file',
      anchor: 'log key known from outside',
      checkpoint: 'signature of the log checkpoint',
      log: 'root hash and size of the log',
      statements: 'signature of every statement',
      order: 'order, and nothing required is absent',
      inventory: 'inventory commitments (fixed before deletion)',
      dispositions: 'exactly one disposition for each record',
      counts: "sources' own counts equal the inventory",
      plan: 'plan digest',
      approvals: 'signed by legal, IT and the liquidation group',
      binding: 'hashes of the files outside the log',
      timestamp: 'time stamp from outside',
    },
    cannotProve: {
      'no-copy-elsewhere': 'that no copy exists elsewhere; nobody and no tool can prove that',
      'stores-not-inventoried': 'anything about stores that were not inventoried',
      'decisions-lawful': 'that the decisions are lawful; it shows who made them and by which rule',
      'officers-are-who-they-say': "the officers' identity; their keys are listed by the case log itself",
      'media-free-of-traces': 'that no traces are left on storage media',
      'made-at-the-stated-time': 'the stated times; without an outside time stamp the holder of the log key could make the whole log anew',
    },
    cannotProveTitle: 'This bundle cannot prove:',
    anchor: 'log key',
    demoAnchor: 'demo anchor: vouches for nothing outside the demonstration',
    fromBundle: 'taken from the bundle itself; compare it with the published fingerprint',
    fromOutside: 'given by you',
    fingerprint: 'fingerprint',
    records: 'records',
    leaves: 'log leaves',
    usage: [
      'usage: shanhou-check BUNDLE_DIR [--anchor VKEY|FINGERPRINT]… [--json] [--lang zh|en]',
      '  --anchor  log key (vkey) or fingerprint (64 hex digits) from a public notice, a filing or a notarial deed; repeatable',
      'exit: 0 valid, 6 incomplete, 1 invalid, 2 usage',
    ].join('\n'),
  },
};
