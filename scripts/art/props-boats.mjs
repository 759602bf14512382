// Boats and a buoy; their foot is the water line.
import { Canvas } from './canvas.mjs';
import { litWindow } from './house-kit.mjs';
import { hash } from './noise.mjs';
import { darker, RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, water, slate, stone, grass } = RAMPS;

export function rowingBoat(hull) {
  const c = new Canvas(50, 28);
  const rim = (x) => 8 + 5 * Math.sqrt(Math.max(0, 1 - ((x - 25) / 22) ** 2));
  for (let x = 3; x <= 47; x++) {
    const t = (x - 25) / 22;
    const keel = 11 + 10 * Math.max(0, 1 - Math.abs(t) ** 2.6);
    const top = rim(x);
    for (let y = Math.floor(top); y <= keel; y++) {
      const k = y - Math.floor(top);
      const dark = t > 0.35 ? 1 : 0;
      let colour = k === 0 ? cream[4 - dark] : k === 1 ? cream[3 - dark] : hull[3 - dark];
      if (k > 1 && (k - 2) % 3 === 2) colour = hull[1];
      if (k === 2) colour = hull[2 - dark];
      if (t < -0.72 && k > 1) colour = hull[4] ?? hull[3];
      if (y >= keel - 1) colour = hull[1];
      c.set(x, y, colour);
    }
  }
  c.ellipse(25, 8, 21, 4.4, (_x, _y, nx, ny) =>
    nx > 0.45 && ny < 0.5 ? wood[3] : nx < -0.5 ? wood[1] : ny < -0.2 ? wood[2] : wood[1],
  );
  for (let x = 6; x < 45; x += 1)
    if (c.get(x, 6) === wood[2] && x % 6 === 0) c.set(x, 5, wood[1]).set(x, 6, wood[1]);
  for (const x of [13, 24, 34])
    c.rect(x, 4, 5, 9, wood[3])
      .rect(x, 4, 1, 9, wood[4])
      .rect(x + 5, 5, 1, 8, wood[0]);
  c.line(9, 11, 37, 3, wood[4])
    .line(9, 12, 37, 4, wood[2])
    .line(5, 12, 10, 11, cream[3])
    .line(5, 13, 10, 12, cream[2]);
  c.outline();
  for (let x = 8; x < 43; x++) if (hash(x >> 2, 4, 4) < 0.7) c.set(x, 23, water[5]);
  for (let x = 5; x < 46; x++) if (hash(x >> 2, 5, 4) < 0.4) c.set(x, 24, water[4]);
  return c;
}

// "GULL" on the bow, falling with the sheer.
const NAME = [
  '.ww..........',
  'w...w.w.w....',
  'w.w.w.w.w..w.',
  'w.w.w.w.w..w.',
  '.ww.www.ww.w.',
  '...........ww',
];

/** A boat laid keel up on the beach, to dry and be tarred. */
export function upturnedBoat() {
  const c = new Canvas(52, 24);
  for (let x = 3; x <= 48; x++) {
    const t = (x - 25.5) / 23;
    const top = 3 + 12 * Math.abs(t) ** 2.4;
    for (let y = Math.floor(top); y <= 20 - Math.abs(t) ** 6 * 4; y++) {
      const k = (y - top) / (21 - top);
      const strake = Math.floor(k * 5);
      let step = t < -0.55 ? 3 : t > 0.5 ? 1 : 2;
      if (k < 0.16) step += 1;
      if (Math.floor(((y + 1 - top) / (21 - top)) * 5) !== strake) step -= 1;
      if (strake >= 3) step -= 1;
      c.set(x, y, slate[Math.max(0, Math.min(3, step))]);
      if (strake === 4) c.set(x, y, cream[t > 0.5 ? 1 : t < -0.4 ? 3 : 2]);
    }
  }
  c.line(10, 5, 41, 5, wood[3]).line(12, 4, 39, 4, wood[4]).line(14, 6, 39, 6, wood[1]);
  for (const [x, y] of [
    [17, 11],
    [30, 9],
    [36, 13],
  ])
    c.rect(x, y, 3, 3, wood[1]).rect(x, y, 2, 2, wood[2]);
  return c.outline();
}

export function fishingBoat() {
  const c = new Canvas(96, 92);
  // Mast, stays and the furled sail behind everything else.
  c.line(38, 6, 6, 56, ink[2]).line(39, 6, 84, 52, ink[2]).line(39, 20, 60, 58, ink[2]);
  c.rect(38, 4, 3, 58, wood[2]).rect(38, 4, 1, 58, wood[4]).rect(40, 4, 1, 58, wood[1]);
  c.stamp(41, 4, ['rrrr...', 'rRRRrr.', 'RRRRRRr', 'RRd.dRR', 'd.....d'], {
    r: red[4],
    R: red[3],
    d: red[1],
  });
  c.poly(
    [
      [42, 46],
      [76, 38],
      [77, 42],
      [62, 50],
      [42, 55],
    ],
    (x, y) =>
      (x + y * 2) % 9 < 2
        ? cream[1]
        : y < 46 - (x - 42) * 0.2
          ? cream[4]
          : y < 49 - (x - 42) * 0.2
            ? cream[3]
            : cream[2],
  );
  c.line(41, 56, 78, 43, wood[3]).line(41, 57, 78, 44, wood[1]);
  for (const x of [48, 57, 66]) c.line(x, 44 - (x - 48) / 5, x + 1, 55 - (x - 48) / 3, wood[1]);
  // Cabin
  c.rect(60, 47, 22, 16, cream[3])
    .rect(60, 47, 1, 16, cream[4])
    .rect(77, 47, 5, 16, cream[1])
    .rect(60, 47, 22, 1, cream[1]);
  c.rect(58, 43, 26, 2, red[3]).rect(58, 45, 26, 2, red[1]).rect(58, 43, 8, 1, red[4]);
  litWindow(c, 63, 50, 6, 7, { curtain: null });
  litWindow(c, 72, 50, 6, 7, { curtain: null });
  // Hull: sheer line, strakes, boot top.
  const sheer = (x) => 62 + 5 * (1 - ((x - 48) / 44) ** 2) - (x < 30 ? ((30 - x) / 26) ** 2 * 8 : 0);
  for (let x = 4; x <= 91; x++) {
    const top = Math.round(sheer(x));
    const t = (x - 4) / 87;
    const inset = x < 22 ? ((22 - x) / 18) ** 1.4 * 18 : x > 84 ? (x - 84) * 1.1 : 0;
    const low = Math.round(86 - inset);
    for (let y = top; y <= low; y++) {
      const k = y - top;
      const d = t > 0.74 ? 1 : 0;
      let colour =
        k < 1
          ? wood[4 - d]
          : k < 2
            ? wood[3 - d]
            : k < 3
              ? wood[1]
              : k < 6
                ? cream[(t < 0.2 ? 4 : 3) - d]
                : water[(t < 0.16 ? 4 : t < 0.4 ? 3 : 2) - d];
      if (k === 6) colour = darker(colour);
      if (k > 7 && (k - 7) % 4 === 3) colour = darker(colour);
      if (y > low - 4 && inset < 3) colour = red[2 - d];
      if (y > low - 4 && inset < 3 && y === low - 3) colour = red[3 - d];
      c.set(x, y, colour);
    }
  }
  c.stamp(11, 68, NAME, { w: cream[4] });
  for (const [x, y] of [
    [30, 72],
    [50, 73],
    [70, 73],
  ])
    c.ellipse(x, y + 4, 3, 3.4, (_a, _b, nx, ny) =>
      nx * nx + ny * ny < 0.16 ? ink[1] : nx < 0 ? stone[2] : stone[1],
    );
  // Net heap and a crate on deck.
  c.ellipse(26, 62, 9, 5, (x, y) =>
    (x + y) % 3 === 0 || (x - y + 60) % 3 === 0 ? grass[2] : (x * 7 + y * 3) % 11 === 0 ? gold[1] : grass[1],
  );
  c.rect(46, 58, 10, 8, wood[3])
    .rect(46, 58, 10, 1, wood[4])
    .rect(46, 61, 10, 1, wood[1])
    .rect(55, 58, 1, 8, wood[1])
    .rect(47, 57, 8, 1, slate[3])
    .rect(49, 56, 3, 1, cream[4]);
  c.rect(36, 30, 4, 5, gold[2])
    .rect(37, 31, 2, 3, gold[3])
    .rect(36, 29, 4, 1, ink[1])
    .rect(36, 35, 4, 1, ink[1]);
  c.outline();
  for (let x = 12; x < 90; x++) {
    if (hash(x >> 2, 8, 4) < 0.75) c.set(x, 88, water[5]);
    if (hash(x >> 2, 9, 4) < 0.5) c.set(x + 1, 89, water[4]);
    if (hash(x >> 3, 10, 4) < 0.4) c.set(x, 90, water[3]);
  }
  return c;
}

export function buoy() {
  const c = new Canvas(14, 18);
  c.ellipse(6.5, 9, 5.5, 6, (_x, y, nx) =>
    y > 7 && y < 11 ? cream[nx < 0 ? 4 : 2] : nx < -0.3 ? red[4] : nx < 0.35 ? red[3] : red[2],
  );
  c.rect(6, 1, 2, 3, wood[3]);
  c.outline();
  c.rect(1, 14, 12, 4, -1).rect(2, 14, 10, 1, water[5]).rect(4, 15, 7, 1, water[4]);
  return c;
}
