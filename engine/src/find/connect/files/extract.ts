// SPDX-License-Identifier: Apache-2.0
import { Worker } from 'node:worker_threads';
import { LIMITS } from './limits.ts';
import type { Order, Reply } from './messages.ts';

const LOOK_EVERY_MILLISECONDS = 200;

/** The file, or the member at `path`, cost more than it may. */
export class Overrun extends Error {
  override readonly name = 'Overrun';
  readonly path: string;

  constructor(path: string) {
    super('over a limit');
    this.path = path;
  }
}

/** A parser failed in a way that nobody foresaw; `code` is an errno or the name of the error's class. */
export class ExtractFailure extends Error {
  override readonly name = 'ExtractFailure';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

type Item = Extract<Reply, { type: 'item' }>['item'];

const idle: Worker[] = [];
const MAX_IDLE = 2;

function takeWorker(): Worker {
  const ready = idle.pop();
  if (ready !== undefined) return ready;
  return new Worker(new URL(`./extract.worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.heapMegabytes, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    // What a library prints may quote the file.
    stdout: true,
    stderr: true,
  });
}

/**
 * Carries out one order in a thread of its own, item by item, and stops the thread where a file or member costs more than LIMITS allow. Throws Overrun,
 * ExtractFailure.
 */
export async function* extract<T extends Item>(order: Order): AsyncGenerator<T> {
  const worker = takeWorker();
  worker.ref();
  const channel = new Channel(worker, order.path);
  let healthy = false;
  try {
    worker.postMessage(order);
    for (;;) {
      const reply = await channel.next();
      if (reply.type === 'end') break;
      if (reply.type === 'failed') {
        healthy = true;
        throw new ExtractFailure(reply.code);
      }
      if (reply.type !== 'item') continue;
      yield reply.item as T;
      worker.postMessage('next');
    }
    healthy = true;
  } finally {
    channel.close();
    // A generator that is left early leaves its thread in the middle of a file: it is not used again.
    if (healthy && idle.length < MAX_IDLE) {
      worker.unref();
      idle.push(worker);
    } else {
      worker.unref();
      // Not waited for: a thread deep in one native call stops only when that returns.
      void worker.terminate();
    }
  }
}

/** The replies of a worker, in order; while one is waited for, the worker is watched. */
class Channel {
  readonly #worker: Worker;
  readonly #waiting: Reply[] = [];
  #wake: ((reply: Reply | Error) => void) | null = null;
  #failure: Error | null = null;
  /** The file or member that is open, and how many were opened before. */
  #path: string;
  #turn = 0;
  /** When the thread was last seen to work. */
  #busyAt = performance.now();
  #lastCpu = 0;
  /** CPU of the thread when it was first seen in this order, and in this turn; milliseconds. */
  #orderCpu: number | null = null;
  #turnCpu: number | null = null;
  /** CPU of the whole process when the thread was asked for its own and has not answered since; microseconds. */
  #asked: NodeJS.CpuUsage | null = null;

  constructor(worker: Worker, path: string) {
    this.#worker = worker;
    this.#path = path;
    worker.on('message', this.#onMessage);
    worker.on('error', this.#onError);
    worker.on('exit', this.#onExit);
  }

  async next(): Promise<Reply> {
    const ready = this.#waiting.shift();
    if (ready !== undefined) return ready;
    if (this.#failure !== null) throw this.#failure;
    this.#busyAt = performance.now();
    const timer = setInterval(() => void this.#look(), LOOK_EVERY_MILLISECONDS);
    try {
      const reply = await new Promise<Reply | Error>((resolve) => (this.#wake = resolve));
      if (reply instanceof Error) throw reply;
      return reply;
    } finally {
      clearInterval(timer);
      this.#wake = null;
    }
  }

  close(): void {
    this.#worker.off('message', this.#onMessage);
    this.#worker.off('error', this.#onError);
    this.#worker.off('exit', this.#onExit);
  }

  readonly #onMessage = (reply: Reply) => {
    if (reply.type === 'at') {
      this.#path = reply.path;
      this.#turn += 1;
      this.#turnCpu = null;
      this.#busyAt = performance.now();
    } else if (this.#wake !== null) {
      this.#wake(reply);
      this.#wake = null;
    } else this.#waiting.push(reply);
  };

  readonly #onError = (error: Error) => {
    // Out of memory ends the thread with this code; anything else is a defect of ours, and the file is named all the same.
    this.#fail(
      (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Overrun(this.#path) : new ExtractFailure(error.name),
    );
  };

  readonly #onExit = () => this.#fail(new Overrun(this.#path));

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.(this.#failure);
  }

  /** Asks the thread what it has used: never the clock alone, for on a busy machine an honest file takes its time. */
  async #look(): Promise<void> {
    const turn = this.#turn;
    if (this.#asked !== null) {
      // Deep in a native call it does not answer; meanwhile nearly all that the process uses is its.
      const { user } = process.cpuUsage(this.#asked);
      if (user / 1000 > 2 * LIMITS.cpuMilliseconds) this.#fail(new Overrun(this.#path));
      return;
    }
    this.#asked = process.cpuUsage();
    const usage = await this.#worker.cpuUsage().catch(() => null);
    this.#asked = null;
    if (usage === null || turn !== this.#turn) return;
    const cpu = (usage.user + usage.system) / 1000;
    if (cpu - this.#lastCpu > 5) this.#busyAt = performance.now();
    this.#lastCpu = cpu;
    this.#orderCpu ??= cpu;
    this.#turnCpu ??= cpu;
    const idle = performance.now() - this.#busyAt > LIMITS.idleMilliseconds;
    if (idle || cpu - this.#turnCpu > LIMITS.cpuMilliseconds) this.#fail(new Overrun(this.#path));
    else if (cpu - this.#orderCpu > LIMITS.archiveCpuMilliseconds) this.#fail(new ExtractFailure('limit'));
  }
}
