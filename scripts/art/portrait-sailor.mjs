// The old sailor: peaked cap, grey beard, a scar and a pipe.
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import {
  blush,
  ellipseMask,
  features,
  model,
  mouth,
  neckAndHead,
  shadeBelow,
  shouldersMask,
} from './portrait-kit.mjs';

const { wood, red, cream, gold, ink, water, slate, stone, skin } = RAMPS;

/** Draws the figure; `dy` moves the head. */
export function sailor(c, mood, dy) {
  const ramp = [red[0], skin[0], skin[1], skin[2], skin[3]];
  const coat = shouldersMask({ cx: 24, y: 35, neck: 9, wide: 23, slope: 1.7 });
  model(c, coat, {
    cx: 24,
    cy: 46,
    rx: 26,
    ry: 17,
    ramp: [ink[1], ink[2], slate[1], slate[2]],
    cuts: [0.74, 0.24, -0.14],
  });
  const face = { cx: 24, cy: 23 + dy, rx: 10.6, top: 12, chin: 14, jaw: 3.2 };
  neckAndHead(c, { face, ramp });
  // Striped shirt and turned-up collar
  c.poly(
    [
      [18, 38],
      [31, 38],
      [27, 47],
      [21, 47],
    ],
    (_x, y) => (y % 3 === 0 ? water[2] : cream[3]),
  );
  c.poly(
    [
      [9, 40],
      [15, 33],
      [20, 41],
      [17, 47],
      [12, 47],
    ],
    (x, y) => (x - y < -29 ? slate[3] : x + y > 62 ? ink[2] : slate[2]),
  );
  c.poly(
    [
      [39, 40],
      [33, 33],
      [28, 41],
      [31, 47],
      [36, 47],
    ],
    (x) => (x > 35 ? ink[2] : slate[1]),
  );
  for (const y of [44])
    c.rect(19, y, 2, 2, gold[2])
      .set(20, y + 1, gold[0])
      .rect(29, y, 2, 2, gold[1])
      .set(30, y + 1, gold[0]);
  // Weather in the skin
  for (const [x, y] of [
    [14, 24],
    [14, 26],
    [33, 24],
    [33, 26],
    [18, 18],
    [22, 18],
    [26, 18],
    [28, 18],
  ])
    c.set(x, y + dy, ramp[1]);
  c.rect(17, 28 + dy, 3, 1, ramp[1]).rect(27, 28 + dy, 3, 1, ramp[1]);
  blush(c, 23, 29 + dy, 7, skin[1]);
  features(c, mood, 23, 23 + dy, {
    iris: slate[3],
    ramp: [...ramp.slice(0, 4), skin[3]],
    shade: ramp[1],
    brow: stone[1],
    browLight: cream[1],
    mouthY: 33,
    bigNose: true,
    ruddy: true,
    noMouth: true,
    weight: 2,
    browWidth: 8,
  });
  // A round iron-grey beard grown together with the whiskers; then the mouth, and a moustache with turned-up ends
  const beard = (x, y) => {
    const out = Math.abs(x - 24);
    if (y < 29 + dy) return out > 8.8 && out < 11.6 && y > 20 + dy;
    const k = (y - 29 - dy) / (mood === 'surprised' ? 13 : 11.6);
    const rim = 11.8 * Math.sqrt(Math.max(0, 1 - (k * 0.96) ** 3)) + (hash(x >> 1, y >> 1, 4) - 0.5) * 0.8;
    return k <= 1 && (y > 31 + dy || out > 7) && out <= rim;
  };
  model(c, beard, {
    cx: 24,
    cy: 32 + dy,
    rx: 15,
    ry: 15,
    ramp: [ink[3], ink[4], cream[0], cream[1], cream[2]],
    cuts: [0.72, 0.28, -0.04, -0.34],
    texture: (x, y) =>
      (hash(Math.floor((x - 24) / 2 + Math.sin(y / 3) * 0.7), Math.floor((y + x) / 5), 12) - 0.5) * 0.44,
  });
  mouth(c, 23, 34 + dy, mood, { lips: red[2], shadow: cream[0], line: red[0], teeth: cream[4] });
  c.stamp(
    12,
    29 + dy,
    [
      'a....................c',
      'ab......aa.abb......cc',
      '.aab..aaaabcabbb..bcc.',
      '..aaaaaaabbcbbbbbbcc..',
      '....abbccc..ccccccd...',
    ],
    { a: cream[3], b: cream[1], c: cream[0], d: ink[4] },
  );
  // Scar through the brow
  c.set(30, 18 + dy, skin[3])
    .set(30, 19 + dy, skin[3])
    .set(31, 20 + dy, skin[3])
    .set(31, 21 + dy, skin[3]);
  if (mood === 'neutral' || mood === 'suspicious') {
    c.line(27, 36 + dy, 36, 39 + dy, wood[1]).line(27, 35 + dy, 36, 38 + dy, wood[3]);
    c.rect(35, 35 + dy, 5, 6, wood[2])
      .rect(35, 35 + dy, 1, 6, wood[4])
      .rect(39, 35 + dy, 1, 6, wood[0])
      .rect(36, 35 + dy, 3, 1, gold[1]);
    c.set(37, 32 + dy, cream[1])
      .set(38, 30 + dy, cream[1])
      .set(38, 29 + dy, cream[0])
      .set(37, 27 + dy, cream[0]);
  }
  // Cap: soft crown, band, badge, peak
  const blue = [water[0], water[1], water[2], water[3], water[4]];
  model(c, (x, y) => ellipseMask(24, 9 + dy, 15.4, 8)(x, y) && y < 12 + dy, {
    cx: 24,
    cy: 9 + dy,
    rx: 17,
    ry: 10,
    ramp: blue,
    cuts: [0.86, 0.44, 0.06, -0.3],
  });
  c.line(14, 5 + dy, 18, 10 + dy, water[2]).line(34, 5 + dy, 31, 10 + dy, water[1]);
  c.rect(12, 11 + dy, 25, 4, ink[2])
    .rect(12, 11 + dy, 10, 1, slate[2])
    .rect(31, 11 + dy, 6, 4, ink[1]);
  c.rect(12, 14 + dy, 25, 1, gold[0]).rect(13, 14 + dy, 10, 1, gold[1]);
  c.stamp(20, 8 + dy, ['..aab..', '.aabbc.', 'aab.bbc', '.abcbc.', '..bbc..'], {
    a: gold[3],
    b: gold[2],
    c: gold[0],
  });
  c.poly(
    [
      [12, 15 + dy],
      [36, 15 + dy],
      [33, 18 + dy],
      [15, 18 + dy],
    ],
    (x, y) => (y === 15 + dy && x < 25 ? slate[2] : x < 18 ? slate[1] : ink[1]),
  );
  shadeBelow(c, 14, 33, 19 + dy, 1, (x, y) => ramp.includes(c.get(x, y)));
}
