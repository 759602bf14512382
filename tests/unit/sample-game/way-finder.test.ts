import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Walk } from '../../../sample-game/actors/walk.js';
import { type Point, WayFinder } from '../../../sample-game/actors/way-finder.js';
import { PLACES, WORLD } from '../../../sample-game/world/village-map.js';
import { FEET, type Rectangle, villageWalls } from '../../../sample-game/world/walls.js';

const sheet = JSON.parse(readFileSync('assets/sprites/tiles.json', 'utf8')) as { solid: string[] };
const walls = villageWalls(sheet.solid);
const village = new WayFinder(walls, WORLD);

const length = (way: readonly Point[]) =>
  way.slice(1).reduce((sum, { x, y }, i) => sum + Math.hypot(x - way[i]!.x, y - way[i]!.y), 0);

/** What feet at a point stand in. */
const hit = ({ x, y }: Point, stones: readonly Rectangle[] = walls) =>
  stones.find(
    (stone) =>
      x + FEET.right > stone.x + 0.1 &&
      x - FEET.left < stone.x + stone.width - 0.1 &&
      y + FEET.down > stone.y + 0.1 &&
      y - FEET.up < stone.y + stone.height - 0.1,
  );

/** Goes along a way in steps of half a pixel. */
function expectFree(way: readonly Point[], stones?: readonly Rectangle[]): void {
  way.slice(1).forEach((to, i) => {
    const from = way[i]!;
    const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) * 2);
    for (let step = 0; step <= steps; step++) {
      const t = step / steps;
      const at = { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
      const stone = hit(at, stones);
      if (stone) throw new Error(`Feet at ${at.x}, ${at.y} stand in ${JSON.stringify(stone)}.`);
    }
  });
}

const names = Object.keys(PLACES) as (keyof typeof PLACES)[];
const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));

describe('WayFinder', () => {
  it.each(pairs)('leads through the village from %s to %s, and through nothing that stands there', (a, b) => {
    const way = [PLACES[a], ...village.find(PLACES[a], PLACES[b])];
    expect(way.at(-1)).toMatchObject({ x: PLACES[b].x, y: PLACES[b].y });
    expectFree(way);
  });

  it('walks straight where nothing stands between', () => {
    expect(village.find({ x: 210, y: 236 }, { x: 255.5, y: 240 })).toEqual([{ x: 255.5, y: 240 }]);
  });

  it('walks around a wall along its shorter side, with room for the feet', () => {
    const wall = { x: 90, y: 40, width: 20, height: 120 };
    const finder = new WayFinder([wall], { width: 200, height: 200 });
    const [from, to] = [
      { x: 60, y: 70 },
      { x: 140, y: 70 },
    ];
    const way = [from, ...finder.find(from, to)];
    expectFree(way, [wall]);
    expect(way.at(-1)).toEqual(to);
    // Over the upper corners, on the points of the grid that are next to them.
    expect(length(way)).toBeCloseTo(2 * Math.hypot(24, 34) + 32, 5);
    expect(way).toHaveLength(4);
  });

  it('slips through no gap between corners that is narrower than the feet', () => {
    const stones = [
      { x: 0, y: 0, width: 100, height: 100 },
      { x: 104, y: 104, width: 96, height: 96 },
    ];
    const finder = new WayFinder(stones, { width: 200, height: 200 });
    const end = finder.find({ x: 150, y: 50 }, { x: 50, y: 150 }).at(-1)!;
    expect(end.x).toBeGreaterThan(100);
  });

  it('leads to the nearest place that can be reached: the foot of a wall, the end of the pier', () => {
    const [inn] = walls.filter(({ width }) => width === 134);
    const middle = { x: inn!.x + 67, y: inn!.y + 44 };
    const door = village.find(PLACES.player, middle).at(-1)!;
    expect(hit(door)).toBeUndefined();
    expect(Math.hypot(door.x - middle.x, door.y - middle.y)).toBeLessThan(8 + FEET.up + 4);
    const seaward = [PLACES.player, ...village.find(PLACES.player, { x: 232, y: 380 })];
    expectFree(seaward);
    expect(seaward.at(-1)!.y).toBeGreaterThan(325);
  });

  it('finds the way out for whoever was pushed a little into a wall', () => {
    const wall = { x: 90, y: 40, width: 20, height: 120 };
    const finder = new WayFinder([wall], { width: 200, height: 200 });
    for (const from of [
      { x: 85.4, y: 70.3 },
      { x: 100.2, y: 39.3 },
    ]) {
      expect(finder.find(from, { x: 140, y: 70 }).at(-1)).toEqual({ x: 140, y: 70 });
    }
  });

  it('walks up to somebody only as near as is asked for, around the others', () => {
    const body = ({ x, y }: Point) => ({ x: x - 5, y: y - 5, width: 10, height: 6 });
    const crowd = [{ x: 232, y: 250 }, { x: 236, y: 276 }, PLACES.sailor].map(body);
    const way = [PLACES.player, ...village.find(PLACES.player, PLACES.sailor, 24, crowd)];
    const { x, y } = way.at(-1)!;
    expect(Math.hypot(x - PLACES.sailor.x, y - PLACES.sailor.y)).toBeLessThanOrEqual(24);
    expectFree(way, [...walls, ...crowd]);
    expect(village.find(way.at(-1)!, PLACES.sailor, 24, crowd)).toEqual([]);
  });
});

/** Walks in an open field of frames of 16 ms; a body in the way stops the walker. */
function walkThrough(goal: () => Point, bodies: (frame: number) => Rectangle[], within = 0, frames = 900) {
  const finder = new WayFinder([], { width: 400, height: 200 });
  const at = { x: 40, y: 100 };
  let frame = 0;
  const live = {
    get x() {
      return goal().x;
    },
    get y() {
      return goal().y;
    },
  };
  const walk = new Walk((from, to, near) => finder.find(from, to, near, bodies(frame)), live, within);
  for (; frame < frames; frame++) {
    const velocity = walk.velocity(at, 78, 16);
    if (!velocity) return { at, frame };
    const next = { x: at.x + velocity.x * 0.016, y: at.y + velocity.y * 0.016 };
    if (!hit(next, bodies(frame))) Object.assign(at, next);
  }
  return { at, frame };
}

describe('Walk', () => {
  it('goes around somebody who steps into the way after it was planned', () => {
    const goal = { x: 300, y: 100 };
    const { at, frame } = walkThrough(
      () => goal,
      (now) => (now < 20 ? [] : [{ x: 150, y: 80, width: 12, height: 40 }]),
    );
    expect(Math.hypot(at.x - goal.x, at.y - goal.y)).toBeLessThan(1.5);
    expect(frame).toBeLessThan(400);
  });

  it('follows somebody who walks on', () => {
    let frame = 0;
    // As fast as Pip runs.
    const person = () => ({ x: Math.min(80 + frame * 0.54, 340), y: 60 });
    const { at } = walkThrough(
      person,
      (now) => {
        frame = now;
        return [];
      },
      24,
    );
    // The first way ended more than twenty pixels behind where the person is by now.
    expect(person().x).toBeGreaterThan(95);
    expect(Math.hypot(at.x - person().x, at.y - person().y)).toBeLessThanOrEqual(25);
  });

  it('ends where somebody does not give way for long', () => {
    const cage = [{ x: 20, y: 60, width: 200, height: 30 }];
    const { frame, at } = walkThrough(
      () => ({ x: 100, y: 75 }),
      () => cage,
    );
    expect(frame).toBeLessThan(900);
    expect(hit(at, cage)).toBeUndefined();
  });
});
