// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CaseByCommands, type PlannedReason, plannedReasons } from '../support/own-case.ts';
import { type ThrowawayMariadb, hasMariadb, startThrowawayMariadb } from '../support/throwaway-mariadb.ts';

/*
 * A hospital's real database (ZainZhao/HIS, 38 tables, links three deep) in a real MariaDB, planned under the medical sector: what becomes
 * of patients' records before and after Legal has confirmed the rules on medical records.
 */
const DUMP = fileURLToPath(new URL('../../../../shared/real/sql/mysql/his.sql.gz', import.meta.url));
const here = existsSync(DUMP) && hasMariadb();

type Customer = readonly [recordClass: string, clocks: object, personal: Readonly<Record<string, string>>, links: object[]];
const to = (column: string, table: string) => [{ columns: [column], to: `his/${table}`, toColumns: ['id'], evidence: 'person' }];
const CUSTOMERS: Readonly<Record<string, Customer>> = {
  // Who the patient is belongs to the medical record (病案首页): without it the rest says nothing of anybody.
  pms_patient: [
    'medical-record',
    {},
    {
      name: 'name',
      date_of_birth: 'birth_date',
      identification_no: 'id_card',
      home_address: 'address',
      phone_no: 'phone',
      gender: 'gender',
      medical_record_no: 'medical_record_no',
    },
    [],
  ],
  dms_registration: [
    'medical-record',
    { 'visit.last': 'attendance_date' },
    { patient_age_str: 'age', attendance_date: 'health' },
    to('patient_id', 'pms_patient'),
  ],
  dms_non_drug_item_record: [
    'medical-record',
    { 'visit.last': 'excute_time' },
    { aim: 'health', demand: 'health', check_result: 'health', clinical_impression: 'health', clinical_diagnosis: 'health' },
    to('registration_id', 'dms_registration'),
  ],
  dms_medicine_prescription_record: ['prescription', { 'record.created': 'create_time' }, {}, to('registration_id', 'dms_registration')],
  dms_medicine_item_record: ['prescription', {}, { medical_advice: 'health' }, to('prescription_id', 'dms_medicine_prescription_record')],
};

describe.skipIf(!here)('his, a real hospital on MariaDB (skipped only where ../shared/real or mariadbd is absent)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shhis-'));
  let server: ThrowawayMariadb;
  let own: CaseByCommands;
  let first: readonly PlannedReason[];
  const of = (plans: readonly PlannedReason[], table: string) => plans.filter((p) => p.dataset === `his/${table}`);

  beforeAll(async () => {
    server = await startThrowawayMariadb(['--sql-mode=NO_ENGINE_SUBSTITUTION']);
    await server.createDatabase('his');
    await server.sql(gunzipSync(readFileSync(DUMP)).toString('utf8'), 'his');
    const tables = (await server.sql('SHOW FULL TABLES', 'his')).filter(([, type]) => type === 'BASE TABLE').map(([name]) => String(name));
    const columns = Map.groupBy(
      await server.sql("SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'his'"),
      ([table]) => String(table),
    );
    const plain = { role: 'none', links: [], clocks: {}, standing: [], rowRole: null };
    own = new CaseByCommands(folder, {
      secrets: { HIS: 'root:' },
      source: ['his', '--kind', 'mysql', '--at', server.locator('his'), '--read', 'env:HIS', '--erase', 'env:HIS', '--verify', 'env:HIS'],
      corrections: Object.fromEntries(
        tables.map((table) => {
          const [recordClass, clocks, personal, links] = CUSTOMERS[table] ?? [];
          if (recordClass === undefined) return [`his/${table}`, plain];
          const fields = columns.get(table)!.map(([, name]) => [name, { category: personal?.[String(name)] ?? null }]);
          return [`his/${table}`, { ...plain, role: 'customer', recordClass, clocks, links, fields: Object.fromEntries(fields) }];
        }),
      ),
      facts: {
        sectors: 'medical',
        conditions: 'outpatient,sensitive-pi,network-operator',
        notConditions: 'inpatient,psychiatric,narcotic-drug,psychotropic-drug,no-successor,important-data,pi-10m,unlawful-processing',
        confirm: ['acct-t1'],
        refuse: ['child-23'],
      },
    });
    await own.planned();
    first = await plannedReasons(folder);
  }, 600_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('medical records wait for Legal, the patients’ own rows among them: the fifteen years stand in a rule that is not a statute', () => {
    for (const table of ['pms_patient', 'dms_registration', 'dms_non_drug_item_record'])
      for (const p of of(first, table)) expect(p).toMatchObject({ disposition: 'gap', reason: 'rule-unconfirmed', rules: ['med-29a'] });
    expect(of(first, 'pms_patient')).toHaveLength(18);
    expect(of(first, 'dms_registration')).toHaveLength(1);
  });

  test('prescriptions of ordinary drugs have no period in the base and go with the service', () => {
    for (const p of of(first, 'dms_medicine_prescription_record')) expect(p).toMatchObject({ disposition: 'delete', rules: ['pipl-47'] });
  });

  test('once Legal has confirmed the rules and the hand-over, medical records go to the custodian that is designated', async () => {
    await own.does(['law', 'confirm', 'med-29a', 'med-30', '--as', 'legal'], 'legal');
    await own.does(['plan']);
    const later = await plannedReasons(folder);
    for (const p of [...of(later, 'dms_registration'), ...of(later, 'pms_patient')])
      expect(p).toMatchObject({ disposition: 'handOver', rules: ['med-30'] });
  });

  test('an explained record names the statute, the rules considered and what Legal must do, and nobody', async () => {
    const { text } = JSON.parse(await own.does(['plan', 'explain', 'his/dms_registration:1'])) as { text: string };
    for (const word of ['病历', '末次就诊或出院 2019-07-05', '医疗机构病历管理规定', '移交']) expect(text).toContain(word);
  });
});
