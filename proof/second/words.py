# SPDX-License-Identifier: Apache-2.0
"""Words for a reader of a report. Details of a step stay as they are: they name files and places."""

from __future__ import annotations

ZH = {
    "title": "证据包核验",
    "VALID": "有效（VALID）",
    "INVALID": "无效（INVALID）",
    "INCOMPLETE": "不完整（INCOMPLETE）：已核验的部分无误，但缺少下列内容",
    "passed": "通过",
    "failed": "未通过",
    "missing": "缺少",
    "steps": {
        "container": "文件齐全、未被改动",
        "policy": "信任策略与案件信息",
        "anchor": "日志公钥经外部核对",
        "checkpoint": "日志检查点签名",
        "log": "日志根哈希与条数",
        "statements": "每条声明的签名",
        "order": "先后顺序与必备声明",
        "inventory": "清单承诺（删除前已固定）",
        "dispositions": "每条记录恰有一个处置结果",
        "counts": "数据源自身计数与清单一致",
        "plan": "处置方案摘要",
        "approvals": "法务、IT、清算组三方签署",
        "binding": "日志外文件的哈希",
        "timestamp": "外部时间戳（RFC 3161，加盖于检查点）",
    },
    "cannotProveTitle": "本证据包不能证明：",
    "cannotProve": {
        "no-copy-elsewhere": "别处没有副本——没有任何人、任何工具能够证明这一点",
        "stores-not-inventoried": "未纳入清单的数据源",
        "decisions-lawful": "处置决定合法——这里只能看出由谁、按哪条规则作出",
        "officers-are-who-they-say": "签署人的真实身份——签署公钥由案件日志自行列出",
        "media-free-of-traces": "存储介质上没有残留",
        "made-at-the-stated-time": "各条声明自己写的时间——时间戳只证明整份日志在那一刻之前已经存在；"
        "没有时间戳，持有日志密钥的人可以事后重做整份日志",
    },
    "anchor": "日志公钥",
    "outside": "由核验人提供",
    "bundle": "来自证据包自身，请与公告的指纹逐字核对",
    "demoAnchor": "示范锚点（demo anchor），不具有任何外部效力",
    "demoVerdict": "锚点是示范锚点（demo anchors）：结论只对演示成立，不具有任何外部效力",
    "fingerprint": "指纹",
    "leaves": "日志条目",
    "records": "记录",
    "timestamps": "外部时间戳：须有 {quorum} 个不同机构的，计入 {counted} 个",
    "noAuthority": "核验人没有给出任何时间戳机构的根证书（--trust）：包内自带的证书不能证明自己",
    "tokens": {
        "counted": "计入",
        "no-anchor": "完好，但未由外部给出该机构的根证书，不计入",
        "same-signer": "与另一个时间戳为同一签署密钥，不重复计入",
        "unsupported": "所用算法本程序不会核验，不计入",
        "absent": "缺少该机构的时间戳",
        "wrong": "未通过",
    },
    "signer": "签署者",
    "hours": 8,
    "zone": "北京时间",
    "usage": """用法：python3 check.py 证据包目录 [--anchor 公钥或指纹]… [--trust 文件] [--json] [--lang zh|en]
  --anchor  从公告、备案或公证书中得到的日志公钥（vkey）或 64 位指纹；可重复
  --trust   信任文件，须来自证据包之外：log 公钥行，authority 名称 [策略 OID] 行及其后由该机构取得的根证书（PEM），quorum 个数（默认 2）
退出码：0 有效，6 不完整，1 无效，2 用法错误""",
}

EN = {
    "title": "Evidence bundle check",
    "VALID": "VALID",
    "INVALID": "INVALID",
    "INCOMPLETE": "INCOMPLETE: what was checked is right, but something is missing",
    "passed": "passed",
    "failed": "failed",
    "missing": "missing",
    "steps": {
        "container": "files complete and unchanged",
        "policy": "trust policy and case file",
        "anchor": "log key known from outside",
        "checkpoint": "signature of the log checkpoint",
        "log": "root hash and size of the log",
        "statements": "signature of every statement",
        "order": "order, and nothing required is absent",
        "inventory": "inventory commitments (fixed before deletion)",
        "dispositions": "exactly one disposition for each record",
        "counts": "sources' own counts equal the inventory",
        "plan": "plan digest",
        "approvals": "signed by legal, IT and the liquidation group",
        "binding": "hashes of the files outside the log",
        "timestamp": "time stamps from outside (RFC 3161, over the checkpoint)",
    },
    "cannotProveTitle": "This bundle cannot prove:",
    "cannotProve": {
        "no-copy-elsewhere": "that no copy exists elsewhere; nobody and no tool can prove that",
        "stores-not-inventoried": "anything about stores that were not inventoried",
        "decisions-lawful": "that the decisions are lawful; it shows who made them and by which rule",
        "officers-are-who-they-say": "the officers' identity; their keys are listed by the case log itself",
        "media-free-of-traces": "that no traces are left on storage media",
        "made-at-the-stated-time": "the times that statements give for themselves; a time stamp proves that the whole log existed by then, "
        "and without one the holder of the log key could make it all anew",
    },
    "anchor": "log key",
    "outside": "given by you",
    "bundle": "taken from the bundle itself; compare it with the published fingerprint",
    "demoAnchor": "demo anchor: vouches for nothing outside the demonstration",
    "demoVerdict": "The anchors are demo anchors: this holds for the demonstration and vouches for nothing outside it",
    "fingerprint": "fingerprint",
    "leaves": "log leaves",
    "records": "records",
    "timestamps": "time stamps from outside: {quorum} wanted from different authorities, {counted} counted",
    "noAuthority": "you gave no root of any time stamp authority (--trust); certificates inside the bundle cannot vouch for themselves",
    "tokens": {
        "counted": "counted",
        "no-anchor": "whole, but its authority's root was not given from outside; not counted",
        "same-signer": "signed with the key of another one; not counted again",
        "unsupported": "made with an algorithm this program cannot check; not counted",
        "absent": "this authority's time stamp is not there",
        "wrong": "failed",
    },
    "signer": "signed by",
    "hours": 0,
    "zone": "UTC",
    "usage": """usage: python3 check.py BUNDLE_DIR [--anchor VKEY|FINGERPRINT]… [--trust FILE] [--json] [--lang zh|en]
  --anchor  log key (vkey) or fingerprint (64 hex digits) from a public notice, a filing or a notarial deed; repeatable
  --trust   trust file, from outside the bundle: lines `log VKEY`, `authority NAME [POLICY-OID]` followed by the PEM roots that you
            obtained from that authority, `quorum N` (default 2)
exit: 0 valid, 6 incomplete, 1 invalid, 2 usage""",
}

WORDS = {"zh": ZH, "en": EN}
