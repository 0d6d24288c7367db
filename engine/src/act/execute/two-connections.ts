// SPDX-License-Identifier: Apache-2.0

/** The two connections of an eraser; the second only looks. Opened when needed and again when lost. */
export interface TwoConnections<C> {
  writer(): Promise<C>;
  looker(): Promise<C>;
  /** Closes both, whatever state they are in; the next who asks opens anew. */
  reset(): Promise<void>;
}

/** `open` throws what the driver's connect throws, and is then tried again by the next who asks; `close` may fail. */
export function twoConnections<C>(open: () => Promise<C>, close: (client: C) => unknown): TwoConnections<C> {
  let writer: Promise<C> | null = null;
  let looker: Promise<C> | null = null;
  const opened = (forget: () => void) =>
    open().catch((error: unknown) => {
      forget();
      throw error;
    });
  return {
    writer: () => (writer ??= opened(() => (writer = null))),
    looker: () => (looker ??= opened(() => (looker = null))),
    async reset() {
      const both = [writer, looker];
      writer = looker = null;
      for (const client of both) await client?.then(close).catch(() => undefined);
    },
  };
}
