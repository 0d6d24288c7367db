// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { type Report, STATEMENT_KINDS, checkBundle, noteKeyOf, parseVkey, renderReport, toHex, utf8 } from '../src/index.ts';
import {
  type Draft,
  type Files,
  approval,
  bodyOf,
  commitmentRoot,
  disposition,
  draftBundle,
  memoryFiles,
  putLog,
  rebag,
  render,
  seedOf,
  sha256Hex,
  vkeyOf,
} from './support/make-bundle.ts';

const check = (files: Files, draft: Draft = draftBundle()) => checkBundle(memoryFiles(files), { logs: [vkeyOf(draft)] });
const failures = (report: Report) => report.steps.filter((s) => s.state === 'failed').map((s) => s.step);
const linesOf = (files: Files) => new TextDecoder().decode(files.get('data/log/entries/000000.ndjson')).trimEnd().split('\n');

/** Renders an altered draft: everything signed by the right keys, manifests fitting. */
async function forged(alter: (draft: Draft) => void): Promise<Report> {
  const draft = draftBundle();
  alter(draft);
  return check(render(draft), draft);
}

describe('an honest bundle', () => {
  it('without time stamps is INCOMPLETE only for them when the anchor came from outside', async () => {
    const report = await check(render(draftBundle()));
    expect(report.steps.filter((s) => s.state !== 'passed')).toEqual([{ step: 'timestamp', state: 'missing', detail: expect.any(String) }]);
    expect(report.verdict).toBe('INCOMPLETE');
    expect(report).toMatchObject({ caseCode: 'DEMO-1', records: 36, dispositions: { archive: 8, hold: 4, delete: 24 } });
    expect(report.anchors).toEqual([expect.objectContaining({ demo: true, from: 'outside', name: 'shanhou.example/demo/DEMO-1' })]);
    expect(report.cannotProve).toContain('no-copy-elsewhere');
  });

  it('holds every kind of statement', () => {
    const kinds = new Set(draftBundle().leaves.flatMap((leaf) => ('kind' in leaf ? [leaf.kind] : [])));
    expect([...STATEMENT_KINDS].filter((kind) => !kinds.has(kind))).toEqual(['evidence.sealed']);
  });

  it('reads the same in pieces of one byte', async () => {
    const report = await checkBundle(memoryFiles(render(draftBundle()), 1), { logs: [] });
    expect(failures(report)).toEqual([]);
  });

  it('takes the fingerprint for the key, and lacks an anchor without either', async () => {
    const files = memoryFiles(render(draftBundle()));
    const { fingerprint } = parseVkey(vkeyOf(draftBundle()));
    expect((await checkBundle(files, { logs: [fingerprint] })).anchors[0]?.from).toBe('outside');
    const alone = await checkBundle(files, { logs: [] });
    expect(alone.steps.filter((s) => s.state === 'missing').map((s) => s.step)).toEqual(['anchor', 'timestamp']);
    expect(alone.anchors[0]?.from).toBe('bundle');
  });

  it('may have been planned twice, with the later plan signed', async () => {
    const draft = draftBundle();
    const first = draft.leaves.slice(1, 6);
    draft.leaves.splice(1, 0, ...structuredClone(first));
    expect(failures(await check(render(draft), draft))).toEqual([]);
  });

  it('says so in words, in both languages, and calls the demo anchor one', async () => {
    const report = await check(render(draftBundle()));
    expect(renderReport(report, 'zh')).toMatch(/不完整[^]*示范锚点[^]*别处没有副本/);
    expect(renderReport(report, 'en')).toMatch(/INCOMPLETE[^]*demo anchor[^]*no copy exists elsewhere/);
  });
});

describe('somebody without the log key', () => {
  it('cannot edit a file and recompute the manifests', async () => {
    for (const path of [
      'data/README.zh.md',
      'data/plan/rules.json',
      'data/reports/verification.json',
      'data/archive/invoice-2056-12-31.json',
      'data/case.json',
    ]) {
      const files = render(draftBundle());
      files.set(path, utf8(new TextDecoder().decode(files.get(path)).replace(/[a-z证]/, (c) => (c === 'x' ? 'y' : 'x'))));
      expect((await check(rebag(files, draftBundle()))).verdict).toBe('INVALID');
    }
  });

  it.each([
    ['drop a disposition', (lines: string[]) => lines.splice(20, 1)],
    ['repeat a disposition', (lines: string[]) => lines.splice(20, 0, lines[20]!)],
    ['swap two entries', (lines: string[]) => ([lines[6], lines[7]] = [lines[7]!, lines[6]!])],
    ['change a disposition', (lines: string[]) => (lines[21] = lines[21]!.replace('delete', 'anonymise'))],
    ['cut the end off', (lines: string[]) => lines.pop()],
  ])('cannot %s', async (_, attack) => {
    const files = render(draftBundle());
    const lines = linesOf(files);
    attack(lines);
    files.set('data/log/entries/000000.ndjson', utf8(`${lines.join('\n')}\n`));
    expect(failures(await check(rebag(files, draftBundle())))).toContain('log');
  });

  it('cannot sign everything again with another key', async () => {
    const report = await forged((draft) => (draft.seed = seedOf('another')));
    expect(failures(report)).toEqual([]);
    const draft = draftBundle();
    const other = render({ ...draft, seed: seedOf('another') });
    expect(failures(await check(other, draft))).toEqual(['anchor']);
  });

  it('cannot sign only the checkpoint again with another key', async () => {
    const draft = draftBundle();
    const files = render(draft);
    putLog(
      files,
      linesOf(files).map((line) => utf8(line)),
      { ...draft, seed: seedOf('another') },
    );
    expect(failures(await check(rebag(files, draft)))).toEqual(['checkpoint']);
  });

  it('cannot pass a demo bundle off as a real one', async () => {
    const files = render(draftBundle());
    files.set('data/case.json', utf8(new TextDecoder().decode(files.get('data/case.json')).replace('"demo":true', '"demo":false')));
    expect(failures(await check(rebag(files, draftBundle())))).toContain('policy');
  });

  it.each([
    'data/extra.txt',
    'extra.txt',
    'data/log/entries/000001.ndjson',
    'data/log/tile/0',
    'data/timestamps/x.tsr',
    'data/inventory/commitments-000001.bin',
    'data/plan/more.json',
    '.DS_Store',
    'data/../x',
  ])('cannot add the file %s', async (path) => {
    const files = render(draftBundle());
    files.set(path, utf8('{}\n'));
    expect((await check(files)).verdict).toBe('INVALID');
    expect((await check(rebag(files, draftBundle())).catch(() => ({ verdict: 'INVALID' }))).verdict).toBe(
      path.startsWith('data/') ? 'INVALID' : 'INCOMPLETE',
    );
  });

  it('cannot take any file away', async () => {
    for (const path of render(draftBundle()).keys()) {
      const files = render(draftBundle());
      files.delete(path);
      expect((await check(files)).verdict).toBe('INVALID');
      if (path.startsWith('data/')) expect((await check(rebag(files, draftBundle()))).verdict).toBe('INVALID');
    }
  });

  it('cannot leave bytes behind the checkpoint or change the bag date', async () => {
    const files = render(draftBundle());
    const checkpoint = new TextDecoder().decode(files.get('data/log/checkpoint'));
    files.set('data/log/checkpoint', utf8(`${checkpoint}— other.example AAAAAAAA\n`));
    expect(failures(await check(rebag(files, draftBundle())))).toEqual(['checkpoint']);
    expect(failures(await check(rebag(render(draftBundle()), { ...draftBundle(), date: '2026-11-24' })))).toEqual(['binding']);
    expect(failures(await check(rebag(render(draftBundle()), { ...draftBundle(), code: 'DEMO-2' })))).toEqual(['binding']);
  });
});

describe('even the holder of the log key', () => {
  const first = (draft: Draft) => draft.leaves.findIndex((leaf) => !('kind' in leaf));
  const place = (draft: Draft, kind: string) => draft.leaves.findIndex((leaf) => 'kind' in leaf && leaf.kind === kind);
  const move = (draft: Draft, kind: string, to: number) => draft.leaves.splice(to, 0, ...draft.leaves.splice(place(draft, kind), 1));

  it.each<[string, string, (draft: Draft) => void]>([
    ['drop a disposition', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 1)],
    ['drop the last disposition', 'dispositions', (d) => d.leaves.splice(first(d) + 35, 1)],
    ['give a record two dispositions', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 0, disposition(3))],
    ['put one record in the place of another', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 1, disposition(4))],
    ['add a record that was not inventoried', 'dispositions', (d) => d.leaves.splice(first(d) + 36, 0, disposition(36))],
    ['tell another number of records', 'dispositions', (d) => (bodyOf(d, 'dispositions.final')['records'] = 35)],
    ['end twice', 'dispositions', (d) => d.leaves.push({ kind: 'dispositions.final', body: { records: 36 } })],
    ['break the run of dispositions', 'dispositions', (d) => d.leaves.splice(first(d) + 3, 0, { kind: 'notice.batch', body: {} })],
    ['commit the inventory after acting', 'order', (d) => move(d, 'inventory.committed', place(d, 'execution.finished'))],
    ['approve after acting', 'order', (d) => move(d, 'plan.approved', place(d, 'execution.finished'))],
    ['archive before the inventory was fixed', 'order', (d) => move(d, 'archive.sealed', 2)],
    ['verify before executing', 'order', (d) => move(d, 'verification.finished', place(d, 'execution.finished'))],
    ['execute again after the end', 'order', (d) => d.leaves.push({ kind: 'execution.finished', body: {} })],
    [
      'plan again and not have it signed',
      'order',
      (d) => d.leaves.splice(place(d, 'plan.approved') + 1, 0, structuredClone(d.leaves[place(d, 'plan.compiled')]!)),
    ],
    [
      'decide who is who after the plan was signed',
      'order',
      (d) => d.leaves.splice(place(d, 'plan.approved') + 1, 0, { kind: 'subjects.decided', body: {} }),
    ],
    ['leave the verification out', 'order', (d) => d.leaves.splice(place(d, 'verification.finished'), 1)],
    ['leave the approval out', 'order', (d) => d.leaves.splice(place(d, 'plan.approved'), 1)],
    ['open the case twice', 'order', (d) => d.leaves.splice(3, 0, structuredClone(d.leaves[0]!))],
    ['change a commitment', 'inventory', (d) => (d.commitments[4] = seedOf('x'))],
    ['leave a commitment out', 'inventory', (d) => d.commitments.pop()],
    ['hide that a source counted more', 'counts', (d) => (d.datasets[1]!.sourceCount = 16)],
    ['call an unread source empty', 'counts', (d) => (d.datasets[2]!.read = false)],
    ['let datasets overlap', 'counts', (d) => (d.datasets[1]!.first = 19)],
    ['plan for another inventory', 'plan', (d) => (bodyOf(d, 'inventory.committed')['dataMap'] = sha256Hex('other'))],
    [
      'change what the digest covers',
      'plan',
      (d) => (bodyOf(d, 'plan.compiled')['parts'] = { ...(bodyOf(d, 'plan.compiled')['parts'] as object), holds: [1] }),
    ],
    ['show another plan file', 'plan', (d) => d.files.set('data/plan/plan.json', utf8('{"digest":"00"}\n'))],
  ])('cannot %s', async (_, step, alter) => {
    expect(failures(await forged(alter))).toContain(step);
  });

  it.each<
    [
      string,
      (approved: {
        digest: string;
        officers: { id: string; department: string; label: string; publicKey: string }[];
        approvals: unknown[];
        preparedBy: string;
      }) => void,
    ]
  >([
    ['have two signatures', (a) => a.approvals.pop()],
    ['have no signature', (a) => a.approvals.splice(0)],
    ['have one department sign twice', (a) => (a.officers[1]!.department = 'legal')],
    ['let one key stand for two officers', (a) => (a.officers[1]!.publicKey = a.officers[0]!.publicKey)],
    ['forge a signature', (a) => (a.approvals[0] = approval(a.digest, 'DEMO-1', 'officer-legal', 'legal', seedOf('it')))],
    [
      'show the signature of another plan',
      (a) => (a.approvals[0] = approval(sha256Hex('x'), 'DEMO-1', 'officer-legal', 'legal', seedOf('legal'))),
    ],
    [
      'show the signature of another case',
      (a) => (a.approvals[0] = approval(a.digest, 'DEMO-2', 'officer-legal', 'legal', seedOf('legal'))),
    ],
    [
      'show a signature for another department',
      (a) => (a.approvals[0] = approval(a.digest, 'DEMO-1', 'officer-legal', 'it', seedOf('legal'))),
    ],
    [
      'sign with the log key',
      (a) => {
        a.officers[0]!.publicKey = toHex(noteKeyOf('x', seedOf('log')).publicKey);
        a.approvals[0] = approval(a.digest, 'DEMO-1', 'officer-legal', 'legal', seedOf('log'));
      },
    ],
    ['rename the preparer', (a) => (a.preparedBy = 'lead-2')],
    ['have another digest approved', (a) => (a.digest = sha256Hex('x'))],
    ['have something that is no envelope', (a) => (a.approvals[0] = {})],
  ])('cannot %s', async (_, alter) => {
    const report = await forged((draft) => alter(bodyOf(draft, 'plan.approved') as never));
    expect(failures(report)).toEqual(['approvals']);
  });

  it.each(['officer-legal', 'legal-1'])('cannot have the preparer %s approve the plan', async (preparer) => {
    const report = await forged((draft) => {
      bodyOf(draft, 'plan.compiled')['preparedBy'] = preparer;
      bodyOf(draft, 'plan.approved')['preparedBy'] = preparer;
    });
    expect(failures(report)).toEqual(['approvals']);
  });

  it('cannot leave the files unbound, or bind other bytes', async () => {
    const draft = draftBundle();
    expect(failures(await check(render(draft, { seal: false }), draft))).toEqual(['order', 'binding']);
    const sealedEarly = draftBundle();
    sealedEarly.leaves.push({ kind: 'evidence.sealed', body: { files: [] } });
    expect(failures(await check(render(sealedEarly, { seal: false }), sealedEarly))).toEqual(['binding']);
  });

  it('cannot say something after the sealing', async () => {
    const draft = draftBundle();
    const files = render(draft);
    const sealed = JSON.parse(linesOf(files).at(-1)!) as { payload: string };
    const body = (JSON.parse(Buffer.from(sealed.payload, 'base64').toString()) as { predicate: { body: Record<string, unknown> } })
      .predicate.body;
    draft.leaves.push({ kind: 'evidence.sealed', body }, { kind: 'notice.batch', body: {} });
    expect(failures(await check(render(draft, { seal: false }), draft))).toEqual(['order']);
  });

  it('cannot put a leaf of another kind into the log', async () => {
    const draft = draftBundle();
    const files = render(draft);
    for (const leaf of ['{"x":1}', 'x', '{"d":"delete"}']) {
      const leaves = linesOf(files).map((line) => utf8(line));
      leaves.splice(7, 0, utf8(leaf));
      putLog(files, leaves, draft);
      expect(failures(await check(rebag(files, draft)))).toContain('statements');
      putLog(files, leaves.toSpliced(7, 1), draft);
    }
  });

  it('cannot move a statement of one case into another', async () => {
    const report = await forged((draft) => (draft.code = 'DEMO-3'));
    expect(failures(report)).toEqual(['approvals']);
  });
});

describe('the checker itself', () => {
  it('refuses an anchor it cannot read', async () => {
    await expect(checkBundle(memoryFiles(render(draftBundle())), { logs: ['not a key'] })).rejects.toMatchObject({ code: 'bad-vkey' });
  });

  it('does not hide that a file could not be read', async () => {
    const files = memoryFiles(render(draftBundle()));
    const broken = { ...files, list: () => Promise.reject(new Error('EIO')) };
    await expect(checkBundle(broken, { logs: [] })).rejects.toThrow('EIO');
  });

  it('calls an empty folder INVALID', async () => {
    expect((await checkBundle(memoryFiles(new Map()), { logs: [] })).verdict).toBe('INVALID');
  });

  it('agrees with the root that the inventory was committed with', () => {
    expect(bodyOf(draftBundle(), 'inventory.committed')['root']).toBe(commitmentRoot(draftBundle().commitments));
  });
});
