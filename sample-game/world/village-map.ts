/** Saltmere as data: what the ground is, what stands where, and where its people are. Pixels, unless said otherwise. */
import { hash, noise } from './noise.js';

export const TILE = 16;
const COLUMNS = 30;
const ROWS = 17;
export const WORLD = { width: COLUMNS * TILE, height: ROWS * TILE, columns: COLUMNS, rows: ROWS };

/** Kinds of ground with corner tiles, the topmost first. */
export const AREAS = ['deep', 'shore', 'sand', 'cobble', 'meadow'] as const;
export type Area = (typeof AREAS)[number];

const wave = (x: number, shift: number) =>
  Math.sin(x * 0.55 + shift) * 0.6 + Math.sin(x * 0.23 + shift * 2) * 0.5;

/** Whether a tile corner belongs to an area. */
const IN_AREA: Record<Area, (x: number, y: number) => boolean> = {
  deep: (x, y) => y > 14.2 + wave(x, 2) || (x > 24 && y > 12.6 + wave(x, 1)),
  shore: (x, y) => y > 12.4 + wave(x, 0) * 0.8 || (x > 24 && y > 11.5),
  sand: (x, y) => y > 10.7 + wave(x, 4) * 0.4,
  cobble: (x, y) =>
    (y >= 8 && y <= 9 && x >= 3 && x <= 25) ||
    (x >= 9 && x <= 20 && y >= 7 && y <= 10) ||
    (x >= 12 && x <= 14 && y >= 7 && y <= 12),
  meadow: (x, y) => noise(x, y, 3, 40, 5) > 0.55,
};

const CORNERS = [
  [0, 0, 1],
  [1, 0, 2],
  [1, 1, 4],
  [0, 1, 8],
] as const;

/** Which corners of a tile belong to an area: NW 1, NE 2, SE 4, SW 8. */
function cornerMask(area: Area, column: number, row: number): number {
  return CORNERS.reduce((mask, [dx, dy, bit]) => mask | (IN_AREA[area](column + dx, row + dy) ? bit : 0), 0);
}

const PLAIN_GRASS = ['grass', 'grass-2', 'grass-3', 'grass-bare'] as const;
const GRASS_DETAILS = [
  'grass-tuft',
  'grass-tufts',
  'grass-clover',
  'grass-flowers-gold',
  'grass-flowers-white',
  'grass-leaves',
  'grass-pebbles',
] as const;
const SAND_DETAILS = ['sand-shells', 'sand-weed', 'sand-pebbles'] as const;

function pick<T>(list: readonly T[], chance: number): T {
  return list[Math.floor(chance * list.length)]!;
}

/** The ground tile of a cell. */
export function groundTile(column: number, row: number): string {
  const area = AREAS.find((name) => cornerMask(name, column, row) > 0);
  if (!area) {
    return hash(column, row, 1) < 0.42
      ? pick(GRASS_DETAILS, hash(column, row, 2))
      : pick(PLAIN_GRASS, hash(column, row, 3));
  }
  const mask = cornerMask(area, column, row);
  if (area === 'deep' && mask === 15 && hash(column, row, 5) < 0.3) {
    return column < 14 ? 'deep-sunpath' : 'deep-glint';
  }
  if (area === 'sand' && mask === 15 && hash(column, row, 6) < 0.14)
    return pick(SAND_DETAILS, hash(column, row, 7));
  return `${area}-${mask}`;
}

/** Tiles over the ground: [name, column, row]. */
export function builtTiles(): [name: string, column: number, row: number][] {
  const tiles: [string, number, number][] = [];
  ['left', 'mid', 'right'].forEach((side, i) => {
    for (let row = 11; row < 16; row++) tiles.push([`pier-${side}`, 12 + i, row]);
    tiles.push([`pier-front-${side}`, 12 + i, 16]);
  });
  for (let row = 13; row < 17; row++) tiles.push(['pier-shade', 15, row]);
  for (let column = 25; column < COLUMNS; column++) {
    const side = column === 25 ? 'left' : 'mid';
    ['cliff-top', 'cliff-face', 'cliff-foot'].forEach((part, i) => {
      tiles.push([`${part}-${side}`, column, 10 + i]);
    });
  }
  for (let column = 0; column < 6; column++)
    tiles.push([`fence-${column === 5 ? 'right' : 'mid'}`, column, 10]);
  for (let column = 20; column < 25; column++) {
    tiles.push([`wall-${column === 20 ? 'left' : column === 24 ? 'right' : 'mid'}`, column, 10]);
  }
  return tiles;
}

/** Something that stands on its foot at x, y; `block` is what feet run into: width and depth behind the foot. */
export interface Thing {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly block?: readonly [width: number, depth: number];
}

const thing = (name: string, x: number, y: number, block?: readonly [number, number]): Thing => ({
  name,
  x,
  y,
  ...(block ? { block } : {}),
});

export const THINGS: readonly Thing[] = [
  thing('tree-pine', 22, 60, [8, 6]),
  thing('tree-oak', 60, 52, [10, 6]),
  thing('tree-pine-small', 6, 78, [8, 6]),
  thing('tree-pine', 300, 50, [8, 6]),
  thing('tree-autumn', 325, 66, [10, 6]),
  thing('tree-pine', 420, 54, [8, 6]),
  thing('tree-pine-small', 452, 60, [8, 6]),
  thing('tree-oak', 392, 46, [10, 6]),
  thing('tree-pine', 120, 50, [8, 6]),
  thing('cottage-timber', 92, 122, [66, 40]),
  thing('inn', 206, 128, [134, 52]),
  thing('house-slate', 350, 126, [98, 44]),
  thing('cottage-red', 12, 142, [80, 40]),
  thing('lighthouse', 432, 158, [46, 20]),
  thing('lamp-post', 138, 134, [6, 4]),
  thing('lamp-post', 286, 136, [6, 4]),
  thing('lamp-post', 188, 196, [6, 4]),
  thing('lamp-post', 243, 196, [6, 4]),
  thing('well', 276, 158, [30, 14]),
  thing('fish-stall', 152, 176, [66, 18]),
  thing('signpost', 254, 178, [6, 4]),
  thing('bench', 318, 146, [30, 8]),
  thing('barrel', 282, 128, [12, 8]),
  thing('barrel-water', 273, 133, [12, 8]),
  thing('crate-fish', 100, 174, [14, 8]),
  thing('crate', 116, 178, [14, 8]),
  thing('crate', 112, 164, [14, 8]),
  thing('barrel', 196, 170, [12, 8]),
  thing('flower-pots', 400, 130, [18, 6]),
  thing('bush', 60, 130, [18, 6]),
  thing('bush-berries', 44, 128, [18, 6]),
  thing('bush-autumn', 408, 110, [18, 6]),
  thing('bush', 462, 150, [18, 6]),
  thing('tree-autumn', 130, 122, [10, 6]),
  thing('washing', 70, 164, [54, 4]),
  thing('net-rack', 76, 204, [40, 4]),
  thing('net-heap', 120, 196, [22, 8]),
  thing('lobster-pot', 142, 200, [12, 6]),
  thing('lobster-pot', 130, 206, [12, 6]),
  thing('anchor', 262, 196, [14, 5]),
  thing('rock-large', 392, 190, [26, 10]),
  thing('rock-medium', 366, 192, [18, 8]),
  thing('rock-small', 410, 194, [10, 6]),
  thing('bollard', 194, 236, [8, 5]),
  thing('bollard', 238, 236, [8, 5]),
  thing('crate-fish', 230, 214, [14, 8]),
  thing('lobster-pot', 230, 254, [12, 6]),
  thing('handcart', 340, 172, [34, 8]),
  thing('cat', 316, 150, [10, 4]),
  thing('boat-fishing', 326, 250),
  thing('boat-rowing-blue', 160, 246),
  thing('boat-rowing-red', 270, 226),
  thing('buoy', 110, 252),
];

/** Lamps and windows: their light, added over everything. */
export const GLOWS: readonly { name: string; x: number; y: number }[] = [
  { name: 'glow-medium', x: 138, y: 99 },
  { name: 'glow-medium', x: 286, y: 101 },
  { name: 'glow-medium', x: 188, y: 161 },
  { name: 'glow-medium', x: 243, y: 161 },
  { name: 'glow-small', x: 152, y: 146 },
  { name: 'glow-large', x: 432, y: 40 },
  { name: 'glow-small', x: 175, y: 106 },
  { name: 'glow-small', x: 231, y: 106 },
  { name: 'glow-small', x: 166, y: 82 },
  { name: 'glow-small', x: 202, y: 74 },
  { name: 'glow-small', x: 224, y: 74 },
  { name: 'glow-small', x: 104, y: 100 },
  { name: 'glow-small', x: 322, y: 98 },
  { name: 'glow-small', x: 378, y: 104 },
  { name: 'glow-small', x: 0, y: 120 },
  { name: 'glow-small', x: 281, y: 189 },
];

/** Light that lies on the ground, under those who walk through it. */
export const GROUND_GLOWS: readonly { name: string; x: number; y: number }[] = [
  { name: 'glow-ground', x: 138, y: 134 },
  { name: 'glow-ground', x: 286, y: 136 },
  { name: 'glow-ground', x: 188, y: 196 },
  { name: 'glow-ground', x: 243, y: 196 },
  { name: 'glow-spill', x: 204, y: 128 },
  { name: 'glow-spill', x: 345, y: 124 },
  { name: 'glow-spill', x: 78, y: 120 },
];

export const CHIMNEYS: readonly { x: number; y: number }[] = [
  { x: 244, y: 10 },
  { x: 356, y: 34 },
  { x: 34, y: 62 },
];

export const LIGHTHOUSE_LAMP = { x: 440, y: 40 };

/** Where people begin, and which way they look. */
export const PLACES = {
  player: { x: 216, y: 196, facing: 'down' },
  mira: { x: 176, y: 184, facing: 'down' },
  bess: { x: 222, y: 144, facing: 'down' },
  orrin: { x: 392, y: 164, facing: 'left' },
  pip: { x: 300, y: 176, facing: 'right' },
  sailor: { x: 226, y: 238, facing: 'right' },
  tomas: { x: 420, y: 168, facing: 'down' },
} as const;

/** Pip runs between these. */
export const PIP_PATH: readonly { x: number; y: number }[] = [
  { x: 300, y: 176 },
  { x: 312, y: 165 },
  { x: 372, y: 160 },
  { x: 366, y: 148 },
  { x: 312, y: 165 },
  { x: 276, y: 176 },
];
