// SPDX-License-Identifier: Apache-2.0
import { type Random, plusDays } from './random.ts';

/** One invented person with everything the company's systems may hold. E-mail at a reserved domain. */
export interface Person {
  readonly no: number;
  readonly customerNo: string;
  readonly name: string;
  readonly phone: string;
  /** Null for those who never gave one: they can be reached by phone only. */
  readonly email: string | null;
  readonly birth: string;
  readonly gender: '男' | '女';
  readonly idCard: string;
}

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾'];
const GIVEN = [...'示例样本虚构测试演练假定试用仿真拟造'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number with its check character, in an area code that no place has (659999). */
export function idCardOf(birth: string, sequence: number): string {
  const body = `659999${birth.replaceAll('-', '')}${String(sequence % 1000).padStart(3, '0')}`;
  const sum = [...body].reduce((n, digit, i) => n + Number(digit) * WEIGHTS[i]!, 0);
  return body + '10X98765432'[sum % 11];
}

/** Person number `no` of the company; every number has a phone, an e-mail and an identity number of its own. */
export function personOf(random: Random, no: number, today: string): Person {
  const child = no % 97 === 13;
  const birth = plusDays(today, -(child ? 365 * 8 + random.int(1_200) : 365 * 20 + random.int(365 * 45)));
  const rare = no % 211 === 5 ? random.pick(['䶮', '𠅤']) : random.pick(GIVEN);
  return {
    no,
    customerNo: `C${String(100_000 + no)}`,
    name: random.pick(SURNAMES) + random.pick(GIVEN) + rare,
    phone: `1${random.pick(['39', '58', '86', '77'])}${String(no).padStart(8, '0')}`,
    email: no % 25 === 24 ? null : `customer${no}@example.com`,
    birth,
    gender: random.chance(0.5) ? '男' : '女',
    idCard: idCardOf(birth, no),
  };
}

const PLACES = [
  ['浙江省', '杭州市', '西湖区'],
  ['江苏省', '南京市', '鼓楼区'],
  ['广东省', '广州市', '天河区'],
  ['四川省', '成都市', '武侯区'],
  ['山东省', '济南市', '历下区'],
] as const;

/** An invented address on streets of nowhere. */
export function addressOf(random: Random): { province: string; city: string; district: string; detail: string } {
  const [province, city, district] = random.pick(PLACES);
  return {
    province,
    city,
    district,
    detail: `示例${random.pick(['东', '西', '南', '北'])}路${1 + random.int(300)}号${1 + random.int(20)}栋${101 + random.int(900)}室`,
  };
}
