/** Where nobody can walk: one list for the bodies that stop feet and for the ways around them. */
import { THINGS } from './things.js';
import { builtTiles, groundTile, LIGHTHOUSE, TILE, WORLD } from './village-map.js';

/** Pixels, from its upper left corner. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far a person's feet reach around the point where the person is, in pixels. */
export const FEET = { left: 5, right: 5, up: 5, down: 1 } as const;

/** @param solid names of the tiles that nobody walks on */
export function villageWalls(solid: readonly string[]): Rectangle[] {
  const cells = new Set<number>();
  for (let row = 0; row < WORLD.rows; row++) {
    for (let column = 0; column < WORLD.columns; column++)
      if (solid.includes(groundTile(column, row))) cells.add(row * WORLD.columns + column);
  }
  for (const [name, column, row] of builtTiles()) {
    if (row >= WORLD.rows || column >= WORLD.columns) continue;
    const cell = row * WORLD.columns + column;
    if (solid.includes(name)) cells.add(cell);
    // A pier carries over the water below it.
    else if (name.startsWith('pier-') && name !== 'pier-shade') cells.delete(cell);
  }
  const tiles = [...cells].map((cell) => ({
    x: (cell % WORLD.columns) * TILE,
    y: Math.floor(cell / WORLD.columns) * TILE,
    width: TILE,
    height: TILE,
  }));
  const feet = [...THINGS, LIGHTHOUSE].flatMap(({ x, y, block }) =>
    block ? [{ x: x - block[0] / 2, y: y - block[1], width: block[0], height: block[1] }] : [],
  );
  return [...tiles, ...feet];
}
