// SPDX-License-Identifier: Apache-2.0
import type { Difference } from '../../journey/index.ts';
import type { DataMap } from '../../model/data-map.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';

/** The data map as a table that fits the terminal. */
export function mapTable(map: DataMap, t: Terminal): string {
  const rows = map.datasets.map((d) => {
    const personal = d.fields.filter((f) => f.category !== null);
    return [
      d.id.replace('/public.', '/'),
      t.text.roles[d.role] ?? d.role,
      t.text.recordClasses[d.recordClass] ?? d.recordClass,
      d.rows,
      personal.filter((f) => f.sensitivity === 'sensitive').length,
      personal.map((f) => f.name).join(' '),
    ];
  });
  const head =
    t.lang === 'zh'
      ? ['数据集', '属于', '业务类别', '行数', '敏感', '个人信息字段']
      : ['Dataset', 'Whose', 'Record class', 'Rows', 'Sensitive', 'Personal fields'];
  return table(head, rows, t);
}

/** What a new discovery changed, one line each; nothing when nothing did. */
export function differenceTable(differences: readonly Difference[], t: Terminal): string | null {
  if (differences.length === 0) return null;
  const kinds = t.lang === 'zh' ? { new: '新增', gone: '消失', changed: '改变' } : { new: 'new', gone: 'gone', changed: 'changed' };
  const head = t.lang === 'zh' ? ['与上次相比', '数据集', '字段', '原为', '现为'] : ['Since last time', 'Dataset', 'Field', 'Was', 'Is'];
  return table(
    head,
    differences.map((d) => [kinds[d.kind], d.dataset, d.field ?? '', d.was ?? '–', d.is ?? '–']),
    t,
  );
}
