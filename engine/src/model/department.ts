// SPDX-License-Identifier: Apache-2.0
/** Who owns an open item or signs: 市场, 销售, 客服, 法务, IT, 人力资源, 清算组, 案件负责人. */
export const DEPARTMENTS = ['marketing', 'sales', 'support', 'legal', 'it', 'hr', 'liquidation', 'lead', 'finance'] as const;
export type Department = (typeof DEPARTMENTS)[number];

/** The three who must sign a plan digest. */
export const APPROVING_DEPARTMENTS: readonly Department[] = ['legal', 'it', 'liquidation'];
