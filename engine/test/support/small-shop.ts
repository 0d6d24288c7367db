// SPDX-License-Identifier: Apache-2.0
/* Eight customers of an invented shop, each with a contract in one table and an account in another, and money in a third. */
export const SHOP = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, phone TEXT, account_status TEXT);
CREATE TABLE contracts (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), contract_no TEXT, status TEXT, ended_on TEXT, end_reason TEXT, amount TEXT);
CREATE TABLE prepaid_cards (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), balance TEXT);
INSERT INTO customers VALUES
 (1,'测试甲','19900000001','closed'), (2,'测试乙','19900000002','active'), (3,'测试丙','19900000003','closed'), (4,'测试丁','19900000004','active'),
 (5,'测试戊','19900000005','closed'), (6,'测试己','19900000006','closed'), (7,'测试庚','19900000007','active'), (8,'测试辛','19900000008','closed');
INSERT INTO contracts VALUES
 (1,1,'HT-1','ended','2025-01-31','履行完毕','1000.00'), (2,2,'HT-2','ended','2025-02-28','到期','2000.00'), (3,3,'HT-3','ended','2025-03-31','协商解除','3000.00'),
 (4,4,'HT-4','active',NULL,NULL,'4000.00'), (5,5,'HT-5','ended','2025-05-31','到期','5000.00'), (6,6,'HT-6','搁置',NULL,NULL,'6000.00'),
 (7,7,'HT-7','ended','2025-07-31','到期','7000.50'), (8,8,'HT-8','ended','2025-08-31','到期','8000.00');
INSERT INTO prepaid_cards VALUES (1,3,'360.10'), (2,5,'0.00'), (3,7,'40.00'), (4,8,'约三百');`;

export const SHOP_MAP = {
  'shop/customers': {
    role: 'customer',
    recordClass: 'account',
    standing: [{ kind: 'billing', column: 'account_status', endedValues: ['closed'], activeValues: ['active'] }],
  },
  'shop/contracts': { role: 'customer', recordClass: 'contract' },
  'shop/prepaid_cards': { role: 'customer', recordClass: 'prepaid-balance' },
};
