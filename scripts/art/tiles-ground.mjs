// Ground tiles: grass, meadow, cobbles, dirt, sand. Edges are corner-based (Wang) sets of 16.
import { Canvas } from './canvas.mjs';
import { hash, noise } from './noise.mjs';
import { darker, RAMPS } from './palette.mjs';

const { grass, stone, sand, wood, gold, red, cream, slate } = RAMPS;
export const TILE = 16;

// Tufts are small clusters, lit on the left blade and dark at the foot.
const TUFT = ['l.l..', 'ml.lm', '.mdm.'];
const BLADES = ['.l.', 'l.m', '.d.'];
const CLOVER = ['.m.', 'mlm', '.d.'];

// Marks in the turf: short strokes at fixed places, so that the field stays calm side by side.
const stroked = (marks) => (x, y) => {
  for (const [mx, my, n, step] of marks) if (y === my && (x - mx + TILE) % TILE < n) return step;
  return 0;
};
const GRASS_MARKS = stroked([
  [2, 3, 2, -1],
  [3, 2, 1, -1],
  [10, 6, 3, -1],
  [12, 5, 1, -1],
  [5, 11, 2, -1],
  [13, 13, 2, -1],
  [7, 8, 1, 1],
  [14, 1, 1, 1],
]);
const MEADOW_MARKS = stroked([
  [4, 2, 2, -1],
  [11, 9, 3, -1],
  [12, 8, 1, -1],
  [2, 12, 2, -1],
  [8, 5, 2, 1],
  [14, 14, 1, 1],
]);

/** Base grass. */
export const grassPixel = (x, y) => grass[3 + GRASS_MARKS(x, y)];

/** The same meadow where the sun still reaches it. */
export const meadowPixel = (x, y) => grass[4 + MEADOW_MARKS(x, y)];

const fill = (paint) => new Canvas(TILE, TILE).each(0, 0, TILE, TILE, (x, y) => paint(x, y));

const tuft = (c, x, y, rows = TUFT, up = 0) =>
  c.stamp(x, y, rows, { l: grass[4 + up], m: grass[3 + up], d: grass[1 + up] });

const flower = (c, x, y, petal, heart) =>
  c
    .set(x, y + 2, grass[1])
    .set(x + 1, y + 2, grass[2])
    .set(x, y, petal)
    .set(x - 1, y + 1, petal)
    .set(x + 1, y + 1, darker(petal))
    .set(x, y + 1, heart);

/** Grass variants by name. */
export function grassTiles() {
  const plain = () => fill(grassPixel);
  const tiles = {};
  tiles.grass = plain();
  // The same turf with its marks elsewhere, to be mixed so that no grid shows.
  tiles['grass-2'] = fill((x, y) => grassPixel((x + 5) % TILE, (y + 9) % TILE));
  tiles['grass-3'] = fill((x, y) => grassPixel((27 - x) % TILE, (y + 3) % TILE));
  tiles['grass-bare'] = fill(() => grass[3]);
  tiles['grass-tuft'] = tuft(tuft(plain(), 2, 3), 9, 10, BLADES);
  tiles['grass-tufts'] = tuft(tuft(tuft(plain(), 9, 2), 1, 8, BLADES), 8, 11);
  tiles['grass-clover'] = tuft(tuft(tuft(plain(), 3, 9, CLOVER), 7, 11, CLOVER), 11, 4, CLOVER);
  tiles['grass-flowers-gold'] = flower(
    flower(flower(tuft(plain(), 10, 10), 4, 4, gold[2], gold[0]), 11, 6, gold[2], gold[0]),
    5,
    11,
    gold[1],
    gold[0],
  );
  tiles['grass-flowers-white'] = flower(
    flower(tuft(plain(), 2, 2), 5, 10, cream[4], gold[1]),
    11,
    4,
    cream[3],
    gold[1],
  );
  tiles['grass-flowers-red'] = flower(
    flower(tuft(plain(), 8, 1), 4, 7, red[3], gold[2]),
    11,
    10,
    red[4],
    gold[2],
  );
  const pebbles = plain();
  for (const [x, y] of [
    [4, 5],
    [10, 11],
    [11, 3],
  ])
    pebbles
      .set(x, y, stone[3])
      .set(x + 1, y, stone[2])
      .set(x, y + 1, stone[1])
      .set(x + 1, y + 1, grass[1]);
  tiles['grass-pebbles'] = pebbles;
  tiles['grass-leaves'] = [
    [3, 4, red[4]],
    [11, 7, gold[0]],
    [6, 12, red[3]],
  ].reduce(
    (c, [x, y, k]) =>
      c
        .set(x, y, k)
        .set(x + 1, y, darker(k))
        .set(x + 1, y + 1, grass[2]),
    plain(),
  );
  return tiles;
}

/**
 * A set of 16 tiles by corners (NW 1, NE 2, SE 4, SW 8) for `inner` on `outer`.
 * @param paint (x, y, d) to a colour; d is the signed depth: above 0 inside, about 0.03 a pixel
 */
export function cornerSet(paint, { rough = 0.34, seed = 1, cell = 4 } = {}) {
  return Array.from({ length: 16 }, (_, mask) => {
    const [nw, ne, se, sw] = [1, 2, 4, 8].map((bit) => (mask & bit ? 1 : 0));
    return fill((x, y) => {
      const u = (x + 0.5) / TILE;
      const v = (y + 0.5) / TILE;
      const top = nw * (1 - u) + ne * u;
      const low = sw * (1 - u) + se * u;
      const f = top * (1 - v) + low * v;
      if (mask === 15) return paint(x, y, 0.5);
      if (mask === 0) return paint(x, y, -0.5);
      return paint(x, y, f - 0.5 + (noise(x, y, cell, TILE / cell, seed) - 0.5) * rough);
    });
  });
}

// Cobbles: a wrapping Voronoi pattern of stone centres, each [x, y, tone 0..1].
const STONES = [
  [1.5, 1.5, 0.5],
  [6.2, 0.8, 0.2],
  [10.8, 1.6, 0.8],
  [14.8, 4.2, 0.35],
  [3.6, 5.4, 0.7],
  [8.4, 5, 0.45],
  [12, 7.4, 0.15],
  [0.6, 8.8, 0.6],
  [5.4, 9.6, 0.3],
  [9.4, 10.2, 0.75],
  [13.8, 11.6, 0.5],
  [2.8, 13.2, 0.1],
  [7.2, 14, 0.55],
  [11.2, 14.6, 0.4],
];

function nearestStone(x, y) {
  let best = [99, 99, 0, 0, 0];
  for (const [sx, sy, tone] of STONES) {
    const dx = ((x - sx + 24) % TILE) - 8;
    const dy = ((y - sy + 24) % TILE) - 8;
    const d = Math.hypot(dx, dy * 1.15);
    if (d < best[0]) best = [d, best[0], dx, dy, tone];
    else if (d < best[1]) best[1] = d;
  }
  return best;
}

/** Cobble texture: each stone lit at its upper left, dark at its lower right. */
export function cobblePixel(x, y) {
  const [near, next, dx, dy, tone] = nearestStone(x, y);
  if (next - near < 0.75) return tone < 0.35 ? stone[1] : sand[0];
  const sun = -dx * 0.5 - dy * 0.8;
  if (sun > 1.15) return tone > 0.4 ? cream[1] : stone[2];
  if (sun < -1.1) return tone > 0.65 ? stone[2] : stone[1];
  return tone > 0.7 ? cream[1] : tone < 0.2 ? slate[3] : stone[2];
}

/** Trodden earth. */
export function dirtPixel(x, y) {
  const n = noise(x, y, 4, 4, 41);
  if (n > 0.8) return hash(x, y, 6) < 0.5 ? sand[2] : sand[1];
  if (n < 0.22 && hash(x >> 1, y, 8) < 0.6) return sand[0];
  return sand[1];
}

/** Beach sand with faint wind ripples. */
export function sandPixel(x, y) {
  const ripple = noise(x + ((y * 3) % 16), y * 2, 4, 4, 51);
  if (ripple > 0.83) return sand[3];
  if (ripple < 0.15 && hash(x >> 1, y, 2) < 0.6) return sand[1];
  return sand[2];
}

// Blades of grass hang over whatever lies lower: dark foot at the seam, then a lit ragged lip.
function grassLip(x, y, d, inner) {
  if (d <= -0.13) return grassPixel(x, y);
  if (d <= -0.05) return hash(x, y >> 1, 77) < 0.42 ? grass[4] : grass[3];
  if (d <= 0) return hash(x, 1, 78) < 0.5 ? grass[3] : grass[2];
  if (d <= 0.055) return grass[1];
  return inner(x, y, d);
}

/** Corner sets by name, each with what it lies on. */
export function groundSets() {
  return {
    meadow: {
      over: 'grass',
      tiles: cornerSet(
        (x, y, d) => {
          const ragged = d + (hash(x >> 1, y >> 1, 31) - 0.5) * 0.44;
          return ragged > 0 ? meadowPixel(x, y) : grassPixel(x, y);
        },
        { seed: 5, rough: 0.5 },
      ),
    },
    cobble: {
      over: 'grass',
      tiles: cornerSet(
        (x, y, d) =>
          grassLip(x, y, d, () => {
            if (d < 0.16)
              return d > 0.09 && nearestStone(x, y)[4] > 0.45 ? cobblePixel(x, y) : dirtPixel(x, y);
            return cobblePixel(x, y);
          }),
        { seed: 2, rough: 0.26 },
      ),
    },
    dirt: { over: 'grass', tiles: cornerSet((x, y, d) => grassLip(x, y, d, dirtPixel), { seed: 3 }) },
    sand: {
      over: 'grass',
      tiles: cornerSet((x, y, d) => grassLip(x, y, d, sandPixel), { seed: 4, rough: 0.4 }),
    },
  };
}

/** Loose things on the sand, as whole tiles. */
export function sandTiles() {
  const plain = () => fill(sandPixel);
  const shells = plain();
  shells.stamp(3, 4, ['.c.', 'cdc', '.s.'], { c: cream[4], d: cream[2], s: sand[0] });
  shells.stamp(10, 10, ['cc', 'rs'], { c: red[4], r: red[3], s: sand[0] });
  const weed = plain();
  weed.stamp(2, 6, ['.gg..g.g....', 'gdg.gdg.ggg.', '..dgd..gd.dg', '...s.ss..ss.'], {
    g: grass[2],
    d: grass[1],
    s: sand[1],
  });
  const pebble = plain();
  pebble.stamp(5, 7, ['.aab..', 'aabbc.', '.bccss'], { a: stone[3], b: stone[2], c: stone[1], s: sand[0] });
  return { 'sand-shells': shells, 'sand-weed': weed, 'sand-pebbles': pebble, 'wood-floor': floor() };
}

// Indoor boards, also good for a market floor.
function floor() {
  return fill((x, y) => {
    if (y % 4 === 3) return wood[1];
    const seam = (y >> 2) % 2 ? 11 : 4;
    if (x === seam) return wood[1];
    if (y % 4 === 0) return hash(x >> 2, y, 4) < 0.5 ? wood[3] : wood[2];
    return hash(x >> 1, y, 19) < 0.12 ? wood[1] : wood[2];
  });
}
