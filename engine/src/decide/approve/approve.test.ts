// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, sign as signBytes, verify as verifyBytes, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Officer } from '../../model/case.ts';
import type { Department } from '../../model/department.ts';
import { DESTROYING, DISPOSITIONS } from '../../model/disposition.ts';
import { approvalPayload, checkApprovals, exceptionAllowed, readApproval, signApproval } from './index.ts';

interface Envelope {
  readonly payload: Uint8Array;
  readonly sig: Uint8Array;
}
const keyPair = () => generateKeyPairSync('ed25519');
const hexOf = (key: ReturnType<typeof keyPair>['publicKey']) => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url').toString('hex');
const verify = (envelope: unknown, publicKey: string): Uint8Array | null => {
  const { payload, sig } = envelope as Envelope;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url') },
    format: 'jwk',
  });
  return verifyBytes(null, payload, key, sig) ? payload : null;
};

const digest = 'a'.repeat(64);
function person(department: Department, label = `${department}-1`, keys = keyPair()) {
  const officer: Officer = { id: `id-${label}`, department, label, publicKey: hexOf(keys.publicKey) };
  const signs = (more: Partial<Parameters<typeof approvalPayload>[0]> = {}) => ({
    officerId: officer.id,
    envelope: signApproval(
      { planDigest: digest, caseCode: 'c1', officer: officer.id, department, at: '2026-11-23T02:00:00.000Z', ...more },
      (payload) => ({
        payload,
        sig: signBytes(null, payload, keys.privateKey),
      }),
    ),
  });
  return { officer, signs, keys };
}
const [legal, it, liquidation, sales] = [person('legal'), person('it'), person('liquidation'), person('sales')];
const officers = [legal, it, liquidation, sales].map((p) => p.officer);
const check = (approvals: readonly { officerId: string; envelope: unknown }[], more = {}) =>
  checkApprovals({ digest, preparedBy: 'lead-1', approvals, officers, verify, ...more });

describe('a plan', () => {
  test('is approved when Legal, IT and the liquidation group have signed its digest, in any order', () => {
    expect(check([it.signs(), liquidation.signs(), legal.signs()])).toEqual({ approved: true, missing: [], refused: [] });
  });

  test('names the departments it still waits for', () => {
    expect(check([it.signs()])).toMatchObject({ approved: false, missing: ['legal', 'liquidation'] });
  });

  test('is not approved by another plan’s signatures', () => {
    const result = check([it, liquidation, legal].map((p) => p.signs({ planDigest: 'b'.repeat(64) })));
    expect(result.approved).toBe(false);
    expect(result.refused.map((r) => r.code)).toEqual(['stale-digest', 'stale-digest', 'stale-digest']);
  });

  test.each(['id-legal-1', 'legal-1'])('is not approved by whoever prepared it, known as %s', (preparedBy) => {
    const result = check([it.signs(), liquidation.signs(), legal.signs()], { preparedBy });
    expect(result).toMatchObject({ approved: false, missing: ['legal'], refused: [{ code: 'preparer', officer: 'id-legal-1' }] });
  });
});

describe('a signature is refused', () => {
  const codes = (...approvals: { officerId: string; envelope: unknown }[]) => check(approvals).refused.map((r) => r.error.code);

  test('from a department that has no say, and from nobody we know', () => {
    expect(codes(sales.signs(), { ...it.signs(), officerId: 'id-ghost' })).toEqual(['not-entitled', 'unknown-officer']);
  });

  test('when another key made it, when it speaks for another officer or department, and when it is no approval', () => {
    const forged = { officerId: legal.officer.id, envelope: it.signs({ officer: legal.officer.id, department: 'legal' }).envelope };
    const junk = new TextEncoder().encode('{"planDigest":1}');
    const notAnApproval = { officerId: it.officer.id, envelope: { payload: junk, sig: signBytes(null, junk, it.keys.privateKey) } };
    expect(codes(forged, it.signs({ officer: 'id-legal-1' }), it.signs({ department: 'legal' }), notAnApproval)).toEqual(
      Array(4).fill('bad-signature'),
    );
  });

  test('the second time, also when one key hides behind two officers or a colleague follows', () => {
    expect(codes(it.signs(), it.signs())).toEqual(['already-signed']);
    const colleague = person('it', 'it-2');
    expect(check([it.signs(), colleague.signs()], { officers: [...officers, colleague.officer] }).refused.map((r) => r.code)).toEqual([
      'already-signed',
    ]);
    const double = person('liquidation', 'liquidation-2', legal.keys);
    const result = checkApprovals({
      digest,
      preparedBy: 'x',
      approvals: [legal.signs(), double.signs(), it.signs()],
      officers: [...officers, double.officer],
      verify,
    });
    expect(result).toMatchObject({ approved: false, missing: ['liquidation'], refused: [{ code: 'already-signed' }] });
  });
});

test('signed bytes are read back only in their one spelling', () => {
  const approval = { planDigest: digest, caseCode: 'c1', officer: 'o', department: 'it' as const, at: '2026-11-23T02:00:00.000Z' };
  expect(readApproval(approvalPayload(approval))).toEqual(approval);
  const text = new TextDecoder().decode(approvalPayload(approval));
  expect(readApproval(new TextEncoder().encode(text.replace('{', '{ ')))).toBeNull();
  expect(readApproval(new TextEncoder().encode(text.replace('"kind":"shanhou-plan-approval/1",', '')))).toBeNull();
});

test('after approval a record may only leave destruction', () => {
  for (const before of DISPOSITIONS) {
    for (const after of DISPOSITIONS) {
      expect(exceptionAllowed(before, after)).toBe(DESTROYING.has(before) && ['hold', 'gap'].includes(after));
    }
  }
});
