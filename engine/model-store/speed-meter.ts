/** How fast bytes come, over the last seconds. */

const WINDOW_MS = 5_000;
/** Closer samples are merged. */
const STEP_MS = 100;

export class SpeedMeter {
  /** Oldest first: a time in ms and the bytes of the file then. */
  #samples: { readonly ms: number; readonly bytes: number }[] = [];

  /** @param bytes of the file so far; fewer than before where a download begins again */
  add(ms: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last && bytes < last.bytes) this.#samples = [];
    else if (last && this.#samples.length > 1 && ms - this.#samples.at(-2)!.ms < STEP_MS) this.#samples.pop();
    this.#samples.push({ ms, bytes });
    while (this.#samples.length > 2 && ms - this.#samples[0]!.ms > WINDOW_MS) this.#samples.shift();
  }

  /** 0 while fewer than two moments are known. */
  bytesPerSecond(ms: number): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || ms <= first.ms) return 0;
    return ((last.bytes - first.bytes) / (ms - first.ms)) * 1000;
  }
}
