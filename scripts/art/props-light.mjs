// Light and air: glows for additive blending, smoke, cast shadows, emotes and prompts.
import { Canvas, NONE } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';

const { gold, red, cream, ink, water, wood, sand, grass } = RAMPS;

// Steps of a light from the rim inwards: [radius share, colour, alpha].
const GLOW = [
  [1, red[3], 12],
  [0.86, red[3], 22],
  [0.7, gold[0], 32],
  [0.54, gold[0], 46],
  [0.39, gold[1], 56],
  [0.25, gold[1], 72],
  [0.12, gold[2], 84],
];
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** Radial light in steps; ring seams are dithered one pixel deep. */
function glow(w, h, steps = GLOW) {
  const c = new Canvas(w, h);
  c.each(0, 0, w, h, (x, y) => {
    const d = Math.hypot((x + 0.5 - w / 2) / (w / 2), (y + 0.5 - h / 2) / (h / 2));
    const seam = (BAYER[(y & 3) * 4 + (x & 3)] / 16 - 0.5) * 0.09;
    let hit;
    for (const step of steps) if (d + seam < step[0] - 0.03) hit = step;
    if (hit) c.set(x, y, hit[1], hit[2]);
    return undefined;
  });
  return c;
}

/** Light that falls out of a door or window onto the ground. */
function spill(w, h) {
  const c = new Canvas(w, h);
  for (let y = 0; y < h; y++) {
    const k = y / (h - 1);
    const half = w * (0.24 + 0.26 * k);
    for (let x = 0; x < w; x++) {
      const d = Math.abs(x + 0.5 - w / 2) / half;
      const seam = (BAYER[(y & 3) * 4 + (x & 3)] / 16 - 0.5) * 0.3;
      if (d + k * 0.35 + seam > 1.1) continue;
      c.set(
        x,
        y,
        k + seam < 0.3 ? gold[2] : k + seam < 0.66 ? gold[1] : gold[0],
        k + seam < 0.3 ? 92 : k + seam < 0.66 ? 64 : 36,
      );
    }
  }
  return c;
}

// A beam across its width, from the core outwards: [share of the half width, colour, alpha at the lamp].
const BEAM = [
  [0.3, cream[4], 150],
  [0.62, gold[3], 104],
  [1, gold[2], 58],
];
const BEAM_STEPS = 9;

/** One arm of the lighthouse beam, widening to the right and dying away in steps; it is turned, so nothing is dithered. */
function beam(w, h) {
  const c = new Canvas(w, h);
  for (let x = 0; x < w; x++) {
    const half = 2.5 + (x / w) * (h / 2 - 3);
    const fade = Math.ceil((1 - x / w) * BEAM_STEPS) / BEAM_STEPS;
    for (let y = 0; y < h; y++) {
      const d = Math.abs(y + 0.5 - h / 2) / half;
      const band = BEAM.find(([share]) => d < share);
      if (band) c.set(x, y, band[1], Math.round(band[2] * fade ** 1.3));
    }
  }
  return c;
}

// Puffs of one plume by age, each [x, y, radius].
const PUFFS = [
  [
    [9, 15, 3.4],
    [11, 13, 2.4],
  ],
  [
    [8, 13, 4.4],
    [13, 10, 3.6],
    [9, 8, 2.6],
  ],
  [
    [8, 13, 4.8],
    [14, 11, 5],
    [10, 7, 4.2],
    [16, 5, 2.6],
  ],
  [
    [7, 13, 3.6],
    [15, 11, 4.4],
    [11, 6, 3.8],
    [18, 5, 2.8],
    [5, 7, 2],
  ],
];
const PUFF_ALPHA = [220, 190, 150, 100];

function smoke(frame) {
  const c = new Canvas(24, 22);
  for (const [cx, cy, r] of PUFFS[frame])
    c.ellipse(
      cx,
      cy,
      r,
      r,
      (_x, _y, nx, ny) =>
        nx + ny < -0.7 ? cream[3] : nx + ny < 0.1 ? cream[2] : nx + ny < 0.8 ? cream[1] : ink[5],
      PUFF_ALPHA[frame],
    );
  if (frame === 3)
    c.each(0, 0, 24, 22, (x, y, was) => (was !== NONE && hash(x >> 1, y >> 1, 7) < 0.34 ? NONE : undefined));
  return c;
}

const SHADOW = ink[1];

/** Soft oval for under people, leaning away from the sun. */
function contact(w, h) {
  const c = new Canvas(w, h);
  c.ellipse(w / 2 - 0.5, h / 2 - 0.5, w / 2, h / 2, SHADOW, 58);
  c.ellipse(w / 2 - 1.5, h / 2 - 0.5, w / 2 - 2.5, h / 2 - 1, SHADOW, 104);
  return c;
}

/**
 * The shadow a prop throws to the right over level ground.
 * @param depth how many pixels deep the prop stands on the ground
 * @returns { canvas, anchor } with the anchor on the prop's own foot point
 */
export function castShadow(prop, foot, depth, { length = 0.5, drop = 0.1 } = {}) {
  const reach = Math.ceil(foot * length) + 4;
  const c = new Canvas(prop.width + reach, Math.ceil(depth + foot * drop) + 6);
  const ground = depth + 2;
  const hit = new Uint8Array(c.width * c.height);
  for (let y = 0; y <= foot; y++)
    for (let x = 0; x < prop.width; x++) {
      if (prop.get(x, y) === NONE) continue;
      const up = foot - y;
      const sx = Math.round(x + up * length);
      const sy = Math.round(ground + up * drop - Math.min(up, 0));
      for (let d = 0; d < Math.min(depth, up + 2); d++)
        if (sy - d >= 0 && sx < c.width) hit[(sy - d) * c.width + sx] = 1;
      if (sx + 1 < c.width && sy >= 0) hit[sy * c.width + sx + 1] = 1;
    }
  const at = (x, y) => (x >= 0 && y >= 0 && x < c.width && y < c.height ? hit[y * c.width + x] : 0);
  // The low sun rounds the corners of what is deep; what is thin has none to lose.
  for (let pass = 0; depth >= 4 && pass < 3; pass++) {
    const corners = [];
    for (let y = 0; y < c.height; y++)
      for (let x = 0; x < c.width; x++) {
        let around = 0;
        for (let j = -2; j <= 2; j++) for (let i = -2; i <= 2; i++) around += at(x + i, y + j);
        if (at(x, y) && around < 12) corners.push(y * c.width + x);
      }
    for (const corner of corners) hit[corner] = 0;
  }
  for (let y = 0; y < c.height; y++)
    for (let x = 0; x < c.width; x++) {
      const near = at(x, y - 1) + at(x, y + 1) + at(x - 1, y) + at(x + 1, y);
      if (at(x, y) || near >= 3) c.set(x, y, SHADOW, near >= 3 ? 108 : 60);
    }
  return { canvas: c, anchor: [prop.width / 2, ground] };
}

const BUBBLE = [
  '.kkkkkkkkkkkkk.',
  'kwwwwwwwwwwwwwk',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kwwwwwwwwwwwwck',
  'kcccccccccccccк'.replace('к', 'k'),
  '.kkkkkwwckkkkk.',
  '.....kwck......',
  '......kk.......',
];
const MARKS = {
  exclaim: ['rr', 'rr', 'rr', 'rr', '..', 'rr'],
  question: ['.bbb.', 'bb.bb', '...bb', '..bb.', '.....', '..bb.'],
  heart: ['rr.rr', 'rrrrr', 'rrrrr', '.rrr.', '..r..'],
  note: ['..bbb', '..b.b', '..b.b', 'bbbbb', 'bb.bb'],
  anger: ['r...r', '.r.r.', '.....', '.r.r.', 'r...r'],
  drop: ['..b..', '..b..', '.bbb.', '.bwb.', '..b..'],
};

function emote(mark) {
  const c = new Canvas(17, 16);
  c.stamp(1, 1, BUBBLE, { k: ink[1], w: cream[4], c: cream[2] });
  const x = 8 - Math.floor((mark[0].length - 1) / 2);
  return c.stamp(mark[0].length === 2 ? 8 : x, mark.length > 5 ? 4 : 4, mark, {
    r: red[2],
    b: water[2],
    w: water[4],
  });
}

function thinking(n) {
  const c = new Canvas(17, 16);
  c.stamp(1, 1, BUBBLE, { k: ink[1], w: cream[4], c: cream[2] });
  for (let i = 0; i < 3; i++) c.rect(4 + i * 4, i === n ? 5 : 6, 2, 2, i <= n ? ink[2] : cream[1]);
  return c;
}

const KEY_E = ['eeee', 'e...', 'eee.', 'e...', 'eeee'];

function keyPrompt(down) {
  const c = new Canvas(15, 17);
  const y = down ? 3 : 1;
  c.rect(1, y, 13, 12, cream[3])
    .rect(1, y, 13, 1, cream[4])
    .rect(1, y, 1, 12, cream[4])
    .rect(13, y, 1, 12, cream[2]);
  if (!down) c.rect(1, 13, 13, 2, cream[0]);
  c.rect(1, y + 11, 13, 1, cream[2]);
  for (const [cx, cy] of [
    [1, y],
    [13, y],
    [1, 14],
    [13, 14],
  ])
    c.set(cx, cy, NONE);
  return c.stamp(6, y + 3, KEY_E, { e: ink[1] }).outline(() => ink[1]);
}

function talkPrompt() {
  const c = new Canvas(19, 17);
  const bubble = [
    '..kkkkkkkkkkkk..',
    '.kwwwwwwwwwwwwk.',
    'kwwwwwwwwwwwwwck',
    'kwwwwwwwwwwwwwck',
    'kwwllwwllwwllwck',
    'kwwllwwllwwllwck',
    'kwwwwwwwwwwwwwck',
    'kcwwwwwwwwwwwcck',
    '.kcccccccccccck.',
    '..kkkwwckkkkkk..',
    '....kwck........',
    '....kkk.........',
  ];
  return c.stamp(1, 2, bubble, { k: wood[0], w: cream[4], c: cream[2], l: red[3] });
}

/** Light, shadow and signs by name; none casts a shadow. */
export function light() {
  const props = {
    'glow-small': glow(40, 40),
    'glow-medium': glow(72, 72),
    'glow-large': glow(120, 120),
    'glow-ground': glow(80, 40, GLOW.slice(0, 5)),
    'glow-spill': spill(36, 22),
    'light-beam': beam(330, 96),
    'shadow-character': contact(20, 8),
    'shadow-small': contact(14, 6),
    'prompt-key-0': keyPrompt(false),
    'prompt-key-1': keyPrompt(true),
    'prompt-talk': talkPrompt(),
  };
  for (let i = 0; i < 4; i++) props[`smoke-${i}`] = smoke(i);
  for (const [name, mark] of Object.entries(MARKS)) props[`emote-${name}`] = emote(mark);
  for (let i = 0; i < 3; i++) props[`emote-thinking-${i}`] = thinking(i);
  const leaf = new Canvas(5, 4).stamp(0, 0, ['.ab..', 'abbc.', '..cc.'], {
    a: gold[2],
    b: gold[1],
    c: red[2],
  });
  props.leaf = leaf;
  props.firefly = new Canvas(5, 5)
    .ellipse(2, 2, 2.4, 2.4, grass[4], 70)
    .rect(1, 2, 3, 1, grass[5], 170)
    .rect(2, 1, 1, 3, grass[5], 170)
    .set(2, 2, gold[3]);
  props.mote = new Canvas(2, 2).rect(0, 0, 2, 2, gold[3], 150).set(1, 1, gold[2], 90);
  props['ripple-0'] = new Canvas(24, 8)
    .ellipse(11.5, 3.5, 8, 2.4, water[4])
    .ellipse(11.5, 3.5, 6.4, 1.3, NONE);
  props['ripple-1'] = new Canvas(24, 8)
    .ellipse(11.5, 3.5, 11, 3.4, water[4], 170)
    .ellipse(11.5, 3.5, 9.6, 2.4, NONE);
  props['sand-dust'] = new Canvas(10, 6).ellipse(4.5, 3, 4, 2, sand[3], 140);
  return Object.fromEntries(Object.entries(props).map(([name, canvas]) => [name, { canvas, air: true }]));
}
