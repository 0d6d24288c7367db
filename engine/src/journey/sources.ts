// SPDX-License-Identifier: Apache-2.0
import type { OpenItem } from '../model/open-item.ts';
import type { Source } from '../model/source.ts';

/** Codes after which one source is left aside as an open item and the rest goes on. */
const ASIDE: Readonly<Record<string, OpenItem['kind']>> = {
  unreachable: 'source-unreachable',
  'source-unreachable': 'source-unreachable',
  'refused-login': 'source-unreachable',
  'not-found': 'source-unreachable',
  'credential-missing': 'source-unreachable',
  unreadable: 'source-unreadable',
  encrypted: 'source-unreadable',
  damaged: 'source-unreadable',
  unsupported: 'source-unreadable',
  limit: 'source-unreadable',
};

/** Sources that a program can reach; the others are declared, and people act on them. */
export function programmed(sources: readonly Source[]): Source[] {
  return sources.filter((source) => source.kind !== 'offline');
}

/** Runs `work` on one source; where the source cannot be reached or read, that becomes an open item and null is returned. */
export async function readable<T>(source: Source, items: OpenItem[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const kind = typeof code === 'string' ? ASIDE[code] : undefined;
    if (!kind) throw error;
    items.push({ kind, owner: 'it', source: source.name, dataset: null, field: null, count: 0, examples: [], detail: String(code) });
    return null;
  }
}
