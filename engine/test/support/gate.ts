// SPDX-License-Identifier: Apache-2.0
import { existsSync, rmSync } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';

/** A socket in front of a server's socket, that can be shut: then the source has vanished, though the server lives on. */
export interface Gate {
  readonly path: string;
  open(): Promise<void>;
  /** Cuts every connection at once, and lets nobody in. */
  shut(): Promise<void>;
}

export async function openGate(path: string, target: string): Promise<Gate> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  const gate: Gate = {
    path,
    async open() {
      if (existsSync(path)) rmSync(path);
      const opened = createServer((near) => {
        const far = connect(target);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(one);
          one.on('error', () => undefined);
          one.on('close', () => {
            sockets.delete(one);
            other.destroy();
          });
          one.pipe(other);
        }
      });
      server = opened;
      await new Promise<void>((resolve) => opened.listen(path, resolve));
    },
    async shut() {
      const closing = server;
      server = null;
      const closed = new Promise<void>((resolve) => (closing === null ? resolve() : closing.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  await gate.open();
  return gate;
}
