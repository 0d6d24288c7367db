// SPDX-License-Identifier: Apache-2.0
const FROM = Buffer.from('From ');

/**
 * The messages of an mbox (RFC 4155) as they lie in it: from the line after a `From ` line to the next `From ` line that stands after an empty line, or the end of the
 * file; the empty line before the next one belongs to the message.
 */
export function* mboxMessages(file: Buffer): Generator<Buffer> {
  let start = -1;
  for (let at = file.indexOf(FROM); at >= 0; at = file.indexOf(FROM, at + FROM.length)) {
    if (at !== 0 && !afterEmptyLine(file, at)) continue;
    if (start >= 0) yield file.subarray(start, at);
    const end = file.indexOf(0x0a, at);
    start = end < 0 ? file.length : end + 1;
  }
  if (start >= 0) yield file.subarray(start);
}

function afterEmptyLine(file: Buffer, at: number): boolean {
  if (file[at - 1] !== 0x0a) return false;
  return at === 1 || file[at - 2] === 0x0a || (file[at - 2] === 0x0d && file[at - 3] === 0x0a);
}
