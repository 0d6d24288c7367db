// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** True where no dovecot is installed; never with REQUIRE_ALL=1, where its absence must fail. */
export const withoutDovecot = process.env['REQUIRE_ALL'] !== '1' && spawnSync('dovecot', ['--version']).status !== 0;

/** A real IMAP server on loopback with one account, in a folder of the test. */
export interface Dovecot {
  readonly port: number;
  /** `user:password` */
  readonly login: string;
  deliver(name: string, bytes: Buffer): void;
  /** Messages that carry a flag. */
  flags(): string[];
  close(): Promise<void>;
}

export async function openDovecot(folder: string): Promise<Dovecot> {
  const root = join(folder, 'dovecot');
  const box = join(root, 'mail');
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(box, part), { recursive: true });
  const port = await freePort();
  const me = userInfo();
  // Dovecot never lets its login process run as root: there the package's own users take it, and must be able to walk to its sockets.
  const privileged = me.uid === 0;
  if (privileged) for (const path of [folder, root]) chmodSync(path, 0o711);
  const users = privileged
    ? 'default_internal_user = dovecot\ndefault_internal_group = dovecot\ndefault_login_user = dovenull'
    : `default_internal_user = ${me.username}\ndefault_login_user = ${me.username}\ndefault_internal_group = ${me.username}`;
  // Nor does it open a mailbox as root.
  const idOf = (flag: '-u' | '-g') => Number(spawnSync('id', [flag, 'dovecot'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = privileged ? [idOf('-u'), idOf('-g')] : [me.uid, me.gid];
  if (privileged) for (const part of ['.', 'new', 'cur', 'tmp']) chownSync(join(box, part), uid, gid);
  const config = join(root, 'dovecot.conf');
  writeFileSync(
    config,
    `base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
${users}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${box}
mail_uid = ${uid}
mail_gid = ${gid}
passdb {
  driver = static
  args = password=right
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${root}
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`,
  );
  const child = spawn('dovecot', ['-F', '-c', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  for (let i = 0; child.exitCode === null && i < 200; i++) {
    if (/starting up/.test(logOf(root))) break;
    await sleep(50);
  }
  if (child.exitCode !== null) throw new Error(`dovecot did not start:\n${logOf(root)}`);
  return {
    port,
    login: 'box:right',
    deliver: (name, bytes) => writeFileSync(join(box, 'new', name), bytes),
    flags: () => readdirSync(join(box, 'cur')).filter((name) => /:2,[A-Z]+/.test(name)),
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function logOf(root: string): string {
  try {
    return readFileSync(join(root, 'log'), 'utf8');
  } catch {
    return '';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
