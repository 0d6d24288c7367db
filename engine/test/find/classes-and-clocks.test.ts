// SPDX-License-Identifier: Apache-2.0
import { beforeAll, expect, test } from 'vitest';
import type { DatasetMap } from '../../src/model/data-map.ts';
import { mapOf, ourSchemas } from './support/map-schemas.ts';

let datasets: ReadonlyMap<string, DatasetMap>;
beforeAll(async () => {
  const found = await ourSchemas(['freight', 'hotelpms', 'hismaster', 'oldshop', 'campus']);
  datasets = new Map([...found.values()].flatMap((f) => mapOf(f).map.datasets).map((d) => [d.dataset, d]));
});

test.each([
  ['TmsInvc', 'invoice', { 'invoice.issued': 'issueDt', 'fiscal-year.ended': 'issueDt' }],
  ['TmsWaybill', 'waybill', { 'transaction.completed': 'signTm' }],
  ['Stay', 'guest-register', { 'event.ended': 'checkOutTime', 'record.created': 'checkInTime' }],
  ['PAT_VISIT', 'medical-record', { 'visit.last': 'DISCHARGE_DATE_TIME' }],
  ['es_order_info', 'order', { 'transaction.completed': 'pay_time', 'record.created': 'add_time' }],
  ['T_XSJF', 'payment', { 'transaction.completed': 'JFSJ', 'fiscal-year.ended': 'JFSJ' }],
  ['es_email_list', 'marketing', {}],
])('%s is %s and its clocks are told by the words of its moments', (dataset, recordClass, clocks) => {
  const found = datasets.get(dataset)!;
  // Days on which a passport ends or something was last changed start no clock.
  expect({ recordClass: found.recordClass, clocks: found.clocks }).toEqual({
    recordClass,
    clocks: expect.objectContaining(clocks) as object,
  });
});

test('what is somebody else’s moment or still to come starts no clock', () => {
  const columns = [...datasets.values()].flatMap((d) => Object.values(d.clocks));
  expect(columns).not.toContain('licExpDt');
  expect(columns).not.toContain('docIssueDate');
  expect(columns).not.toContain('last_login');
});
