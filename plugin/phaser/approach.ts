export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far ahead the player's way is looked at. */
const AHEAD_MS = 700;

/** Tells whom a player walks toward: the nearest to where the player will be in a moment, within a distance. */
export class Approach<T> {
  readonly #distance: number;
  #last: Point | undefined;

  /** @param distance in the units of the points */
  constructor(distance: number) {
    this.#distance = distance;
  }

  /**
   * @param elapsedMs since the last call
   * @returns undefined when nobody is near
   */
  nearest(player: Point, others: Iterable<readonly [who: T, at: Point]>, elapsedMs: number): T | undefined {
    const last = this.#last ?? player;
    this.#last = { x: player.x, y: player.y };
    const ahead = elapsedMs > 0 ? AHEAD_MS / elapsedMs : 0;
    const soon = { x: player.x + (player.x - last.x) * ahead, y: player.y + (player.y - last.y) * ahead };
    let nearest: T | undefined;
    let best = Number.POSITIVE_INFINITY;
    for (const [who, at] of others) {
      if (Math.hypot(at.x - player.x, at.y - player.y) > this.#distance) continue;
      const distance = Math.hypot(at.x - soon.x, at.y - soon.y);
      if (distance >= best) continue;
      nearest = who;
      best = distance;
    }
    return nearest;
  }
}
