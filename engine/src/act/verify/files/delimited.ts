// SPDX-License-Identifier: Apache-2.0

/** Records of a delimited text: a small machine over characters; lines without any character are not records. */
export function splitDelimited(text: string): string[][] {
  const delimiter = commonest(/[^\r\n]+/.exec(text)?.[0] ?? '');
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endField = () => {
    record.push(field);
    field = '';
    state = 'start';
  };
  const endRecord = () => {
    const nothing = record.length === 0 && field === '' && state === 'start';
    endField();
    if (!nothing) records.push(record);
    record = [];
  };
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (state === 'quoted') {
      if (c !== '"') field += c;
      else if (text[at + 1] === '"') field += text[++at]!;
      else state = 'closed';
    } else if (c === delimiter) endField();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[at + 1] === '\n') at += 1;
      endRecord();
    } else if (c === '"' && state === 'start') state = 'quoted';
    else {
      field += c;
      if (state === 'start') state = 'plain';
    }
  }
  if (field !== '' || record.length > 0 || state !== 'start') endRecord();
  return records;
}

function commonest(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '');
  return [',', ';', '\t', '|'].map((d) => ({ d, n: bare.split(d).length })).reduce((a, b) => (b.n > a.n ? b : a)).d;
}
