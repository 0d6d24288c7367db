// SPDX-License-Identifier: Apache-2.0

/** Surnames of one sign: those of 百家姓 and the ones that are common today and not in it. */
const ONE =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公晋楚闫法汝鄢涂钦岳帅缑亢况郈有商牟佘佴墨哈谯笪年爱阳佟言福肖付仝覃邝冼代苟尧揭鹿么楼迟麦来仉督丘邸侴苑栗亓藏芦原冶敬战英矫泥卿晓衣鹏旷粟占';
/** Surnames of two signs. */
const TWO =
  '万俟司马上官欧阳夏侯诸葛闻人东方赫连皇甫尉迟公羊澹台公冶宗政濮阳淳于单于太叔申屠公孙仲孙轩辕令狐钟离宇文长孙慕容鲜于闾丘司徒司空亓官司寇子车颛孙端木巫马公西漆雕乐正壤驷公良拓跋夹谷宰父谷梁段干百里东郭南门呼延归海羊舌微生有琴梁丘左丘东门西门伯赏南宫独孤纳兰第五即墨达奚褚师';
/** The two dozen that half of the people have, then the next sixty: how likely a sign is a surname at all. */
const FIRST = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋';
const NEXT =
  '唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴';
/** Surnames that are ordinary words of places and sentences: on their own they prove little. */
const WORDS =
  '东南西北水花云平和元成明高山谷牧井富车全通国文广双都利空后红有相权益公年来时路家房乐安常华金强方石林田江海宁包左支经管计单于应解从向国那别向居步满关能养温易连容原福英爱战言代从沙';

const one = new Set(ONE);
const two = new Set(TWO.match(/../gu));
const first = new Set(FIRST);
const next = new Set(NEXT);
const words = new Set(WORDS);

/** Length of the surname that a name begins with: 2, 1, or 0 for none. */
export function surnameLength(name: string): 0 | 1 | 2 {
  if (two.has(name.slice(0, 2))) return 2;
  return one.has(name[0] ?? '') ? 1 : 0;
}

/** How much a sign at this place speaks for a surname, 0…1. */
export function surnameWeight(name: string): number {
  if (two.has(name.slice(0, 2))) return 0.9;
  const sign = name[0] ?? '';
  if (first.has(sign)) return 1;
  if (next.has(sign)) return words.has(sign) ? 0.6 : 0.9;
  if (!one.has(sign)) return 0;
  return words.has(sign) ? 0.35 : 0.75;
}
