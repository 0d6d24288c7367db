// SPDX-License-Identifier: Apache-2.0

/** Province-level divisions (GB/T 2260), short and long. The long ones come first: they are matched before the short. */
const LONG = [
  '新疆维吾尔自治区',
  '广西壮族自治区',
  '宁夏回族自治区',
  '内蒙古自治区',
  '西藏自治区',
  '香港特别行政区',
  '澳门特别行政区',
  '黑龙江省',
  '新疆生产建设兵团',
];
const SHORT =
  '北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门'.split(
    ' ',
  );
/** Cities that are written without their province. */
const CITIES =
  '广州 深圳 杭州 南京 苏州 成都 武汉 西安 郑州 长沙 青岛 济南 宁波 无锡 佛山 东莞 厦门 福州 合肥 昆明 沈阳 大连 哈尔滨 长春 石家庄 太原 南昌 南宁 贵阳 兰州 乌鲁木齐 海口 三亚 珠海 中山 惠州 温州 嘉兴 绍兴 金华 台州 常州 南通 徐州 扬州 烟台 潍坊 临沂 洛阳 唐山 保定 泉州 漳州 汕头 湛江 桂林 柳州 绵阳 遵义 银川 西宁 拉萨 呼和浩特 包头 大庆 鞍山 芜湖 赣州 宜昌 襄阳 岳阳 株洲 湖州 镇江 盐城 泰州 淮安 连云港 宿迁 淄博 威海 日照 泰安 济宁 德州 聊城'.split(
    ' ',
  );

/** Names of provinces, long and short. */
export const PROVINCES: readonly string[] = [...LONG, ...SHORT, ...SHORT.flatMap((s) => [`${s}省`, `${s}市`])];

const PROVINCE = `(?:${[...LONG, ...SHORT.map((s) => `${s}(?:省|市|自治区)?`)].join('|')})`;
const CITY = `(?:${CITIES.join('|')})市`;
const HAN = '\\p{Script=Han}';

/** Where an address begins: a province followed by a place, or a known city, or city and district without either. */
export const ADDRESS_START = new RegExp(
  `${PROVINCE}(?=\\s?(?:${HAN}{1,11}(?:市|区|县|州|盟|旗|地区|镇|乡|街道|路|街|道)))|${CITY}(?=\\s?${HAN})`,
  'gu',
);

/** A district, county or city word group, as an address without province and known city begins with. */
export const LOOSE_START = new RegExp(
  `(?<!${HAN})${HAN}{2,5}(?:市|区|县|自治州|自治县|镇|街道)(?=${HAN}{1,12}(?:区|县|镇|乡|街道|路|街|巷|村|大道|小区|\\d+号|号))`,
  'gu',
);
