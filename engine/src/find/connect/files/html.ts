// SPDX-License-Identifier: Apache-2.0
const BLOCK = /^(?:p|div|br|tr|li|h[1-6]|table|section|article|header|footer|td|th|dd|dt|option|title)$/;
/** Attributes that hold words or addresses. */
const ATTRIBUTE = /\b(?:href|value|alt|title|content|placeholder|data-[\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;

/** The words of an HTML text: all text, also of scripts and comments, where data hides, and what attributes say. Linear in the length. */
export function htmlText(html: string): string {
  let out = '';
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    if (open < 0) return out + entities(html.slice(at));
    out += entities(html.slice(at, open));
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4);
      out += ` ${entities(html.slice(open + 4, close < 0 ? html.length : close))} `;
      at = close < 0 ? html.length : close + 3;
      continue;
    }
    const name = /^<\/?([A-Za-z][\w:-]{0,30})/.exec(html.slice(open, open + 40))?.[1]?.toLowerCase();
    const close = html.indexOf('>', open);
    if (name === undefined || close < 0) {
      out += '<';
      at = open + 1;
      continue;
    }
    if (BLOCK.test(name)) out += '\n';
    const tag = html.slice(open, Math.min(close, open + 100_000));
    if (tag.includes('=')) for (const m of tag.matchAll(ATTRIBUTE)) out += ` ${entities(decodeLink(m[1] ?? m[2] ?? m[3] ?? ''))} `;
    at = close + 1;
  }
  return out;
}

/** `mailto:` and `tel:` links hold an address each, percent-coded. */
function decodeLink(text: string): string {
  if (!/^(?:mailto|tel|sms):/i.test(text)) return text;
  try {
    return decodeURIComponent(text.slice(text.indexOf(':') + 1));
  } catch {
    return text;
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', commat: '@', period: '.' };

function entities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z]{2,8}));?/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
