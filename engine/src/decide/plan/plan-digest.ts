// SPDX-License-Identifier: Apache-2.0
import { canonicalJson, sha256 } from '../../kit/index.ts';
import type { CaseFacts } from '../../model/case.ts';

export interface PlanParts {
  /** Digest of the data map. */
  readonly dataMap: string;
  /** Digest of the rule pack. */
  readonly rules: string;
  readonly facts: CaseFacts;
  /** Hash of the day and the findings that the standings of the contracts rest on. */
  readonly standing?: string;
  readonly inventoryRoot: string;
  readonly decisionsRoot: string;
  readonly holds: readonly unknown[];
}

/** The plan digest (方案摘要) that the approvers sign: SHA-256, 64 hex digits, over the canonical JSON of everything the decisions came from. */
export function planDigest(parts: PlanParts): string {
  return sha256(canonicalJson(parts));
}
