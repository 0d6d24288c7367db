// SPDX-License-Identifier: Apache-2.0
import { placeOf } from '../../kit/index.ts';
import { type FieldCategory, SENSITIVE_CATEGORIES, type Sensitivity } from '../../model/category.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetMap, FieldMap, Link } from '../../model/data-map.ts';
import type { DatasetShape } from '../../model/source.ts';
import { type ColumnFinding, classifyColumn } from './classify-column.ts';
import { commentHead } from './column-text.ts';
import { datasetNoun } from './dataset-words.ts';
import { inContext } from './in-context.ts';
import { clocksOf } from './clocks.ts';
import { recordClassOf } from './record-class.ts';
import { rowRoleOf } from './row-role.ts';
import { standingOf } from './standing.ts';
import type { Draft, Role } from './draft.ts';
import { decideRoles } from './roles.ts';
import { subjectLinks } from './subject-key.ts';

/** What was discovered in one source: shapes with samples. */
export interface SampledSource {
  readonly source: string;
  readonly datasets: readonly { readonly shape: DatasetShape; readonly sample: readonly Row[] }[];
}

/**
 * The data map of everything that was discovered: each column by name, comment, values and neighbours; each dataset's role by its
 * noun, its columns and what it points to. Links come by `source/dataset`. Pure; the same input gives the same map.
 */
export function classifyDatasets(found: readonly SampledSource[], links: ReadonlyMap<string, readonly Link[]>): DatasetMap[] {
  const samples = new Map<string, readonly Row[]>();
  const drafts = found.flatMap((f) =>
    f.datasets.map(({ shape, sample }): Draft => {
      const id = `${f.source}/${shape.dataset}`;
      samples.set(id, sample);
      const findings = shape.columns.map((column, at) =>
        classifyColumn(
          column,
          sample.map((row) => row[at] ?? null),
        ),
      );
      return {
        id,
        source: f.source,
        place: placeOf(f.source, shape.dataset),
        shape,
        noun: datasetNoun(shape),
        findings,
        links: links.get(id) ?? [],
      };
    }),
  );
  const roles = decideRoles(drafts);
  const wards = new Set(drafts.filter((d) => d.noun.words.some((w) => PATIENT.has(w))).map((d) => d.place));
  return drafts.map((draft) => datasetMap(draft, roles, samples.get(draft.id)!, wards.has(draft.place)));
}

const PATIENT = new Set('patient huanzhe hz br bingren inpatient'.split(' '));

function datasetMap(draft: Draft, roles: ReadonlyMap<string, Role>, sample: readonly Row[], amongPatients: boolean): DatasetMap {
  const { shape } = draft;
  const role = roles.get(draft.id)!;
  const findings = inContext(draft, role, amongPatients);
  const fields = shape.columns.map((column, at): FieldMap => {
    const { category, confidence, evidence } = findings[at]!;
    return {
      name: column.name,
      type: column.type,
      category,
      sensitivity: sensitivityOf(category, column.name, column.comment),
      confidence,
      evidence,
    };
  });
  const recordClass = recordClassOf(shape, fields, role.role, draft.noun);
  const { links, subjectKey } = subjectLinks(draft, fields, roles);
  return {
    id: draft.id,
    source: draft.source,
    dataset: shape.dataset,
    role: role.role,
    recordClass,
    key: shape.key,
    fields,
    links,
    clocks: clocksOf(shape.columns, recordClass),
    standing: standingOf(shape, sample, recordClass),
    rowRole: rowRoleOf(shape, sample),
    subjectKey,
    anonymiseTo: null,
    ...(shape.layout ? { layout: shape.layout } : {}),
    rows: shape.rows,
    confidence: role.why === 'name' || role.why.startsWith('linked') ? 0.8 : 0.6,
    evidence: [role.why, `sample ${sample.length}/${shape.rows}`],
  };
}

/** Sensitive by PIPL 28 and GB/T 45574-2025, or treated as high-risk; an identity card's picture is sensitive (GB/T 45574-2025). */
export function sensitivityOf(category: FieldCategory | null, name = '', comment: string | null = null): Sensitivity {
  if (category === null) return 'none';
  if (SENSITIVE_CATEGORIES.has(category)) return 'sensitive';
  if (
    category === 'image_may_contain' &&
    (/id_?card|identity|sfz|medical|check|exam|face/i.test(name) || /身份证|证件|人脸|病历|检查/.test(commentHead(comment)))
  )
    return 'sensitive';
  return 'general';
}

export type { ColumnFinding };
