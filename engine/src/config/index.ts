// SPDX-License-Identifier: Apache-2.0
export { refuseSecrets, resolveCredential } from './credentials.ts';
export { applyDataMapFile, printDataMap } from './data-map-file.ts';
export { CONFIG_ERROR_CODES, ConfigError } from './error.ts';
export { readOfflineForm } from './offline-form-file.ts';
export { type PackFile, readPackFile } from './rule-pack-file.ts';
export { type Settings, readSettings } from './settings.ts';
