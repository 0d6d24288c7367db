// SPDX-License-Identifier: Apache-2.0
import type { FieldCategory } from '../../model/category.ts';
import type { ColumnRule } from './column-words.ts';

/*
 * Columns named by the initials of their Chinese words: whose (来访人 lfr, 学生 xs, 父亲 fq), then what (姓名 xm, 电话 dh). Written as the
 * two lists, because real tables put any of the first before any of the second.
 */

/** 学生 学员 会员 客户 用户 患者 病人 业主 住客 访客 顾客 家庭 成员 家长 父亲 母亲 父母 配偶 法人 负责人 紧急联系人 … and whoever ends in 人. */
const WHOSE =
  '(?:[a-z]{0,5}r|xs|xy|hy|kh|yh|br|hz|yz|zk|fk|gk|ck|cyr|jt|cy|jtcy|jz|fq|mq|fm|po|fr|frdb|ls|jl|yg|zg|ys|hs|czg|cz|lx|jjlx|gr|bdr|sj|by|dx)?';
const END = '(?:\\d|_?old|_?new)?$';

const rule = (category: FieldCategory, what: string): ColumnRule => ({ category, name: new RegExp(`(?:^|_)${what}${END}`) });

/** 订单号 运单号 单据号 …: a number (单号), not a telephone (电话). */
const SLIPS = '(?!(?:[a-z]?[dj]d|yd|kd|wl|ck|rk|cg|xs|th|pd|fk|sk|jf|tk|bx|gd|dj|qg|sq|fp|js|zf|xf|jy|dd)dh)';

export const PINYIN_RULES: readonly ColumnRule[] = [
  rule('id_card', `${WHOSE}(?:sfz|sfzh|sfzhm|sfzjh|sfzjhm|zjh|zjhm|zjbh)`),
  rule('gender', `${WHOSE}xb(?:dm|mc|m|h)?`),
  rule('birth_date', `${WHOSE}(?:csrq|csny|csnyr|cssj)`),
  rule('age', `${WHOSE}nl`),
  rule('landline', '(?:bgdh|bgsdh|gddh|zjdh|zzdh|jtdh|zjhm|cz|czhm|czdh)'),
  rule('phone', `(?:${SLIPS}${WHOSE}(?:dh|dhhm|sjh|sjhm|lxdh|lxfs|yddh|yddhhm|lxsj)|(?:[a-z]{1,4}r)?sj)`),
  rule('email', `${WHOSE}(?:dzyx|dzxx|dzyj|yx|yxdz|youxiang)`),
  rule('address', `${WHOSE}(?:dz|zz|jtdz|jtzz|xzz|xjzd|jzd|jzdz|txdz|hjdz|hkdz|hkszd|lxdz|xxdz|shdz|tsdz)`),
  rule('region', '(?:syd|sydmc|csd|hkszs|jgdm|jgmc)'),
  rule('postcode', '(?:yb|yzbm|yb_?h)'),
  rule('company_name', `${WHOSE}(?:gzdw|gzdwmc|dwmc|rdw)`),
  rule('occupation', '(?:(?:cy|fq|mq|jz|lxr|jhr|gz|fzr|dr)?(?:zw|zwmc|zhiwei)|zcmc|(?:fq|mq|jz|jhr|br|hz)zy)'),
  rule('bank_card', `${WHOSE}(?:yhkh|yhkhm|yhzh|yhkzh|khzh)`),
  rule('password', `${WHOSE}(?:mm|dlmm|kl)`),
  rule('account_name', `(?:yhm|dlm|dlmc|dlzh|zhm|czy|czyxm|czr|czrxm|spr|jbr|clr|blr)`),
  rule('ip', '(?:ip_?dz|[a-z]{0,6}dlip|[a-z]{0,4}_?ip)'),
  rule(
    'health',
    `(?:jwbs|jws|gmbs|gms|gmyw|xbs|jbs|jzbs|ywgms|zyzz|zljg|bqms|bqjs|(?:ry|cy|mz|cb|qz|zy|xy|lc)zd(?:mc|jg)?|zdjg|zdmc|jcjg|jyjg|jcsj_jg|tjjg)`,
  ),
  rule('name', '(?:cym|zwm|ywm|gtjkr|dbr|jkr|lfr|bfr|jhr|wtr|dlr|sqr|fkr|skr|jzr|ckr|fhr|jsr|bjr|yzxm|fzrxm|lxrxm|hzxm)'),
  // Whole syllables; whoever ends in 人 ren is a person, but not who made or changed the row.
  rule(
    'name',
    '(?!(?:chuangjian|xiugai|gengxin|faqi|lao|yong|jingying)ren|caozuoren|jingbanren|shenheren|shenpiren|faburen|luruzhe)[a-z]{2,14}ren(?:xingming|_?name)?',
  ),
  rule('account_name', '(?:caozuo|jingban|shenhe|shenpi|fabu|luru)ren(?:yuan)?'),
  rule('address', '(?:[a-z]{0,12})(?:zhuzhi|huji|hukou|hujidizhi|huji_?di)'),
  rule('company_name', '(?:gongzuo)?danwei(?:mingcheng)?'),
  rule(
    'health',
    '(?:xuexing|xueya|xuetang|tiwen|maibo|xinlv|shili|shengao|tizhong|guomin(?:shi|yuan|yaowu)?|yizhu|zhengzhuang|bingqing|bingli|jiwangshi|yongyao(?:qingkuang)?|zhiliao(?:fangan)?|jiancha(?:jieguo)?|shoushu(?:shi)?|jiankang(?:zhuangkuang)?)',
  ),
  rule('free_text_may_contain', '(?:bzxx|bzsm|(?:qj|tk|th|bx|jf|lf|ts|fk|sq|xq|gz|sp|cl|hf|gt|zx|ly|pj|yj|js)(?:bz|nr|ly|yy|sy|yj|ms))'),
];
