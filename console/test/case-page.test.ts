// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from '@shanhou/engine/api';
import { expect, test } from 'vitest';
import { renderCasePage } from '../src/case-page.ts';

const summary: CaseSummary = {
  schema: 'shanhou.case-summary.v1',
  case: { code: 'T-1', company: '<script>alert(1)</script>', today: '2026-10-20', demo: true, injectedClock: true },
  gate: 'planned',
  next: 'planned',
  planDigest: null,
  customers: null,
  notices: [],
  told: null,
  verification: null,
  rules: [],
  fields: [],
  gates: [
    { gate: 'opened', at: '2026-10-20T00:00:00Z', blockers: [] },
    { gate: 'planned', at: null, blockers: [] },
  ],
  ledger: [
    {
      dataset: 'crm/"customers"',
      sourceCount: 1200,
      delete: 1000,
      anonymise: 0,
      archive: 0,
      transfer: 0,
      handOver: 0,
      hold: 200,
      exclude: 0,
      gap: 0,
      balanced: true,
    },
  ],
  openItems: [{ kind: 'hazard', owner: 'it', source: 'crm', dataset: '<img src=x>', field: null, count: 2, detail: "it's" }],
  evidence: {
    verdict: 'INCOMPLETE',
    bundle: '/x',
    anchors: [{ name: 'demo', fingerprint: 'ab'.repeat(32), demo: true }],
    missing: ['timestamp'],
    timestamps: {
      quorum: 2,
      counted: 1,
      tokens: [{ name: 'demo-tsa-1', state: 'counted', at: '2026-11-24T03:00:00.000Z', signer: '<img src=y>', demo: true }],
    },
  },
  documents: [],
  folders: { data: '/d', keys: '/k', archive: '/a', outbox: '/o' },
};

test('nothing from a source reaches the page raw, and nothing can run in it', () => {
  const html = renderCasePage(summary, 'zh');
  expect(html).not.toMatch(/<script|<img|onerror/);
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain("default-src 'none'");
});

test('says who stamped when, and that a demo did', () => {
  const html = renderCasePage(summary, 'en');
  expect(html).toContain('counted / wanted: 1/2');
  expect(html).toContain('demo · demo-tsa-1 · 2026-11-24T03:00:00.000Z · &lt;img src=y&gt; · counted');
});

test('shows only the dispositions that occur, numbers grouped, in both languages', () => {
  expect(renderCasePage(summary, 'zh')).toContain('<td class="n">1,200</td>');
  expect(renderCasePage(summary, 'zh')).not.toContain('归档</th>');
  expect(renderCasePage(summary, 'en')).toContain('<th class="n">hold</th>');
});
