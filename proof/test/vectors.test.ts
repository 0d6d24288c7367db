// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ProofError, checkBundle, parseManifest, verifyConsistency, verifyInclusion } from '../src/index.ts';
import { memoryFiles } from './support/make-bundle.ts';
import { readTar, vectorFile } from './support/read-tar.ts';
import { SECOND, python, withoutPython } from './support/second-checker.ts';

const bytes = (base64: string | null) => Uint8Array.from(Buffer.from(base64 ?? '', 'base64'));
const json = (data: Uint8Array) => JSON.parse(Buffer.from(data).toString('utf8')) as Record<string, never>;

const merkle = vectorFile('merkle-testdata.tar.gz');
const unlessMerkle = merkle ? '' : ' (skipped: the published vectors are not beside the repository)';

describe.skipIf(!merkle)(`published Merkle vectors${unlessMerkle}`, () => {
  const files = [...(merkle ? readTar(merkle) : new Map<string, Uint8Array>())];

  it('are read', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it('of inclusion in a subtree all have the published verdict', () => {
    let count = 0;
    for (const [path, data] of files.filter(([name]) => name.includes('/subtreeinclusion/'))) {
      const v = json(data) as unknown as {
        leafIdx: number;
        start: number;
        end: number;
        root: string;
        leafHash: string;
        proof: string[] | null;
        wantErr: boolean;
      };
      const place = v.leafIdx - v.start;
      const right =
        isSubtree(v.start, v.end) && verifyInclusion(place, v.end - v.start, bytes(v.leafHash), (v.proof ?? []).map(bytes), bytes(v.root));
      expect(right, path).toBe(!v.wantErr);
      count += 1;
    }
    expect(count).toBeGreaterThan(20);
  });

  it('of consistency all have the published verdict', () => {
    let count = 0;
    for (const [path, data] of files.filter(([name]) => name.includes('/consistency/'))) {
      const v = json(data) as unknown as {
        size1: number;
        size2: number;
        root1: string;
        root2: string;
        proof: string[] | null;
        wantErr: boolean;
      };
      const right = verifyConsistency(v.size1, v.size2, bytes(v.root1), bytes(v.root2), (v.proof ?? []).map(bytes));
      expect(right, path).toBe(!v.wantErr);
      count += 1;
    }
    expect(count).toBeGreaterThan(20);
  });
});

describe.skipIf(!merkle || withoutPython !== null)(
  `published Merkle vectors, by the second checker${unlessMerkle || (withoutPython ? ` (skipped: ${withoutPython})` : '')}`,
  () => {
    it('all have the published verdict', async () => {
      const vectors = [...(merkle ? readTar(merkle) : new Map<string, Uint8Array>())]
        .filter(([name]) => name.includes('/subtreeinclusion/') || name.includes('/consistency/'))
        .map(([, data]) => json(data) as Record<string, unknown>);
      expect(vectors.length).toBeGreaterThan(100);
      expect(await second(MERKLE, vectors)).toEqual(vectors.map((v) => v['wantErr'] !== true));
    });
  },
);

/** What a program over the second checker's modules says of each of `inputs`. */
async function second(program: string, inputs: unknown): Promise<unknown> {
  const start = 'import sys, json, base64, hashlib, re\nsys.dont_write_bytecode = True\nsys.path.insert(0, sys.argv[1])\n';
  return JSON.parse(await python(['-c', start + program, SECOND], JSON.stringify(inputs)));
}

const MERKLE = `
from merkle import consistent, included
b = lambda text: base64.b64decode(text or '')
def right(v):
    proof = [b(h) for h in v['proof'] or []]
    if 'size1' in v:
        return consistent(v['size1'], v['size2'], b(v['root1']), b(v['root2']), proof)
    start, size = v['start'], v['end'] - v['start']
    # A subtree starts at a multiple of the next power of two of its size.
    whole = size > 0 and start % (1 << (size - 1).bit_length()) == 0
    return whole and included(v['leafIdx'] - start, size, b(v['leafHash']), proof, b(v['root']))
print(json.dumps([right(v) for v in json.load(sys.stdin)]))
`;

const BAGS = `
from bag import parse_manifest
from refuse import Refused
def right(files):
    files = {name: base64.b64decode(data) for name, data in files}
    for name, data in files.items():
        found = re.fullmatch('(tag)?manifest-([a-z0-9]+)[.]txt', name)
        if not found:
            continue
        try:
            lines = parse_manifest(data, hashlib.new(found[2]).digest_size * 2, not found[1])
        except Refused:
            return False
        if any(path not in files or hashlib.new(found[2], files[path]).hexdigest() != digest for path, digest in lines.items()):
            return False
    return True
print(json.dumps([right(bag) for bag in json.load(sys.stdin)]))
`;

/** A subtree of a Merkle tree starts at a multiple of the next power of two of its size. */
function isSubtree(start: number, end: number): boolean {
  return end > start && start % 2 ** Math.ceil(Math.log2(end - start)) === 0;
}

const bagit = vectorFile('bagit-conformance-suite.tar.gz');
const unlessBagit = bagit ? '' : ' (skipped: the published bags are not beside the repository)';

describe.skipIf(!bagit)(`published BagIt bags${unlessBagit}`, () => {
  const bags = new Map<string, Map<string, Uint8Array>>();
  for (const [path, data] of bagit ? readTar(bagit) : []) {
    const match = /^[^/]+\/(v[\d.]+\/[^/]+\/[^/]+)\/(.+)$/.exec(path);
    if (!match) continue;
    const bag = bags.get(match[1]!) ?? new Map<string, Uint8Array>();
    bags.set(match[1]!, bag.set(match[2]!, data));
  }
  const named = (part: string) => [...bags].filter(([name]) => name.includes(part));

  it('are read', () => {
    expect(bags.size).toBeGreaterThan(8);
  });

  it.each(named('/valid/'))('%s: its manifests are read and fit its files', (_, bag) => {
    expect(manifestProblem(bag)).toBeNull();
  });

  it.each([...named('/invalid/'), ...named('-only/').filter(([name]) => !name.includes('windows-only'))])(
    '%s: is refused for what its manifests say',
    (_, bag) => {
      expect(manifestProblem(bag)).not.toBeNull();
    },
  );

  it.skipIf(withoutPython !== null)(
    `have the same verdict from the second checker${withoutPython ? ` (skipped: ${withoutPython})` : ''}`,
    async () => {
      const all = [...bags].filter(([name]) => !name.includes('windows-only'));
      const inputs = all.map(([, bag]) => [...bag].map(([name, data]) => [name, Buffer.from(data).toString('base64')]));
      expect(await second(BAGS, inputs)).toEqual(all.map(([, bag]) => manifestProblem(bag) === null));
    },
  );

  it.each([...bags])('%s: is no evidence bundle', async (_, bag) => {
    expect((await checkBundle(memoryFiles(bag), { logs: [] })).verdict).toBe('INVALID');
  });
});

const DIGITS: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha512: 128 };

/** Reads the manifests of any algorithm with our parser and compares the digests; says what is wrong. */
function manifestProblem(bag: ReadonlyMap<string, Uint8Array>): string | null {
  try {
    for (const [name, data] of bag) {
      const match = /^(tag)?manifest-(\w+)\.txt$/.exec(name);
      if (!match) continue;
      for (const line of parseManifest(data, DIGITS[match[2]!]!, match[1] ? 'tag' : 'data')) {
        const file = bag.get(line.path);
        if (!file || createHash(match[2]!).update(file).digest('hex') !== line.digest) return `${name}: ${line.path}`;
      }
    }
    return null;
  } catch (error) {
    if (error instanceof ProofError) return error.message;
    throw error;
  }
}
