// SPDX-License-Identifier: Apache-2.0

/**
 * Sends an RFC 3161 query (DER) to an authority and gives back its answer, whatever that is. The only way out to the network in this room.
 * Throws EvidenceError `authority-unreachable`, `authority-slow`, `authority-refused`, `authority-garbage`.
 */
export type AskAuthority = (url: string, query: Uint8Array) => Promise<Uint8Array>;
