// SPDX-License-Identifier: Apache-2.0
export {
  BAGIT_TXT,
  type BagInfo,
  type ManifestLine,
  parseBagInfo,
  parseCanonicalManifest,
  parseManifest,
  renderBagInfo,
  renderManifest,
} from './bagit.ts';
export {
  APPROVAL_PAYLOAD_TYPE,
  type ApprovedBody,
  type BoundFile,
  CASE_FILE,
  CHECKPOINT_FILE,
  COMMITMENTS_PER_FILE,
  type CaseFile,
  type Committed,
  type CommittedBody,
  type CompiledBody,
  DATASETS_FILE,
  type DatasetCount,
  type DatasetsFile,
  type FinalBody,
  LEAVES_PER_FILE,
  PLAN_FILE,
  POLICY_FILE,
  README_FILES,
  REQUIRED_FILES,
  type SealedBody,
  type SigningOfficer,
  TAG_FILES,
  TAG_MANIFEST,
  TIMESTAMPS_FOLDER,
  TIMESTAMP_LIST,
  VERIFIER_FOLDER,
  commitmentsFile,
  entriesFile,
  isBound,
  isKnownFile,
  jsonFile,
  recordCommitment,
} from './bundle.ts';
export { type Anchors, checkBundle, fingerprintOf } from './check.ts';
export { tagLines } from './check-container.ts';
export { type Checkpoint, checkpointText, openCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.ts';
export { type DispositionLeaf, dispositionLeaf, parseDisposition } from './disposition.ts';
export { type Envelope, asEnvelope, envelopeBytes, openEnvelope, pae, signEnvelope, signEnvelopeSm2 } from './dsse.ts';
export { concat, equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './encoding.ts';
export { PROOF_ERROR_CODES, ProofError, type ProofErrorCode } from './error.ts';
export { type BundleFiles } from './files.ts';
export { canonicalJson, parseCanonical } from './json.ts';
export {
  DISPOSITION_NAMES,
  type DispositionName,
  OUTCOME_NAMES,
  type OutcomeName,
  REQUIRED_KINDS,
  SIGNING_DEPARTMENTS,
  STATEMENT_KINDS,
  type StatementKind,
} from './kinds.ts';
export { MerkleRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.ts';
export { type Note, type NoteKey, encodeVkey, noteKey, noteKeyOf, parseNote, parseVkey, sameKey, signNote, verifyNote } from './note.ts';
export { pemBlocks, pemOf } from './pem.ts';
export { isDemoKey, logOrigin, parsePolicy, renderPolicy } from './policy.ts';
export { renderReport } from './render-report.ts';
export {
  type AnchorReport,
  CANNOT_PROVE,
  type CannotProve,
  type Report,
  STEPS,
  type Step,
  type StepName,
  type StepState,
  type TimestampReport,
  type TimestampState,
  type TimestampsReport,
  type Verdict,
  verdictOf,
} from './report.ts';
export { STATEMENT_PAYLOAD_TYPE, type Statement, openStatement, predicateType, signStatement, statementPayload } from './statement.ts';
export { type TimestampFile, openTimestampList, signTimestampList } from './timestamp-list.ts';
export { MAX_TOKEN, type TimestampQuery, parseTimestampQuery, timestampQueryBytes } from './timestamp-token.ts';
export {
  DEFAULT_QUORUM,
  type TimestampAuthority,
  type TimestampTrust,
  type Trust,
  certificatesOf,
  checkedTrust,
  isAuthorityName,
  isOid,
  parseTrust,
  renderTrust,
} from './trust.ts';
export { type TimestampEvidence, type VerifiedTimestamp, verifyTimestamp } from './verify-timestamp.ts';
export { type Language, WORDS } from './words.ts';
export { isSm2PrivateKey, sm2PublicKey } from './sm2.ts';
