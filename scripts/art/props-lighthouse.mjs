// The lighthouse on its footing of rough stone: dark and shut; what changes lies over it in frames of its own.
import { Canvas, NONE } from './canvas.mjs';
import { door, masonry } from './house-kit.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, stone, grass, slate, water } = RAMPS;
const SIZE = [64, 148];
const WINDOWS = [
  [30, 58],
  [33, 80],
  [29, 101],
];
const DOOR = { x: 26, y: 120, w: 12, h: 18 };

function tower(c) {
  const half = (y) => 10.5 + ((y - 44) / 90) * 6.5;
  for (let y = 44; y <= 138; y++) {
    const h = half(y);
    for (let x = Math.ceil(32 - h); x <= 32 + h; x++) {
      const t = (x - 32 + h) / (2 * h);
      const bulge = 3.4 * (1 - (2 * t - 1) ** 2);
      const band = Math.floor((y - 44 - bulge + 100 * 23) / 23) % 2 === 0;
      const ramp = band ? red : cream;
      const course = Math.floor(y - bulge) % 6 === 0 && hash(x >> 2, Math.floor((y - bulge) / 6), 3) < 0.35;
      let s = t < 0.07 ? 3 : t < 0.34 ? 4 : t < 0.56 ? 3 : t < 0.76 ? 2 : t < 0.92 ? 1 : 0;
      if (band) s = t < 0.1 ? 3 : t < 0.3 ? 4 : t < 0.54 ? 3 : t < 0.78 ? 2 : t < 0.93 ? 1 : 0;
      if (course && s > 0) s -= 1;
      if (y < 50) s = Math.max(0, s - 1);
      c.set(x, y, ramp[s]);
    }
  }
}

function towerWindow(c, x, y, lit) {
  c.rect(x, y, 5, 8, wood[0]);
  if (lit)
    c.rect(x + 1, y + 1, 3, 6, gold[2])
      .rect(x + 2, y + 3, 1, 3, gold[3])
      .rect(x + 1, y + 1, 3, 1, gold[1]);
  else
    c.rect(x + 1, y + 1, 3, 6, water[0])
      .rect(x + 1, y + 2, 1, 3, slate[1])
      .set(x + 2, y + 2, slate[2]);
  c.rect(x + 2, y + 1, 1, 6, lit ? gold[0] : ink[0]);
  c.rect(x - 1, y + 8, 7, 1, cream[4]).rect(x - 1, y + 9, 7, 1, ink[4]);
}

function gallery(c) {
  c.rect(19, 40, 27, 2, stone[3])
    .rect(19, 42, 27, 2, stone[1])
    .rect(22, 44, 21, 1, stone[0])
    .rect(19, 40, 9, 1, cream[3])
    .rect(40, 40, 6, 4, stone[0]);
}

function rail(c) {
  c.rect(18, 33, 29, 1, ink[2]).rect(18, 36, 29, 1, ink[1]);
  for (let x = 19; x <= 45; x += 4) c.rect(x, 33, 1, 7, ink[1]);
}

/** The lamp room: a lens between panes. Dark, the panes hold the last of the western sky, and the lens its crack. */
function lampRoom(c, lit) {
  c.each(24, 20, 17, 20, (x, y) => {
    const d = Math.hypot((x - 32) / 9, (y - 29) / 10);
    if (lit) return d < 0.38 ? cream[4] : d < 0.62 ? gold[3] : d < 0.92 ? gold[2] : gold[1];
    if (x < 28 && (x + y) % 7 < 3) return x < 26 ? red[3] : red[1];
    if (x + y > 62 && x < 40 && (x + y) % 9 < 2) return slate[1];
    return x < 33 ? water[1] : water[0];
  });
  // The lens: a beehive of glass rings in a brass frame.
  const lens = lit ? [cream[4], cream[4], gold[3]] : [slate[3], slate[2], slate[1]];
  for (let y = 23; y < 37; y++) {
    const half = y < 26 || y > 34 ? 2 : 3;
    for (let x = 32 - half; x <= 32 + half; x++)
      c.set(x, y, y % 3 === 0 ? lens[2] : x < 31 ? lens[0] : lens[1]);
  }
  if (!lit) c.line(33, 25, 30, 29, ink[0]).line(31, 29, 33, 33, ink[0]).set(34, 28, ink[0]);
  c.rect(29, 37, 7, 2, lit ? gold[2] : gold[0]).rect(29, 22, 7, 1, lit ? gold[2] : gold[0]);
  for (const x of [24, 28, 36, 40]) c.rect(x, 20, 1, 20, ink[1]);
  c.rect(24, 20, 17, 1, ink[1]);
  rail(c);
}

function dome(c) {
  c.ellipse(32, 20, 11.5, 11, (_x, y, nx) =>
    y > 19 ? undefined : nx < -0.55 ? red[4] : nx < -0.1 ? red[3] : nx < 0.4 ? red[2] : red[1],
  );
  c.rect(20, 19, 25, 2, red[1]).rect(20, 19, 10, 1, red[3]);
  c.rect(31, 5, 3, 5, gold[1]).rect(31, 5, 1, 5, gold[2]).rect(32, 1, 1, 4, ink[2]);
}

function footing(c) {
  masonry(c, 12, 135, 41, 12, { seed: 2 });
  for (let x = 12; x < 53; x++)
    if (hash(x >> 1, 4, 4) < 0.5)
      c.set(x, 146, grass[2]).set(x, 145, hash(x, 1, 1) < 0.4 ? grass[3] : grass[2]);
  c.rect(24, 138, 17, 3, stone[3])
    .rect(24, 138, 17, 1, cream[3])
    .rect(22, 141, 21, 3, stone[2])
    .rect(22, 141, 21, 1, stone[3])
    .rect(20, 144, 25, 3, stone[1])
    .rect(20, 144, 25, 1, stone[3]);
}

/** The door, `step` 0 shut to 3 wide open: it swings inwards and leaves a room of warm light. */
function doorway(c, step) {
  const { x, y, w, h } = DOOR;
  door(c, x, y, w, h, grass, 2);
  if (step === 0) return;
  const shown = [w, 8, 5, 3][step];
  c.each(x, y - 1, w, h + 1, (i, j) => {
    if (j < y && (i < x + 2 || i > x + w - 3)) return undefined;
    if (i < x + shown) return undefined;
    const d = (i - x - shown) / (w - shown) + (j - y) / h;
    return j > y + h - 4 ? gold[1] : d < 0.5 ? gold[3] : d < 1.1 ? gold[2] : gold[1];
  });
  // The leaf's edge, and the stair that winds up behind it.
  c.rect(x + shown, y, 1, h, wood[0]);
  if (step === 3)
    c.rect(x + 7, y + h - 4, 5, 1, wood[3])
      .rect(x + 9, y + h - 7, 3, 1, wood[3])
      .rect(x + 7, y + h - 3, 5, 3, wood[2])
      .rect(x + 9, y + h - 6, 3, 2, wood[2]);
  c.rect(x - 2, y + h, w + 4, 1, gold[3]);
}

function whole({ lit = false, open = 0 } = {}) {
  const c = new Canvas(...SIZE);
  tower(c);
  for (const [i, [x, y]] of WINDOWS.entries()) towerWindow(c, x, y, lit || i === 1);
  gallery(c);
  rail(c);
  lampRoom(c, lit);
  dome(c);
  footing(c);
  doorway(c, open);
  return c.outline();
}

/** The part in which `changed` differs from `base`, anchored on the foot of the base. */
function difference(base, changed, foot) {
  let [x0, y0, x1, y1] = [base.width, base.height, 0, 0];
  const part = new Canvas(base.width, base.height).each(0, 0, base.width, base.height, (x, y) => {
    const colour = changed.get(x, y);
    if (colour === base.get(x, y) || colour === NONE) return undefined;
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
    return colour;
  });
  const [w, h] = [x1 - x0 + 1, y1 - y0 + 1];
  const canvas = new Canvas(w, h).blit(part, 0, 0, { sx: x0, sy: y0, w, h });
  return { canvas, anchor: [base.width / 2 - x0, foot - y0], flat: true };
}

/**
 * `lighthouse` is dark and shut. `lighthouse-lit` and `lighthouse-door-1` to `-3` lie over it at the same foot;
 * `lighthouse-door-0` is the shut door again.
 */
export function lighthouse() {
  const base = whole();
  const foot = 147;
  const shut = new Canvas(DOOR.w, DOOR.h).blit(base, 0, 0, { sx: DOOR.x, sy: DOOR.y, w: DOOR.w, h: DOOR.h });
  const parts = {
    lighthouse: { canvas: base, depth: 10 },
    'lighthouse-lit': difference(base, whole({ lit: true }), foot),
    'lighthouse-door-0': { canvas: shut, anchor: [SIZE[0] / 2 - DOOR.x, foot - DOOR.y], flat: true },
  };
  for (const open of [1, 2, 3]) parts[`lighthouse-door-${open}`] = difference(base, whole({ open }), foot);
  return parts;
}
