// SPDX-License-Identifier: Apache-2.0
import { type Committed, MerkleRoot, recordCommitment, toHex } from '@shanhou/proof';

/**
 * The commitment of one record, 32 bytes: SHA-256(0x00 ‖ canonical JSON of index, dataset, fp, salt), which is an RFC 6962 leaf hash.
 * `fp`: keyed fingerprint, hex; `salt`: 32 random hex digits, without which nothing can be guessed from it.
 */
export function commitment(record: Committed): Uint8Array {
  return recordCommitment(record);
}

/** The inventory root over commitments in inventory order. Memory is a few hashes. */
export class CommitmentRoot {
  readonly #tree = new MerkleRoot();

  get size(): number {
    return this.#tree.size;
  }

  add(hash: Uint8Array): void {
    this.#tree.add(hash);
  }

  /** 64 hex digits. */
  root(): string {
    return toHex(this.#tree.root());
  }
}
