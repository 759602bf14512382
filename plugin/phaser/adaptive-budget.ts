/** Frames whose intervals say how often this game draws. */
const WINDOW = 90;
/** A game draws when the display does, but timers jitter: the usual interval is the one that a fifth stays below. */
const USUAL_RANK = 0.2;
/** A frame this much later than usual missed its turn. */
const LATE = 1.35;
/** So many late frames in a row at the floor are not ours: the game itself has become slower. */
const GIVE_UP = 30;
const FLOOR_MS = 1;
const START_MS = 4;
/** Additive increase and multiplicative decrease, as TCP shares a wire: quick to give way, slow to come back. */
const INCREASE_MS = 0.05;
const DECREASE = 0.6;
const USUAL_MS = 1000 / 60;

/**
 * Milliseconds that the engine may compute in a frame, by what frames do: more while they come on time, less at once
 * when one is late while the engine works. What is late without the engine changes nothing.
 */
export class AdaptiveBudget {
  #ms = START_MS;
  #usualMs = USUAL_MS;
  /** Intervals while the engine rested, newest last; while it works they would be its own doing. */
  #resting: number[] = [];
  /** Intervals while it is late at the floor, for the day that the game is slower for good. */
  #floor: number[] = [];

  /** The next grant, in milliseconds. */
  get ms(): number {
    return this.#ms;
  }

  /** The interval at which the game draws when nothing disturbs it, in milliseconds. */
  get usualMs(): number {
    return this.#usualMs;
  }

  /**
   * Takes the raw interval between two frames.
   * @param intervalMs from requestAnimationFrame's clock; Phaser's `delta` is smoothed and hides late frames
   * @param working the engine had work while the frame was made
   * @param mostMs upper bound of the next grant
   */
  frame(intervalMs: number, working: boolean, mostMs: number): void {
    if (!working) {
      this.#resting.push(intervalMs);
      if (this.#resting.length > WINDOW) this.#resting.shift();
      if (this.#resting.length >= WINDOW / 3) this.#usualMs = usual(this.#resting);
      this.#floor = [];
      return;
    }
    const late = intervalMs > LATE * this.#usualMs;
    this.#ms = late ? this.#ms * DECREASE : this.#ms + INCREASE_MS;
    this.#ms = Math.min(Math.max(this.#ms, FLOOR_MS), Math.max(mostMs, FLOOR_MS));
    if (late && this.#ms === FLOOR_MS) this.#onLateAtFloor(intervalMs);
    else this.#floor = [];
  }

  #onLateAtFloor(intervalMs: number): void {
    this.#floor.push(intervalMs);
    if (this.#floor.length < GIVE_UP) return;
    this.#usualMs = usual(this.#floor);
    this.#resting = [];
    this.#floor = [];
  }
}

function usual(intervals: readonly number[]): number {
  return [...intervals].sort((a, b) => a - b)[Math.floor(intervals.length * USUAL_RANK)]!;
}
