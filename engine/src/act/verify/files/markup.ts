// SPDX-License-Identifier: Apache-2.0
import { decode } from './sheet-xml.ts';
import { attributeTexts } from './workbook.ts';

const NAMED: Readonly<Record<string, string>> = {
  nbsp: ' ',
  commat: '@',
  period: '.',
  lowbar: '_',
  hyphen: '-',
  colon: ':',
  ensp: ' ',
  emsp: ' ',
};

/** Tags that stand between words, in HTML and in office XML. */
const BLOCK =
  /<\/?(?:\w+:)?(?:p|div|br|cr|tab|ptab|tr|tc|td|th|li|h[1-6]|table|section|article|header|footer|dd|dt|option|title|row|si|comment)(?=[\s/>])[^>]*>/gi;

/**
 * Words of XML or HTML, twice: tags taken out, because programs cut a number in pieces with them, and tags as spaces, because they also
 * stand between words. Attributes, comments and scripts are among the words.
 */
export function markupText(xml: string): string {
  const inside = [...xml.matchAll(/<!--([\s\S]*?)-->|<(?:script|style)\b[^>]*>([\s\S]*?)<\/(?:script|style)>|="([^"]*)"|='([^']*)'/gi)]
    .map(([, comment, script, double, single]) => comment ?? script ?? double ?? single ?? '')
    .join('\n');
  const bare = (instead: string) =>
    opened(
      xml
        .replace(/<!--[\s\S]*?-->/g, instead)
        .replace(BLOCK, '\n')
        .replace(/<[^>]*>/g, instead),
    );
  return [bare(''), bare(' '), opened(inside), attributeTexts(xml)].join('\n');
}

function opened(text: string): string {
  return decode(text).replace(/&(\w+);/g, (all, name: string) => NAMED[name.toLowerCase()] ?? all);
}
