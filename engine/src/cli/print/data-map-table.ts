// SPDX-License-Identifier: Apache-2.0
import type { Difference } from '../../journey/index.ts';
import type { DataMap } from '../../model/data-map.ts';
import { ROLE_WORDS } from './data-map-words.ts';
import { cut, table } from './table.ts';

type Terms = Parameters<typeof table>[2] & { readonly lang: 'zh' | 'en'; readonly columns: number };

/** The data map as a table that fits the terminal. */
export function mapTable(map: DataMap, t: Terms): string {
  const { lang, columns } = t;
  const rows = map.datasets.map((d) => {
    const personal = d.fields.filter((f) => f.category !== null);
    return [
      cut(d.id.replace('/public.', '/'), 30),
      ROLE_WORDS[d.role][lang === 'zh' ? 0 : 1],
      d.recordClass,
      d.rows,
      personal.filter((f) => f.sensitivity === 'sensitive').length,
      cut(personal.map((f) => f.name).join(' '), Math.max(20, columns - 72)),
    ];
  });
  const head =
    lang === 'zh'
      ? ['数据集', '属于', '业务类别', '行数', '敏感', '个人信息字段']
      : ['Dataset', 'Whose', 'Record class', 'Rows', 'Sensitive', 'Personal fields'];
  return table(head, rows, t);
}

/** What a new discovery changed, one line each; nothing when nothing did. */
export function differenceTable(differences: readonly Difference[], t: Terms): string | null {
  const { lang } = t;
  if (differences.length === 0) return null;
  const kinds = lang === 'zh' ? { new: '新增', gone: '消失', changed: '改变' } : { new: 'new', gone: 'gone', changed: 'changed' };
  const head = lang === 'zh' ? ['与上次相比', '数据集', '字段', '原为', '现为'] : ['Since last time', 'Dataset', 'Field', 'Was', 'Is'];
  return table(
    head,
    differences.map((d) => [kinds[d.kind], cut(d.dataset, 40), cut(d.field ?? '', 30), d.was ?? '–', d.is ?? '–']),
    t,
  );
}
