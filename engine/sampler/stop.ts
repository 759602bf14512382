/**
 * Finds stop strings in streamed text; a suffix that may be the beginning of one is held back. How the text is cut
 * into pieces makes no difference.
 */
export class StopMatcher {
  readonly #stops: readonly string[];
  #held = '';
  #stopped = false;

  /** @param stops empty strings are ignored */
  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== '');
  }

  /** True once a stop string came; the text released until then ends before it, and nothing is released after. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Takes more text; returns what is safe to release. */
  push(text: string): { readonly text: string; readonly stopped: boolean } {
    if (this.#stopped) return { text: '', stopped: true };
    const whole = this.#held + text;
    const hit = this.#firstHit(whole);
    if (hit !== undefined) {
      this.#stopped = true;
      this.#held = '';
      return { text: whole.slice(0, hit), stopped: true };
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

  /** Where the stop string that is complete first begins; of several that end together, the longest. */
  #firstHit(text: string): number | undefined {
    let begin: number | undefined;
    let end = Number.POSITIVE_INFINITY;
    for (const stop of this.#stops) {
      const at = text.indexOf(stop);
      if (at < 0) continue;
      const stopEnd = at + stop.length;
      if (stopEnd < end || (stopEnd === end && at < begin!)) {
        begin = at;
        end = stopEnd;
      }
    }
    return begin;
  }
}

/** Length of the longest end of `text` that begins `stop`. */
function overlap(text: string, stop: string): number {
  for (let n = Math.min(text.length, stop.length - 1); n > 0; n--) {
    if (text.endsWith(stop.slice(0, n))) return n;
  }
  return 0;
}
