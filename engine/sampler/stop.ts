/** Finds stop strings in streamed text; a suffix that may be the beginning of one is held back. */
export class StopMatcher {
  readonly #stops: readonly string[];
  #held = '';
  #stopped = false;

  /** @param stops empty strings are ignored */
  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== '');
  }

  /** True once a stop string came; nothing is released after it. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Takes more text; returns what is safe to release. */
  push(text: string): { readonly text: string; readonly stopped: boolean } {
    if (this.#stopped) return { text: '', stopped: true };
    const whole = this.#held + text;
    const hits = this.#stops.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0);
    if (hits.length > 0) {
      this.#stopped = true;
      this.#held = '';
      return { text: whole.slice(0, Math.min(...hits)), stopped: true };
    }
    const keep = Math.max(0, ...this.#stops.map((stop) => overlap(whole, stop)));
    this.#held = whole.slice(whole.length - keep);
    return { text: whole.slice(0, whole.length - keep), stopped: false };
  }

  /** The text still held back, when no more comes. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** Length of the longest end of `text` that begins `stop`. */
function overlap(text: string, stop: string): number {
  for (let n = Math.min(text.length, stop.length - 1); n > 0; n--) {
    if (text.endsWith(stop.slice(0, n))) return n;
  }
  return 0;
}
