// Tomas, the carpenter: his sister's brown hair, tousled, a short beard, a pencil behind the ear, braces over a shirt.
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import {
  blush,
  ellipseMask,
  faceMask,
  features,
  model,
  mouth,
  neckAndHead,
  shouldersMask,
  strands,
} from './portrait-kit.mjs';

const { wood, red, cream, gold, grass, skin, ink } = RAMPS;

/** Draws the figure; `dy` moves the head. */
export function tomas(c, mood, dy) {
  const face = { cx: 24, cy: 23 + dy, rx: 11, top: 13, chin: 14.4, jaw: 3 };
  const at = (points) => points.map(([x, y]) => [x, y + dy]);
  // Hair behind the ears
  model(c, ellipseMask(24, 20 + dy, 13.6, 13.4), {
    cx: 24,
    cy: 17 + dy,
    rx: 16,
    ry: 17,
    ramp: wood.slice(0, 4),
    cuts: [0.8, 0.34, -0.1],
    texture: strands(0.4, 5),
  });
  // Shirt with rolled folds, leather apron with braces
  model(c, shouldersMask({ cx: 24, y: 36, neck: 8, wide: 23, slope: 1.6 }), {
    cx: 24,
    cy: 46,
    rx: 26,
    ry: 16,
    ramp: [cream[0], cream[1], cream[3], cream[4]],
    cuts: [0.56, 0.14, -0.28],
    texture: (x, y) => ((x * 2 + y) % 11 === 0 ? -0.3 : 0),
  });
  neckAndHead(c, { face });
  c.poly(
    [
      [16, 37],
      [24, 44],
      [20, 46],
      [13, 39],
    ],
    cream[4],
  ).poly(
    [
      [32, 37],
      [25, 44],
      [29, 46],
      [35, 39],
    ],
    cream[2],
  );
  c.line(20, 46, 24, 43, cream[1]).line(28, 46, 25, 43, cream[1]);
  for (const [x, lit] of [
    [11, true],
    [34, false],
  ])
    c.rect(x, 39, 4, 9, lit ? red[3] : red[2])
      .rect(x, 39, 1, 9, lit ? red[4] : red[3])
      .rect(x + 3, 39, 1, 9, red[1])
      .rect(x + 1, 45, 2, 2, gold[2])
      .set(x + 2, 46, gold[0]);
  c.rect(15, 46, 19, 2, wood[2]).rect(15, 46, 19, 1, wood[3]).rect(30, 46, 4, 2, wood[1]);
  blush(c, 23, 28 + dy, 7);
  // A night without sleep
  c.rect(16, 27 + dy, 3, 1, skin[2]).rect(28, 27 + dy, 3, 1, skin[1]);
  features(c, mood, 23, 23 + dy, {
    iris: grass[3],
    brow: wood[1],
    browLight: wood[2],
    mouthY: 33,
    weight: 2,
    browWidth: 7,
    noMouth: true,
  });
  // Beard: cropped close, along the jaw and round the mouth
  const beard = (x, y) => {
    const edge = faceMask({ ...face, rx: 11.3, chin: 15 })(x, y);
    const cheek = y < 30 + dy && Math.abs(x - 23.5) < 9;
    const lips = Math.abs(x - 23) < 5.6 && y > 31 + dy && y < 36 + dy;
    return edge && y > 24 + dy && !cheek && !lips && y - dy > 31 - Math.max(0, Math.abs(x - 24) - 7) * 2;
  };
  model(c, beard, {
    cx: 24,
    cy: 27 + dy,
    rx: 15,
    ry: 17,
    ramp: [wood[0], wood[1], wood[2], wood[3]],
    cuts: [0.62, 0.18, -0.24],
    texture: (x, y) => (hash(x, y >> 1, 19) - 0.5) * 0.5,
  });
  c.stamp(17, 30 + dy, ['....aab.bb...', '..aabbbbbbcc.', '.ab.......cc.'], {
    a: wood[3],
    b: wood[2],
    c: wood[1],
  });
  mouth(c, 23, 32 + dy, mood, { lips: red[2], shadow: skin[2], line: red[0] });
  // Tousled fringe, parted on the right, falling over the brow
  const lock = (points, ramp) =>
    c.poly(at(points), (x, y) => ramp[(x * 2 + y) % 7 === 0 ? 2 : (x + Math.floor(y / 2)) % 5 === 0 ? 0 : 1]);
  lock(
    [
      [11, 20],
      [10, 13],
      [14, 7],
      [21, 4],
      [30, 5],
      [24, 10],
      [19, 15],
      [15, 16],
      [13, 22],
    ],
    [wood[1], wood[2], wood[3]],
  );
  lock(
    [
      [18, 10],
      [27, 5],
      [34, 8],
      [38, 14],
      [37, 22],
      [35, 20],
      [34, 15],
      [30, 12],
      [26, 16],
      [24, 12],
      [20, 15],
    ],
    [wood[0], wood[1], wood[2]],
  );
  // Tufts that stand up
  for (const [x, y, n] of [
    [17, 4, 3],
    [23, 2, 3],
    [30, 4, 2],
  ])
    c.line(x, y + dy + n, x + 2, y + dy, wood[x < 24 ? 3 : 2]).line(
      x + 1,
      y + dy + n,
      x + 3,
      y + dy + 1,
      wood[1],
    );
  for (const [x, y] of [
    [14, 12],
    [16, 9],
    [19, 7],
    [13, 15],
  ])
    c.line(x, y + dy, x + 3, y - 2 + dy, wood[4]);
  // Pencil behind the ear
  c.line(35, 21 + dy, 41, 15 + dy, gold[1])
    .line(35, 22 + dy, 41, 16 + dy, gold[0])
    .set(42, 14 + dy, cream[3])
    .set(43, 13 + dy, ink[0])
    .rect(34, 22 + dy, 2, 2, red[3]);
}
