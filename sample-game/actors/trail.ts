/** The way that somebody walked, for whoever follows. */

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pixels between two kept points. */
const STEP = 3;
/** Pixels of the way that are kept. */
const LENGTH = 240;

export class Trail {
  readonly #points: Point[] = [];

  /** Keeps where the leader is now. */
  add(x: number, y: number): void {
    const last = this.#points.at(-1);
    if (last && Math.hypot(x - last.x, y - last.y) < STEP) return;
    this.#points.push({ x, y });
    if (this.#points.length > LENGTH / STEP) this.#points.shift();
  }

  /** The point of the way that lies so many pixels behind the leader; undefined while it is shorter. */
  behind(distance: number): Point | undefined {
    let left = distance;
    for (let i = this.#points.length - 1; i > 0; i--) {
      const [to, from] = [this.#points[i]!, this.#points[i - 1]!];
      left -= Math.hypot(to.x - from.x, to.y - from.y);
      if (left <= 0) return from;
    }
    return undefined;
  }
}
