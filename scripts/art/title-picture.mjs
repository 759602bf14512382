// The picture behind the title, in layers that move apart: sky, sun, clouds, hills, sea, village, lighthouse, pier.
import { Canvas, NONE } from './canvas.mjs';
import { writeJson } from './json.mjs';
import { hash, noise } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { pierView } from './title-near.mjs';
import { lighthouseView, villageView } from './title-shore.mjs';

const { ink, cream, sand, skin, red, gold, water } = RAMPS;
const TILE = 256;
const SKY = 240;
const SEA = 140;
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
const dither = (x, y) => (BAYER[(y & 3) * 4 + (x & 3)] + 0.5) / 16;

// Colours of the evening from the zenith to the horizon, with the row where each begins.
const EVENING = [
  [0, ink[0]],
  [44, ink[1]],
  [92, water[0]],
  [118, ink[2]],
  [142, ink[3]],
  [164, ink[4]],
  [182, sand[0]],
  [198, skin[1]],
  [212, red[3]],
  [224, red[4]],
  [234, skin[3]],
];

/** Steps of a gradient of [start, colour] rows, dithered over a part of each band. */
function banded(list, x, y, end) {
  let i = list.findLastIndex(([start]) => y >= start);
  const next = list[i + 1]?.[0] ?? end;
  const into = (y - list[i][0]) / (next - list[i][0]);
  // Only the lower half of a band is mixed with the one below: flat bands rest the eye.
  if (i + 1 < list.length && (into - 0.45) / 0.55 > dither(x, y)) i++;
  return list[i][1];
}

function sky() {
  const c = new Canvas(TILE, SKY).each(0, 0, TILE, SKY, (x, y) => banded(EVENING, x, y, SKY));
  for (let i = 0; i < 90; i++) {
    const x = Math.floor(hash(i, 1, 71) * TILE);
    const y = Math.floor(hash(i, 2, 71) ** 1.6 * 130);
    const bright = hash(i, 3, 71);
    c.set(x, y, bright > 0.85 ? cream[4] : bright > 0.5 ? ink[5] : ink[4]);
    if (bright > 0.95)
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ])
        c.set(x + dx, y + dy, ink[4]);
  }
  return c;
}

const SUN = { width: 132, up: 70, radius: 17 };

/** The sun half under the horizon in rings of glow, and its path on the water below. */
function sun() {
  const { width, up, radius } = SUN;
  const c = new Canvas(width, up + SEA);
  const cx = width / 2 - 0.5;
  for (let y = 0; y < up; y++)
    for (let x = 0; x < width; x++) {
      const d = Math.hypot(x - cx, (up - y) * 1.12) / radius;
      const seam = (dither(x, y) - 0.5) * 0.4;
      if (d < 1) c.set(x, y, d < 0.72 ? cream[4] : gold[3]);
      else if (d + seam < 1.5) c.set(x, y, gold[2], 190);
      else if (d + seam < 2.3) c.set(x, y, gold[1], 120);
      else if (d + seam < 3.6) c.set(x, y, red[4], 70);
    }
  for (let y = 0; y < SEA; y++) {
    const reach = radius * (0.8 + (y / SEA) * 1.6);
    if (y % 2 === 1 && y > 8) continue;
    for (let k = 0; k < 4; k++) {
      const length = 3 + hash(y, k, 5) * (5 + y / 7);
      const at = cx + (hash(y, k, 6) - 0.5) * 2 * reach - length / 2;
      const off = Math.abs(at + length / 2 - cx) / reach;
      if (hash(y, k, 7) > 1.1 - off * 0.7 - y / (SEA * 2.2)) continue;
      for (let i = 0; i < length; i++)
        c.set(at + i, up + y, off < 0.35 ? (y < 40 ? gold[3] : gold[2]) : off < 0.7 ? red[4] : red[3]);
    }
  }
  return c;
}

/** Long banks of cloud, lit from below. */
function clouds() {
  const h = 84;
  const c = new Canvas(TILE, h);
  const BANKS = [
    [20, 62, 130, 8],
    [150, 74, 100, 6],
    [95, 44, 90, 9],
    [215, 38, 80, 7],
    [40, 22, 66, 6],
    [165, 16, 56, 5],
  ];
  for (const [cx, cy, length, thick] of BANKS)
    for (let i = -length / 2; i < length / 2; i++) {
      const x = (((cx + i) % TILE) + TILE) % TILE;
      const t = Math.abs(i) / (length / 2);
      const body = (1 - t ** 2) * thick * (0.6 + noise(cx + i, cy, 7, 64, 31) * 1.1);
      const top = Math.round(cy - body);
      const low = Math.round(cy + (1 - t) * 1.2);
      for (let y = top; y <= low; y++) {
        const warm = y >= low ? red[4] : y >= low - 1 ? skin[1] : sand[0];
        const cool = y >= low ? skin[1] : y >= low - 1 ? sand[0] : ink[4];
        c.set(x, y, cy > 50 ? warm : cy > 30 ? cool : y >= low ? ink[4] : ink[3]);
      }
    }
  return c;
}

/** Far hills along the coast, two ranges in the haze. */
function hills() {
  const h = 46;
  const c = new Canvas(TILE, h);
  const ridge = (x, base, height, cell, seed) =>
    Math.round(base - noise(x, 0, cell, TILE / cell, seed) * height - noise(x, 3, 8, TILE / 8, seed + 1) * 3);
  for (let x = 0; x < TILE; x++) {
    const far = ridge(x, 44, 34, 64, 11);
    const near = ridge(x, 46, 24, 32, 14);
    for (let y = far; y < h; y++)
      c.set(x, y, y === far ? skin[1] : y > 38 && dither(x, y) < 0.5 ? ink[4] : sand[0]);
    for (let y = near; y < h; y++) c.set(x, y, y === near ? ink[4] : ink[3]);
  }
  return c;
}

// Colours of the sea from the horizon to the viewer.
const EVENING_SEA = [
  [0, red[4]],
  [2, skin[1]],
  [5, sand[0]],
  [11, ink[4]],
  [20, ink[3]],
  [34, ink[2]],
  [58, water[0]],
  [110, ink[1]],
];

function sea() {
  const c = new Canvas(TILE, SEA).each(0, 0, TILE, SEA, (x, y) => banded(EVENING_SEA, x, y, SEA));
  // Swells: short far out, long and slow near by, each with a lit back and a dark trough.
  for (let y = 3; y < SEA; y += 2 + Math.floor(y / 16)) {
    const length = 6 + y / 3.2;
    for (let k = 0; k < 260 / (length * 1.6); k++) {
      const x0 = Math.floor(hash(k, y, 17) * TILE);
      const n = Math.floor(length * (0.5 + hash(k, y, 18)));
      const tone = y < 14 ? skin[1] : y < 34 ? sand[0] : y < 62 ? ink[4] : y < 100 ? water[2] : water[1];
      for (let i = 0; i < n; i++) {
        c.set((x0 + i) % TILE, y, i < 1 || i > n - 2 ? ink[3] : tone);
        if (i > 2 && i < n - 2 && y > 24) c.set((x0 + i + 2) % TILE, y + 1, y < 58 ? ink[2] : ink[1]);
      }
    }
  }
  return c;
}

/** Sparkles that drift over the sea: a layer to be moved against it. */
function glints() {
  const c = new Canvas(TILE, SEA);
  for (let i = 0; i < 110; i++) {
    const y = Math.floor(4 + hash(i, 1, 27) ** 1.4 * (SEA - 8));
    const x = Math.floor(hash(i, 2, 27) * TILE);
    const n = 2 + Math.floor(y / 30) + Math.floor(hash(i, 3, 27) * 3);
    const tone = y < 30 ? red[4] : y < 60 ? skin[1] : y < 100 ? water[3] : water[2];
    for (let j = 0; j < n; j++) if (c.get((x + j) % TILE, y) === NONE) c.set((x + j) % TILE, y, tone);
  }
  return c;
}

/**
 * The layers from the back to the front. Where the anchor lies in a view: `x` is a share of its width, `y` pixels
 * below the horizon or, with `from: 'bottom'`, below its lower edge; `tile` repeats the picture along the width; `depth` 0 is infinitely far, 1 is at hand.
 */
function layers() {
  const shore = villageView();
  const tower = lighthouseView();
  const pier = pierView();
  return {
    sky: { canvas: sky(), tile: true, anchor: [0, SKY], x: 0, y: 0, depth: 0 },
    clouds: { canvas: clouds(), tile: true, anchor: [0, 84], x: 0, y: -34, depth: 0.06 },
    hills: { canvas: hills(), tile: true, anchor: [0, 46], x: 0, y: 0, depth: 0.12 },
    sea: { canvas: sea(), tile: true, anchor: [0, 0], x: 0, y: 0, depth: 0.16 },
    sun: { canvas: sun(), anchor: [SUN.width / 2, SUN.up], x: 0.66, y: 0, depth: 0.04 },
    glints: { canvas: glints(), tile: true, anchor: [0, 0], x: 0, y: 0, depth: 0.24 },
    village: { ...shore, x: 0.57, depth: 0.36 },
    lighthouse: { ...tower, x: 1, depth: 0.6 },
    pier: { ...pier, x: 0.66, depth: 1 },
  };
}

/** Writes title-NAME.png for each layer, and title-picture.json, which says how they lie. */
export function writeTitlePicture(folder) {
  const css = (colour) => `#${colour.toString(16).padStart(6, '0')}`;
  // `horizon` is a share of the view's height; `above` and `below` go on where sky and sea end.
  const json = { horizon: 0.6, above: css(ink[0]), below: css(ink[1]), layers: [] };
  for (const [
    name,
    { canvas, tile = false, anchor, x, y, depth, from = 'horizon', points },
  ] of Object.entries(layers())) {
    canvas.savePng(`${folder}/title-${name}.png`);
    json.layers.push({
      name,
      image: `title-${name}.png`,
      width: canvas.width,
      height: canvas.height,
      tile,
      anchor,
      x,
      from,
      y,
      depth,
      ...(points ? { points } : {}),
    });
  }
  writeJson(`${folder}/title-picture.json`, json);
}
