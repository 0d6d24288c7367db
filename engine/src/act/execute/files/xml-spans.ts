// SPDX-License-Identifier: Apache-2.0
/*
 * Just enough XML to cut pieces out of parts that office programs write, byte for byte: elements of one local name that are not nested
 * in themselves, as places in the text.
 */

export interface XmlElement {
  readonly start: number;
  readonly end: number;
  /** From `<` to the `>` of the opening tag. */
  readonly tag: string;
  /** The name as written, prefix included. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly bodyStart: number;
  readonly body: string;
}

/** Elements of a local name, prefix or not, in order. */
export function* elements(xml: string, local: string): Generator<XmlElement> {
  const open = new RegExp(`<((?:[\\w.-]+:)?${local})(?=[\\s/>])((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>`, 'g');
  const close = new RegExp(`</(?:[\\w.-]+:)?${local}\\s*>`, 'g');
  for (let match = open.exec(xml); match; match = open.exec(xml)) {
    const [tag, name = '', attributes = '', self] = match;
    const bodyStart = open.lastIndex;
    let [bodyEnd, end] = [bodyStart, bodyStart];
    if (self !== '/') {
      close.lastIndex = bodyStart;
      const found = close.exec(xml);
      [bodyEnd, end] = found ? [found.index, close.lastIndex] : [xml.length, xml.length];
    }
    open.lastIndex = end;
    yield { start: match.index, end, tag, name, attributes: attributesOf(attributes), bodyStart, body: xml.slice(bodyStart, bodyEnd) };
  }
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return new Map(pairs.map(([, name = '', double, single]) => [name, plainText(double ?? single ?? '')]));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text between tags, with its entities and CDATA sections opened. */
export function plainText(xml: string): string {
  return xml
    .replace(/\r\n?/g, '\n')
    .replace(
      /<!\[CDATA\[([\s\S]*?)\]\]>|&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
      (all, raw?: string, hex?: string, dec?: string, name?: string) => {
        if (raw !== undefined) return raw;
        if (name !== undefined) return ENTITIES[name] ?? all;
        const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : all;
      },
    );
}

/** The text without some of its pieces, which are in order; `instead` stands in the place of a piece. */
export function cutText(
  text: string,
  pieces: Iterable<{ readonly start: number; readonly end: number; readonly instead?: string }>,
): string {
  let [out, from] = ['', 0];
  for (const { start, end, instead = '' } of pieces) {
    out += text.slice(from, start) + instead;
    from = end;
  }
  return out + text.slice(from);
}

/** An XML part as text (XML 1.0, appendix F: by its mark, or by where the zero bytes of `<?` stand), and the way back. */
export function xmlPart(bytes: Buffer): { readonly text: string; encode(text: string): Buffer } {
  const head = bytes.subarray(0, 2).toString('hex');
  if (head === 'fffe' || head === '3c00') return { text: bytes.toString('utf16le'), encode: (text) => Buffer.from(text, 'utf16le') };
  // Half a code unit at the end makes it no UTF-16: what is then read is no XML either.
  if ((head === 'feff' || head === '003c') && bytes.length % 2 === 0)
    return { text: Buffer.from(bytes).swap16().toString('utf16le'), encode: (text) => Buffer.from(text, 'utf16le').swap16() };
  return { text: bytes.toString('utf8'), encode: (text) => Buffer.from(text, 'utf8') };
}
