// SPDX-License-Identifier: Apache-2.0
export type { InventoryEdges } from './edges.ts';
export { InventoryError, type InventoryErrorCode } from './error.ts';
export { normaliseIdentifier } from './identifier.ts';
export { SEALED, decodeKey } from './key-text.ts';
export { legalDate } from './legal-date.ts';
export { linkTargets, masterDatasets } from './link-targets.ts';
export { type Inventory, type InventoryOptions, openInventory } from './open-inventory.ts';
export type { Plain } from './row-buffer.ts';
export type { Recognise } from './row-signs.ts';
export { type ScanOptions, type ScanResult, scanDataset } from './scan-dataset.ts';
export { type Segment, type SegmentKind, removeUnlisted } from './segment-file.ts';
export { SEGMENT_COLUMNS, type SegmentColumn, TABLE_KINDS, type TableKind, eventColumn } from './segment-columns.ts';
