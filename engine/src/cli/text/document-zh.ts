// SPDX-License-Identifier: Apache-2.0
import type { RowRefusal } from '../../tell/documents/index.ts';

/** What is said about documents; document-en.ts has the same shape by type. */
export const documentZh = {
  top: {
    documents: {
      plan: ['客户信息处置方案', '法务、IT、清算组批准'],
      'disposal-list': ['信息处置清单（xlsx，可填更正）', '各业务部门核对'],
      'impact-assessment': ['个人信息保护影响评估', '法务、清算组填写并签字'],
      'rules-annex': ['规则附件：依据与核实程度', '法务确认'],
      'processor-letter': ['返还或者删除通知与确认书', '每个受托方一份'],
      confidentiality: ['员工保密协议', '员工签字；--for 代号，不给则为空白'],
      'liquidation-annex': ['清算报告附件：客户信息处置情况', '股东、登记机关、审计人'],
      'hand-over-list': ['移交清单', '保管人接收'],
      'liability-note': ['注销后剩余责任说明', '每人一份：--for director-1,shareholder-1,liquidator-1'],
    } as Record<string, readonly [string, string]>,
    corrections: {
      columns: {
        number: '号',
        dataset: '数据集',
        asks: '更正为',
        by: '提出',
        state: '状态',
        effect: '影响的记录',
        row: '行',
        why: '为什么不收',
      },
      states: { proposed: '待法务裁决', accepted: '已接受', refused: '未接受' },
      asks: { hold: '处置：保全', role: '属于', 'record-class': '业务类别' },
      effect: '{moved} 条，其中更严 {harsher} 条',
      gone: '方案已变，须重新编制后再看',
      none: '没有更正',
      read: '读入：收下 {taken} 项，不收 {refused} 行，未填 {untouched} 行',
      next: '接受之后方案作废：shanhou plan 重新编制，三方重新签字',
      refusals: {
        'unknown-row': '行码不是现行方案的：被改动、新增，或者取自旧版清单',
        'row-twice': '同一行码出现两次',
        'cell-changed': '不可填的单元格被改动：{detail}',
        'unknown-word': '不是“可填”表里的词：{detail}',
        'reason-missing': '没有写理由',
        'reason-too-long': '理由超过 500 字',
        'reason-personal': '理由里有姓名、电话、证件号码一类，改用代号',
        floor: '规则要求保存，清单不能缩短：{detail}',
        'not-by-list': '处置只能更正为保全；其他由数据地图、事实和规则得出',
        'already-kept': '本来就不销毁，无须保全',
        'nothing-changed': '与现状相同',
        contradiction: '同一数据集的各行要求不一：{detail}',
      } satisfies Record<RowRefusal, string>,
    },
    documentColumns: { name: '名称', title: '文书', reader: '给谁、做什么', formats: '格式' },
  },
  errors: {
    'JourneyError.unknown-party': [
      '没有这个收件方：{detail}',
      '受托方用申报的名称；董事、股东、清算组成员用 director-1、shareholder-1、liquidator-1；员工用代号，不写姓名',
    ],
    'JourneyError.no-party': [
      '这份文书没有收件方：{detail}',
      '用 --for 指明；受托方先用 shanhou offline add 或 case facts --processor 申报',
    ],
    'JourneyError.list-unreadable': [
      '清单读不了：{detail}',
      '用 shanhou document disposal-list 重新出具，去掉公式，只在浅黄各列填写，存为 xlsx',
    ],
    'JourneyError.list-of-another-plan': [
      '这不是现行方案（摘要 {detail}）的信息处置清单',
      '用 shanhou document disposal-list 重新出具，把更正填在新的清单里',
    ],
    'JourneyError.unknown-correction': ['没有待裁决的更正：{detail}', '用 shanhou document corrections 查看'],
    'JourneyError.own-correction': ['提出更正的人不能自己接受：{detail}', '由另一位法务裁决'],
    'JourneyError.corrections-open': [
      '有 {detail} 项清单更正待法务裁决，不得执行',
      '用 shanhou document corrections 查看，shanhou document settle 裁决',
    ],
    'JourneyError.several-parties': ['有多个收件方，一个文件名放不下：{detail}', '去掉 --out，或用 --for 只指明一个'],
  } as Record<string, readonly [string, string]>,
};
