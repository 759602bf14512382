/** A line while it is spoken: events for any number of readers, and one result. */
import type { Utterance, UtteranceEvent, UtteranceResult } from './api.js';

/** The side that speaks; readers see the `Utterance`. */
export class UtteranceStream implements Utterance {
  readonly result: Promise<UtteranceResult>;
  readonly #events: UtteranceEvent[] = [];
  readonly #onInterrupt: () => void;
  #wake: (() => void)[] = [];
  #done = false;
  #settle!: { resolve: (result: UtteranceResult) => void; reject: (error: unknown) => void };

  /** @param onInterrupt called when a reader has heard enough */
  constructor(onInterrupt: () => void) {
    this.#onInterrupt = onInterrupt;
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A line that nobody awaits must not become an unhandled rejection.
    this.result.catch(() => undefined);
  }

  get done(): boolean {
    return this.#done;
  }

  // biome-ignore lint/suspicious/noThenProperty: an utterance is awaited like a promise, by contract
  then<A = UtteranceResult, B = never>(
    onFulfilled?: ((result: UtteranceResult) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.result.then(onFulfilled, onRejected);
  }

  interrupt(): void {
    if (!this.#done) this.#onInterrupt();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<UtteranceEvent> {
    let heardAll = false;
    try {
      for (let i = 0; ; i++) {
        while (i >= this.#events.length && !this.#done) {
          await new Promise<void>((wake) => this.#wake.push(wake));
        }
        if (i >= this.#events.length) break;
        yield this.#events[i]!;
      }
      heardAll = true;
    } finally {
      // Breaking out of the loop cancels the line.
      if (!heardAll) this.interrupt();
    }
    await this.result;
  }

  emit(event: UtteranceEvent): void {
    if (this.#done) return;
    this.#events.push(event);
    this.#wakeAll();
  }

  finish(result: UtteranceResult): void {
    if (this.#done) return;
    this.#done = true;
    this.#settle.resolve(result);
    this.#wakeAll();
  }

  /** Only for the caller's own abort. */
  fail(error: unknown): void {
    if (this.#done) return;
    this.#done = true;
    this.#settle.reject(error);
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
