// Parts of houses: roofs, walls, windows, doors, chimneys. The sun is low on the left.
import { hash, noise } from './noise.mjs';
import { darker, lighter, RAMPS } from './palette.mjs';

const { wood, stone, cream, gold, ink, red, grass, sand } = RAMPS;
const clamp = (n, lo, hi) => Math.max(lo, Math.min(hi, n));

/** Colour of one pixel of a shingled slope; `base` is the ramp step of a shingle in plain light. */
function shinglePixel(x, y, ramp, base, lightAt, seed) {
  const row = Math.floor(y / 4);
  const k = y - row * 4;
  const i = (((x + (row & 1) * 3 + ((row >> 1) & 1)) % 6) + 6) % 6;
  const col = Math.floor((x + (row & 1) * 3 + ((row >> 1) & 1)) / 6);
  const tone = hash(col, row, seed);
  let step = base + lightAt(col * 6, row * 4, tone);
  if (tone < 0.1) step -= 1;
  if (k === 0) step -= 1;
  else if (i === 0) step -= k === 3 ? 2 : 1;
  else if (k === 3) step += i < 4 && tone > 0.45 ? 1 : 0;
  return ramp[clamp(Math.round(step), 0, ramp.length - 1)];
}

/** A roof slope facing the viewer: a trapezoid from the ridge down to wider eaves. */
export function frontRoof(c, { x0, x1, ridge, eave, inset, ramp, base = 2, moss = 0.2, seed = 1 }) {
  const lightAt = (x, y, tone) => {
    const t = (x - x0) / (x1 - x0) + (tone - 0.5) * 0.22 + ((y - ridge) / (eave - ridge)) * 0.12;
    return t < 0.24 ? 1 : t > 0.84 ? -1 : 0;
  };
  const shape = [
    [x0 + inset, ridge],
    [x1 - inset, ridge],
    [x1, eave],
    [x0, eave],
  ];
  c.poly(
    shape,
    (x, y) =>
      mossPixel(x, y, ridge, eave - ridge, moss, seed) ??
      shinglePixel(x, y - ridge, ramp, base, lightAt, seed),
  );
  // Ridge tiles, verges and the thick lip of the eaves.
  for (let x = x0 + inset; x <= x1 - inset; x++) {
    const seam = (x - x0) % 5 === 0;
    c.set(x, ridge - 1, ramp[seam ? base - 1 : clamp(base + 1, 0, ramp.length - 1)]);
    c.set(x, ridge, seam ? ramp[base - 1] : ramp[base]);
    c.set(x, ridge + 1, ramp[base - 1]);
  }
  c.line(x0 + inset, ridge, x0, eave, ramp[clamp(base + 2, 0, ramp.length - 1)]);
  c.line(x0 + inset + 1, ridge + 2, x0 + 1, eave, ramp[clamp(base + 1, 0, ramp.length - 1)]);
  c.line(x1 - inset, ridge, x1, eave, ramp[0]);
  c.rect(x0, eave + 1, x1 - x0 + 1, 1, ramp[0]).rect(x0, eave + 2, x1 - x0 + 1, 1, wood[0]);
  for (let x = x0; x <= x1; x += 6)
    c.set(x + 1, eave + 1, ramp[base - 1]).set(x + 2, eave + 1, ramp[base - 1]);
}

/** Two slopes that run back from a gable facing the viewer: the left one in the sun, the right one in shade. */
export function gableRoof(c, { cx, back, apex, eave, half, ramp, base = 2, moss = 0.2, seed = 2 }) {
  const rise = apex - back;
  const slope = (side) => {
    const shape = [
      [cx, back],
      [cx, apex],
      [cx + side * half, eave],
      [cx + side * half, eave - rise],
    ];
    const skew = (x, y) => y - ((eave - apex) / half) * Math.abs(x - cx);
    const sun = side < 0 ? 1 : -1;
    c.poly(shape, (x, y) => {
      const along = Math.round(skew(x, y) - back);
      const across = Math.abs(x - cx);
      const sunAt = (_, row, tone) => sun * (tone > 0.25 || row < 8 ? 1 : 0);
      return (
        mossPixel(x, y, back, eave - back, moss, seed + 3) ??
        shinglePixel(along, across, ramp, base, sunAt, seed + side)
      );
    });
  };
  slope(-1);
  slope(1);
  for (let y = back; y <= apex; y++)
    c.set(cx - 1, y, ramp[clamp(base + 2, 0, ramp.length - 1)])
      .set(cx, y, ramp[base])
      .set(cx + 1, y, ramp[0]);
  // Barge boards along the front edge, three pixels thick.
  for (let i = 0; i <= half; i++) {
    const y = Math.round(apex + ((eave - apex) * i) / half);
    c.rect(cx - i, y, 1, 1, wood[4])
      .rect(cx - i, y + 1, 1, 2, wood[3])
      .rect(cx - i, y + 3, 1, 1, wood[1]);
    c.rect(cx + i, y, 1, 1, wood[3])
      .rect(cx + i, y + 1, 1, 2, wood[2])
      .rect(cx + i, y + 3, 1, 1, wood[0]);
  }
  for (let y = eave - rise; y <= eave; y++) {
    c.set(cx - half, y, ramp[clamp(base + 2, 0, ramp.length - 1)]);
    c.set(cx + half, y, ramp[0]);
  }
}

// Moss settles in patches, more towards the eaves; undefined where the shingle stays bare.
function mossPixel(x, y, y0, h, amount, seed) {
  if (amount <= 0) return undefined;
  const low = (y - y0) / h;
  if (noise(x, y * 1.6, 7, 64, seed + 40) * 0.8 + low * 0.25 < 1 - amount) return undefined;
  if ((y - y0) % 4 === 0) return grass[1];
  return hash(x >> 1, y, seed) < 0.35 ? grass[3] : grass[2];
}

/** Whitewashed wall with a few bare patches and damp at its foot. */
export function whitewash(c, x, y, w, h, seed = 1) {
  c.each(x, y, w, h, (i, j) => {
    const n = noise(i, j, 6, 64, seed);
    const t = (i - x) / w;
    const low = (j - y) / h;
    if (i === x) return cream[4];
    if (n > 0.86 && low > 0.3) return (j & 3) === 3 || (i + (j >> 2) * 2) % 5 === 0 ? sand[0] : sand[1];
    if (t > 0.82 - n * 0.12) return n > 0.3 ? cream[1] : cream[2];
    if (low > 0.86 && n > 0.35) return cream[1];
    if (low > 0.7 && n > 0.55) return cream[2];
    return n < 0.2 && t < 0.4 ? cream[4] : t > 0.5 && n > 0.62 ? cream[2] : cream[3];
  });
}

const COURSES = [
  [7, 5, 6, 8],
  [5, 8, 6, 7],
  [8, 6, 5, 7],
];

/** Rubble masonry in courses of four pixels; `wet` masonry is darker. */
export function masonry(c, x, y, w, h, { seed = 1, dark = 0 } = {}) {
  c.each(x, y, w, h, (i, j) => {
    const row = Math.floor((j - y) / 4);
    const k = (j - y) % 4;
    const widths = COURSES[(row + seed) % 3];
    let at = (i - x + row * 4) % widths.reduce((a, b) => a + b);
    let n = 0;
    while (at >= widths[n]) at -= widths[n++];
    const tone = hash(Math.floor((i - x - at) / 2), row, seed);
    const t = (i - x) / w;
    let step = tone < 0.25 ? 1 : tone > 0.72 ? 3 : 2;
    if (k === 3 || at === widths[n] - 1) step = tone > 0.5 ? 1 : 0;
    else if (k === 0 && at < widths[n] - 2) step += 1;
    if (t > 0.8) step -= 1;
    return stone[clamp(step - dark, 0, 4)];
  });
}

/** A squared beam: lit above and at its left. */
export function beam(c, x, y, w, h) {
  c.rect(x, y, w, h, wood[2]);
  if (w > h) c.rect(x, y, w, 1, wood[3]).rect(x, y + h - 1, w, 1, wood[1]);
  else c.rect(x, y, 1, h, wood[3]).rect(x + w - 1, y, 1, h, wood[1]);
}

/** Diagonal brace of two pixels. */
export function brace(c, x0, y0, x1, y1) {
  c.line(x0, y0, x1, y1, wood[2]).line(x0 + 1, y0, x1 + 1, y1, wood[1]);
}

/** Lit window with glazing bars, curtains, sill; shutters and a flower box where wanted. */
export function litWindow(c, x, y, w, h, { shutters, box = false, curtain = red[2], dim = false } = {}) {
  const cx = x + (w - 1) / 2;
  c.rect(x, y, w, h, wood[0]);
  c.each(x + 1, y + 1, w - 2, h - 2, (i, j) => {
    const d = Math.hypot((i - cx) / w, (j - y - h * 0.62) / h);
    return dim ? (d < 0.3 ? gold[1] : gold[0]) : d < 0.22 ? gold[3] : d < 0.46 ? gold[2] : gold[1];
  });
  if (curtain && w > 7) {
    c.rect(x + 1, y + 1, 2, 3, curtain).rect(x + w - 3, y + 1, 2, 3, darker(curtain));
    c.set(x + 1, y + 4, curtain).set(x + w - 2, y + 4, darker(curtain));
  }
  c.rect(Math.round(cx), y + 1, 1, h - 2, wood[1]);
  if (h > 8) c.rect(x + 1, y + Math.floor(h * 0.45), w - 2, 1, wood[1]);
  c.rect(x, y, w, 1, wood[1]).rect(x, y, 1, h, wood[3]);
  c.rect(x - 1, y + h, w + 2, 1, cream[3]).rect(x - 1, y + h + 1, w + 2, 1, ink[4]);
  if (shutters) {
    for (const [sx, lit] of [
      [x - 5, 1],
      [x + w + 1, 0],
    ]) {
      c.rect(sx, y, 4, h, shutters).rect(sx, y, 1, h, lit ? lighter(shutters) : shutters);
      for (let j = y + 1; j < y + h - 1; j += 2) c.rect(sx + 1, j, 2, 1, darker(shutters));
      c.rect(sx + 3, y, 1, h, darker(shutters, 2));
    }
  }
  if (box) flowerBox(c, x - 2, y + h, w + 4);
}

/** A box of geraniums on a sill. */
export function flowerBox(c, x, y, w) {
  c.rect(x, y + 1, w, 3, wood[2])
    .rect(x, y + 1, w, 1, wood[3])
    .rect(x, y + 4, w, 1, wood[0]);
  for (let i = 0; i < w; i++) {
    const tone = hash(i, 3, x);
    c.set(x + i, y, tone < 0.5 ? grass[3] : grass[2]);
    if (tone > 0.3) c.set(x + i, y - 1, i % 3 === 0 ? red[4] : i % 3 === 1 ? red[3] : grass[4]);
    if (tone > 0.75) c.set(x + i, y - 2, cream[4]);
    if (tone < 0.18) c.set(x + i, y + 1, grass[2]);
  }
}

/** Boarded door with a round head, brass ring and stone step. */
export function door(c, x, y, w, h, ramp, base = 2) {
  c.rect(x - 1, y, w + 2, h, wood[0])
    .rect(x, y - 1, w, 1, wood[0])
    .rect(x + 2, y - 2, w - 4, 1, wood[0]);
  c.each(x, y - 1, w, h + 1, (i, j) => {
    if (j < y && (i < x + 2 || i > x + w - 3)) return undefined;
    if ((i - x) % 4 === 3) return ramp[base - 2];
    return (i - x) % 4 === 0 ? ramp[clamp(base + 1, 0, ramp.length - 1)] : ramp[base];
  });
  c.rect(x, y, w, 2, ramp[base - 1]);
  c.rect(x, y + 5, w - 3, 1, ink[1]).rect(x, y + h - 5, w - 3, 1, ink[1]);
  c.set(x + w - 3, y + Math.round(h / 2), gold[2]).set(x + w - 3, y + Math.round(h / 2) + 1, gold[0]);
  c.rect(x - 2, y + h, w + 4, 1, cream[3])
    .rect(x - 2, y + h + 1, w + 4, 1, stone[2])
    .rect(x - 2, y + h + 2, w + 4, 1, stone[0]);
}

/** Chimney stack with two pots. */
export function chimney(c, x, y, w, h) {
  masonry(c, x, y + 3, w, h - 3, { seed: 2 });
  c.rect(x, y + 3, 1, h - 3, cream[3]).rect(x + w - 2, y + 3, 2, h - 3, stone[0]);
  c.rect(x - 1, y + 2, w + 2, 2, stone[3])
    .rect(x - 1, y + 4, w + 2, 1, stone[0])
    .set(x - 1, y + 2, cream[3]);
  for (const px of [x + 1, x + w - 4])
    c.rect(px, y - 1, 3, 3, red[2])
      .rect(px, y - 1, 1, 3, red[4])
      .rect(px, y - 2, 3, 1, red[1]);
}

/** Wall lantern on an iron bracket. */
export function lantern(c, x, y) {
  c.rect(x, y, 4, 1, ink[1]).rect(x + 1, y - 1, 2, 1, ink[1]);
  c.rect(x, y + 1, 4, 4, gold[2]).rect(x + 1, y + 1, 2, 3, gold[3]);
  c.set(x, y + 3, gold[1])
    .set(x + 3, y + 3, gold[1])
    .rect(x, y + 5, 4, 1, ink[1]);
}

/** Shadow of the eaves on a wall. */
export function eaveShadow(c, x, y, w, h = 3) {
  c.shade(x, y, w, h, 1);
  c.shade(x, y, w, 1, 1);
}
