// SPDX-License-Identifier: Apache-2.0

/** Messages of an mbox file, without their `From ` lines: a message begins at such a line that is the first or follows an empty one. */
export function messagesIn(bytes: Buffer): Buffer[] {
  const starts: { readonly at: number; readonly body: number }[] = [];
  const marker = Buffer.from('From ');
  for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + 1)) {
    const before = bytes.subarray(Math.max(0, at - 4), at).toString('latin1');
    if (
      at === 0 ||
      before.endsWith('\n\n') ||
      before.endsWith('\r\n\r\n') ||
      before.endsWith('\n\r\n') ||
      (at <= 2 && /^\r?\n$/.test(before))
    ) {
      const line = bytes.indexOf(0x0a, at);
      starts.push({ at, body: line < 0 ? bytes.length : line + 1 });
    }
  }
  return starts.map(({ body }, n) => bytes.subarray(body, starts[n + 1]?.at ?? bytes.length));
}
