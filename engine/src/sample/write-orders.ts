// SPDX-License-Identifier: Apache-2.0
import pg from 'pg';
import type { Estate, Rows } from './estate.ts';

const SCHEMA = `
DROP SCHEMA public CASCADE; CREATE SCHEMA public;
CREATE TABLE accounts (id bigint PRIMARY KEY, customer_no text UNIQUE, username text NOT NULL, real_name text, phone text, email text, id_card text, birth_date date, gender text,
  kind text NOT NULL, membership_status text NOT NULL, membership_ended_on date, registered_at timestamp NOT NULL, closed_at timestamp);
CREATE TABLE addresses (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES accounts, receiver text, phone text, province text, city text, district text, detail text, created_at timestamp, deleted_at timestamp);
CREATE TABLE orders (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES accounts, order_no text NOT NULL, receiver_name text, receiver_phone text, receiver_address text, amount numeric(12,2), status text,
  dispute_status text, ordered_at timestamp, completed_at timestamp);
CREATE TABLE order_items (id bigint PRIMARY KEY, order_id bigint REFERENCES orders, sku text NOT NULL, quantity int NOT NULL, unit_price numeric(12,2) NOT NULL, remark text);
CREATE TABLE invoices (id bigint PRIMARY KEY, order_id bigint REFERENCES orders, account_id bigint REFERENCES accounts, invoice_no text, title text, tax_no text, buyer_phone text, buyer_birth_date date, amount numeric(12,2), issued_on date);
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders, account_id bigint REFERENCES accounts, transaction_no text, payer_name text, channel text, amount numeric(12,2), paid_at timestamp);
CREATE TABLE prepaid_balances (id bigint PRIMARY KEY, account_id bigint NOT NULL REFERENCES accounts, card_no text, balance numeric(12,2) NOT NULL, opened_on date, updated_at timestamp);
CREATE TABLE login_log (account_id bigint, phone text, ip inet, user_agent text, result text, logged_at timestamp);
CREATE INDEX ON addresses (account_id); CREATE INDEX ON orders (account_id); CREATE INDEX ON invoices (order_id); CREATE INDEX ON invoices (account_id);
CREATE INDEX ON payments (order_id); CREATE INDEX ON payments (account_id); CREATE INDEX ON prepaid_balances (account_id);
COMMENT ON COLUMN accounts.real_name IS '真实姓名'; COMMENT ON COLUMN accounts.id_card IS '身份证号'; COMMENT ON COLUMN invoices.title IS '发票抬头'; COMMENT ON TABLE login_log IS '登录日志';
CREATE FUNCTION soft_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE addresses SET deleted_at = now() WHERE id = OLD.id; RETURN NULL; END $$;`;

/** After the rows are in, so that filling is quick and nothing is soft-deleted by mistake. Owner: the group that may alter tables. */
const RIGHTS = `
CREATE TRIGGER addresses_soft_delete BEFORE DELETE ON addresses FOR EACH ROW EXECUTE FUNCTION soft_delete();
DO $$ DECLARE r text; BEGIN
  FOREACH r IN ARRAY ARRAY['sample_read','sample_verify'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) THEN EXECUTE format('CREATE ROLE %I LOGIN PASSWORD ''sample''', r); END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I; GRANT SELECT ON ALL TABLES IN SCHEMA public TO %I; ALTER DEFAULT PRIVILEGES FOR ROLE sample_erase IN SCHEMA public GRANT SELECT ON TABLES TO %I', r, r, r);
  END LOOP;
END $$;`;
const ERASE = `DO $$ DECLARE t text; BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'sample_erase') THEN CREATE ROLE sample_erase LOGIN PASSWORD 'sample'; END IF;
  ALTER SCHEMA public OWNER TO sample_erase;
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE public.%I OWNER TO sample_erase', t); END LOOP;
  ALTER FUNCTION soft_delete() OWNER TO sample_erase;
END $$;`;

/** Fills the order system's database; whatever was in its public schema before is gone. */
export async function writeOrders(config: pg.ClientConfig, tables: Estate['orders']): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(SCHEMA);
    for (const [name, rows] of Object.entries(tables)) await fill(client, name, rows);
    await client.query(ERASE);
    await client.query(RIGHTS);
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, table: string, rows: Rows): Promise<void> {
  for (let at = 0; at < rows.length; at += 5_000) {
    await client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [
      JSON.stringify(rows.slice(at, at + 5_000)),
    ]);
  }
}
