// SPDX-License-Identifier: Apache-2.0
import { type Person, addressOf, idCardOf, personOf } from './people.ts';
import { type Random, plusDays, seeded } from './random.ts';

type Value = string | number | null;
export type Rows = readonly Readonly<Record<string, Value>>[];

/** Everything the sample company's stores hold, by table. Planted troubles are in it; see README. */
export interface Estate {
  readonly orders: Readonly<
    Record<'accounts' | 'addresses' | 'orders' | 'order_items' | 'invoices' | 'payments' | 'prepaid_balances' | 'login_log', Rows>
  >;
  readonly crm: Readonly<Record<'customers' | 'contracts' | 'follow_ups', Rows>>;
  readonly marketing: Rows;
  readonly sales: Rows;
  /** How often each trouble of identity and data quality was planted. */
  readonly planted: Readonly<Record<Planted, number>>;
}
export type Planted =
  | 'wrongCheckDigit'
  | 'birthAgainstNumber'
  | 'endBeforeStart'
  | 'zeroDate'
  | 'family'
  | 'threeSpellings'
  | 'switchboard'
  | 'children'
  | 'firms';

const CLOSED = '2026-08-31';
const SKUS = Array.from({ length: 12 }, (_, i) => ({ sku: `SKU-${100 + i}`, price: 19 + 10 * i }));
const SWITCHBOARD = '057100008888';

/** Kind of life's trouble of an account, by its number: every kind occurs from 20 customers on. */
function troubleOf(no: number): 'running' | 'conflict' | 'owed' | 'dispute' | 'none' {
  const n = no % 100;
  if (no === 3 || n === 41 || n === 77) return 'running';
  if (no === 7 || n === 52) return 'conflict';
  if (no === 11 || n === 15 || n === 61 || n === 88) return 'owed';
  if (no === 17 || n === 93) return 'dispute';
  return 'none';
}

/** Makes the estate in memory. `today`: YYYY-MM-DD. */
export function makeEstate(customers: number, seed: number, today: string): Estate {
  const random = seeded(seed);
  const t: { [K in keyof Estate['orders']]: Record<string, Value>[] } = {
    accounts: [],
    addresses: [],
    orders: [],
    order_items: [],
    invoices: [],
    payments: [],
    prepaid_balances: [],
    login_log: [],
  };
  const c: { [K in keyof Estate['crm']]: Record<string, Value>[] } = { customers: [], contracts: [], follow_ups: [] };
  const marketing: Record<string, Value>[] = [];
  const sales: Record<string, Value>[] = [];
  const people: Person[] = [];
  const planted: Record<Planted, number> = {
    wrongCheckDigit: 0,
    birthAgainstNumber: 0,
    endBeforeStart: 0,
    zeroDate: 0,
    family: 0,
    threeSpellings: 0,
    switchboard: 0,
    children: 0,
    firms: 0,
  };
  for (let no = 1; no <= customers; no++) {
    const alone = personOf(random, no, today);
    // Two people of one household, one phone.
    const family = no % 127 === 30;
    const person = family ? { ...alone, phone: people.at(-1)!.phone } : alone;
    if (family) planted.family += 1;
    if (no % 97 === 13) planted.children += 1;
    if (no % 191 === 9) planted.wrongCheckDigit += 1;
    if (isWrongBirth(no)) planted.birthAgainstNumber += 1;
    people.push(person);
    account(t, random, person);
    if (no % 10 !== 0) crm(c, random, person, customers, people, planted);
    if (no % 5 < 3) marketing.push(marketingRow(random, person));
    if (no % 16 === 1 && sales.length < 300) sales.push(salesRow(random, person));
  }
  outsiders(t, c, customers, today);
  planted.firms = firms(c);
  const first = t.login_log[0];
  if (first) t.login_log.push({ ...first }, { ...first });
  return { orders: t, crm: c, marketing, sales, planted };
}

/** The birth day in the account is not the one in the identity number. */
const isWrongBirth = (no: number) => no % 173 === 33;

function account(t: { [K in keyof Estate['orders']]: Record<string, Value>[] }, random: Random, p: Person): void {
  const trouble = troubleOf(p.no);
  const active = trouble === 'running' || trouble === 'conflict';
  const ended = active ? null : plusDays(CLOSED, -random.int(300));
  const since = plusDays('2022-01-01', random.int(1_200));
  t.accounts.push({
    id: p.no,
    customer_no: p.customerNo,
    username: `user${p.no}`,
    real_name: p.name,
    phone: p.phone,
    email: p.email,
    id_card: p.no % 191 === 9 ? p.idCard.slice(0, 17) + (p.idCard[17] === '0' ? '1' : '0') : p.idCard,
    birth_date: isWrongBirth(p.no) ? plusDays(p.birth, 1) : p.birth,
    gender: p.gender,
    kind: 'customer',
    membership_status: active ? 'active' : 'ended',
    membership_ended_on: ended,
    registered_at: `${since} 10:00:00`,
    closed_at: null,
  });
  for (let i = 0; i < (p.no % 10 < 3 ? 2 : 1); i++) {
    t.addresses.push({
      id: t.addresses.length + 1,
      account_id: p.no,
      receiver: p.name,
      phone: p.phone,
      ...addressOf(random),
      created_at: `${since} 11:00:00`,
      deleted_at: null,
    });
  }
  const orders = 1 + random.int(4);
  for (let i = 0; i < orders; i++) order(t, random, p, since, trouble === 'dispute' && i === 0);
  if (trouble === 'owed' || p.no % 12 === 4) {
    t.prepaid_balances.push({
      id: t.prepaid_balances.length + 1,
      account_id: p.no,
      card_no: `P${String(p.no).padStart(9, '0')}`,
      balance: trouble === 'owed' ? `${100 + random.int(900)}.00` : '0.00',
      opened_on: since,
      updated_at: `${CLOSED} 12:00:00`,
    });
  }
  for (let i = 0; i < 4; i++) {
    t.login_log.push({
      account_id: p.no,
      phone: p.phone,
      ip: `203.0.113.${1 + random.int(250)}`,
      user_agent: 'ExampleBrowser/1.0',
      result: random.chance(0.9) ? 'ok' : 'wrong password',
      logged_at: `${plusDays('2026-10-15', -random.int(420))} 08:30:0${random.int(10)}`,
    });
  }
}

function order(
  t: { [K in keyof Estate['orders']]: Record<string, Value>[] },
  random: Random,
  p: Person,
  since: string,
  dispute: boolean,
): void {
  const id = t.orders.length + 1;
  const day = plusDays(since, 30 + random.int(400));
  const a = addressOf(random);
  const items = 1 + random.int(3);
  let amount = 0;
  for (let i = 0; i < items; i++) {
    const { sku, price } = random.pick(SKUS);
    const quantity = 1 + random.int(2);
    amount += price * quantity;
    t.order_items.push({
      id: t.order_items.length + 1,
      order_id: id,
      sku,
      quantity,
      unit_price: `${price}.00`,
      remark: random.chance(0.1) ? `请电话联系${p.phone}` : null,
    });
  }
  t.orders.push({
    id,
    account_id: p.no,
    order_no: `NO${String(20_000_000 + id)}`,
    receiver_name: p.name,
    receiver_phone: p.phone,
    receiver_address: `${a.province}${a.city}${a.district}${a.detail}`,
    amount: `${amount}.00`,
    status: 'completed',
    dispute_status: dispute ? 'open' : random.chance(0.02) ? 'closed' : null,
    ordered_at: `${day} 09:00:00`,
    completed_at: `${plusDays(day, 3)} 18:00:00`,
  });
  t.payments.push({
    id: t.payments.length + 1,
    order_id: id,
    account_id: p.no,
    transaction_no: `T${String(70_000_000 + id)}`,
    payer_name: p.name,
    channel: random.pick(['alipay', 'wechat', 'card']),
    amount: `${amount}.00`,
    paid_at: `${day} 09:05:00`,
  });
  if (random.chance(0.35)) {
    t.invoices.push({
      id: t.invoices.length + 1,
      order_id: id,
      account_id: p.no,
      invoice_no: `F${String(50_000_000 + id)}`,
      title: p.name,
      tax_no: null,
      buyer_phone: p.phone,
      buyer_birth_date: p.birth,
      amount: `${amount}.00`,
      issued_on: plusDays(day, 4),
    });
  }
}

function crm(
  c: { [K in keyof Estate['crm']]: Record<string, Value>[] },
  random: Random,
  p: Person,
  customers: number,
  people: readonly Person[],
  planted: Record<Planted, number>,
): void {
  const id = c.customers.length + 1;
  const three = p.no % 301 === 19;
  const shared = p.no % Math.max(2, Math.floor(customers / Math.min(400, Math.max(10, Math.floor(customers * 0.08))))) === 1;
  // What a spreadsheet writes where the day was left empty.
  const zero = p.no % 163 === 39;
  if (three) planted.threeSpellings += 1;
  if (shared) planted.switchboard += 1;
  if (zero) planted.zeroDate += 1;
  c.customers.push({
    id,
    customer_no: p.customerNo,
    name: three ? 'OUYANG Na' : p.name,
    phone: shared ? SWITCHBOARD : three ? `1990000${String(p.no).padStart(4, '0')}` : p.phone,
    email: p.email,
    id_card: p.no % 4 === 0 ? p.idCard : null,
    permit_no: p.no === 23 || p.no % 503 === 0 ? permitOf(p) : null,
    kind: 'customer',
    level: random.pick(['A', 'B', 'C']),
    created_on: zero ? '1899-12-30' : plusDays('2022-03-01', random.int(900)),
  });
  const trouble = troubleOf(p.no);
  const running = trouble === 'running';
  const backwards = !running && p.no % 149 === 37;
  if (backwards) planted.endBeforeStart += 1;
  c.contracts.push({
    id: c.contracts.length + 1,
    customer_id: id,
    contract_no: `HT${String(10_000 + p.no)}`,
    status: running ? 'active' : 'ended',
    signed_on: '2023-01-01',
    ended_on: running ? null : plusDays(backwards ? '2022-12-01' : CLOSED, -random.int(200)),
    end_reason: running ? null : random.pick(['到期', '履行完毕', '协商解除']),
    amount: `${1000 + random.int(9000)}.00`,
  });
  const other = people[random.int(people.length)]!;
  const talks = [
    `客户来电询问订单，回访电话${p.phone}。`,
    `客户要求把资料发到${p.email ?? '店里'}。`,
    '已上门维护，客户满意。',
    `介绍了新客户，联系电话${other.phone}。`,
  ];
  for (let i = 0; i < 1 + (p.no % 3 === 0 ? 1 : 0); i++)
    c.follow_ups.push({
      id: c.follow_ups.length + 1,
      customer_id: id,
      followed_on: plusDays('2025-01-01', random.int(500)),
      channel: random.pick(['电话', '上门', '微信']),
      content: random.pick(talks),
    });
}

function permitOf(p: Person): string {
  return `9${idCardOf(p.birth, p.no).slice(1, 17)}`.replace(/^(.{17})$/, (body) => {
    const sum = [...body].reduce((n, digit, i) => n + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i]!, 0);
    return body + '10X98765432'[sum % 11];
  });
}

function marketingRow(random: Random, p: Person): Record<string, Value> {
  return {
    姓名: p.name.replace(/[䶮𠅤]/u, '甲'),
    手机号: p.phone,
    邮箱: p.email,
    城市: random.pick(['杭州', '南京', '广州', '成都', '济南']),
    同意日期: plusDays('2023-01-01', random.int(900)),
    来源: random.pick(['展会', '公众号', '门店']),
  };
}

function salesRow(random: Random, p: Person): Record<string, Value> {
  return {
    客户姓名: p.name,
    联系电话: p.phone,
    公司: random.pick(['示例贸易有限公司', '样本科技有限公司', '']),
    备注: random.chance(0.5) && p.email !== null ? `再联系，备用邮箱${p.email}` : '',
    下次联系日期: plusDays('2026-06-01', random.int(90)),
  };
}

const FIRMS = ['示例贸易有限公司', '样本科技有限公司', '虚构餐饮管理有限公司'];

/** Companies that bought from the shop: organisations are customers too. */
function firms(c: { [K in keyof Estate['crm']]: Record<string, Value>[] }): number {
  for (const [i, name] of FIRMS.entries()) {
    const id = c.customers.length + 1;
    const firm = { id, customer_no: `C9${String(i).padStart(5, '0')}`, name, phone: `0571000${String(i).padStart(5, '0')}` };
    c.customers.push({
      ...firm,
      email: `firm${i}@firm.example`,
      id_card: null,
      permit_no: null,
      kind: 'customer',
      level: 'A',
      created_on: '2022-01-01',
    });
    c.contracts.push({
      id: c.contracts.length + 1,
      customer_id: id,
      contract_no: `HT9${i}`,
      status: 'ended',
      signed_on: '2022-01-01',
      ended_on: '2026-03-31',
      end_reason: '到期',
      amount: '20000.00',
    });
  }
  return FIRMS.length;
}

/** Staff and suppliers stand in the same tables as customers. */
function outsiders(
  t: { [K in keyof Estate['orders']]: Record<string, Value>[] },
  c: { [K in keyof Estate['crm']]: Record<string, Value>[] },
  customers: number,
  today: string,
): void {
  const random = seeded(customers);
  for (const [i, kind] of (['staff', 'staff', 'staff', 'supplier', 'supplier'] as const).entries()) {
    const p = personOf(random, customers + 1_000 + i, today);
    t.accounts.push({
      id: customers + 1 + i,
      customer_no: null,
      username: `${kind}${i}`,
      real_name: p.name,
      phone: p.phone,
      email: `${kind}${i}@shop.example`,
      id_card: null,
      birth_date: null,
      gender: null,
      kind,
      membership_status: 'active',
      membership_ended_on: null,
      registered_at: '2021-05-01 09:00:00',
      closed_at: null,
    });
    if (kind === 'supplier')
      c.customers.push({
        id: c.customers.length + 1,
        customer_no: null,
        name: p.name,
        phone: `1890000${i}000`,
        email: `${kind}${i}@supplier.example`,
        id_card: null,
        permit_no: null,
        kind,
        level: 'C',
        created_on: '2022-01-01',
      });
  }
}
