// SPDX-License-Identifier: Apache-2.0
export { type ArchiveIdentity, newArchiveIdentity, recipientOf } from './age.ts';
export { type ArchiveChunkArgs, type ArchivedChunk, archiveChunk } from './archive-chunk.ts';
export { VaultError, type VaultErrorCode } from './error.ts';
export { InFlight } from './in-flight.ts';
export { type ExpectedRecord, type RehearsalReport, rehearse } from './rehearse.ts';
export { type SealedClass, sealClass } from './seal-class.ts';
export { type WithdrawnChunk, withdraw } from './withdraw.ts';
