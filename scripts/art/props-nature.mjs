// Trees, bushes, rocks and gulls.
import { Canvas } from './canvas.mjs';
import { hash, noise } from './noise.mjs';
import { RAMPS } from './palette.mjs';

const { grass, red, gold, wood, stone, cream, ink, slate, water } = RAMPS;
const AUTUMN = [red[0], red[1], red[2], gold[0], gold[1], gold[2]];
const OLIVE = [grass[0], grass[1], grass[2], grass[3], grass[4], grass[5]];
const TURNING = [grass[0], grass[1], grass[2], grass[4], gold[1], gold[2]];
const clamp = (n, lo, hi) => Math.max(lo, Math.min(hi, n));

/** One clump of leaves: a ball lit from the upper left, its edge and bands broken into leaf-sized clusters. */
function clump(c, cx, cy, r, ramp, seed, shift = 0) {
  for (let y = Math.floor(cy - r - 1); y <= cy + r + 1; y++)
    for (let x = Math.floor(cx - r - 1); x <= cx + r + 1; x++) {
      const nx = (x - cx) / r;
      const ny = (y - cy) / (r * 0.88);
      const leaf = hash(Math.floor((x + ((y >> 1) & 1)) / 2), y >> 1, seed);
      const edge = nx * nx + ny * ny + (leaf - 0.5) * 0.34;
      if (edge > 1) continue;
      const sun = -nx * 0.62 - ny * 0.72 + (leaf - 0.5) * 0.62;
      const step = sun > 0.74 ? 5 : sun > 0.38 ? 4 : sun > -0.02 ? 3 : sun > -0.5 ? 2 : 1;
      c.set(x, y, ramp[clamp(step + shift, 0, 5)]);
    }
}

function trunk(c, x, top, foot, w) {
  for (let y = top; y <= foot; y++) {
    const flare = y > foot - 4 ? Math.round((y - foot + 4) / 1.6) : 0;
    for (let i = -flare; i < w + flare; i++) {
      const t = (i + flare) / (w + flare * 2);
      c.set(x + i, y, t < 0.2 ? wood[4] : t < 0.45 ? wood[3] : t < 0.72 ? wood[2] : wood[1]);
    }
    if (hash(y >> 1, x, 3) < 0.35) c.set(x + 2 + (y % 2), y, wood[1]);
  }
}

function broadleaf(ramp, seed) {
  const c = new Canvas(56, 66);
  trunk(c, 25, 40, 63, 7);
  c.line(27, 46, 18, 38, wood[2]).line(28, 47, 19, 39, wood[1]).line(30, 45, 38, 38, wood[1]);
  const balls = [
    [28, 33, 15, -1],
    [14, 33, 11, -1],
    [42, 33, 11, -1],
    [17, 24, 12, 0],
    [39, 25, 12, -0.4],
    [28, 15, 13, 0],
    [12, 31, 8, 0],
    [27, 29, 11, 0],
    [43, 34, 7, -0.6],
    [21, 13, 8, 0.5],
    [14, 22, 7, 0.6],
  ];
  balls.forEach(([x, y, r, shift], i) => {
    clump(c, x, y, r, ramp, seed + i, Math.round(shift));
  });
  c.shade(25, 40, 7, 6, 1, (x, y) => wood.includes(c.get(x, y)));
  return c.outline();
}

function pine(h, seed) {
  const w = 38;
  const c = new Canvas(w, h);
  const cx = w / 2;
  trunk(c, cx - 3, h - 14, h - 3, 5);
  const tiers = Math.round(h / 13);
  for (let t = tiers - 1; t >= 0; t--) {
    const top = 2 + t * ((h - 22) / tiers) * 0.98;
    const low = top + (h - 10) / tiers + 8;
    const half = 5 + ((t + 1) / tiers) * 12.5;
    for (let y = Math.floor(top); y <= low; y++) {
      const k = (y - top) / (low - top);
      const reach = half * k ** 0.85;
      for (let x = Math.floor(cx - reach - 2); x <= cx + reach + 2; x++) {
        const nx = (x - cx) / Math.max(reach, 1);
        // Boughs droop: the hem is a row of teeth, deeper towards the tips.
        const tooth = Math.abs(((x + seed + t * 3) % 5) - 2) * 0.9;
        if (Math.abs(nx) > 1 || y > low - tooth - Math.abs(nx) * -1.5 - 2) continue;
        const leaf = hash(x >> 1, Math.floor((y + (x & 1)) / 3), seed + t);
        const sun = -nx * 0.9 + (0.5 - k) * 0.5 + (leaf - 0.5) * 0.7;
        const hem = y > low - tooth - 4 && k > 0.55;
        let step = sun > 0.62 ? 4 : sun > 0.12 ? 3 : sun > -0.45 ? 2 : 1;
        if (k < 0.32 && t > 0) step = Math.max(0, step - 2);
        if (hem && nx < 0.2 && leaf > 0.4) step += 1;
        c.set(x, y, grass[clamp(step, 0, 5)]);
      }
    }
  }
  c.set(cx, 1, grass[3]).set(cx, 2, grass[4]);
  return c.outline();
}

function bush(ramp, seed, fruit) {
  const c = new Canvas(28, 22);
  [
    [9, 13, 8, 0],
    [19, 14, 7.5, -1],
    [14, 9, 8, 0],
    [8, 15, 5, 0],
    [18, 16, 5, 0],
  ].forEach(([x, y, r, s], i) => {
    clump(c, x, y, r, ramp, seed + i, s);
  });
  if (fruit)
    for (const [x, y] of [
      [7, 9],
      [13, 6],
      [17, 11],
      [10, 14],
      [21, 15],
    ])
      c.set(x, y, fruit[1])
        .set(x + 1, y, fruit[0])
        .set(x, y + 1, fruit[0]);
  c.rect(4, 20, 20, 1, grass[0]);
  return c.outline();
}

function rock(w, h, seed) {
  const c = new Canvas(w, h);
  const cx = w / 2;
  const cy = h * 0.62;
  c.ellipse(cx, cy, w / 2 - 1.5, h * 0.5, (x, y, nx, ny) => {
    const facet = noise(x + y * 0.5, y, 5, 64, seed);
    if (nx * nx + ny * ny > 0.8 + facet * 0.3 || y > h - 3) return undefined;
    const sun = -nx * 0.7 - ny * 0.7 + (Math.round(facet * 3) / 3 - 0.5) * 0.7;
    return sun > 0.6
      ? cream[2]
      : sun > 0.25
        ? stone[3]
        : sun > -0.15
          ? stone[2]
          : sun > -0.55
            ? stone[1]
            : slate[1];
  });
  for (let x = 3; x < w - 3; x++)
    if (hash(x >> 1, 1, seed) < 0.6)
      c.set(x, h - 3, grass[2]).set(x, h - 4, hash(x, 2, seed) < 0.4 ? grass[3] : grass[2]);
  return c.outline();
}

/** Rocks out in the sea, with weed at the water line and foam around them. */
function skerry(w, h, humps) {
  const c = new Canvas(w, h);
  for (const [cx, rx, top, seed] of humps)
    for (let x = Math.ceil(cx - rx); x <= cx + rx; x++) {
      const t = (x - cx) / rx;
      const crest =
        top + Math.round(Math.abs(t) ** 1.7 * (h - 7 - top) + (noise(x, 0, 3, 64, seed) - 0.5) * 3);
      for (let y = Math.max(1, crest); y < h - 5; y++) {
        const facet = Math.round(noise(x * 1.4 + y * 0.8, y, 5, 64, seed + 2) * 3) / 3;
        const sun = -t * 0.8 - (y - crest) * 0.09 + (facet - 0.5) * 0.9 + 0.3;
        const step = sun > 0.62 ? 4 : sun > 0.3 ? 3 : sun > -0.1 ? 2 : sun > -0.5 ? 1 : 0;
        c.set(x, y, y > h - 8 ? (hash(x, y, 3) < 0.5 ? grass[1] : slate[0]) : stone[step]);
      }
    }
  c.outline();
  for (let x = 0; x < w; x++) {
    const bottom = h - 5;
    if (c.get(x, bottom - 1) === -1 && c.get(x, bottom) === -1) continue;
    c.set(x, bottom, cream[4]).set(x, bottom + 1, hash(x >> 1, 5, w) < 0.7 ? water[5] : water[4]);
    if (hash(x >> 2, 6, w) < 0.6) c.set(x, bottom + 2, water[4]);
    if (hash(x >> 2, 7, w) < 0.35) c.set(x, bottom + 3, water[3]);
  }
  return c;
}

const GULL = { w: cream[4], c: cream[3], s: ink[5], g: slate[3], k: ink[1], o: gold[1], d: slate[2] };
const FLY = [
  [
    '....................',
    '..k..............k..',
    '..sg............gs..',
    '...sgw........wgs...',
    '....sgww.....wgs....',
    '.....sgwwwwwwgs.....',
    '.......swwwwks......',
    '........swwwwwo.....',
    '.........sccc.......',
  ],
  [
    '....................',
    '....................',
    '....................',
    '.ksggww......wwggsk.',
    '..sssggwwwwwwggsss..',
    '......sgwwwwgs......',
    '.......swwwwk.......',
    '........swwwwwo.....',
    '.........sccc.......',
  ],
  [
    '....................',
    '....................',
    '....................',
    '....................',
    '.......wwwwww.......',
    '.....sggwwwwggs.....',
    '...sggs.wwwk.sggs...',
    '..sgs...swwwwo.sgs..',
    '.ks......scc.....sk.',
  ],
  [
    '....................',
    '....................',
    '....................',
    '....................',
    '..sgggww....wwgggs..',
    '.kssssggwwwwggssssk.',
    '.......swwwwk.......',
    '........swwwwwo.....',
    '.........sccc.......',
  ],
];
const STAND = [
  [
    '....www.......',
    '...wwwkw......',
    '...wwwwoo.....',
    '...cwws.o.....',
    '..gwwwws......',
    '.gggwwwws.....',
    'gggggwwws.....',
    'kdgggwwcs.....',
    '.kkdgccs......',
    '....o.o.......',
    '....o.o.......',
    '...oo.oo......',
  ],
  [
    '..............',
    '....www.......',
    '...wwwkw......',
    '...wwwwoo.....',
    '..gcwws.......',
    '.gggwwwws.....',
    'gggggwwws.....',
    'kdgggwwcs.....',
    '.kkdgccs......',
    '....o.o.......',
    '....o.o.......',
    '...oo.oo......',
  ],
];

const art = (rows, legend) => {
  const c = new Canvas(Math.max(...rows.map((r) => r.length)) + 2, rows.length + 2);
  return c.stamp(1, 1, rows, legend);
};

/** Growing and flying things by name. */
export function nature() {
  const props = {
    'tree-autumn': { canvas: broadleaf(AUTUMN, 31), depth: 4 },
    'tree-oak': { canvas: broadleaf(TURNING, 57), depth: 4 },
    'tree-pine': { canvas: pine(68, 2), depth: 4 },
    'tree-pine-small': { canvas: pine(48, 5), depth: 4 },
    bush: { canvas: bush(OLIVE, 71), depth: 4 },
    'bush-berries': { canvas: bush(OLIVE, 83, [red[2], red[4]]), depth: 4 },
    'bush-autumn': { canvas: bush(AUTUMN, 91), depth: 4 },
    'rock-large': { canvas: rock(34, 26, 3), depth: 5 },
    'rock-medium': { canvas: rock(22, 18, 8), depth: 4 },
    skerry: {
      canvas: skerry(46, 32, [
        [15, 13, 8, 4],
        [32, 11, 13, 9],
        [24, 12, 3, 14],
      ]),
      flat: true,
    },
    'skerry-small': {
      canvas: skerry(26, 18, [
        [9, 7, 4, 6],
        [17, 6, 7, 12],
      ]),
      flat: true,
    },
    'rock-small': { canvas: rock(13, 11, 5), depth: 2 },
  };
  FLY.forEach((rows, i) => {
    props[`gull-fly-${i}`] = { canvas: art(rows, GULL), flat: true };
  });
  STAND.forEach((rows, i) => {
    props[`gull-stand-${i}`] = { canvas: art(rows, GULL).outline(), flat: true };
  });
  return props;
}
