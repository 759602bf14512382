// Parts of portraits: modelled forms in banded light, eyes, brows and mouths for six moods.
import { NONE } from './canvas.mjs';
import { hash } from './noise.mjs';
import { darker, lighter, RAMPS } from './palette.mjs';

const { cream, ink, skin, red, water, wood, gold } = RAMPS;
export const SIZE = 48;
export const MOODS = ['neutral', 'happy', 'sad', 'angry', 'surprised', 'suspicious'];
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
const FACE_CUTS = [0.82, 0.28, -0.06, -0.32];
const clamp = (n, lo, hi) => Math.max(lo, Math.min(hi, n));

/** Dusky panel: a glow behind the left shoulder that falls off in dithered steps. */
export function backdrop(c, tones) {
  c.each(0, 0, SIZE, SIZE, (x, y) => {
    const d = Math.hypot((x - 15) / 40, (y - 20) / 38);
    const seam = (BAYER[(y & 3) * 4 + (x & 3)] / 16 - 0.5) * 0.12;
    const corner = Math.max(Math.abs(x - 23.5), Math.abs(y - 23.5)) > 22.6 ? 1 : 0;
    return tones[clamp(Math.floor((d + seam) * tones.length * 0.95) + corner, 0, tones.length - 1)];
  });
}

/**
 * Paints a mask as if it were the front of an ellipsoid, in bands of a ramp.
 * @param mask (x, y) to true where the form is
 * @param form { cx, cy, rx, ry, ramp, cuts: light levels from bright to dark, texture?: (x, y) to -1..1 }
 */
export function model(c, mask, { cx, cy, rx, ry, ramp, cuts, texture, flat = 0.7 }) {
  c.each(0, 0, SIZE, SIZE, (x, y) => {
    if (!mask(x, y)) return undefined;
    const nx = (x - cx) / rx;
    const ny = (y - cy) / ry;
    const nz = Math.sqrt(Math.max(0, 1 - nx * nx * flat - ny * ny * flat));
    const sun = -0.62 * nx - 0.42 * ny + 0.52 * nz + (texture ? texture(x, y) : 0);
    let step = ramp.length - 1;
    for (const cut of cuts) if (sun < cut) step--;
    return ramp[Math.max(0, step)];
  });
}

/** Face outline as a mask: round above the cheekbones, `jaw` 2 round to 4 square below. */
export const faceMask =
  ({ cx, cy, rx, top, chin, jaw = 2.4 }) =>
  (x, y) => {
    if (y < cy) return ((x - cx) / rx) ** 2 + ((y - cy) / top) ** 2 <= 1;
    const k = (y - cy) / chin;
    return k <= 1 && Math.abs(x - cx) <= rx * (1 - k ** jaw) ** (1 / 2.1) + 0.2;
  };

export const ellipseMask = (cx, cy, rx, ry) => (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;

// Eyes as seen left of the nose; the other one is mirrored but keeps its catchlight on the left.
const EYES = {
  neutral: ['.llll.', 'llcpvl', 'lwpivl', '.wiiv.', '..nn..'],
  happy: ['......', '..ll..', '.llll.', 'll..ll', 'l....l', '.nnnn.'],
  sad: ['....ll', '..llll', '.lwcpl', 'lwwipl', '.wwiv.', '..nnn.'],
  angry: ['ll....', 'llll..', '.wllll', '.wcpll', '..ipv.', '..nn..'],
  surprised: ['.llll.', 'lwwwvl', 'lwcpvl', 'lwpivl', 'lwiivl', '.wwvv.', '..nn..'],
  suspicious: ['......', 'llllll', 'llvcpl', '.wvip.', '.nnnn.'],
};
const EYES_RIGHT = {
  ...EYES,
  sad: ['ll....', 'llll..', 'lcpwl.', 'lipwwl', '.iivw.', '.nnn..'],
  angry: ['....ll', '..llll', 'llllv.', 'llcpv.', '.wip..', '..nn..'],
  suspicious: ['......', '......', 'llllll', 'llvcpl', '.nnnn.'],
};
const EYE_LIFT = { neutral: -1, happy: -1, sad: -1, angry: -1, surprised: -2, suspicious: -1 };

/** Both eyes; (x, y) is the middle between them at the height of the lids. */
export function eyes(c, x, y, mood, { iris, gap = 4, shadow = skin[2], lash = wood[0], tear = false }) {
  const legend = { l: lash, w: cream[4], v: cream[1], p: ink[0], c: cream[4], i: iris, n: shadow };
  const lift = EYE_LIFT[mood];
  c.stamp(x - gap / 2 - 6, y + lift, EYES[mood], legend).stamp(
    x + gap / 2,
    y + lift,
    EYES_RIGHT[mood],
    legend,
  );
  if (tear && mood === 'sad')
    c.rect(x - gap / 2 - 4, y + 4, 1, 3, water[5]).set(x - gap / 2 - 4, y + 6, cream[4]);
}

// Brow by mood: height of the outer end, the bow and the inner end above the lids, left then right.
const BROWS = {
  neutral: [
    [3, 4, 3],
    [3, 4, 3],
  ],
  happy: [
    [3, 5, 5],
    [5, 5, 3],
  ],
  sad: [
    [2, 4, 6],
    [6, 4, 2],
  ],
  angry: [
    [5, 3, 1],
    [1, 3, 5],
  ],
  surprised: [
    [6, 8, 7],
    [7, 8, 6],
  ],
  suspicious: [
    [5, 6, 4],
    [1, 2, 3],
  ],
};

/** Brows over the eyes; `weight` 1 to 3 pixels thick. */
export function brows(c, x, y, mood, { colour, light = colour, gap = 4, weight = 2, width = 7 }) {
  BROWS[mood].forEach(([a, b, d], side) => {
    const from = side === 0 ? x - gap / 2 - width + 1 : x + gap / 2 - 1;
    for (let i = 0; i < width; i++) {
      const t = i / (width - 1);
      const h = t < 0.5 ? a + (b - a) * t * 2 : b + (d - b) * (t - 0.5) * 2;
      const thin = (side === 0 && i === 0) || (side === 1 && i === width - 1) ? 1 : weight;
      for (let k = 0; k < thin; k++) c.set(from + i, Math.round(y - 1 - h) + k, k === 0 ? light : colour);
    }
  });
  if (mood === 'angry')
    c.set(x - 1, y - 1, skin[1])
      .set(x, y - 2, skin[1])
      .set(x - 1, y - 2, skin[1]);
}

const MOUTHS = {
  neutral: ['..........', '.mmmmmmmm.', '..rrrrrr..', '...nnnn...'],
  happy: ['m........m', 'mmmmmmmmmm', '.mTTTTTTm.', '.moorroom.', '..mmmmmm..', '...nnnn...'],
  sad: ['..........', '...mmmm...', '.mm....mm.', 'm..rrr...m', '...nnnn...'],
  angry: ['..mmmmmm..', '.mTTTTTTm.', 'mTTmTTmTTm', 'moooooooom', 'mm......mm'],
  surprised: [
    '...mmmm...',
    '..mooooм..'.replace('м', 'm'),
    '..moooom..',
    '..morrom..',
    '...mmmm...',
    '...nnnn...',
  ],
  suspicious: ['.......mm.', '...mmmm.n.', '.mm.rr....', '...nnn....'],
};

/** Mouth; (x, y) is the middle of its upper edge. */
export function mouth(
  c,
  x,
  y,
  mood,
  { lips = red[2], shadow = skin[2], line = skin[0], gapTooth = false, teeth = cream[4] },
) {
  c.stamp(x - 5, y, MOUTHS[mood], { m: line, r: lips, n: shadow, T: teeth, o: red[0] });
  if (gapTooth && mood === 'happy') c.set(x, y + 2, red[0]);
}

/** Nose; lit on its left, its shade falls right. */
export function nose(c, x, y, { ramp = skin, big = false, ruddy = false }) {
  const legend = {
    a: ramp[4],
    b: ruddy ? red[4] : ramp[3],
    c: ramp[2],
    d: ramp[1],
    e: ruddy ? red[3] : ramp[2],
  };
  const rows = big
    ? ['...ac.', '..aac.', '..abcd', '.abbed', '.bbeed', '..dded']
    : ['..ac.', '..ac.', '.abcd', '.bbed', '..dd.'];
  c.stamp(x - 3, y, rows, legend);
}

/** A soft blush on both cheeks. */
export function blush(c, x, y, spread, colour = red[4]) {
  for (const side of [-1, 1]) {
    const bx = x + side * spread;
    c.rect(bx - 2, y, 4, 1, colour).rect(bx - 1, y + 1, 3, 1, colour);
  }
}

/** Shoulders: a mask that falls from the neck to the lower corners. */
export const shouldersMask =
  ({ cx, y, neck, wide, slope = 1.4 }) =>
  (px, py) => {
    if (py < y) return false;
    const k = clamp((py - y) / 9, 0, 1);
    return Math.abs(px - cx) <= neck + (wide - neck) * k ** (1 / slope);
  };

/** A lit rim on the sunny edges and a cool one opposite, along the outline of the figure. */
export function rims(c, figure) {
  const before = c.clone();
  const solid = (x, y) => figure.get(x, y) !== NONE;
  for (let y = 1; y < SIZE; y++)
    for (let x = 1; x < SIZE - 1; x++) {
      if (!solid(x, y)) continue;
      const colour = before.get(x, y);
      if (!solid(x - 1, y) && y > 2) c.set(x, y, lighter(colour));
      else if (!solid(x + 1, y))
        c.set(x, y, skin.includes(colour) ? skin[1] : gold.includes(colour) ? gold[0] : ink[4]);
    }
}

/** Casts a one-step shade below a mask's lower edge, as a hat does on a brow. */
export function shadeBelow(c, x0, x1, y, depth, where = () => true) {
  for (let x = x0; x <= x1; x++)
    for (let j = 0; j < depth; j++) if (where(x, y + j)) c.set(x, y + j, darker(c.get(x, y + j)));
}

/** Neck, ears and the modelled face; `face` as faceMask takes it. */
export function neckAndHead(c, { face, ramp = skin, ears = true, dy }) {
  const mask = faceMask(face);
  c.rect(face.cx - 5, face.cy + face.chin - 6, 11, 12, ramp[1]).rect(
    face.cx - 5,
    face.cy + face.chin - 5,
    3,
    10,
    ramp[2],
  );
  c.rect(face.cx - 4, face.cy + face.chin - 1, 9, 3, ramp[0]);
  if (ears) {
    model(c, ellipseMask(face.cx - face.rx - 0.4, face.cy + 1, 2.2, 3.4), {
      cx: face.cx - face.rx,
      cy: face.cy,
      rx: 4,
      ry: 5,
      ramp,
      cuts: [0.7, 0.1, -0.4, -0.8],
    });
    c.set(face.cx - face.rx, face.cy + 1, ramp[1]).set(face.cx - face.rx, face.cy + 2, ramp[1]);
    c.ellipse(face.cx + face.rx + 0.6, face.cy + 1, 2, 3.4, ramp[1]).set(
      face.cx + face.rx + 1,
      face.cy + 1,
      ramp[0],
    );
  }
  model(c, mask, { cx: face.cx, cy: face.cy + 1, rx: face.rx + 2, ry: face.chin + 2, ramp, cuts: FACE_CUTS });
  return { mask, dy };
}

/** Eyes, nose, mouth and brows at (x, y), the middle between the eyes. */
export function features(c, mood, x, y, o) {
  eyes(c, x, y, mood, { iris: o.iris, gap: o.gap ?? 4, shadow: o.shade ?? skin[2], tear: o.tear });
  nose(c, x, y + (o.noseY ?? 2), { ramp: o.ramp ?? skin, big: o.bigNose, ruddy: o.ruddy });
  if (!o.noMouth)
    mouth(c, x, y + (o.mouthY - 23), mood, {
      lips: o.lips ?? red[2],
      shadow: o.shade ?? skin[2],
      gapTooth: o.gapTooth,
      line: o.line,
    });
  brows(c, x, y, mood, {
    colour: o.brow,
    light: o.browLight ?? o.brow,
    gap: o.gap ?? 4,
    weight: o.weight ?? 2,
    width: o.browWidth ?? 7,
  });
}

/** Texture for model(): strands of hair. */
export const strands = (scale, seed) => (x, y) =>
  (hash(Math.floor((x + y * 0.4) / 2), Math.floor(y / 9), seed) - 0.5) * scale;
