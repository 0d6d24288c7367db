// SPDX-License-Identifier: Apache-2.0
/** One whole day in a calendar. `id` stays the same as long as it speaks of the same thing, so that a later file replaces it. */
export interface CalendarEvent {
  readonly id: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly title: string;
  readonly description: string;
}

/**
 * An iCalendar file (RFC 5545) of whole days, CRLF, lines of at most 75 octets. `stamp`: the instant of writing, ISO 8601, by the case's
 * clock. The same input gives the same text.
 */
export function renderCalendar(calendar: {
  readonly name: string;
  readonly stamp: string;
  readonly lang: 'zh' | 'en';
  readonly events: readonly CalendarEvent[];
}): string {
  const stamp = `${new Date(calendar.stamp).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const language = calendar.lang === 'zh' ? 'zh-CN' : 'en';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Shanhou//Timeline//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${text(calendar.name)}`,
    ...calendar.events.flatMap((e) => [
      'BEGIN:VEVENT',
      `UID:${e.id}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${e.day.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${nextDay(e.day).replaceAll('-', '')}`,
      `SUMMARY;LANGUAGE=${language}:${text(e.title)}`,
      `DESCRIPTION;LANGUAGE=${language}:${text(e.description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** TEXT of RFC 5545 3.3.11; control characters have no place in it. */
function text(value: string): string {
  return value
    .replaceAll(/[\\;,]/g, (c) => `\\${c}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** RFC 5545 3.1: at most 75 octets a line, continued after CRLF and a space; a character is never cut. */
function fold(line: string): string {
  const out: string[] = [];
  let part = '';
  let octets = 0;
  for (const c of line) {
    const size = Buffer.byteLength(c);
    if (octets + size > 75) {
      out.push(part);
      part = ' ';
      octets = 1;
    }
    part += c;
    octets += size;
  }
  return [...out, part].join('\r\n');
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
