// SPDX-License-Identifier: Apache-2.0

/**
 * Sets every time in a zip archive to noon of `day` (YYYY-MM-DD), in place: the packer writes the time of packing, and the same document must be
 * the same bytes. Local and central headers: APPNOTE 6.3.10, §4.3.7 and §4.3.12; the times are no part of any checksum.
 */
export function fixZipTimes(zip: Buffer, day: string): Buffer {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  const stamp = (at: number) => {
    zip.writeUInt16LE(12 << 11, at);
    zip.writeUInt16LE(((Math.max(1980, year) - 1980) << 9) | (month << 5) | date, at + 2);
  };
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    stamp(at + 12);
    stamp(zip.readUInt32LE(at + 42) + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}

/** The core properties (ECMA-376 part 2, §11) with `day` as the only date. */
export function coreProperties(about: {
  readonly title: string;
  readonly author: string;
  readonly day: string;
  readonly lang: string;
}): string {
  const at = `${about.day}T00:00:00Z`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(about.title)}</dc:title><dc:creator>${escaped(about.author)}</dc:creator><dc:language>${about.lang}</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified>` +
    '</cp:coreProperties>'
  );
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
