// The houses of Saltmere. Each stands with its foot on the last row of its canvas.
import { Canvas } from './canvas.mjs';
import {
  beam,
  brace,
  chimney,
  door,
  eaveShadow,
  frontRoof,
  gableRoof,
  lantern,
  litWindow,
  masonry,
  whitewash,
} from './house-kit.mjs';
import { RAMPS } from './palette.mjs';

const { red, slate, wood, water, grass, gold, ink, cream, stone } = RAMPS;

/** Whitewashed fisherman's cottage with a red roof and a dormer. */
function cottageRed() {
  const c = new Canvas(84, 84);
  chimney(c, 58, 2, 11, 22);
  whitewash(c, 8, 46, 68, 37, 3);
  masonry(c, 8, 77, 68, 6, { seed: 2, dark: 1 });
  frontRoof(c, { x0: 3, x1: 80, ridge: 16, eave: 47, inset: 9, ramp: red, moss: 0.13, seed: 6 });
  eaveShadow(c, 8, 50, 68, 4);
  door(c, 35, 58, 14, 23, water, 2);
  lantern(c, 53, 58);
  litWindow(c, 16, 59, 12, 13, { shutters: water[2], box: true });
  litWindow(c, 60, 59, 10, 13, { curtain: cream[4] });
  // The dormer breaks the slope.
  c.poly(
    [
      [33, 28],
      [51, 28],
      [51, 44],
      [33, 44],
    ],
    cream[3],
  );
  c.rect(49, 28, 3, 16, cream[1]).rect(33, 43, 19, 1, ink[4]);
  litWindow(c, 38, 32, 8, 9, { curtain: null });
  gableRoof(c, { cx: 42, back: 17, apex: 22, eave: 33, half: 12, ramp: red, moss: 0, seed: 9 });
  return c.outline();
}

/** Narrow timber-framed house, its gable to the street. */
function cottageTimber() {
  const c = new Canvas(68, 94);
  c.poly(
    [
      [34, 30],
      [60, 58],
      [60, 93],
      [8, 93],
      [8, 58],
    ],
    cream[3],
  );
  const plaster = new Canvas(68, 94);
  whitewash(plaster, 8, 28, 53, 66, 7);
  c.each(0, 0, 68, 94, (x, y, was) => (was >= 0 ? plaster.get(x, y) : undefined));
  masonry(c, 8, 86, 53, 7, { seed: 1, dark: 1 });
  brace(c, 22, 57, 30, 43);
  brace(c, 46, 57, 37, 43);
  brace(c, 9, 84, 15, 62);
  beam(c, 32, 32, 4, 26);
  beam(c, 8, 57, 53, 4);
  beam(c, 8, 61, 3, 25);
  beam(c, 57, 61, 4, 25);
  beam(c, 28, 61, 3, 25);
  beam(c, 8, 84, 53, 3);
  litWindow(c, 28, 40, 12, 12, { curtain: grass[2] });
  beam(c, 26, 53, 16, 2);
  door(c, 14, 68, 12, 22, red, 2);
  litWindow(c, 37, 66, 15, 13, { box: true, curtain: cream[4] });
  lantern(c, 30, 66);
  for (let i = 0; i < 26; i++) {
    const y = 32 + Math.round((i * 28) / 26);
    c.shade(34 - i, y, 1, 4, 1);
    c.shade(34 + i, y, 1, 4, 1);
  }
  gableRoof(c, { cx: 34, back: 7, apex: 27, eave: 59, half: 31, ramp: wood, base: 2, moss: 0.2, seed: 4 });
  chimney(c, 46, 12, 9, 20);
  return c.outline();
}

/** Stone house with a slate roof and a gabled wing: the old customs house. */
function houseSlate() {
  const c = new Canvas(104, 98);
  chimney(c, 14, 4, 11, 20);
  masonry(c, 8, 48, 60, 49, { seed: 3 });
  frontRoof(c, { x0: 3, x1: 80, ridge: 17, eave: 50, inset: 8, ramp: slate, base: 2, moss: 0.16, seed: 12 });
  eaveShadow(c, 8, 53, 60, 4);
  litWindow(c, 16, 63, 12, 14, { shutters: grass[2], box: true });
  door(c, 40, 70, 14, 24, grass, 2);
  c.rect(37, 62, 20, 2, slate[2])
    .rect(36, 64, 22, 1, slate[1])
    .rect(37, 62, 20, 1, slate[3])
    .shade(37, 65, 20, 2);
  lantern(c, 33, 68);
  // Wing
  const wing = [
    [80, 36],
    [99, 60],
    [99, 97],
    [62, 97],
    [62, 60],
  ];
  const wall = new Canvas(104, 98);
  whitewash(wall, 62, 30, 38, 68, 5);
  c.poly(wing, (x, y) => wall.get(x, y));
  masonry(c, 62, 90, 38, 7, { seed: 1, dark: 1 });
  c.shade(58, 58, 4, 39, 1);
  for (let j = 62; j < 90; j += 6)
    c.rect(62, j, 4, 3, stone[2])
      .rect(62, j, 4, 1, stone[3])
      .rect(62, j + 3, 4, 1, stone[0]);
  litWindow(c, 74, 50, 12, 12, { curtain: water[3] });
  litWindow(c, 73, 71, 14, 13, { box: true, curtain: cream[4] });
  for (let i = 0; i < 19; i++) {
    const y = 38 + Math.round((i * 24) / 19);
    c.shade(80 - i, y, 1, 4, 1);
    c.shade(80 + i, y, 1, 4, 1);
  }
  gableRoof(c, {
    cx: 80,
    back: 13,
    apex: 33,
    eave: 60,
    half: 22,
    ramp: slate,
    base: 2,
    moss: 0.14,
    seed: 14,
  });
  return c.outline();
}

const SIGN = [
  'kkkkkkkkkkkkkkkk',
  'kwwwwwwwwwwwwwxk',
  'kw............xk',
  'kw....ggg.....xk',
  'kw...gccgg....xk',
  'kw..gccggghh..xk',
  'kw..gcgghh.h..xk',
  'kw..ggggh..h..xk',
  'kw..gggghhh...xk',
  'kw..hgghh.....xk',
  'kw............xk',
  'kxxxxxxxxxxxxxxk',
  'kkkkkkkkkkkkkkkk',
];

/** The inn: two floors, stone below, timber above, a wing with a gable and a hanging sign. */
function inn() {
  const c = new Canvas(140, 120);
  chimney(c, 104, 3, 13, 24);
  chimney(c, 62, 6, 10, 18);
  whitewash(c, 8, 48, 122, 30, 11);
  masonry(c, 8, 78, 122, 41, { seed: 2 });
  frontRoof(c, { x0: 3, x1: 136, ridge: 18, eave: 50, inset: 9, ramp: red, base: 2, moss: 0.17, seed: 22 });
  eaveShadow(c, 8, 53, 122, 4);
  beam(c, 8, 76, 122, 4);
  c.shade(50, 80, 80, 3, 1);
  for (const x of [8, 52, 72, 100, 127]) beam(c, x, 53, 3, 24);
  brace(c, 55, 75, 61, 54);
  brace(c, 126, 75, 120, 54);
  for (const x of [59, 81, 108])
    litWindow(c, x, 58, 12, 14, { curtain: x === 81 ? cream[4] : red[2], dim: x === 108 });
  litWindow(c, 87, 90, 16, 15, { box: true, curtain: grass[2] });
  litWindow(c, 111, 90, 13, 15, { curtain: grass[2] });
  // Double door under a small porch roof.
  door(c, 59, 91, 18, 25, wood, 3);
  c.rect(68, 90, 1, 26, wood[0]);
  litWindow(c, 62, 94, 4, 6, { curtain: null });
  litWindow(c, 71, 94, 4, 6, { curtain: null });
  c.rect(55, 85, 26, 3, red[2]).rect(55, 84, 26, 1, red[4]).rect(54, 88, 28, 1, red[0]).shade(56, 89, 24, 2);
  for (let i = 57; i < 81; i += 4) c.rect(i, 85, 1, 3, red[1]);
  // Gabled wing on the left, in the sun.
  const wing = [
    [29, 34],
    [51, 60],
    [51, 119],
    [7, 119],
    [7, 60],
  ];
  const wall = new Canvas(140, 120);
  whitewash(wall, 7, 28, 45, 54, 15);
  masonry(wall, 7, 82, 45, 38, { seed: 1 });
  c.poly(wing, (x, y) => wall.get(x, y));
  beam(c, 7, 58, 45, 3);
  beam(c, 7, 80, 45, 4);
  beam(c, 7, 61, 3, 20);
  beam(c, 49, 61, 3, 20);
  brace(c, 10, 79, 16, 62);
  brace(c, 48, 79, 42, 62);
  beam(c, 28, 38, 3, 20);
  brace(c, 18, 57, 27, 45);
  brace(c, 40, 57, 31, 45);
  litWindow(c, 23, 63, 13, 14, { curtain: red[2] });
  litWindow(c, 18, 92, 22, 16, { box: true, curtain: cream[4], shutters: grass[2] });
  for (let i = 0; i < 23; i++) {
    const y = 36 + Math.round((i * 25) / 23);
    c.shade(29 - i, y, 1, 4, 1);
    c.shade(29 + i, y, 1, 4, 1);
  }
  c.shade(52, 61, 3, 58, 1);
  gableRoof(c, { cx: 29, back: 14, apex: 32, eave: 60, half: 26, ramp: red, base: 2, moss: 0.12, seed: 24 });
  lantern(c, 82, 94);
  lantern(c, 51, 94);
  const signed = c.outline();
  // Sign on an iron arm.
  signed
    .rect(122, 80, 14, 1, ink[1])
    .line(122, 86, 128, 81, ink[1])
    .rect(124, 81, 1, 2, ink[1])
    .rect(135, 81, 1, 2, ink[1]);
  signed.stamp(122, 83, SIGN, { k: wood[0], w: wood[3], x: wood[1], g: gold[2], c: gold[3], h: gold[1] });
  signed.each(124, 85, 12, 9, (_x, _y, was) =>
    was === gold[2] || was === gold[3] || was === gold[1] ? undefined : grass[1],
  );
  return signed;
}

/** Houses by name, each { canvas, depth } with the depth of its footprint in pixels. */
export function houses() {
  return {
    'cottage-red': { canvas: cottageRed(), depth: 22 },
    'cottage-timber': { canvas: cottageTimber(), depth: 26 },
    'house-slate': { canvas: houseSlate(), depth: 24 },
    inn: { canvas: inn(), depth: 24 },
  };
}
