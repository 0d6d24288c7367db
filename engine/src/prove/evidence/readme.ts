// SPDX-License-Identifier: Apache-2.0
import { CANNOT_PROVE, type NoteKey, WORDS, isDemoKey } from '@shanhou/proof';

/** data/README.zh.md: what this is, how to check it, whom to ask for the fingerprint, what it cannot prove. */
export function readmeZh(caseCode: string, company: string, key: NoteKey): string {
  const words = WORDS.zh;
  return `# 证据包：${company}（案件 ${caseCode}）

本目录记录这家公司注销时每一条客户记录的去向。里面没有个人信息，只有哈希、计数、规则编号和签名。

## 怎样核验

1. 快速查看文件是否完好（任何带有 coreutils 的电脑）：在证据包根目录运行 \`sha512sum -c manifest-sha512.txt\`。这一步不能识破连清单一起改过的包。
2. 完整核验（不需要网络）：在善后的源代码目录运行
   \`npm run --silent -w proof check -- 证据包目录 --anchor 指纹 --trust 信任文件\`
   信任文件写明你信任的时间戳机构：一行 \`authority 名称\`，其后是从该机构取得的根证书（PEM）；名称即 \`data/timestamps/\` 里的文件名。
   结果只有三种：有效、无效、不完整。退出码 0、1、6。
3. **指纹必须来自本包之外**：注销公告、登记机关备案或公证书。与下面这一行逐字比较：

       ${key.fingerprint}

   日志名称：${key.name}
${isDemoKey(key.name) ? `\n   注意：这是${words.demoAnchor}。\n` : ''}
## ${words.cannotProveTitle.replace('：', '')}

${CANNOT_PROVE.map((code) => `- ${words.cannotProve[code]}`).join('\n')}

## 目录

- \`data/case.json\` 案件范围；\`data/policy\` 日志公钥
- \`data/log/\` 检查点与全部条目（每行一条）；\`data/inventory/\` 清单承诺，删除前已固定
- \`data/plan/\` 数据地图、规则、处置方案；\`data/reports/\` 复核报告；\`data/archive/\` 归档包清单
- \`data/timestamps/\` 外部时间戳（RFC 3161，加盖于 \`data/log/checkpoint\`）；也可用 \`openssl ts -verify -data data/log/checkpoint -in 名称.tsr -CAfile 根证书\` 核验
`;
}

/** data/README.en.md: the same in English. */
export function readmeEn(caseCode: string, company: string, key: NoteKey): string {
  const words = WORDS.en;
  return `# Evidence bundle: ${company} (case ${caseCode})

What became of every customer record when this company was wound down. It holds no personal data: hashes, counts, rule ids, signatures.

## How to check

1. A quick look, on any computer with coreutils: in the bundle's folder, \`sha512sum -c manifest-sha512.txt\`. It cannot detect a bundle whose
   manifest was changed too.
2. The full check, without network: in a source folder of Shanhou,
   \`npm run --silent -w proof check -- BUNDLE_DIR --lang en --anchor FINGERPRINT --trust TRUST_FILE\`
   The trust file says which time stamp authorities you trust: a line \`authority NAME\`, then the roots (PEM) that you obtained from that
   authority. NAME is the name of its files in \`data/timestamps/\`.
   The answer is VALID, INVALID or INCOMPLETE; exit code 0, 1 or 6.
3. **The fingerprint must come from outside this bundle**: the public notice, the registrar's file, a notarial deed. Compare it with

       ${key.fingerprint}

   Log name: ${key.name}
${isDemoKey(key.name) ? `\n   Note: ${words.demoAnchor}.\n` : ''}
## ${words.cannotProveTitle.replace(':', '')}

${CANNOT_PROVE.map((code) => `- ${words.cannotProve[code]}`).join('\n')}

## Contents

- \`data/case.json\` scope of the case; \`data/policy\` the log's key
- \`data/log/\` checkpoint and every entry, one a line; \`data/inventory/\` commitments that were fixed before anything was deleted
- \`data/plan/\` data map, rules, plan; \`data/reports/\` verification; \`data/archive/\` what lies in each archive bag
- \`data/timestamps/\` time stamps from outside (RFC 3161, over \`data/log/checkpoint\`); also checked by
  \`openssl ts -verify -data data/log/checkpoint -in NAME.tsr -CAfile ROOTS\`
`;
}
