// Bess of the inn: ginger bun, green dress, a towel on her shoulder.
import { RAMPS } from './palette.mjs';
import {
  blush,
  ellipseMask,
  features,
  model,
  neckAndHead,
  shadeBelow,
  shouldersMask,
  strands,
} from './portrait-kit.mjs';

const { wood, red, cream, gold, grass, skin } = RAMPS;

/** Draws the figure; `dy` moves the head. */
export function bess(c, mood, dy) {
  const dress = shouldersMask({ cx: 24, y: 36, neck: 8, wide: 24, slope: 1.8 });
  model(c, dress, {
    cx: 24,
    cy: 47,
    rx: 28,
    ry: 17,
    ramp: [grass[0], grass[1], grass[2], grass[3]],
    cuts: [0.74, 0.24, -0.14],
  });
  const hair = [red[0], red[1], gold[0], gold[1], gold[2]];
  model(c, ellipseMask(25, 5.5 + dy, 7.5, 6), {
    cx: 25,
    cy: 6 + dy,
    rx: 8,
    ry: 7,
    ramp: hair,
    cuts: [0.86, 0.42, 0, -0.3],
    texture: strands(0.3, 8),
  });
  model(c, (x, y) => ellipseMask(24, 21 + dy, 15, 13)(x, y), {
    cx: 24,
    cy: 17 + dy,
    rx: 15,
    ry: 15,
    ramp: hair,
    cuts: [0.86, 0.4, 0, -0.3],
    texture: strands(0.36, 5),
  });
  const face = { cx: 24, cy: 24 + dy, rx: 12, top: 12, chin: 13.4, jaw: 2.5 };
  neckAndHead(c, { face });
  // A soft second chin
  c.rect(19, 37 + dy, 10, 1, skin[2]).rect(21, 38 + dy, 6, 1, skin[1]);
  blush(c, 23, 29 + dy, 8);
  c.rect(13, 31 + dy, 3, 1, red[4]);
  // Parted fringe and two loose curls
  c.stamp(
    11,
    11 + dy,
    [
      '.....aabbbbbbbbbbcccccc..',
      '..aaaabbbbccbbbbbbbcccccc',
      '.aaabbbbbcc..ccbbbbbccccd',
      '.aabbbbcc......ccbbbbcccd',
      'aabbbcc..........ccbbbcdd',
      'aabbc..............cbbccd',
      'abbc................cbbcd',
      'abc..................cbcd',
      'abc...................bcd',
      'abc...................bcd',
      'abbc.................cbcd',
      '.abc.................cbd.',
      '.abb.................bbc.',
      '..ab.................cb..',
    ],
    { a: gold[2], b: gold[1], c: gold[0], d: red[1] },
  );
  shadeBelow(c, 18, 29, 16 + dy, 1, (x, y) => skin.includes(c.get(x, y)));
  for (const ex of [11, 36])
    c.rect(ex, 29 + dy, 2, 2, gold[2])
      .set(ex, 29 + dy, gold[3])
      .set(ex + 1, 30 + dy, gold[0]);
  // Collar with a brooch, towel over the shoulder
  c.poly(
    [
      [14, 38],
      [24, 42],
      [22, 47],
      [11, 42],
    ],
    cream[4],
  ).poly(
    [
      [34, 38],
      [25, 42],
      [27, 47],
      [37, 42],
    ],
    cream[2],
  );
  c.line(12, 43, 22, 47, cream[1]).line(36, 43, 27, 47, cream[1]);
  c.rect(23, 42, 3, 3, gold[2]).set(23, 42, gold[3]).set(25, 44, gold[0]);
  c.poly(
    [
      [2, 42],
      [9, 38],
      [13, 41],
      [11, 47],
      [2, 47],
    ],
    (x, y) => (x + y > 55 ? cream[1] : (y - x + 40) % 9 === 0 ? red[3] : x < 6 ? cream[4] : cream[3]),
  );
  features(c, mood, 23, 24 + dy, {
    iris: wood[3],
    brow: red[1],
    browLight: gold[0],
    mouthY: 31,
    lips: red[3],
    gap: 5,
  });
}
