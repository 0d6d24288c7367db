// SPDX-License-Identifier: Apache-2.0
export { askAuthority, authorityProblem } from './ask-authority.ts';
export { type Authority, NO_AUTHORITIES, type TimestampSettings, timestampTrust, trustFile } from './authority.ts';
export { type Bundle, buildBundle, recoverBundle, restampBundle } from './build-bundle.ts';
export { type BundleInput, type BundleSource } from './bundle-input.ts';
export { checkFolder } from './check-folder.ts';
export { CommitmentRoot, commitment } from './commitment.ts';
export { SIGNATURE_PROFILES, type SignatureProfile, newOfficerKey, officerPublicKey, signEnvelope, verifyEnvelope } from './envelope.ts';
export { EVIDENCE_ERROR_CODES, EvidenceError, type EvidenceErrorCode } from './error.ts';
export { type EvidenceLog, openLog } from './log.ts';
export type { AskAuthority } from './ports.ts';
export { sealEntry } from './seal-entry.ts';
export { type Stamps, stampCheckpoint } from './stamp-checkpoint.ts';
export {
  type AnchorReport,
  type DispositionLeaf,
  type Envelope,
  CHECKPOINT_FILE,
  type Report,
  type TimestampsReport,
  dispositionLeaf,
  logOrigin,
  renderReport,
} from '@shanhou/proof';
