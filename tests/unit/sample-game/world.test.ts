import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HOUSE_LIGHTS } from '../../../sample-game/world/lights.js';
import { THINGS } from '../../../sample-game/world/things.js';
import {
  builtTiles,
  groundTile,
  LIGHTHOUSE,
  PIP_PATH,
  PLACES,
  TILE,
  WORLD,
} from '../../../sample-game/world/village-map.js';

const read = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../assets/sprites/${name}.json`, import.meta.url)), 'utf8'),
  ) as unknown;
const { frames } = read('props') as { frames: Record<string, { frame: { w: number; h: number } }> };
const sheet = read('tiles') as { tiles: Record<string, number>; solid: string[] };

const cells = Array.from({ length: WORLD.columns * WORLD.rows }, (_, i) => ({
  column: i % WORLD.columns,
  row: Math.floor(i / WORLD.columns),
}));

/** Whether feet of ten by six pixels find room at x, y: no solid tile, no thing. */
function isFree(x: number, y: number): boolean {
  const solid = new Set(sheet.solid);
  const top = new Map(builtTiles().map(([name, column, row]) => [`${column},${row}`, name]));
  const feet = [
    [x - 5, y - 5],
    [x + 5, y - 5],
    [x - 5, y],
    [x + 5, y],
  ] as const;
  const onTile = feet.every(([fx, fy]) => {
    const [column, row] = [Math.floor(fx / TILE), Math.floor(fy / TILE)];
    const built = top.get(`${column},${row}`);
    return built?.startsWith('pier-') && built !== 'pier-shade'
      ? !solid.has(built)
      : !solid.has(groundTile(column, row)) && !(built && solid.has(built));
  });
  const blocks = [...THINGS, { ...LIGHTHOUSE, name: 'lighthouse' }];
  return (
    onTile &&
    blocks.every(
      ({ block, x: bx, y: by }) =>
        !block || Math.abs(x - bx) >= block[0] / 2 + 5 || y - 5 >= by || y <= by - block[1],
    )
  );
}

describe('Village map', () => {
  it('names only tiles that are in the sheet', () => {
    const names = [
      ...cells.map(({ column, row }) => groundTile(column, row)),
      ...builtTiles().map(([name]) => name),
    ];
    expect([...new Set(names)].filter((name) => !(name in sheet.tiles))).toEqual([]);
  });

  it('names only things that are in the atlas, still or in four frames', () => {
    const missing = THINGS.map(({ name }) => name).filter(
      (name) => !(name in frames) && ![0, 1, 2, 3].every((i) => `${name}-${i}` in frames),
    );
    expect(missing).toEqual([]);
  });

  it('lights windows that are within their house', () => {
    for (const [name, { windows, doors }] of Object.entries(HOUSE_LIGHTS)) {
      const { w, h } = frames[name]!.frame;
      for (const [x, y] of windows) expect(Math.abs(x) < w / 2 && y < 0 && y > -h, name).toBe(true);
      for (const x of doors) expect(Math.abs(x), name).toBeLessThan(w / 2);
    }
  });

  it.each(Object.entries(PLACES))('gives %s room to stand', (_who, { x, y }) => {
    expect(isFree(x, y)).toBe(true);
  });

  it('lets Pip run from point to point without running into anything', () => {
    PIP_PATH.forEach((from, i) => {
      const to = PIP_PATH[(i + 1) % PIP_PATH.length]!;
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y));
      for (let step = 0; step <= steps; step++) {
        const [x, y] = [from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps];
        expect(isFree(x, y), `${x}, ${y}`).toBe(true);
      }
    });
  });

  it('lets the player walk from where the game begins to everyone', () => {
    const step = 4;
    const key = (x: number, y: number) => `${x},${y}`;
    const start: readonly [number, number] = [PLACES.player.x, PLACES.player.y];
    const seen = new Set([key(...start)]);
    const queue = [start];
    for (let i = 0; i < queue.length; i++) {
      const [x, y] = queue[i]!;
      for (const [nx, ny] of [
        [x + step, y],
        [x - step, y],
        [x, y + step],
        [x, y - step],
      ] as const) {
        if (nx < 8 || ny < 8 || nx > WORLD.width - 8 || ny > WORLD.height - 8) continue;
        if (seen.has(key(nx, ny)) || !isFree(nx, ny)) continue;
        seen.add(key(nx, ny));
        queue.push([nx, ny]);
      }
    }
    const near = (x: number, y: number) => queue.some(([qx, qy]) => Math.hypot(qx - x, qy - y) < 24);
    for (const [who, { x, y }] of Object.entries(PLACES)) expect(near(x, y), who).toBe(true);
  });
});
