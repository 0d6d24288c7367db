// SPDX-License-Identifier: Apache-2.0

/** Work that may go on at once, a few at a time: while the disk syncs one archive file, the next is read and sealed. */
export class InFlight {
  readonly #most: number;
  readonly #running = new Set<Promise<void>>();
  #failed: unknown = null;

  constructor(most = 4) {
    this.#most = most;
  }

  /** Starts `work` when there is room. Throws what any earlier work threw. */
  async start(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#most) await Promise.race(this.#running);
    this.#rethrow();
    const running = work()
      .catch((error: unknown) => {
        this.#failed ??= error;
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all of it. Throws what the first to fail threw. */
  async end(): Promise<void> {
    await this.settle();
    this.#rethrow();
  }

  /** Waits for all of it, whatever becomes of it. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }

  #rethrow(): void {
    if (this.#failed !== null) throw this.#failed;
  }
}
