// SPDX-License-Identifier: Apache-2.0
/** Fills `{name}` in a sentence; control characters in values never reach a terminal raw. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? printable(String(values[name])) : whole));
}

/** A value from outside as it may be shown: control and bidirectional-override characters become visible escapes. */
export function printable(value: string): string {
  return value.replace(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
