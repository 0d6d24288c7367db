// SPDX-License-Identifier: Apache-2.0
import { surnameLength, surnameWeight } from './surnames.ts';

/** Signs that places end with, and how much a name may follow them. */
const STRONG =
  '号楼室栋幢座层户弄院园城厦场店馆站校村庄屯寨组队社镇乡街路道巷段口处旁边侧面头米厂房区苑府墅期库行局所部司院医银桥市县店中心间';
const WEAK = '东南西北内外前后里上下门关家湾沟坪坡山河湖岭港湾堡营桥洞井台塘洲岛滩坝埠埭浜圩泾浦塔寺庙庵祠亭堤渠';
/** What people are hardly ever called: the words of houses, shops and directions. */
const NOT_GIVEN = '号楼室栋幢座层镇乡街路巷村店馆厂区县市省院校站司厦场园城超饭酒厅铺行部局所库段叉米侧旁面边座苑幼医银政府';
const PLACE_WORDS =
  /(?:大厦|小区|花园|广场|公园|中心|医院|学校|中学|小学|大学|宾馆|酒店|饭店|超市|商场|市场|公司|集团|银行|车站|路口|对面|旁边|附近|交叉|交汇|交界|村委|委会|政府|工业|开发|新区|新城|公寓|家园|家属|单元|院内|楼下|门口|门面|门市|南路|北路|东路|西路|中路|大道|大街|胡同|步行|国道|省道|县道|高速|出口|入口|加油|派出|邮局|电力|农场|林场|社区|街道|办事|学院|幼儿|商贸|建材|家具|汽车|汽修|物流|快递|服务|药店|药房|美食|宿舍|东侧|西侧|南侧|北侧|东面|西面|南面|北面|东头|西头|南头|北头|以东|以西|以南|以北|向东|向西|向南|向北|北面|十字|丁字|三岔|一楼|二楼|三楼|号楼|号院|居委|仓库|厂房|广电|国税|地税|工商|法院|公安|财政|卫生|人民|体育|文化|建设|解放|中山)$/u;

const strong = new Set(STRONG);
const weak = new Set(WEAK);
const notGiven = new Set(NOT_GIVEN);

/**
 * Where a personal name begins at the end of text that is an address up to there; −1 when none does. `needed` = nothing else in the
 * line is a name, so there most likely is one.
 */
export function nameAtEnd(text: string, needed: boolean): number {
  let best = -1;
  let score = needed ? 0.55 : 1.35;
  for (const length of [2, 3, 4]) {
    const at = text.length - length;
    if (at < 2) continue;
    const name = text.slice(at);
    if (!/^\p{Script=Han}+$/u.test(name)) continue;
    const surname = surnameLength(name);
    const given = length - surname;
    if (surname === 0 || given < 1 || given > 2) continue;
    const found = surnameWeight(name) + boundary(text.slice(0, at)) + likeGiven(name.slice(surname), name) + (surname === 2 ? 0.4 : 0);
    if (found > score) [best, score] = [at, found];
  }
  return best;
}

function boundary(before: string): number {
  const last = before.at(-1)!;
  if (/[\dA-Za-z#)）]/.test(last)) return 0.5;
  if (PLACE_WORDS.test(before)) return 0.9;
  if (strong.has(last)) return 0.8;
  return weak.has(last) ? 0.35 : -0.35;
}

function likeGiven(given: string, name: string): number {
  if ([...given].some((sign) => notGiven.has(sign))) return -1;
  if (PLACE_WORDS.test(name)) return -0.8;
  return given.length === 2 ? 0.15 : 0;
}
