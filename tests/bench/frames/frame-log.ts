/** Frames as the browser gives them. */
import { MARKS } from './main-thread-work.js';

export interface Frame {
  /** Of all frames; the marks of a traced browser are counted by it. */
  readonly number: number;
  /** From requestAnimationFrame's own times; Phaser smooths its delta. */
  readonly intervalMs: number;
  readonly workMs: number;
  readonly grantedMs: number;
}

/** Looks at every frame in a loop of its own. */
export class FrameLog {
  #frames: Frame[] = [];
  #lastMs = Number.NaN;
  #onFrame: () => void = () => undefined;

  /** @param sample what there was since the frame before */
  constructor(sample: () => Omit<Frame, 'number' | 'intervalMs'>) {
    let number = 0;
    const onFrame = (timeMs: number) => {
      performance.clearMarks();
      performance.mark(MARKS.frame);
      this.#frames.push({ number: number++, intervalMs: timeMs - this.#lastMs, ...sample() });
      this.#lastMs = timeMs;
      this.#onFrame();
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  }

  /** The frames of the next seconds. Counted by frames: a browser that is short of time lets timers wait. */
  async record(seconds: number): Promise<Frame[]> {
    const endMs = performance.now() + seconds * 1000;
    const frames: Frame[] = [];
    this.#frames = frames;
    await new Promise<void>((resolve) => {
      this.#onFrame = () => {
        if (performance.now() >= endMs) resolve();
      };
    });
    this.#frames = [];
    return frames;
  }
}
