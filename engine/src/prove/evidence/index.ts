// SPDX-License-Identifier: Apache-2.0
export { type Bundle, buildBundle } from './build-bundle.ts';
export { type BundleInput, type BundleSource } from './bundle-input.ts';
export { checkFolder } from './check-folder.ts';
export { CommitmentRoot, commitment } from './commitment.ts';
export { officerPublicKey, signEnvelope, verifyEnvelope } from './envelope.ts';
export { EVIDENCE_ERROR_CODES, EvidenceError, type EvidenceErrorCode } from './error.ts';
export { type EvidenceLog, openLog } from './log.ts';
export { sealEntry } from './seal-entry.ts';
export {
  type AnchorReport,
  type DispositionLeaf,
  type Envelope,
  type Report,
  dispositionLeaf,
  logOrigin,
  renderReport,
} from '@shanhou/proof';
