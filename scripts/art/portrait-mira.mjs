// Mira, the fishmonger: red kerchief, apron, freckles.
import { RAMPS } from './palette.mjs';
import { blush, ellipseMask, features, model, neckAndHead, shouldersMask, strands } from './portrait-kit.mjs';

const { wood, red, cream, ink, slate, grass, skin } = RAMPS;

/** Draws the figure; `dy` moves the head. */
export function mira(c, mood, dy) {
  const face = { cx: 24, cy: 23 + dy, rx: 11, top: 13, chin: 14, jaw: 2.8 };
  model(
    c,
    (x, y) => ellipseMask(24, 24 + dy, 14.4, 13)(x, y) || (Math.abs(x - 24) < 13.6 && y > 24 + dy && y < 37),
    {
      cx: 24,
      cy: 20,
      rx: 17,
      ry: 22,
      ramp: wood.slice(0, 4),
      cuts: [0.8, 0.3, -0.1],
      texture: strands(0.4, 3),
    },
  );
  const cloth = shouldersMask({ cx: 24, y: 36, neck: 7, wide: 22 });
  model(c, cloth, {
    cx: 24,
    cy: 46,
    rx: 26,
    ry: 16,
    ramp: [ink[2], slate[1], slate[2], slate[3]],
    cuts: [0.72, 0.2, -0.16],
  });
  neckAndHead(c, { face });
  // Collar and apron
  c.poly(
    [
      [16, 36],
      [24, 43],
      [20, 46],
      [13, 38],
    ],
    cream[4],
  ).poly(
    [
      [32, 36],
      [25, 43],
      [29, 46],
      [35, 38],
    ],
    cream[2],
  );
  c.rect(13, 41, 4, 7, cream[4])
    .rect(16, 41, 1, 7, cream[2])
    .rect(33, 41, 4, 7, cream[3])
    .rect(36, 41, 1, 7, cream[1]);
  c.rect(16, 46, 18, 2, cream[3]).rect(17, 45, 16, 1, cream[4]).rect(28, 46, 6, 2, cream[2]);
  blush(c, 23, 29 + dy, 7);
  for (const [x, y] of [
    [15, 27],
    [18, 28],
    [29, 28],
    [32, 27],
  ])
    c.set(x, y + dy, skin[1]);
  // Parted fringe below the kerchief
  const lock = (points, ramp) =>
    c.poly(
      points.map(([x, y]) => [x, y + dy]),
      (x, y) => ramp[(x + Math.floor(y / 2)) % 4 === 0 ? 0 : (x + Math.floor(y / 3)) % 3 === 0 ? 2 : 1],
    );
  lock(
    [
      [12, 14],
      [26, 12],
      [21, 17],
      [16, 21],
      [14, 28],
      [12, 30],
      [10, 24],
    ],
    [wood[1], wood[2], wood[3]],
  );
  lock(
    [
      [25, 12],
      [36, 14],
      [38, 24],
      [36, 30],
      [34, 28],
      [33, 21],
      [29, 17],
    ],
    [wood[0], wood[1], wood[2]],
  );
  // Kerchief with a knot behind the right ear
  const scarf = (x, y) =>
    ellipseMask(24, 15 + dy, 14.4, 13)(x, y) && y < 13.6 + dy + ((x - 24) / 14) ** 2 * 4;
  c.poly(
    [
      [36, 14 + dy],
      [45, 18 + dy],
      [43, 23 + dy],
      [36, 18 + dy],
    ],
    red[2],
  ).poly(
    [
      [37, 16 + dy],
      [42, 28 + dy],
      [38, 29 + dy],
      [35, 18 + dy],
    ],
    red[1],
  );
  c.line(38, 16 + dy, 43, 19 + dy, red[3]);
  model(c, scarf, { cx: 24, cy: 14 + dy, rx: 16, ry: 15, ramp: red, cuts: [0.86, 0.5, 0.06, -0.28] });
  for (const [x, y] of [
    [13, 12],
    [20, 11],
    [27, 11],
    [33, 12],
    [16, 7],
    [24, 7],
    [31, 7],
    [21, 4],
    [28, 4],
  ])
    c.set(x, y + dy, cream[4]).set(x + 1, y + dy, x > 28 ? cream[2] : cream[3]);
  for (let x = 11; x < 38; x++) {
    const y = Math.ceil(13.6 + dy + ((x - 24) / 14) ** 2 * 4);
    c.shade(x, y, 1, 1, 1);
    c.set(x, y - 1, x < 17 ? red[3] : x < 31 ? red[2] : red[1]);
  }
  features(c, mood, 23, 23 + dy, {
    iris: grass[3],
    brow: wood[1],
    browLight: wood[2],
    mouthY: 31,
    lips: red[3],
  });
}
