// SPDX-License-Identifier: Apache-2.0
import { CANNOT_PROVE, type NoteKey, WORDS, isDemoKey } from '@shanhou/proof';

/** data/README.zh.md: what this is, how to check it, whom to ask for the fingerprint, what it cannot prove. */
export function readmeZh(caseCode: string, company: string, key: NoteKey): string {
  const words = WORDS.zh;
  return `# 证据包：${company}（案件 ${caseCode}）

本目录记录这家公司注销时每一条客户记录的去向。里面没有个人信息，只有哈希、计数、规则编号和签名。

## 怎样核验

1. 需要 Python 3.9 以上和 OpenSSL 3，不需要网络，也不需要安装任何东西。在本包根目录（含 \`bagit.txt\` 的目录）运行：

       python3 data/verifier/check.py . --anchor 指纹 --trust 信任文件

   结果只有三种：有效、无效、不完整；退出码 0、1、6。没有信任文件也能运行，结果至多为“不完整”。
2. 信任文件是你自己写的文本文件，写明你信任哪些时间戳机构，每个机构一行 \`authority 名称\`（名称即 \`data/timestamps/\` 里的文件名），
   其后是你从该机构取得的根证书（以 \`-----BEGIN CERTIFICATE-----\` 开头的 PEM）。
3. **指纹必须来自本包之外**：注销公告、登记机关备案或公证书。与下面这一行逐字比较：

       ${key.fingerprint}

   日志名称：${key.name}
${isDemoKey(key.name) ? `\n   注意：这是${words.demoAnchor}。\n` : ''}
4. \`data/verifier/\` 里的程序与本包出自同一人之手。对制包人有怀疑的，请从善后的公开源代码取得同一程序（\`proof/second/check.py\`），
   或用另一套独立编写的程序核验：在源代码目录运行 \`npm run --silent -w proof check -- 证据包目录 --anchor 指纹 --trust 信任文件\`。
   格式与每一步核验的内容见源代码中的 \`docs/reference/evidence-bundle.md\`。

## ${words.cannotProveTitle.replace('：', '')}

${CANNOT_PROVE.map((code) => `- ${words.cannotProve[code]}`).join('\n')}

## 目录

- \`data/case.json\` 案件范围；\`data/policy\` 日志公钥
- \`data/log/\` 检查点与全部条目（每行一条）；\`data/inventory/\` 清单承诺，删除前已固定
- \`data/plan/\` 数据地图、规则、处置方案；\`data/reports/\` 复核报告；\`data/archive/\` 归档包清单
- \`data/verifier/\` 核验程序（Python）
- \`data/timestamps/\` 外部时间戳（RFC 3161，加盖于 \`data/log/checkpoint\`）；也可用 \`openssl ts -verify -data data/log/checkpoint -in 名称.tsr -CAfile 根证书\` 核验
`;
}

/** data/README.en.md: the same in English. */
export function readmeEn(caseCode: string, company: string, key: NoteKey): string {
  const words = WORDS.en;
  return `# Evidence bundle: ${company} (case ${caseCode})

What became of every customer record when this company was wound down. It holds no personal data: hashes, counts, rule ids, signatures.

## How to check

1. With Python 3.9 or later and OpenSSL 3, without network and without installing anything: in the bundle's folder (the one with \`bagit.txt\`)

       python3 data/verifier/check.py . --lang en --anchor FINGERPRINT --trust TRUST_FILE

   The answer is VALID, INVALID or INCOMPLETE; exit code 0, 1 or 6. It runs without a trust file, and then says INCOMPLETE at best.
2. The trust file is a text of your own that says which time stamp authorities you trust: for each a line \`authority NAME\` (the name of its
   files in \`data/timestamps/\`), then the root certificates that you obtained from that authority (PEM, \`-----BEGIN CERTIFICATE-----\`).
3. **The fingerprint must come from outside this bundle**: the public notice, the registrar's file, a notarial deed. Compare it with

       ${key.fingerprint}

   Log name: ${key.name}
${isDemoKey(key.name) ? `\n   Note: ${words.demoAnchor}.\n` : ''}
4. The program in \`data/verifier/\` comes from the hand that made the bundle. Whoever doubts that hand takes the same program from Shanhou's public
   source (\`proof/second/check.py\`), or the other one, written independently of it: in the source folder,
   \`npm run --silent -w proof check -- BUNDLE_DIR --lang en --anchor FINGERPRINT --trust TRUST_FILE\`.
   The format and what each step checks: \`docs/reference/evidence-bundle.md\` in the source.

## ${words.cannotProveTitle.replace(':', '')}

${CANNOT_PROVE.map((code) => `- ${words.cannotProve[code]}`).join('\n')}

## Contents

- \`data/case.json\` scope of the case; \`data/policy\` the log's key
- \`data/log/\` checkpoint and every entry, one a line; \`data/inventory/\` commitments that were fixed before anything was deleted
- \`data/plan/\` data map, rules, plan; \`data/reports/\` verification; \`data/archive/\` what lies in each archive bag
- \`data/verifier/\` the checker (Python)
- \`data/timestamps/\` time stamps from outside (RFC 3161, over \`data/log/checkpoint\`); also checked by
  \`openssl ts -verify -data data/log/checkpoint -in NAME.tsr -CAfile ROOTS\`
`;
}
