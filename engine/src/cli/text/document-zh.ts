// SPDX-License-Identifier: Apache-2.0
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
    documentColumns: { name: '名称', title: '文书', reader: '给谁、做什么', formats: '格式' },
  },
  errors: {
    'JourneyError.unknown-party': [
      '没有这个收件方：{detail}',
      '受托方用申报的名称；董事、股东、清算组成员用 director-1、shareholder-1、liquidator-1；员工用代号，不写姓名',
    ],
    'JourneyError.no-party': ['这份文书没有收件方：{detail}', '用 --for 指明；受托方先用 shanhou offline add 或 facts --processor 申报'],
    'JourneyError.several-parties': ['有多个收件方，一个文件名放不下：{detail}', '去掉 --out，或用 --for 只指明一个'],
  } as Record<string, readonly [string, string]>,
};
