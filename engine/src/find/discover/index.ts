// SPDX-License-Identifier: Apache-2.0
export { datasetOrder } from './dataset-order.ts';
export { type Discovered, type DiscoveredDataset, discover } from './discover.ts';
export { inferLinks } from './infer-links.ts';
