// SPDX-License-Identifier: Apache-2.0
export type UnreadableReason = 'encrypted' | 'image-only' | 'damaged' | 'unsupported' | 'limit';

/** A file or member that cannot be read. `detail` is a short plain fact about the format: never a name or a word out of the file. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly reason: UnreadableReason;
  readonly detail: string;

  constructor(reason: UnreadableReason, detail: string) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}
