// Portraits, 48 by 48, of the five who talk, in six moods.
import { writeAtlas } from './atlas.mjs';
import { Canvas } from './canvas.mjs';
import { hash } from './noise.mjs';
import { outlineFor, RAMPS } from './palette.mjs';
import {
  backdrop,
  blush,
  brows,
  ellipseMask,
  eyes,
  faceMask,
  MOODS,
  model,
  mouth,
  nose,
  rims,
  SIZE,
  shadeBelow,
  shouldersMask,
} from './portrait-kit.mjs';

const { wood, red, cream, gold, ink, water, slate, stone, grass, skin } = RAMPS;
const FACE_CUTS = [0.82, 0.28, -0.06, -0.32];
const strands = (scale, seed) => (x, y) =>
  (hash(Math.floor((x + y * 0.4) / 2), Math.floor(y / 9), seed) - 0.5) * scale;

function neckAndHead(c, { face, ramp = skin, ears = true, dy }) {
  const mask = faceMask(face);
  c.rect(face.cx - 5, face.cy + face.chin - 6, 11, 12, ramp[1]).rect(
    face.cx - 5,
    face.cy + face.chin - 5,
    3,
    10,
    ramp[2],
  );
  c.rect(face.cx - 4, face.cy + face.chin - 1, 9, 3, ramp[0]);
  if (ears) {
    model(c, ellipseMask(face.cx - face.rx - 0.4, face.cy + 1, 2.2, 3.4), {
      cx: face.cx - face.rx,
      cy: face.cy,
      rx: 4,
      ry: 5,
      ramp,
      cuts: [0.7, 0.1, -0.4, -0.8],
    });
    c.set(face.cx - face.rx, face.cy + 1, ramp[1]).set(face.cx - face.rx, face.cy + 2, ramp[1]);
    c.ellipse(face.cx + face.rx + 0.6, face.cy + 1, 2, 3.4, ramp[1]).set(
      face.cx + face.rx + 1,
      face.cy + 1,
      ramp[0],
    );
  }
  model(c, mask, { cx: face.cx, cy: face.cy + 1, rx: face.rx + 2, ry: face.chin + 2, ramp, cuts: FACE_CUTS });
  return { mask, dy };
}

function mira(c, mood, dy) {
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

function features(c, mood, x, y, o) {
  eyes(c, x, y, mood, { iris: o.iris, gap: o.gap ?? 4, shadow: o.shade ?? skin[2], tear: o.tear });
  nose(c, x, y + (o.noseY ?? 2), { ramp: o.ramp ?? skin, big: o.bigNose, ruddy: o.ruddy });
  if (!o.noMouth)
    mouth(c, x, y + (o.mouthY - 23), mood, {
      lips: o.lips ?? red[2],
      shadow: o.shade ?? skin[2],
      gapTooth: o.gapTooth,
      line: o.line,
    });
  brows(c, x, y, mood, {
    colour: o.brow,
    light: o.browLight ?? o.brow,
    gap: o.gap ?? 4,
    weight: o.weight ?? 2,
    width: o.browWidth ?? 7,
  });
}

function orrin(c, mood, dy) {
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

function bess(c, mood, dy) {
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

function pip(c, mood, dy) {
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

function sailor(c, mood, dy) {
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
  const grey = [ink[4], cream[0], cream[1], cream[2], cream[3]];
  const fringe = (x, y) => {
    const edge = faceMask({ ...face, rx: 11.6, chin: 15.4 })(x, y);
    const open = y < 31 + dy ? Math.abs(x - 23) < 8.4 : y < 36 + dy && Math.abs(x - 23) < 5.6 && y < 36 + dy;
    return edge && y > 20 + dy && !(open && y < 36 + dy);
  };
  model(c, fringe, {
    cx: 24,
    cy: 29 + dy,
    rx: 15,
    ry: 16,
    ramp: grey,
    cuts: [0.62, 0.22, -0.1, -0.36],
    texture: (x, y) => (hash(x >> 1, y >> 2, 12) - 0.5) * 0.36,
  });
  mouth(c, 23, 32 + dy, mood, { lips: skin[1], shadow: ramp[2], line: red[0], teeth: cream[3] });
  c.stamp(15, 30 + dy, ['....aabb.abbc....', '.aaabbbbbbbbccc..', 'aab.........bcc..'], {
    a: cream[2],
    b: cream[1],
    c: cream[0],
  });
  // Scar through the brow
  c.set(30, 18 + dy, skin[3])
    .set(30, 19 + dy, skin[3])
    .set(31, 20 + dy, skin[3])
    .set(31, 21 + dy, skin[3]);
  if (mood === 'neutral' || mood === 'suspicious') {
    c.line(26, 34 + dy, 34, 37 + dy, wood[1]).line(26, 33 + dy, 34, 36 + dy, wood[3]);
    c.rect(33, 33 + dy, 5, 5, wood[2])
      .rect(33, 33 + dy, 1, 5, wood[4])
      .rect(37, 33 + dy, 1, 5, wood[0])
      .rect(34, 33 + dy, 3, 1, gold[1]);
    c.set(36, 30 + dy, cream[1])
      .set(37, 28 + dy, cream[1])
      .set(36, 27 + dy, cream[0])
      .set(37, 25 + dy, cream[0]);
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

const CAST = {
  mira: { draw: mira, tones: [water[3], water[2], water[1], water[0], ink[0]] },
  orrin: { draw: orrin, tones: [ink[4], ink[3], ink[2], ink[1], ink[0]] },
  bess: { draw: bess, tones: [wood[3], wood[2], wood[1], wood[0], ink[0]] },
  pip: { draw: pip, tones: [grass[3], grass[2], grass[1], grass[0], ink[0]] },
  sailor: { draw: sailor, tones: [skin[1], skin[0], ink[2], ink[1], ink[0]] },
};
// The head moves with the mood: up in surprise, down in grief and anger.
const NOD = { neutral: 0, happy: 0, sad: 1, angry: 1, surprised: -1, suspicious: 0 };

/** One portrait. */
export function drawPortrait({ draw, tones }, mood) {
  const figure = new Canvas(SIZE, SIZE);
  draw(figure, mood, NOD[mood]);
  rims(figure, figure.clone());
  const lined = figure.clone().outline((near) => outlineFor(near));
  const c = new Canvas(SIZE, SIZE);
  backdrop(c, tones);
  return c.blit(lined, 0, 0);
}

/** Writes portraits.png and portraits.json. */
export function writePortraits(folder) {
  const frames = new Map();
  for (const [name, person] of Object.entries(CAST))
    for (const mood of MOODS) frames.set(`${name}-${mood}`, { canvas: drawPortrait(person, mood) });
  writeAtlas(folder, 'portraits', frames, 295, { moods: MOODS, people: Object.keys(CAST) });
}
