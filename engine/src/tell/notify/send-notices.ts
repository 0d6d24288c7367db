// SPDX-License-Identifier: Apache-2.0
import type { CrashPoint } from '../../model/crash-point.ts';
import type { NotifyError } from './error.ts';
import type { Mailer } from './mailer.ts';
import type { Letter, NoticeOutcome, SendPorts } from './ports.ts';

/*
 * The hand-over protocol, group by group: intents durable → hand over → outcomes durable, as they come. There is no transaction
 * between our store and a mail server: who dies in between leaves `intended` behind, and the next run calls that `unknown`. So a
 * letter that was recorded as handed over is never sent again, and one that may have been is not sent again by itself.
 */
const GROUP = 20;
/** A letter that the server puts off so often (4xx) counts as rejected. */
const ATTEMPTS = 3;

export interface SendArgs {
  /** Letters in clear, from the sealed outbox; taken one group at a time. */
  readonly letters: Iterable<Letter>;
  /** Ids that wait to be sent, with the number of times the server put them off. All others are passed over. */
  readonly waiting: ReadonlyMap<string, number>;
  readonly mailer: Mailer;
  readonly date: Date;
  readonly ports: SendPorts;
  readonly crash: CrashPoint;
  readonly sent: (letters: number) => void;
}

/** Sends what waits. Throws NotifyError when the server cannot be used; what was not begun then waits on. */
export async function sendNotices(args: SendArgs): Promise<void> {
  let group: Letter[] = [];
  for (const letter of args.letters) {
    if (letter.channel !== 'email' || !args.waiting.has(letter.id)) continue;
    group.push(letter);
    if (group.length < GROUP) continue;
    await sendGroup(args, group);
    group = [];
  }
  if (group.length > 0) await sendGroup(args, group);
}

async function sendGroup(args: SendArgs, group: readonly Letter[]): Promise<void> {
  await args.ports.intend(group.map((l) => l.id));
  args.crash('notify.intended');
  const recorder = new Recorder(args);
  const halts: NotifyError[] = [];
  await Promise.all(
    group.map(async (letter) => {
      const { outcome, halt } = await args.mailer.handOver(letter, args.date);
      if (halt) halts.push(halt);
      if (outcome.state === 'handed-over') args.crash('notify.handed-over');
      const tooOften = outcome.detail === 'deferred' && args.waiting.get(letter.id)! + 1 >= ATTEMPTS;
      await recorder.add(tooOften ? { ...outcome, state: 'rejected', detail: 'deferred-too-often' } : outcome);
    }),
  );
  args.sent(group.length);
  if (halts[0]) throw halts[0];
}

/** Writes outcomes as they come; what comes while one transaction runs goes into the next. */
class Recorder {
  readonly #args: SendArgs;
  #waiting: NoticeOutcome[] = [];
  #running: Promise<void> | null = null;

  constructor(args: SendArgs) {
    this.#args = args;
  }

  add(outcome: NoticeOutcome): Promise<void> {
    this.#waiting.push(outcome);
    this.#running ??= this.#drain();
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const outcomes = this.#waiting;
      this.#waiting = [];
      await this.#args.ports.settle(outcomes);
      this.#args.crash('notify.outcome-recorded');
    }
    this.#running = null;
  }
}
