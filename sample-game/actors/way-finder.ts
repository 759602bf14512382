/**
 * The shortest way around what stands in the village. Written here, because none of the libraries fits: pathfinding
 * (2015) and easystarjs (2020) are no longer kept, navmesh brings core-js and code from outside npm, ngraph.path wants
 * the grid as a graph, recast-navigation is a WebAssembly module for worlds in three dimensions.
 */
import { FEET, type Rectangle } from '../world/walls.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pixels between two points of the grid. All that stands in the way is wider, feet included. */
const CELL = 4;
/** What a step costs: whole numbers, so that open points wait in buckets by their cost. */
const STRAIGHT = 10;
const DIAGONAL = 14;
/** Touching is not yet running into. */
const TOUCH = 0.01;

const STEPS = [-1, 0, 1]
  .flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const))
  .filter(([dx, dy]) => dx || dy);

/** Where the point between somebody's feet cannot be, for something that the feet run into. */
function around({ x, y, width, height }: Rectangle): Rectangle {
  return {
    x: x - FEET.right + TOUCH,
    y: y - FEET.down + TOUCH,
    width: width + FEET.left + FEET.right - 2 * TOUCH,
    height: height + FEET.up + FEET.down - 2 * TOUCH,
  };
}

const holds = ({ x, y, width, height }: Rectangle, point: Point) =>
  point.x > x && point.x < x + width && point.y > y && point.y < y + height;

/** Whether a straight line comes into a rectangle. */
function crosses(box: Rectangle, from: Point, to: Point): boolean {
  let [enter, leave] = [0, 1];
  for (const [start, length, low, high] of [
    [from.x, to.x - from.x, box.x, box.x + box.width],
    [from.y, to.y - from.y, box.y, box.y + box.height],
  ] as const) {
    if (length === 0) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const [a, b] = [(low - start) / length, (high - start) / length];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave;
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

/** Finds ways with A* over a grid of eight neighbours, and pulls them straight. */
export class WayFinder {
  readonly #walls: readonly Rectangle[];
  readonly #columns: number;
  readonly #rows: number;
  readonly #blocked: Uint8Array;

  /** @param size of the world, whose edge stops feet too */
  constructor(walls: readonly Rectangle[], size: { readonly width: number; readonly height: number }) {
    this.#walls = walls.map(around);
    this.#columns = Math.floor(size.width / CELL) + 1;
    this.#rows = Math.floor(size.height / CELL) + 1;
    this.#blocked = new Uint8Array(this.#columns * this.#rows);
    for (let cell = 0; cell < this.#blocked.length; cell++) {
      const { x, y } = this.#point(cell);
      const outside =
        x < FEET.left || y < FEET.up || x > size.width - FEET.right || y > size.height - FEET.down;
      if (outside) this.#blocked[cell] = 1;
    }
    for (const wall of this.#walls) this.#block(wall, this.#blocked);
  }

  /**
   * The corners of the way, its end last, without where it begins; empty where one is there already. It leads to the
   * nearest place that can be reached, where the goal cannot.
   * @param within pixels from the goal that will do @param people bodies to walk around
   */
  find(from: Point, to: Point, within = 0, people: readonly Rectangle[] = []): Point[] {
    // What somebody has been pushed into stands in no way out of it.
    const isElsewhere = (box: Rectangle) => !holds(box, from);
    const others = people.map(around).filter(isElsewhere);
    const obstacles = [...this.#walls.filter(isElsewhere), ...others];
    const isClear = (a: Point, b: Point) => !obstacles.some((box) => crosses(box, a, b));
    if (distance(from, to) <= within) return [];
    if (within === 0 && this.#isInside(to) && isClear(from, to)) return [to];
    const blocked = this.#blocked.slice();
    for (const other of others) this.#block(other, blocked);
    const cells = this.#search(from, to, within, blocked, isClear);
    return straighten([from, ...cells], isClear);
  }

  #search(
    from: Point,
    to: Point,
    within: number,
    blocked: Uint8Array,
    isClear: (a: Point, b: Point) => boolean,
  ): Point[] {
    const columns = this.#columns;
    const goal = { column: Math.round(to.x / CELL), row: Math.round(to.y / CELL) };
    const left = (cell: number) => {
      const dx = Math.abs((cell % columns) - goal.column);
      const dy = Math.abs(Math.floor(cell / columns) - goal.row);
      return STRAIGHT * Math.max(dx, dy) + (DIAGONAL - STRAIGHT) * Math.min(dx, dy);
    };
    const cost = new Int32Array(blocked.length).fill(-1);
    const before = new Int32Array(blocked.length).fill(-1);
    const done = new Uint8Array(blocked.length);
    const buckets: number[][] = [];
    const open = (cell: number, spent: number, previous: number) => {
      if (cost[cell]! >= 0 && cost[cell]! <= spent) return;
      cost[cell] = spent;
      before[cell] = previous;
      const bucket = spent + left(cell);
      buckets[bucket] ??= [];
      buckets[bucket].push(cell);
    };
    for (const cell of this.#beside(from)) {
      const spent = Math.round((distance(from, this.#point(cell)) / CELL) * STRAIGHT);
      if (!blocked[cell] && isClear(from, this.#point(cell))) open(cell, spent, -1);
    }
    const wayTo = (end: number) => {
      const way: Point[] = [];
      for (let cell = end; cell >= 0; cell = before[cell]!) way.push(this.#point(cell));
      return way.reverse();
    };
    const canEndAt = this.#isInside(to);
    let nearest = { cell: -1, away: distance(from, to) };
    for (let bucket = 0; bucket < buckets.length; bucket++) {
      // What is found on the way may go into the very bucket that is read.
      for (const cell of buckets[bucket] ?? []) {
        if (done[cell]) continue;
        done[cell] = 1;
        const point = this.#point(cell);
        const away = distance(point, to);
        if (away <= within) return wayTo(cell);
        if (within === 0 && canEndAt && away < 2 * CELL && isClear(point, to)) return [...wayTo(cell), to];
        if (away < nearest.away) nearest = { cell, away };
        for (const [dx, dy] of STEPS) {
          const next = cell + dy * columns + dx;
          // The edge of the world is blocked: no step leads around it. Both sides free: no corner is cut.
          if (done[next] || blocked[next] || blocked[cell + dx] || blocked[cell + dy * columns]) continue;
          open(next, cost[cell]! + (dx && dy ? DIAGONAL : STRAIGHT), cell);
        }
      }
    }
    return wayTo(nearest.cell);
  }

  #isInside({ x, y }: Point): boolean {
    const width = (this.#columns - 1) * CELL;
    const height = (this.#rows - 1) * CELL;
    return x >= FEET.left && y >= FEET.up && x <= width - FEET.right && y <= height - FEET.down;
  }

  #point(cell: number): Point {
    return { x: (cell % this.#columns) * CELL, y: Math.floor(cell / this.#columns) * CELL };
  }

  /** The points of the grid around a point. */
  #beside({ x, y }: Point): number[] {
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    return [0, 1].flatMap((dy) => [0, 1].map((dx) => (row + dy) * this.#columns + column + dx));
  }

  #block(box: Rectangle, blocked: Uint8Array): void {
    const [left, right] = [Math.max(0, Math.ceil(box.x / CELL)), Math.floor((box.x + box.width) / CELL)];
    const [top, bottom] = [Math.max(0, Math.ceil(box.y / CELL)), Math.floor((box.y + box.height) / CELL)];
    for (let row = top; row <= Math.min(bottom, this.#rows - 1); row++) {
      for (let column = left; column <= Math.min(right, this.#columns - 1); column++)
        blocked[row * this.#columns + column] = 1;
    }
  }
}

/** Leaves out each point that the walker can do without; the first is where the walk begins. */
function straighten(points: readonly Point[], isClear: (a: Point, b: Point) => boolean): Point[] {
  const corners: Point[] = [];
  for (let at = 0; at < points.length - 1; ) {
    let next = points.length - 1;
    while (next > at + 1 && !isClear(points[at]!, points[next]!)) next--;
    corners.push(points[next]!);
    at = next;
  }
  return corners;
}
