// SPDX-License-Identifier: Apache-2.0
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Cell, Row } from '../../model/cell.ts';
import { InventoryError } from './error.ts';

/** How a stored key cell that is encrypted starts. */
export const SEALED = 'enc:';

/**
 * Key cells as one JSON array. Cells of `personal` columns (same order as the key), and texts that start like a sealed cell, are
 * stored as `enc:` + base64 of nonce(12) ‖ AES-256-GCM ciphertext ‖ tag(16).
 */
export function encodeKey(key: Row, personal: readonly boolean[], inventoryKey: Uint8Array): string {
  return JSON.stringify(
    key.map((cell, i) => (cell !== null && (personal[i] || cell.startsWith(SEALED)) ? seal(cell, inventoryKey) : cell)),
  );
}

/** The key cells in clear. Throws InventoryError `key-damaged` when the text or a sealed cell is not what encodeKey wrote. */
export function decodeKey(keyText: string, inventoryKey: Uint8Array): Row {
  try {
    const cells = JSON.parse(keyText) as Cell[];
    return cells.map((cell) => (cell?.startsWith(SEALED) ? open(cell, inventoryKey) : cell));
  } catch (error) {
    throw new InventoryError('key-damaged', {}, error instanceof Error ? error.name : undefined);
  }
}

function seal(text: string, key: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return SEALED + Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function open(cell: string, key: Uint8Array): string {
  const bytes = Buffer.from(cell.slice(SEALED.length), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]).toString('utf8');
}
