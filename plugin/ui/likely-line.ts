/**
 * Has a character prepare the line that the player is about to say, what stands in the field or the choice that is
 * selected, whenever that rests: its answer then begins at once.
 */

/** What it can prepare with. */
export interface Listener {
  prefetch(signal: AbortSignal, said: string): Promise<void>;
}

/** Behind the last key or step; who types fast is on the next one by then. */
const REST_MS = 200;
/** Shorter is no question yet. */
const LEAST_CHARACTERS = 6;

export class LikelyLine {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | undefined;

  /** Another text stands in the field, or is selected. */
  changed(listener: Listener, text: string): void {
    this.stop();
    if (text.trim().length < LEAST_CHARACTERS) return;
    this.#timer = setTimeout(() => {
      this.#abort = new AbortController();
      void listener.prefetch(this.#abort.signal, text);
    }, REST_MS);
  }

  /** The line is said, or given up; what was computed stays in the cache. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#timer = this.#abort = undefined;
  }
}
