// The cliffs below the lighthouse: three tiles high and drawn as one picture of two columns, so that they repeat unseen.
import { Canvas } from './canvas.mjs';
import { hash, noise } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { grassPixel, TILE } from './tiles-ground.mjs';

const { stone, ink, grass, cream, water, slate } = RAMPS;
const WIDTH = 2 * TILE;
const HEIGHT = 3 * TILE;
const PARTS = ['top', 'face', 'foot'];

// Blocks of rock, each [left, top, right, bottom, turn]: `turn` -1 faces the evening light in the west, 1 the night.
const BLOCKS = [
  [-5, 6, 7, 22, -1],
  [7, 8, 13, 26, 1],
  [13, 5, 24, 18, -1],
  [24, 7, 28, 30, 1],
  [-3, 22, 6, 36, 0],
  [6, 26, 14, 48, 0],
  [14, 18, 21, 33, -1],
  [21, 18, 25, 40, 1],
  [25, 30, 30, 48, 0],
  [-5, 36, 3, 48, -1],
  [3, 36, 7, 48, 1],
  [14, 33, 22, 48, -1],
  [22, 40, 26, 48, 1],
];
const wrap = (n, from) => ((((n - from) % WIDTH) + WIDTH) % WIDTH) + from;

// Straight joints look laid by hand: the rock is read at a place that wanders.
function rockPixel(px, py) {
  const x = px + Math.round((noise(px, py, 4, WIDTH / 4, 21) - 0.5) * 3);
  const y = py + Math.round((noise(px, py, 4, WIDTH / 4, 22) - 0.5) * 3) + ((px >> 2) & 1);
  const block = BLOCKS.find(([left, top, right, low]) => {
    const at = wrap(x, left);
    return at >= left && at < right && y >= top && y < low;
  });
  if (!block) return ink[2];
  const [left, top, right, low, turn] = block;
  const at = wrap(x, left);
  const [i, j, w, h] = [at - left, y - top, right - left, low - top];
  if (i === w - 1 || j === h - 1) return py > 30 ? ink[1] : ink[2];
  let step = 2 - turn;
  if (j < 2) step += 1;
  else if (i === 0) step += turn < 0 ? 1 : 0;
  else if (i > w - 4 || j > h - 4) step -= 1;
  else if (noise(px + py, py * 2, 4, 64, 58) > 0.76) step -= 1;
  // Towards the sea it lies deeper in the dusk, and wet.
  if (py > 34 && hash(px >> 1, py >> 1, 5) < (py - 32) / 12) step -= 1;
  return step < 0 ? slate[0] : stone[Math.min(4, step)];
}

function picture(frame) {
  const c = new Canvas(WIDTH, HEIGHT).each(0, 0, WIDTH, HEIGHT, rockPixel);
  // Turf hangs over the edge, with a dark seam below it; tufts hold on to ledges.
  for (let x = 0; x < WIDTH; x++) {
    const lip = 5 + Math.round(noise(x, 0, 4, WIDTH / 4, 66) * 4);
    const blade = hash(x, 2, 5) < 0.4 ? 1 : 0;
    for (let y = 0; y < lip + blade; y++)
      c.set(x, y, y > lip - 3 ? (hash(x, y, 4) < 0.5 ? grass[4] : grass[3]) : grassPixel(x % TILE, y));
    c.set(x, lip + blade, grass[2])
      .set(x, lip + blade + 1, grass[1])
      .set(x, lip + blade + 2, ink[2]);
  }
  for (const [x, y] of [
    [3, 16],
    [20, 13],
    [27, 19],
    [12, 21],
  ])
    c.stamp(x, y - 2, ['.l.l.', 'lmlml', '.dmd.'], { l: grass[4], m: grass[3], d: grass[1] });
  // The sea at its foot: weed, foam that breathes, water.
  for (let x = 0; x < WIDTH; x++) {
    const line =
      43 + Math.round(Math.sin((x / WIDTH) * Math.PI * 4) * 1 + noise(x, 5, 4, WIDTH / 4, 68) * 1.4);
    const swell = frame === 1 || frame === 2 ? 1 : 0;
    c.set(x, line - 2 - swell, hash(x >> 1, 1, 7) < 0.5 ? grass[1] : slate[0])
      .set(x, line - 1 - swell, grass[0])
      .set(x, line - swell, hash(x >> 1, frame, 8) < 0.8 ? cream[4] : water[5])
      .set(x, line + 1 - swell, water[5])
      .set(x, line + 1, hash(x >> 1, frame, 3) < 0.5 ? water[5] : water[4]);
    for (let y = line + 2; y < HEIGHT; y++)
      c.set(x, y, y === line + 2 && hash(x >> 2, frame, 4) < 0.4 ? water[4] : water[3]);
  }
  return c;
}

// Where the cliff begins in the west it rounds off into the beach.
function rounded(c) {
  return c.each(0, 0, 6, HEIGHT, (x, y) => {
    const edge = Math.round(2 + noise(3, y, 4, 64, 12) * 3);
    if (y < 7 || y > 42) return undefined;
    if (x < edge) return x === edge - 1 ? ink[1] : cream[1];
    return x === edge ? stone[3] : undefined;
  });
}

/** Cliff tiles by name: `cliff-PART-left` and `cliff-PART-mid-0`, `-mid-1`; the foot of the cliff moves. */
export function cliffTiles() {
  const tiles = {};
  const cut = (c, column, row) =>
    new Canvas(TILE, TILE).blit(c, 0, 0, { sx: column * TILE, sy: row * TILE, w: TILE, h: TILE });
  const still = picture(0);
  const west = rounded(picture(0));
  PARTS.slice(0, 2).forEach((part, row) => {
    tiles[`cliff-${part}-left`] = cut(west, 0, row);
    for (const column of [0, 1]) tiles[`cliff-${part}-mid-${column}`] = cut(still, column, row);
  });
  return tiles;
}

/** The foot of the cliff, with frames of the surf. */
export function cliffFootTiles(frames) {
  const tiles = {};
  const cut = (c, column) =>
    new Canvas(TILE, TILE).blit(c, 0, 0, { sx: column * TILE, sy: 2 * TILE, w: TILE, h: TILE });
  const pictures = Array.from({ length: frames }, (_, frame) => picture(frame));
  tiles['cliff-foot-left'] = pictures.map((c) => cut(c, 0));
  for (const column of [0, 1]) tiles[`cliff-foot-mid-${column}`] = pictures.map((c) => cut(c, column));
  return tiles;
}
