/** A walk along a way, which is planned anew when its goal moves on or somebody holds it up. */
import type { Point } from './way-finder.js';

/** A corner this near has been reached, in pixels. */
const REACHED = 1;
/** A goal that has moved this far needs another way. */
const MOVED_ON = 10;
/** Slower than this share of what is wanted is held up. */
const HELD_UP = 0.3;
const HELD_UP_MS = 250;
const GIVE_UP_MS = 4000;

/** Finds a way: its corners, the end last. */
export type FindWay = (from: Point, to: Point, within: number) => Point[];

export class Walk {
  readonly #find: FindWay;
  readonly #goal: Point;
  readonly #within: number;
  #way: Point[] | undefined;
  #plannedFor: Point | undefined;
  #last: Point | undefined;
  #wanted = 0;
  #heldUpMs = 0;
  #sincePlanMs = 0;

  /** @param goal may move, as people do @param within pixels from the goal that will do */
  constructor(find: FindWay, goal: Point, within = 0) {
    this.#find = find;
    this.#goal = goal;
    this.#within = within;
  }

  /** Where the walk ends, as far as is known. */
  get end(): Point {
    return this.#within > 0 ? this.#goal : (this.#way?.at(-1) ?? this.#goal);
  }

  /** The velocity wanted now, in pixels a second; undefined at the end of the walk. */
  velocity(at: Point, speed: number, deltaMs: number): Point | undefined {
    this.#watch(at, deltaMs);
    if (this.#heldUpMs > GIVE_UP_MS) return undefined;
    if (this.#needsPlan()) this.#plan(at);
    let next = this.#next(at);
    if (!next && this.#movedOn() > 0) {
      this.#plan(at);
      next = this.#next(at);
    }
    if (!next) return undefined;
    const [dx, dy] = [next.x - at.x, next.y - at.y];
    const length = Math.hypot(dx, dy);
    // A slow frame must not carry the walker past it, and back with the next one.
    this.#wanted = Math.min(speed, (length * 1000) / deltaMs);
    return { x: (dx / length) * this.#wanted, y: (dy / length) * this.#wanted };
  }

  /** How long the walker has been held up. */
  #watch(at: Point, deltaMs: number): void {
    this.#sincePlanMs += deltaMs;
    if (this.#last) {
      const walked = Math.hypot(at.x - this.#last.x, at.y - this.#last.y);
      const isHeldUp = walked < (HELD_UP * this.#wanted * deltaMs) / 1000;
      this.#heldUpMs = isHeldUp ? this.#heldUpMs + deltaMs : 0;
    }
    this.#last = { x: at.x, y: at.y };
  }

  #needsPlan(): boolean {
    if (!this.#way) return true;
    if (this.#sincePlanMs < HELD_UP_MS) return false;
    return this.#heldUpMs > HELD_UP_MS || this.#movedOn() > MOVED_ON;
  }

  /** How far the goal is from where it was when the way was planned. */
  #movedOn(): number {
    const { x, y } = this.#plannedFor!;
    return Math.hypot(this.#goal.x - x, this.#goal.y - y);
  }

  #next(at: Point): Point | undefined {
    const way = this.#way!;
    while (way[0] && Math.hypot(way[0].x - at.x, way[0].y - at.y) < REACHED) way.shift();
    return way[0];
  }

  #plan(at: Point): void {
    this.#plannedFor = { x: this.#goal.x, y: this.#goal.y };
    this.#sincePlanMs = 0;
    this.#way = this.#find(at, this.#plannedFor, this.#within);
  }
}
