// Orrin, keeper of the light: sou'wester, white beard, blue eyes.
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { blush, ellipseMask, features, model, mouth, neckAndHead, shouldersMask } from './portrait-kit.mjs';

const { wood, red, cream, gold, ink, water, skin } = RAMPS;

/** Draws the figure; `dy` moves the head. */
export function orrin(c, mood, dy) {
  const coat = shouldersMask({ cx: 24, y: 35, neck: 8, wide: 23 });
  model(c, coat, {
    cx: 24,
    cy: 46,
    rx: 26,
    ry: 17,
    ramp: [wood[2], gold[0], gold[1], gold[2], gold[3]],
    cuts: [0.9, 0.5, 0.1, -0.24],
  });
  c.line(9, 40, 16, 47, gold[0]).line(39, 40, 33, 47, wood[2]);
  const face = { cx: 24, cy: 23 + dy, rx: 10.4, top: 12, chin: 13, jaw: 2.4 };
  const ramp = [skin[0], skin[1], skin[2], skin[3], skin[3]];
  neckAndHead(c, { face, ramp, ears: false });
  // Crow's feet, bags and hollow cheeks of an old man
  for (const [x, y] of [
    [14, 23],
    [14, 25],
    [33, 23],
    [33, 25],
  ])
    c.set(x, y + dy, skin[1]);
  c.rect(17, 27 + dy, 4, 1, skin[2]).rect(26, 27 + dy, 4, 1, skin[1]);
  blush(c, 23, 28 + dy, 7);
  features(c, mood, 23, 23 + dy, {
    iris: water[3],
    brow: cream[2],
    browLight: cream[4],
    weight: 3,
    browWidth: 8,
    mouthY: 34,
    bigNose: true,
    ruddy: true,
    noMouth: true,
    ramp,
    noseY: 2,
  });
  // Beard in locks, then the mouth, then the moustache over it
  const drop = mood === 'surprised' ? 2 : 0;
  const beard = (x, y) => {
    if (y < 29 + dy) return Math.abs(x - 24) > 9.4 && Math.abs(x - 24) < 11.6 && y > 17 + dy;
    const k = (y - 29 - dy) / (16 + drop);
    return (
      k <= 1 &&
      (y > 31 + dy || Math.abs(x - 24) > 7.5) &&
      Math.abs(x - 24) <= 12 * Math.sqrt(1 - (k * 0.94) ** 2.6) + 0.3 + (hash(x >> 1, y >> 2, 4) - 0.5)
    );
  };
  model(c, beard, {
    cx: 24,
    cy: 33 + dy,
    rx: 16,
    ry: 18,
    ramp: [ink[4], cream[0], cream[1], cream[3], cream[4]],
    cuts: [0.78, 0.3, 0, -0.3],
    texture: (x, y) =>
      (hash(Math.floor((x - 24) / 2 + Math.sin(y / 4) * 0.8), Math.floor((y + x) / 6), 9) - 0.5) * 0.42,
  });
  const wing = { happy: -1, sad: 1, angry: 1, surprised: -1 }[mood] ?? 0;
  mouth(c, 23, 35 + dy, mood, { lips: red[3], shadow: cream[1], line: red[0] });
  c.stamp(
    12,
    30 + dy,
    [
      '.........ab.ab.........',
      '.....aaaaabcaabbb......',
      '..aaaaaaaabcaaabbbbb...',
      '.aaaaabbbbc.cbbbbbbbcc.',
      '.cbbccccc.....ccccccdd.',
    ],
    { a: cream[4], b: cream[3], c: cream[1], d: cream[0] },
  );
  c.rect(11, 33 + dy + wing, 2, 1, cream[3])
    .rect(11, 34 + dy + wing, 1, 1, cream[1])
    .rect(34, 33 + dy + wing, 2, 1, cream[1]);
  // Sou'wester: crown, wide brim, its shade on the brow
  model(c, (x, y) => ellipseMask(24, 13 + dy, 12, 12)(x, y) && y < 12 + dy, {
    cx: 24,
    cy: 12 + dy,
    rx: 14,
    ry: 14,
    ramp: [wood[2], gold[0], gold[1], gold[2], gold[3]],
    cuts: [0.88, 0.46, 0.08, -0.3],
  });
  c.line(24, 1 + dy, 22, 10 + dy, gold[1]).line(30, 3 + dy, 31, 10 + dy, gold[0]);
  model(
    c,
    (x, y) =>
      ellipseMask(24, 13 + dy, 21, 5)(x, y) &&
      y >= 10 + dy + Math.abs(x - 24) * 0.02 &&
      !(y > 15 + dy && Math.abs(x - 24) < 15),
    {
      cx: 22,
      cy: 16 + dy,
      rx: 26,
      ry: 9,
      ramp: [wood[2], gold[0], gold[1], gold[2], gold[3]],
      cuts: [0.9, 0.5, 0.12, -0.16],
    },
  );
  for (let x = 10; x < 39; x++) c.set(x, 16 + dy, x < 26 ? gold[0] : wood[2]);
  for (let x = 12; x < 37; x++) if (skin.includes(c.get(x, 17 + dy))) c.shade(x, 17 + dy, 1, 2, 1);
}
