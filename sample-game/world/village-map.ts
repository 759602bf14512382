/** Saltmere's ground as data, and where its people are. Pixels, unless said otherwise. */
import { hash, noise } from './noise.js';

export const TILE = 16;
const COLUMNS = 44;
const ROWS = 24;
export const WORLD = { width: COLUMNS * TILE, height: ROWS * TILE, columns: COLUMNS, rows: ROWS };
/** Around the world to the south and the east, which nobody reaches: a talk at its edge moves them into view. */
const BEYOND = { columns: 11, rows: 11 };
/** What is ever seen: the world and what is beyond it. */
export const SEEN = {
  columns: COLUMNS + BEYOND.columns,
  rows: ROWS + BEYOND.rows,
  width: (COLUMNS + BEYOND.columns) * TILE,
  height: (ROWS + BEYOND.rows) * TILE,
};

/** Column from which the land is the lighthouse's headland, which ends in a cliff instead of a beach. */
const HEADLAND = 31;
const CLIFF_ROW = 14;

/** Kinds of ground with corner tiles, the topmost first. */
export const AREAS = ['deep', 'shore', 'sand', 'cobble', 'meadow'] as const;
export type Area = (typeof AREAS)[number];

const wave = (x: number, shift: number) =>
  Math.sin(x * 0.55 + shift) * 0.6 + Math.sin(x * 0.23 + shift * 2) * 0.5;

/** Whether a tile corner belongs to an area. */
const IN_AREA: Record<Area, (x: number, y: number) => boolean> = {
  deep: (x, y) =>
    y > 18 + wave(x, 2) * 0.9 + (noise(x, y, 3, 60, 4) - 0.5) * 1.6 - Math.max(0, x - 27) * 0.06,
  shore: (x, y) => y > (x >= HEADLAND ? CLIFF_ROW + 1.5 : 15 + wave(x, 0) * 0.8),
  sand: (x, y) => x < HEADLAND && y > 12.8 + wave(x, 4) * 0.4,
  cobble: (x, y) =>
    // The street, the square before the inn, the way down to the pier.
    (y >= 10 && y <= 11 && x >= 3 && x <= 30) ||
    (y >= 9 && y <= 12 && x >= 11 && x <= 23) ||
    (x >= 14 && x <= 17 && y >= 11 && y <= 14) ||
    // The road that comes out of the wood, the path to the lighthouse and its yard.
    (y <= 10 && Math.abs(x - 22.4 - Math.sin(y * 0.7) * 0.7) < 0.55) ||
    (y >= 11 && y <= 12 && x >= 29 && x <= 36) ||
    (x >= 35 && x <= 40 && y >= 11 && y <= 13 && !(x === 35 && y === 13)),
  meadow: (x, y) => noise(x, y, 1.7, 60, 5) > 0.6,
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

/** The sun has just set in the west: its light lies on the sea as a path that frays to both sides. */
function sunpathTile(column: number, row: number): string | undefined {
  const middle = 5.6 - (row - 18) * 0.3 + (hash(row, 3, 8) - 0.5) * 1.4;
  const spread = 0.7 + (row - 18) * 0.2;
  const off = Math.abs(column - middle) / spread;
  if (off < 0.8) return 'deep-sunpath';
  return off < 1.7 && hash(column, row, 5) < 0.75 ? 'deep-sunpath-thin' : undefined;
}

/** The ground tile of a cell. */
export function groundTile(column: number, row: number): string {
  const area = AREAS.find((name) => cornerMask(name, column, row) > 0);
  if (!area) {
    return hash(column, row, 1) < 0.36
      ? pick(GRASS_DETAILS, hash(column, row, 2))
      : pick(PLAIN_GRASS, hash(column, row, 3));
  }
  const mask = cornerMask(area, column, row);
  if (area === 'deep' && mask === 15) {
    const lit = sunpathTile(column, row);
    if (lit) return lit;
    if (hash(column, row, 9) < 0.06) return 'deep-glint';
  }
  if (area === 'sand' && mask === 15 && hash(column, row, 6) < 0.12)
    return pick(SAND_DETAILS, hash(column, row, 7));
  return `${area}-${mask}`;
}

/** The pier and its head, as [first column, last column, first row, last row]. */
const PIER = [
  [14, 16, 14, 18],
  [12, 18, 19, 20],
] as const;

/** Tiles over the ground: [name, column, row]. */
export function builtTiles(): [name: string, column: number, row: number][] {
  const tiles: [string, number, number][] = [];
  const run = (column: number, first: number, last: number) =>
    column === first ? 'left' : column === last ? 'right' : 'mid';
  for (const [left, right, top, bottom] of PIER) {
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const worn = hash(column, row, 11) < 0.3 && column > left && column < right;
        tiles.push([`pier-${worn ? 'mid-worn' : run(column, left, right)}`, column, row]);
      }
      if (row > 14) tiles.push(['pier-shade', right + 1, row]);
    }
  }
  const [, [left, right, , bottom]] = PIER;
  for (let column = left; column <= right; column++)
    tiles.push([`pier-front-${run(column, left, right)}`, column, bottom + 1]);
  for (let column = HEADLAND - 1; column < SEEN.columns; column++) {
    const side = column === HEADLAND - 1 ? 'left' : `mid-${column % 2}`;
    ['top', 'face', 'foot'].forEach((part, i) => {
      tiles.push([`cliff-${part}-${side}`, column, CLIFF_ROW + i]);
    });
  }
  for (let column = 0; column < 8; column++)
    tiles.push([`fence-${column === 7 ? 'right' : 'mid'}`, column, 12]);
  for (let column = 22; column < 29; column++) tiles.push([`wall-${run(column, 22, 28)}`, column, 12]);
  return tiles;
}

/** The foot of the lighthouse. */
export const LIGHTHOUSE = { x: 610, y: 188, block: [46, 20] } as const;

/** Where people begin, and which way they look. */
export const PLACES = {
  player: { x: 248, y: 236, facing: 'up' },
  mira: { x: 178, y: 209, facing: 'down' },
  bess: { x: 286, y: 168, facing: 'down' },
  orrin: { x: 574, y: 200, facing: 'left' },
  pip: { x: 376, y: 184, facing: 'right' },
  sailor: { x: 284, y: 324, facing: 'right' },
  /** Before the lighthouse's door: where Tomas stands once it is open. */
  tomas: { x: 610, y: 206, facing: 'down' },
} as const;

/** Pip runs between these. */
export const PIP_PATH: readonly { x: number; y: number }[] = [
  { x: 376, y: 184 },
  { x: 396, y: 178 },
  { x: 476, y: 178 },
  { x: 480, y: 186 },
  { x: 468, y: 178 },
  { x: 396, y: 180 },
  { x: 354, y: 189 },
];
