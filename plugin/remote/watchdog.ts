import { RemoteError } from './remote-error.js';

/** A timer of more fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Ends a request when its caller does, or when what is waited for does not come in time. */
export class Watchdog {
  readonly #own = new AbortController();
  readonly #outer: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #late: RemoteError | undefined;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    outer?.addEventListener('abort', this.#abort, { once: true });
    if (outer?.aborted) this.#abort();
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  /** Waits for something new in place of what was waited for. @param option that sets `ms` */
  expect(what: string, ms: number, option: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#late = new RemoteError('remote-timeout', `Got nothing for ${ms} ms; expected ${what}.`, {
          hint: `Look whether the server is overloaded, or raise timeoutMs.${option}.`,
        });
        this.#abort();
      },
      Math.min(ms, MAX_TIMER_MS),
    );
  }

  /** Why the request was ended from here; undefined where it was not. */
  get reason(): unknown {
    return this.#outer?.aborted ? this.#outer.reason : this.#late;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = () => this.#own.abort();
}
