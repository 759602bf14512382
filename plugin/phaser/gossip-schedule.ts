/** Who talks to whom when no one asks. */
import type { Point } from './approach.js';

export interface GossipOptions {
  /** Pixels of the world between two who talk, at most. Default 140. */
  readonly distance?: number;
  /** Milliseconds between two such talks, and before the first one. Default 20000. */
  readonly pauseMs?: number;
  /** Until the same two talk again. Default 120000. */
  readonly cooldownMs?: number;
  /** Lines of a talk, 2 to 12. Default 2: further ones of the bundled model lose the thread. */
  readonly lines?: number;
}

export interface Gossiper {
  readonly id: string;
  readonly at: Point;
  /** In no talk, and silent. */
  readonly free: boolean;
}

/** Chooses pairs: the nearest two whose last talk is long enough ago. */
export class GossipSchedule {
  readonly #distance: number;
  readonly #pauseMs: number;
  readonly #cooldownMs: number;
  /** When each pair talked last. */
  readonly #talked = new Map<string, number>();
  /** When somebody talked last; before that, when they were first looked at. */
  #lastMs: number | undefined;

  /** @throws RangeError a value is no number from 0 */
  constructor({ distance = 140, pauseMs = 20_000, cooldownMs = 120_000 }: GossipOptions) {
    for (const [name, value] of Object.entries({ distance, pauseMs, cooldownMs })) {
      if (!(value >= 0)) throw new RangeError(`gossip.${name}: got ${value}, expected a number from 0`);
    }
    this.#distance = distance;
    this.#pauseMs = pauseMs;
    this.#cooldownMs = cooldownMs;
  }

  /** Two who may talk now; they count as having talked. */
  next<T extends Gossiper>(nowMs: number, people: readonly T[]): readonly [T, T] | undefined {
    // A scene that has just begun belongs to the player.
    this.#lastMs ??= nowMs;
    if (nowMs - this.#lastMs < this.#pauseMs) return undefined;
    let best: readonly [T, T] | undefined;
    let nearest = this.#distance;
    const free = people.filter((person) => person.free);
    for (const [i, one] of free.entries()) {
      for (const other of free.slice(i + 1)) {
        const distance = Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y);
        const last = this.#talked.get(pairOf(one, other)) ?? Number.NEGATIVE_INFINITY;
        if (distance > nearest || nowMs - last < this.#cooldownMs) continue;
        best = [one, other];
        nearest = distance;
      }
    }
    if (best) this.#talked.set(pairOf(...best), nowMs);
    return best;
  }

  /** A talk is over; the next one waits. */
  ended(nowMs: number): void {
    this.#lastMs = nowMs;
  }
}

function pairOf(one: Gossiper, other: Gossiper): string {
  return JSON.stringify([one.id, other.id].sort());
}
