// Village furniture: lamps, well, signpost, bench, flower boxes, cart and a cat.
import { Canvas } from './canvas.mjs';
import { flowerBox, masonry } from './house-kit.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, water, slate, stone, grass, skin, sand } = RAMPS;

function lampPost() {
  const c = new Canvas(18, 44);
  c.rect(8, 14, 2, 26, ink[2]).rect(8, 14, 1, 26, slate[2]).rect(7, 22, 4, 1, slate[1]).set(7, 22, slate[3]);
  c.rect(6, 38, 6, 2, slate[1])
    .rect(6, 38, 2, 1, slate[3])
    .rect(5, 40, 8, 2, slate[0])
    .rect(5, 40, 3, 1, slate[2]);
  c.rect(5, 4, 8, 9, gold[2]).rect(6, 5, 6, 7, gold[3]).rect(8, 6, 2, 5, cream[4]);
  c.set(5, 4, gold[1]).set(12, 4, gold[1]).rect(5, 12, 8, 1, gold[1]);
  c.rect(4, 3, 10, 1, slate[1])
    .rect(5, 2, 8, 1, slate[1])
    .rect(6, 1, 6, 1, slate[2])
    .rect(4, 13, 10, 1, slate[1])
    .rect(8, 0, 2, 1, slate[2]);
  c.rect(4, 4, 1, 9, slate[0]).rect(13, 4, 1, 9, slate[0]);
  return c.outline();
}

function well() {
  const c = new Canvas(38, 46);
  for (const x of [5, 30])
    c.rect(x, 12, 3, 22, wood[2])
      .rect(x, 12, 1, 22, wood[4])
      .rect(x + 2, 12, 1, 22, wood[1]);
  c.rect(8, 19, 22, 2, wood[3])
    .rect(8, 19, 22, 1, wood[4])
    .rect(15, 18, 8, 4, cream[1])
    .rect(15, 18, 8, 1, cream[2])
    .rect(15, 21, 8, 1, sand[0]);
  c.rect(18, 22, 1, 8, cream[2])
    .rect(16, 25, 6, 5, wood[2])
    .rect(16, 25, 2, 5, wood[3])
    .rect(16, 26, 6, 1, slate[2]);
  masonry(c, 4, 30, 30, 14, { seed: 1 });
  c.ellipse(18.5, 30, 15, 4, stone[3]).ellipse(18.5, 30, 15, 4, (_x, _y, nx, ny) =>
    nx < -0.2 && ny < 0.2 ? cream[2] : undefined,
  );
  c.ellipse(18.5, 30, 11.5, 2.6, ink[0]).rect(11, 31, 8, 1, water[1]);
  c.rect(18, 22, 1, 5, cream[2])
    .rect(16, 25, 6, 4, wood[2])
    .rect(16, 25, 2, 4, wood[3])
    .rect(16, 26, 6, 1, slate[2]);
  c.shade(28, 33, 6, 11, 1).light(4, 33, 2, 10, 1);
  for (let x = 4; x < 34; x++) if (hash(x >> 1, 1, 6) < 0.45) c.set(x, 43, grass[2]);
  c.poly(
    [
      [18.5, 2],
      [36, 13],
      [1, 13],
    ],
    (x, y) => {
      const row = (y - 1) >> 2;
      if ((y - 1) % 4 === 0) return wood[1];
      const edge = (x + row * 3) % 6 === 0;
      return edge
        ? wood[1]
        : x < 18
          ? wood[4 - (hash(Math.floor((x + row * 3) / 6), row, 3) < 0.5 ? 1 : 0)]
          : wood[2];
    },
  );
  c.rect(1, 13, 36, 1, wood[1]).rect(1, 14, 36, 1, wood[0]).line(18, 2, 1, 13, wood[4]);
  return c.outline();
}

function signpost() {
  const c = new Canvas(30, 34);
  c.rect(13, 4, 3, 28, wood[2])
    .rect(13, 4, 1, 28, wood[4])
    .rect(15, 4, 1, 28, wood[1])
    .rect(13, 3, 3, 1, wood[4]);
  const board = (x, y, w, dir) => {
    c.rect(x, y, w, 6, wood[3])
      .rect(x, y, w, 1, wood[4])
      .rect(x, y + 5, w, 1, wood[1]);
    const tip = dir > 0 ? x + w : x - 1;
    c.rect(tip, y + 1, 1, 4, dir > 0 ? wood[2] : wood[4]).rect(
      tip + dir,
      y + 2,
      1,
      2,
      dir > 0 ? wood[2] : wood[4],
    );
    for (let i = 0; i < w - 4; i++)
      if (hash(i, y, 3) < 0.66) c.set(x + 2 + i, y + 2 + (hash(i, y, 4) < 0.5 ? 1 : 0), wood[0]);
  };
  board(8, 7, 17, 1);
  board(5, 15, 16, -1);
  c.rect(11, 31, 7, 1, grass[2]).rect(12, 30, 2, 1, grass[4]).rect(16, 30, 2, 1, grass[3]);
  return c.outline();
}

function bench() {
  const c = new Canvas(34, 20);
  for (const x of [4, 27]) c.rect(x, 5, 2, 13, ink[2]).rect(x, 5, 1, 13, slate[2]);
  for (const y of [3, 7])
    c.rect(2, y, 30, 3, wood[3])
      .rect(2, y, 30, 1, wood[4])
      .rect(2, y + 2, 30, 1, wood[1]);
  c.rect(1, 11, 32, 3, wood[3])
    .rect(1, 11, 32, 1, wood[4])
    .rect(1, 13, 32, 1, wood[2])
    .rect(1, 14, 32, 1, wood[0]);
  c.shade(24, 3, 9, 11, 1);
  return c.outline();
}

function handcart() {
  const c = new Canvas(46, 30);
  c.line(2, 13, 14, 17, wood[4]).line(2, 14, 14, 18, wood[2]);
  c.poly(
    [
      [11, 11],
      [43, 9],
      [41, 20],
      [13, 21],
    ],
    (x, y) => (y % 5 === 0 ? wood[0] : x < 14 ? wood[4] : x > 36 ? wood[2] : y % 5 === 1 ? wood[4] : wood[3]),
  );
  for (const [x, y, r] of [
    [17, 8, red],
    [23, 7, gold],
    [29, 8, red],
    [35, 7, gold],
    [20, 5, gold],
    [26, 4, red],
    [32, 5, gold],
  ])
    c.ellipse(x, y, 3.4, 3.4, (_a, _b, nx, ny) =>
      nx + ny < -0.5 ? r[r.length - 1] : nx + ny < 0.5 ? r[r.length - 2] : r[r.length - 3],
    );
  c.ellipse(27, 21, 7.4, 7.4, (_x, _y, nx, ny) => {
    const d = Math.hypot(nx, ny);
    if (d > 0.74) return nx + ny < -0.3 ? wood[4] : wood[2];
    if (d < 0.2) return slate[2];
    return Math.abs(nx) < 0.1 || Math.abs(ny) < 0.1 ? wood[3] : ink[1];
  });
  return c.outline();
}

function pots() {
  const c = new Canvas(26, 20);
  for (const [x, ramp, bloom] of [
    [3, red, gold[2]],
    [14, sand, red[4]],
  ]) {
    c.rect(x, 11, 8, 7, ramp[2])
      .rect(x, 11, 2, 7, ramp[3])
      .rect(x + 6, 11, 2, 7, ramp[1])
      .rect(x - 1, 10, 10, 2, ramp[3])
      .rect(x + 6, 10, 3, 2, ramp[1])
      .rect(x, 12, 8, 1, ramp[1]);
    c.ellipse(x + 3.5, 7, 5, 4, (px, py, nx, ny) =>
      hash(px, py, 5) < 0.26 ? bloom : nx + ny < -0.3 ? grass[4] : nx + ny < 0.6 ? grass[3] : grass[2],
    );
  }
  return c.outline();
}

function box() {
  const c = new Canvas(24, 12);
  flowerBox(c, 2, 5, 20);
  return c.outline();
}

const CAT = [
  '..................',
  '.a.a..............',
  '.aba..............',
  'aaaaa.....bbbb....',
  'akaka..bbbbbbbbb..',
  'aacaabbbabbbabbbb.',
  '.aaabbbabbbabbbbd.',
  '..wwbbbbbbbbbbbdd.',
  '.wwwabbbbbbbddddab',
  '..waaabbdddddaaabb',
];

function cat() {
  const c = new Canvas(20, 12);
  c.stamp(1, 1, CAT, { a: gold[1], b: gold[0], d: red[1], w: cream[4], k: wood[0], c: skin[1] });
  return c.outline();
}

/** Village furniture by name. */
export function village() {
  return {
    'lamp-post': { canvas: lampPost(), depth: 2 },
    well: { canvas: well(), depth: 8 },
    signpost: { canvas: signpost(), depth: 2 },
    bench: { canvas: bench(), depth: 4 },
    handcart: { canvas: handcart(), depth: 4 },
    'flower-pots': { canvas: pots(), depth: 4 },
    'flower-box': { canvas: box(), depth: 3 },
    cat: { canvas: cat(), depth: 2 },
  };
}
