// SPDX-License-Identifier: Apache-2.0
let table: Map<string, number> | null = null;

/** GBK bytes, by turning the platform's decoder round over the two-byte space. Throws for a sign GBK has not. */
export function gbk(text: string): Buffer {
  if (table === null) {
    const decoder = new TextDecoder('gbk');
    table = new Map();
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const sign = decoder.decode(Uint8Array.of(lead, trail));
        if (sign.length === 1 && sign !== '\ufffd' && !table.has(sign)) table.set(sign, lead * 256 + trail);
      }
    }
  }
  const out: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    if (code < 0x80) out.push(code);
    else {
      const pair = table.get(sign);
      if (pair === undefined) throw new RangeError(`GBK has no ${code.toString(16)}`);
      out.push(pair >> 8, pair & 0xff);
    }
  }
  return Buffer.from(out);
}
