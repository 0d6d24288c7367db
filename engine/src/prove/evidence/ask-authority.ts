// SPDX-License-Identifier: Apache-2.0
import { MAX_TOKEN } from '@shanhou/proof';
import { EvidenceError } from './error.ts';

const PATIENCE = 15_000;

/**
 * RFC 3161 §3.4 over HTTP: one POST, no redirects, 15 seconds, at most 64 KiB. The answer needs no protected channel: it is verified.
 * Throws EvidenceError `authority-unreachable`, `authority-slow`, `authority-refused` (HTTP status), `authority-garbage` (too large).
 */
export async function askAuthority(url: string, query: Uint8Array, patience = PATIENCE): Promise<Uint8Array> {
  return answered(url, patience, async (signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply', connection: 'close' },
      body: Uint8Array.from(query),
      redirect: 'error',
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new EvidenceError('authority-refused', { http: response.status });
    }
    return readBounded(response.body);
  });
}

/** Whether anything answers at an authority's address: a GET, for `doctor`; no time stamp is asked for, because they may cost money. Null = it does. */
export async function authorityProblem(url: string, patience = 5_000): Promise<string | null> {
  try {
    await answered(url, patience, async (signal) => {
      const response = await fetch(url, { headers: { connection: 'close' }, redirect: 'manual', signal });
      await response.body?.cancel();
    });
    return null;
  } catch (error) {
    if (error instanceof EvidenceError) return [error.code, ...Object.values(error.details)].join(' ');
    throw error;
  }
}

async function answered<T>(url: string, patience: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(patience);
  try {
    return await ask(signal);
  } catch (error) {
    if (error instanceof EvidenceError) throw error;
    if (signal.aborted) throw new EvidenceError('authority-slow', { seconds: patience / 1000 }, error);
    throw new EvidenceError('authority-unreachable', { cause: causeOf(error) }, error);
  }
}

async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > MAX_TOKEN) throw new EvidenceError('authority-garbage', { limit: MAX_TOKEN });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** ECONNREFUSED and the like; never a text from outside. */
function causeOf(error: unknown): string {
  const code = ((error as { cause?: { code?: unknown } }).cause ?? (error as { code?: unknown })).code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'network';
}
