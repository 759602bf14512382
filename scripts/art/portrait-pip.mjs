// Pip, ten years old, under a cap two sizes too large.
import { RAMPS } from './palette.mjs';
import {
  blush,
  ellipseMask,
  features,
  model,
  neckAndHead,
  SIZE,
  shadeBelow,
  shouldersMask,
  strands,
} from './portrait-kit.mjs';

const { wood, red, cream, gold, grass, skin } = RAMPS;

/** Draws the figure; `dy` moves the head. */
export function pip(c, mood, dy) {
  const tuft = [red[1], gold[0], gold[1], gold[2]];
  model(c, ellipseMask(24, 23 + dy, 13.8, 11), {
    cx: 24,
    cy: 21 + dy,
    rx: 15,
    ry: 14,
    ramp: tuft,
    cuts: [0.7, 0.2, -0.2],
    texture: strands(0.5, 6),
  });
  const face = { cx: 24, cy: 25 + dy, rx: 11.4, top: 12, chin: 12, jaw: 2.7 };
  neckAndHead(c, { face });
  const jumper = shouldersMask({ cx: 24, y: 37, neck: 7, wide: 19 });
  model(c, jumper, {
    cx: 24,
    cy: 48,
    rx: 22,
    ry: 14,
    ramp: [red[0], red[1], red[2], red[3], red[4]],
    cuts: [0.88, 0.5, 0.1, -0.2],
  });
  c.each(0, 41, SIZE, 7, (x, y) =>
    jumper(x, y) && (y === 42 || y === 43 || y === 46 || y === 47)
      ? x < 15
        ? cream[4]
        : x < 30
          ? cream[3]
          : cream[1]
      : undefined,
  );
  c.rect(17, 37, 15, 3, red[1])
    .rect(17, 37, 7, 1, red[3])
    .rect(16, 39, 17, 1, red[2])
    .rect(16, 39, 6, 1, red[4]);
  c.each(17, 34 + dy, 15, 3, (_x, _y, was) => (was === skin[0] ? skin[1] : undefined));
  blush(c, 23, 30 + dy, 7);
  for (const [x, y] of [
    [15, 29],
    [17, 30],
    [19, 29],
    [28, 29],
    [30, 30],
    [32, 29],
  ])
    c.set(x, y + dy, skin[1]);
  features(c, mood, 23, 24 + dy, {
    iris: grass[3],
    brow: gold[0],
    browLight: gold[0],
    mouthY: 31,
    lips: red[2],
    gap: 4,
    gapTooth: true,
    tear: true,
    browWidth: 6,
    weight: 2,
  });
  // Tufts beside the ears and under the cap
  c.stamp(
    11,
    17 + dy,
    [
      'aab..abc..bb.....bcc..ccd',
      'ab....b....b......c....cd',
      'ab.....................cd',
      'bb......................d',
      '.b.....................d.',
    ],
    { a: gold[2], b: gold[1], c: gold[0], d: red[1] },
  );
  // The cap, two sizes too large, tipped to one side
  const ramp = [wood[0], wood[1], wood[2], wood[3], wood[4]];
  const crown = (x, y) => {
    const t = y - (x - 24) * 0.1;
    return ellipseMask(24, 10 + dy, 19, 9.5)(x, t) && t < 15 + dy;
  };
  model(c, crown, {
    cx: 24,
    cy: 8 + dy,
    rx: 21,
    ry: 12,
    ramp,
    cuts: [0.84, 0.44, 0.06, -0.3],
    texture: (x, y) => ((x + y) % 7 === 0 || (x - y + 70) % 7 === 0 ? -0.2 : 0),
  });
  for (const [x0, y0, x1, y1] of [
    [24, 1, 13, 13],
    [24, 1, 24, 15],
    [24, 1, 36, 15],
  ])
    c.line(x0, y0 + dy, x1, y1 + dy, wood[1]);
  c.rect(22, 1 + dy, 4, 1, wood[3]).set(22, 1 + dy, wood[4]);
  c.poly(
    [
      [9, 13 + dy],
      [24, 15 + dy],
      [38, 16 + dy],
      [37, 20 + dy],
      [24, 19 + dy],
      [11, 18 + dy],
    ],
    (x, y) => (y < 15 + dy + (x - 9) * 0.1 ? wood[4] : x > 32 ? wood[1] : y > 17 + dy ? wood[1] : wood[2]),
  );
  shadeBelow(c, 12, 35, 20 + dy, 1, (x, y) => skin.includes(c.get(x, y)));
}
