/** The last seconds of the game, frame by frame: what was granted, what was used, how late it was. */
import { percentile } from './percentile.js';

/** Ten seconds at 240 Hz. */
const CAPACITY = 2400;
/** What the plots and figures look back on. */
export const WINDOW_MS = 10_000;
/** A longer interval is no late frame but a pause. */
const LONGEST_FRAME_MS = 500;

/** What the engine says of one grant. */
export interface Use {
  readonly frame: number;
  readonly decodeTokens: number;
  readonly prefillTokens: number;
  readonly ms: number;
}

export interface Frame {
  /** Of requestAnimationFrame. */
  readonly timeMs: number;
  /** Since the frame before; 0 for the first one and behind a pause. */
  readonly intervalMs: number;
  /** Of the grant. */
  readonly frame: number;
  readonly grantedMs: number;
  usedMs: number;
  decodeTokens: number;
  prefillTokens: number;
}

export interface FrameSummary {
  readonly frames: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
  readonly grantedMs: number;
  readonly usedMs: number;
  readonly decodeTokens: number;
  readonly prefillTokens: number;
}

export class FrameLog {
  #frames: Frame[] = [];

  /** A step of the game. @param timeMs raw, of requestAnimationFrame */
  step(timeMs: number, frame: number, grantedMs: number): void {
    const before = this.#frames.at(-1);
    const interval = before ? timeMs - before.timeMs : 0;
    this.#frames.push({
      timeMs,
      intervalMs: interval < LONGEST_FRAME_MS ? interval : 0,
      frame,
      grantedMs,
      usedMs: 0,
      decodeTokens: 0,
      prefillTokens: 0,
    });
    // Seldom, since it moves all of them.
    if (this.#frames.length > 2 * CAPACITY) this.#frames = this.#frames.slice(-CAPACITY);
  }

  /** What was used comes a frame or more behind its grant; of one that is not known it is left out. */
  use({ frame, decodeTokens, prefillTokens, ms }: Use): void {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const found = this.#frames[i]!;
      if (found.frame < frame) return;
      if (found.frame > frame) continue;
      found.usedMs += ms;
      found.decodeTokens += decodeTokens;
      found.prefillTokens += prefillTokens;
      return;
    }
  }

  /** The frames of the last ten seconds before the latest, the oldest first. */
  latest(): readonly Frame[] {
    const end = this.#frames.at(-1)?.timeMs ?? 0;
    const first = this.#frames.findIndex(({ timeMs }) => timeMs > end - WINDOW_MS);
    return first < 0 ? [] : this.#frames.slice(first);
  }

  clear(): void {
    this.#frames = [];
  }
}

export function summarize(frames: readonly Frame[]): FrameSummary {
  const intervals = frames.map(({ intervalMs }) => intervalMs).filter((ms) => ms > 0);
  const sorted = Float64Array.from(intervals).sort();
  const sum = (of: (frame: Frame) => number) => frames.reduce((total, frame) => total + of(frame), 0);
  return {
    frames: frames.length,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
    mostMs: percentile(sorted, 1),
    grantedMs: sum(({ grantedMs }) => grantedMs),
    usedMs: sum(({ usedMs }) => usedMs),
    decodeTokens: sum(({ decodeTokens }) => decodeTokens),
    prefillTokens: sum(({ prefillTokens }) => prefillTokens),
  };
}
