// SPDX-License-Identifier: Apache-2.0
import { COMMITMENTS_PER_FILE, DATASETS_FILE, type DatasetCount, commitmentsFile } from './bundle.ts';
import type { CaseHistory } from './case-history.ts';
import { readCommitments } from './check-log.ts';
import { equalBytes, toHex, utf8 } from './encoding.ts';
import { type BundleFiles, readWhole } from './files.ts';
import { canonicalJson, hasExactly, isCount } from './json.ts';
import type { StepRecorder } from './report.ts';

/** Steps inventory, dispositions and counts. Returns the number of records. */
export async function checkInventory(files: BundleFiles, commitments: number, history: CaseHistory, steps: StepRecorder): Promise<number> {
  const tree = await readCommitments(
    files,
    Array.from({ length: commitments }, (_, i) => commitmentsFile(i)),
    COMMITMENTS_PER_FILE,
  );
  const body = history.latest.get('inventory.committed')?.body ?? {};
  const { root, records, datasets } = body;
  if (root !== toHex(tree.root())) steps.fail('inventory', 'root');
  if (records !== tree.size) steps.fail('inventory', 'records');
  steps.pass('inventory');
  if (history.dispositions !== tree.size) steps.fail('dispositions', `${history.dispositions} of ${tree.size}`);
  steps.settle('dispositions', null);
  steps.settle('counts', datasetProblem(datasets, tree.size) ?? (await fileProblem(files, { root, records, datasets })));
  return tree.size;
}

/** Datasets follow each other without a hole, each was read, and each has as many records as its source counted. */
function datasetProblem(datasets: unknown, records: number): string | null {
  if (!Array.isArray(datasets)) return 'datasets';
  const seen = new Set<string>();
  let next = 0;
  for (const [i, dataset] of datasets.entries()) {
    if (!isDatasetCount(dataset) || seen.has(dataset.dataset)) return `dataset ${i}`;
    seen.add(dataset.dataset);
    if (!dataset.read || dataset.rows !== dataset.sourceCount) return `dataset ${i}: ${dataset.rows} of ${dataset.sourceCount}`;
    if (dataset.rows > 0 && dataset.first !== next) return `dataset ${i}: first`;
    next += dataset.rows;
  }
  return next === records ? null : `${next} of ${records}`;
}

function isDatasetCount(value: unknown): value is DatasetCount {
  if (!hasExactly(value, ['dataset', 'first', 'rows', 'sourceCount', 'read'])) return false;
  const { dataset, first, rows, sourceCount, read } = value;
  return (
    typeof dataset === 'string' && (first === null || isCount(first)) && isCount(rows) && isCount(sourceCount) && typeof read === 'boolean'
  );
}

async function fileProblem(files: BundleFiles, committed: { root: unknown; records: unknown; datasets: unknown }): Promise<string | null> {
  const bytes = await readWhole(files, DATASETS_FILE);
  // A root or a number that is absent has failed already, and has no spelling to compare.
  if (typeof committed.root !== 'string' || !isCount(committed.records)) return DATASETS_FILE;
  const said = canonicalJson({ schema: 'shanhou.evidence.datasets.v1', ...committed });
  return equalBytes(bytes, utf8(`${said}\n`)) ? null : DATASETS_FILE;
}
