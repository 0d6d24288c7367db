// SPDX-License-Identifier: Apache-2.0
import type { Recogniser } from './recogniser.ts';

/** The hundred or so surnames that nearly everybody has, and the compound ones. */
const SINGLE =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|长孙|宇文|鲜于|南宫|百里)/;

function valid(value: string): boolean {
  const text = value.replaceAll(/\s/g, '');
  if (!/^[\p{Script=Han}·]{2,12}$/u.test(text) || /[省市区县路街号楼室店部公司科技银行]/.test(text)) return false;
  const length = [...text].length;
  if (text.includes('·')) return length >= 3;
  return (length <= 4 && COMPOUND.test(text) && length >= 3) || (length <= 3 && SINGLE.includes([...text][0]!));
}

/** A Chinese personal name standing alone. Inside text it needs a label or title, which classify-text looks for. */
export const name: Recogniser = { category: 'name', whole: valid, inside: null, checked: false };
