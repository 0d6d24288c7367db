// SPDX-License-Identifier: Apache-2.0
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A real SMTP server whose behaviour a test decides by recipient. */
export interface PostOffice {
  readonly url: string;
  readonly port: number;
  /** Messages taken over, with their envelopes. */
  readonly taken: { readonly from: string; readonly to: string; readonly text: string }[];
  close(): Promise<void>;
}

/** What to do: a reply code at RCPT or after DATA, or `break` the line at that place. */
export type Behaviour = (to: string) => { readonly rcpt?: number | 'break'; readonly data?: number | 'break-before' | 'break-after' };

export async function openPostOffice(behaviour: Behaviour, options: SMTPServerOptions = {}): Promise<PostOffice> {
  const taken: PostOffice['taken'] = [];
  const refuse = (code: number) => Object.assign(new Error(`${code < 500 ? 4 : 5}.1.1 by the test`), { responseCode: code });
  const cut = (id: string) => {
    for (const c of server.connections) if (c.session.id === id) c._socket.destroy();
  };
  const server = new SMTPServer({
    name: 'mx.example.com',
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 200,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, session, done) {
      const { rcpt } = behaviour(address);
      if (rcpt === 'break') return cut(session.id);
      done(rcpt === undefined ? null : refuse(rcpt));
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]!.address;
      const { data } = behaviour(to);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (data === 'break-before') cut(session.id);
      });
      stream.on('end', () => {
        if (data === 'break-before') return;
        if (typeof data === 'number') return done(refuse(data));
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        taken.push({ from, to, text: Buffer.concat(chunks).toString('latin1') });
        if (data === 'break-after') return cut(session.id);
        done(null, 'Ok: queued as ABC');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, url: `smtp://127.0.0.1:${port}`, taken, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
