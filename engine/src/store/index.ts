// SPDX-License-Identifier: Apache-2.0
export { caseDirectory } from './case-store.ts';
export { type Cluster, openCluster } from './cluster.ts';
export { type Database, openDatabase } from './database.ts';
export { StoreError } from './error.ts';
