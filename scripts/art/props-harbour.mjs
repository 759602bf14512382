// The harbour: the fish stall, nets, crates, barrels and what else lies about.
import { Canvas } from './canvas.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { buoy, fishingBoat, rowingBoat, upturnedBoat } from './props-boats.mjs';

const { wood, red, cream, gold, ink, water, slate, skin, sand } = RAMPS;

const FISH = [
  ['..aabb..', '.aabbbcd', 'abbbccdd', '.cccc..d'],
  ['.aab..d.', 'abbbbcdd', 'ekbbccdd', '.ccc..d.'],
];

function fishStall() {
  const c = new Canvas(72, 62);
  const posts = (x) =>
    c
      .rect(x, 14, 3, 46, wood[2])
      .rect(x, 14, 1, 46, wood[4])
      .rect(x + 2, 14, 1, 46, wood[1]);
  c.rect(8, 24, 57, 20, ink[1]);
  c.rect(8, 24, 57, 14, wood[0]);
  for (let i = 10; i < 64; i += 6) c.rect(i, 26, 1, 14, ink[1]);
  posts(5);
  posts(64);
  // Fish hung from the bar.
  c.rect(8, 27, 56, 1, wood[3]);
  for (const [x, ramp] of [
    [14, slate],
    [22, water],
    [50, slate],
    [57, skin],
  ]) {
    c.rect(x, 28, 1, 2, cream[2]);
    c.stamp(x - 1, 30, ['.d.', 'aab', 'abb', 'abc', 'abc', '.b.', 'd.d'], {
      a: ramp[4] ?? ramp[3],
      b: ramp[3],
      c: ramp[2],
      d: ramp[2],
    });
  }
  c.rect(36, 28, 1, 2, ink[0])
    .rect(34, 30, 5, 1, ink[0])
    .rect(34, 31, 5, 5, gold[2])
    .rect(35, 31, 3, 4, gold[3])
    .rect(34, 36, 5, 1, ink[0]);
  // Sloped bed of ice with fish in rows.
  c.poly(
    [
      [6, 38],
      [66, 38],
      [69, 48],
      [3, 48],
    ],
    (x, y) => {
      const n = hash(x >> 1, y, 9);
      return n < 0.16 ? water[5] : n < 0.26 ? water[4] : y > 46 ? water[5] : cream[4];
    },
  );
  const kinds = [
    { a: cream[3], b: slate[3], c: slate[2], d: slate[1], e: slate[3], k: ink[0] },
    { a: water[5], b: water[4], c: water[3], d: water[2], e: water[4], k: ink[0] },
    { a: skin[4], b: red[4], c: red[3], d: red[2], e: red[4], k: ink[0] },
  ];
  for (let i = 0; i < 7; i++)
    c.stamp(7 + i * 8 + (i % 2), 39 + (i % 2), FISH[1], kinds[[0, 0, 2, 2, 1, 1, 0][i]], {
      flip: i % 3 === 1,
    });
  for (let i = 0; i < 7; i++)
    c.stamp(5 + i * 9, 43, FISH[0], kinds[[1, 2, 0, 1, 0, 2, 1][i]], { flip: i % 2 === 1 });
  c.rect(2, 48, 68, 2, wood[4]).rect(2, 50, 68, 1, wood[1]);
  for (let x = 3; x < 69; x++)
    c.rect(
      x,
      51,
      1,
      9,
      (x - 3) % 8 === 7 ? wood[0] : (x - 3) % 8 === 0 ? wood[3] : x > 52 ? wood[1] : wood[2],
    );
  c.rect(3, 51, 66, 2, wood[1]).rect(3, 59, 66, 1, wood[0]);
  // Price board
  c.rect(9, 52, 16, 7, wood[0])
    .rect(10, 53, 14, 5, slate[0])
    .stamp(11, 53, ['.fff.f......', 'fwfffff.www.', '.fff.f....w.', '.........w..', '.........www'], {
      w: cream[4],
      f: slate[3],
    });
  // Awning in stripes with a scalloped edge.
  for (let x = 1; x < 71; x++) {
    const stripe = Math.floor((x - 1) / 7) % 2;
    const k = (x - 1) % 7;
    const ramp = stripe ? [cream[1], cream[2], cream[3], cream[4]] : [red[1], red[2], red[3], red[4]];
    for (let y = 4; y < 20; y++) {
      const left = 1 + (20 - y) * 0.25;
      if (x < left || x > 71 - left) continue;
      const base = y < 7 ? 3 : y < 17 ? 2 : 1;
      c.set(x, y, ramp[Math.max(0, base - (x > 54 ? 1 : 0))]);
    }
    const hem = [1, 3, 4, 4, 4, 3, 1][k];
    for (let y = 20; y < 20 + hem; y++) c.set(x, y, ramp[Math.max(0, (y === 20 ? 1 : 2) - (x > 54 ? 1 : 0))]);
  }
  c.shade(8, 24, 57, 3, 1);
  return c.outline();
}

function crate(fish) {
  const c = new Canvas(20, 20);
  c.rect(2, 3, 16, 5, wood[1]).rect(3, 4, 14, 3, fish ? cream[4] : wood[0]);
  if (fish)
    c.stamp(3, 3, ['aab.aab.aab.aa', 'bbcabbcabbcabb', 'cc.bcc.bcc.bcc'], {
      a: water[5],
      b: slate[3],
      c: slate[2],
    });
  c.rect(2, 8, 16, 11, wood[2]);
  for (const y of [8, 12, 16])
    c.rect(2, y, 16, 1, wood[4])
      .rect(2, y + 1, 16, 1, wood[3])
      .rect(2, y + 2, 16, 1, wood[2]);
  c.rect(2, 11, 16, 1, wood[0]).rect(2, 15, 16, 1, wood[0]);
  c.rect(2, 8, 3, 11, wood[3])
    .rect(2, 8, 1, 11, wood[4])
    .rect(15, 8, 3, 11, wood[2])
    .rect(17, 8, 1, 11, wood[1]);
  c.rect(2, 3, 16, 1, wood[3]).rect(2, 3, 1, 5, wood[4]).rect(17, 3, 1, 5, wood[2]);
  for (const [x, y] of [
    [3, 9],
    [3, 17],
    [16, 9],
    [16, 17],
  ])
    c.set(x, y, wood[0]);
  return c.outline();
}

function barrel(filled) {
  const c = new Canvas(18, 23);
  for (let y = 4; y <= 20; y++) {
    const h = 6 + 1.7 * (1 - ((y - 12) / 8.5) ** 2);
    for (let x = Math.ceil(8.5 - h); x <= 8.5 + h; x++) {
      const t = (x - 8.5 + h) / (2 * h);
      const s = t < 0.1 ? 3 : t < 0.32 ? 4 : t < 0.6 ? 3 : t < 0.82 ? 2 : 1;
      const stave = Math.floor(t * 6) !== Math.floor(((t * 2 * h + 1) / (2 * h)) * 6) && s > 1;
      const hoop = y === 7 || y === 8 || y === 16 || y === 17;
      c.set(
        x,
        y,
        hoop
          ? y % 8 === 0 || y === 17
            ? slate[s > 2 ? 1 : 0]
            : slate[s > 3 ? 3 : s > 2 ? 2 : 1]
          : wood[s - (stave ? 1 : 0)],
      );
    }
  }
  c.ellipse(8.5, 4, 6.5, 2.6, wood[1]).ellipse(8.5, 4, 5.2, 1.8, filled ? water[2] : wood[3]);
  if (filled) c.rect(6, 4, 4, 1, water[4]);
  else c.rect(4, 4, 10, 1, wood[2]);
  c.each(2, 1, 14, 3, (x, y, was) => (was === wood[1] && y <= 3 && x < 10 ? wood[4] : undefined));
  return c.outline();
}

function netHeap() {
  const c = new Canvas(32, 19);
  c.ellipse(15, 11, 13, 6.5, (x, y, nx, ny) => {
    const strand = (x + y) % 3 === 0 || (x - y + 60) % 4 === 0;
    const sun = -nx * 0.6 - ny * 0.8;
    return strand ? (sun > 0.2 ? sand[2] : sand[1]) : sun > 0.4 ? sand[1] : sun > -0.3 ? sand[0] : ink[3];
  });
  for (const [x, y] of [
    [6, 9],
    [13, 6],
    [20, 9],
    [24, 13],
    [11, 13],
  ])
    c.rect(x, y, 3, 3, gold[1])
      .set(x, y, gold[2])
      .set(x + 2, y + 2, gold[0]);
  return c.outline();
}

function lobsterPot() {
  const c = new Canvas(24, 18);
  c.ellipse(11.5, 10, 10, 8, (x, y, nx, ny) => {
    if (y > 15) return undefined;
    const rib = Math.abs(nx) < 0.1 || Math.abs(Math.abs(nx) - 0.62) < 0.09;
    if (rib) return nx < 0 ? wood[4] : wood[3];
    const mesh = (x + y) % 3 === 0 || (x - y + 60) % 3 === 0;
    return mesh ? sand[ny < -0.2 ? 2 : 1] : wood[0];
  });
  c.rect(2, 15, 20, 2, wood[3]).rect(2, 15, 20, 1, wood[4]).rect(2, 17, 20, 1, wood[1]);
  return c.outline();
}

function bollard() {
  const c = new Canvas(14, 18);
  c.rect(4, 4, 6, 12, wood[2])
    .rect(4, 4, 2, 12, wood[3])
    .rect(9, 4, 1, 12, wood[1])
    .rect(3, 3, 8, 2, wood[4])
    .rect(3, 5, 8, 1, wood[1]);
  for (const y of [9, 11])
    c.rect(3, y, 8, 1, cream[2])
      .rect(3, y + 1, 8, 1, sand[0])
      .set(3, y, cream[3]);
  return c.outline();
}

function anchor() {
  const c = new Canvas(22, 26);
  c.stamp(
    2,
    2,
    [
      '......aab.......',
      '......a.b.......',
      '......abb.......',
      '.......b........',
      '...aaaaabbbb....',
      '...b...b...c....',
      '.......b........',
      '......ab........',
      '......ab........',
      '......ab........',
      '......ab........',
      'a.....ab.....b..',
      'aa....ab....bb..',
      'aab...ab...bbc..',
      '.aab..ab..bbc...',
      '..aabbabbbbc....',
      '...aabbbbcc.....',
      '.....bbcc.......',
    ],
    { a: slate[3], b: slate[2], c: slate[1] },
  );
  return c.outline();
}

/** Harbour things by name. */
export function harbour() {
  return {
    'boat-rowing-blue': { canvas: rowingBoat(water), depth: 2, flat: true },
    'boat-rowing-red': { canvas: rowingBoat(red), depth: 2, flat: true },
    'boat-upturned': { canvas: upturnedBoat(), depth: 8 },
    'boat-fishing': { canvas: fishingBoat(), depth: 4 },
    'fish-stall': { canvas: fishStall(), depth: 12 },
    crate: { canvas: crate(false), depth: 8 },
    'crate-fish': { canvas: crate(true), depth: 8 },
    barrel: { canvas: barrel(false), depth: 6 },
    'barrel-water': { canvas: barrel(true), depth: 6 },
    'net-heap': { canvas: netHeap(), depth: 5 },
    'lobster-pot': { canvas: lobsterPot(), depth: 5 },
    bollard: { canvas: bollard(), depth: 3 },
    anchor: { canvas: anchor(), depth: 2 },
    buoy: { canvas: buoy(), flat: true },
  };
}
