// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Sign } from '../../model/subject.ts';
import { kindOf } from './index.ts';

const own = (...signs: Sign[]) => signs.map((sign) => ({ sign, own: true }));
const others = (...signs: Sign[]) => signs.map((sign) => ({ sign, own: false }));

describe('kindOf', () => {
  test.each<[string, Parameters<typeof kindOf>[0], string]>([
    ['nothing', [], 'unknown unknown'],
    ['a name of no known form', own('name'), 'unknown unknown'],
    ['a person’s name', own('name-person'), 'person likely'],
    ['an identity number', own('person-number', 'birth', 'adult', 'name'), 'person stated'],
    ['a column that says private', own('person-type', 'name'), 'person stated'],
    ['a birth day', own('birth', 'adult'), 'person likely'],
    ['a child by birth day', own('birth', 'under-14'), 'minor stated under-14'],
    ['seventeen', own('birth', 'under-18'), 'minor stated under-18'],
    ['a child here, grown up there', own('under-14', 'adult'), 'minor contradicted under-14'],
    ['a company’s name', own('name-company'), 'organisation likely'],
    ['a credit code', own('org-number', 'company'), 'organisation stated'],
    ['a column that says company', own('org-type', 'name'), 'organisation stated'],
    ['a company’s name alone', own('company'), 'organisation likely'],
    ['a person and a company', own('company', 'name-person'), 'contact likely'],
    ['a company’s number and a person’s name', own('org-number', 'name-person'), 'contact likely'],
    ['a company’s number and an identity number', own('org-number', 'person-number'), 'contact contradicted'],
    ['a private customer with an employer', own('company', 'name-person', 'person-number'), 'person stated'],
    ['a customer who sends a parcel to a company', [...own('name-person'), ...others('company', 'org-number')], 'person likely'],
    ['orders only', others('name-person'), 'person likely'],
  ])('%s', (_, signs, expected) => {
    const { kind, sure, age } = kindOf(signs);
    expect([kind, sure, ...(kind === 'minor' ? [age] : [])].join(' ')).toBe(expected);
  });

  test('says by which signs', () => expect(kindOf(own('under-14', 'adult', 'name-person')).because).toEqual(['under-14', 'adult']));
});
