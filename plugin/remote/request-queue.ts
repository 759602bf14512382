/** Requests that wait for one of a few places at the server. */
import type { Priority } from '../engine-port.js';

const ORDER: Readonly<Record<Priority, number>> = { player: 0, npc: 1, background: 2 };

interface Waiting {
  readonly priority: Priority;
  readonly sequence: string;
  readonly begin: () => void;
}

/** The player first, then characters, then background work, each in the order of arrival. */
export class RequestQueue {
  readonly #places: number;
  readonly #waiting: Waiting[] = [];
  #runnable: 'all' | readonly string[] = 'all';
  #running = 0;

  /** @param places requests at a time; of several, one is kept for the player */
  constructor(places: number) {
    this.#places = places;
  }

  /** Requests wait or run. */
  get busy(): boolean {
    return this.#running + this.#waiting.length > 0;
  }

  /** Which sequences, or prefixes of them that end in a slash, may begin; what runs goes on. */
  setRunnable(runnable: 'all' | readonly string[]): void {
    this.#runnable = runnable;
    this.#beginNext();
  }

  /** Runs `work` when its turn has come. @throws AbortError when `signal` aborts before; what `work` throws */
  async run<T>(
    priority: Priority,
    sequence: string,
    work: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal!.reason);
      };
      const begin = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const waiting: Waiting = { priority, sequence, begin };
      signal?.addEventListener('abort', abort, { once: true });
      const behind = this.#waiting.findIndex((other) => ORDER[other.priority] > ORDER[priority]);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, waiting);
      this.#beginNext();
    });
    try {
      return await work();
    } finally {
      this.#running--;
      this.#beginNext();
    }
  }

  #beginNext(): void {
    for (;;) {
      const next = this.#waiting.findIndex((request) => this.#mayBegin(request));
      if (next < 0) return;
      this.#running++;
      this.#waiting.splice(next, 1)[0]!.begin();
    }
  }

  #mayBegin({ priority, sequence }: Waiting): boolean {
    const kept = priority === 'player' || this.#places === 1 ? 0 : 1;
    if (this.#running >= this.#places - kept) return false;
    if (this.#runnable === 'all') return true;
    return this.#runnable.some((name) =>
      name.endsWith('/') ? sequence.startsWith(name) : sequence === name,
    );
  }
}
