// Water at dusk: beach with running foam, shallow sea, deep sea with the last light on it. Four frames each.
import { Canvas } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { cornerSet, sandPixel, TILE } from './tiles-ground.mjs';

const { water, sand, cream, skin, red, ink } = RAMPS;
export const FRAMES = 4;

// Short strokes that slide and fade: [x, y, length, phase]
const SEA_STROKES = [
  [1, 2, 5, 0],
  [9, 5, 4, 2],
  [3, 9, 4, 1],
  [11, 12, 5, 3],
  [6, 14, 3, 2],
];

function stroke(x, y, frame) {
  for (const [sx, sy, length, phase] of SEA_STROKES) {
    const t = (frame + phase) % FRAMES;
    const shift = [0, 1, 1, 0][t];
    const n = [length, length, length - 2, length - 1][t];
    if (y === sy && (x - sx - shift + 32) % 16 < n) return t === 2 ? 1 : 2;
    if (y === sy + 1 && (x - sx - shift - 1 + 32) % 16 < n - 2) return -1;
  }
  return 0;
}

/** Shallow sea. */
export function shallowPixel(x, y, frame) {
  const s = stroke(x, y, frame);
  if (s > 0) return s === 2 ? water[4] : water[3];
  if (s < 0) return water[2];
  return water[3];
}

// Long dark swells of the deep sea: [x, y, length]
const SWELLS = [
  [0, 1, 9],
  [1, 2, 6],
  [10, 6, 8],
  [12, 7, 5],
  [3, 10, 7],
  [4, 11, 4],
  [11, 14, 6],
];

/** Deep sea, calmer and darker: slow swells with a few lit crests. */
export function deepPixel(x, y, frame) {
  const drift = [0, 1, 2, 1][frame];
  for (const [sx, sy, length] of SWELLS) {
    const at = (x - sx - drift + 32) % TILE;
    if (y === sy && at < length)
      return at > 1 && at < length - 2 && sy % 2 === 0 && frame !== 2 ? water[3] : water[2];
    if (y === sy && sy % 2 === 1 && at < length) return water[2];
  }
  return water[1];
}

// The swell at the beach: how far the water runs up in each frame, in depth units.
const RUN_UP = [0, 0.05, 0.08, 0.03];

function shorePixel(x, y, d, frame) {
  const wet = d + 0.19;
  const edge = d - 0.02 + RUN_UP[frame];
  if (edge < 0) {
    if (d + 0.06 + RUN_UP[2] > 0) return sand[0];
    if (wet > 0) return sand[1];
    return sandPixel(x, y);
  }
  if (edge < 0.07) return hash(x >> 1, y + frame, 62) < 0.14 ? water[5] : cream[4];
  if (edge < 0.12) return water[5];
  if (edge < 0.2) return hash(x >> 1, (y + frame) >> 1, 63) < 0.4 ? water[5] : water[4];
  if (edge < 0.3) return water[4];
  const second = edge - 0.36 - RUN_UP[(frame + 2) % 4];
  if (d < 0.45 && second > 0 && second < 0.045 && hash(x >> 2, y >> 2, 64) < 0.6) return water[5];
  return shallowPixel(x, y, frame);
}

/** Corner sets `shore` (water on sand) and `deep` (deep on shallow), each with four frames per mask. */
export function waterSets() {
  const frames = (paint, options) => {
    const sets = Array.from({ length: FRAMES }, (_, f) => cornerSet((x, y, d) => paint(x, y, d, f), options));
    return Array.from({ length: 16 }, (_, mask) => sets.map((set) => set[mask]));
  };
  return {
    shore: { over: 'sand', tiles: frames(shorePixel, { seed: 8, rough: 0.22 }) },
    deep: {
      over: 'shore-15',
      tiles: frames(
        (x, y, d, f) => {
          // Between the two lies a shelf whose edges are broken by strokes of either side.
          const row = (y * 3 + (x >> 2) + f) % 8;
          if (d > 0.2 || (d > 0.08 && row < 3)) return deepPixel(x, y, f);
          if (d > -0.16 || (d > -0.28 && row < 3)) return d < 0 && row === 5 ? water[3] : water[2];
          return shallowPixel(x, y, f);
        },
        { seed: 9, rough: 0.42 },
      ),
    },
  };
}

const GLINT = [
  ['......', '..a...', '......'],
  ['.aba..', '..a.a.', '......'],
  ['abbba.', '.a.aba', '..a...'],
  ['.a.a..', '..aba.', '......'],
];

// Strokes of the sun's path on the water: [x, y, length, whether bright]
const SUN_STROKES = [
  [1, 1, 9, 1],
  [9, 4, 6, 0],
  [3, 7, 10, 1],
  [12, 10, 5, 0],
  [0, 13, 8, 0],
];

const THIN_STROKES = [
  [4, 2, 5, 0],
  [11, 7, 4, 0],
  [1, 11, 6, 0],
  [8, 15, 3, 0],
];

function sunpath(c, frame, strokes) {
  strokes.forEach(([x0, y, length, bright], j) => {
    const t = (frame + j) % 4;
    const x = x0 + [0, 1, 2, 1][t];
    const n = length - (t === 2 ? 2 : 0);
    for (let i = 0; i < n; i++) {
      const inner = i > 1 && i < n - 2;
      c.set((x + i) % TILE, y, inner ? (bright ? skin[4] : skin[3]) : bright ? red[4] : skin[2]);
      if (inner && i > 2 && i < n - 3) c.set((x + i + 1) % TILE, (y + 1) % TILE, skin[1]);
    }
  });
}

/** Single animated tiles: glints of the low sun, a mooring ring, rocks in the surf. */
export function waterTiles() {
  const per = (draw) =>
    Array.from({ length: FRAMES }, (_, f) => {
      const c = new Canvas(TILE, TILE).each(0, 0, TILE, TILE, (x, y) => deepPixel(x, y, f));
      draw(c, f);
      return c;
    });
  const legend = { a: red[4], b: skin[4] };
  const glow = { a: skin[1], b: red[4] };
  return {
    'deep-glint': per((c, f) => c.stamp(2, 3, GLINT[f], legend).stamp(8, 10, GLINT[(f + 2) % 4], glow)),
    // Long broken strokes of afterglow, the brightest in the middle of the path.
    'deep-sunpath': per((c, f) => sunpath(c, f, SUN_STROKES)),
    'deep-sunpath-thin': per((c, f) => sunpath(c, f, THIN_STROKES)),
    'deep-rock': per((c, f) => {
      c.stamp(3, 4, ['...aab....', '..aabbc...', '.aabbbcc..', 'aabbbcccd.', 'abbbcccddd', '.bcccddd..'], {
        a: RAMPS.stone[3],
        b: RAMPS.stone[2],
        c: RAMPS.stone[1],
        d: ink[2],
      });
      const w = f === 1 || f === 2 ? water[5] : water[4];
      c.stamp(
        1,
        8,
        [
          ['.w........w', 'w.w.......w.', '..wwwwwwww..'],
          ['w..........w', '.ww......ww.', '...wwwwww...'],
        ][f >> 1],
        { w },
      );
    }),
  };
}
