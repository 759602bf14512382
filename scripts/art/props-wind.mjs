// What the wind from the sea moves, in four frames each: flags, washing, nets.
import { Canvas } from './canvas.mjs';
import { RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, water, sand, slate } = RAMPS;
const FRAMES = 4;
const frames = (draw) => Array.from({ length: FRAMES }, (_, frame) => draw(frame));
const turn = (frame) => (frame / FRAMES) * Math.PI * 2;

function washing(frame) {
  const c = new Canvas(66, 44);
  for (const x of [3, 60])
    c.rect(x, 4, 3, 38, wood[2])
      .rect(x, 4, 1, 38, wood[4])
      .rect(x + 2, 4, 1, 38, wood[1])
      .rect(x - 1, 5, 5, 1, wood[3]);
  const rope = (x) => 6 + Math.round(4 * Math.sin((x / 60) * Math.PI));
  for (let x = 5; x < 61; x++) c.set(x, rope(x), cream[3]);
  const cloth = (x0, w, h, ramp, hem) => {
    for (let j = 0; j < h + 2; j++) {
      // The free end swings out; the wave runs down the cloth.
      const out = Math.round((j / h) ** 1.5 * (1.4 + 1.6 * Math.sin(turn(frame) - j / 7 + x0)));
      for (let i = 0; i < w; i++) {
        const drop = h + Math.round(Math.sin(i / 2.3 + x0 + turn(frame)) * 1.2);
        if (j >= drop) continue;
        const fold = (i + Math.floor(j / 5) + (frame > 1 ? 1 : 0)) % 6;
        const s = fold === 5 ? 1 : fold === 0 ? 3 : i > w - 3 ? 1 : 2;
        c.set(x0 + i + out, rope(x0 + i) + j, j >= drop - 2 && hem ? hem : ramp[s]);
      }
    }
    for (let i = 1; i < w; i += 7) c.set(x0 + i, rope(x0 + i) - 1, wood[3]);
  };
  cloth(8, 16, 21, [cream[0], cream[1], cream[3], cream[4]]);
  cloth(26, 10, 14, [water[1], water[2], water[3], water[4]], cream[3]);
  cloth(38, 7, 10, [red[0], red[1], red[2], red[3]]);
  cloth(47, 11, 18, [sand[0], sand[1], cream[2], cream[3]]);
  return c.outline();
}

function netRack(frame) {
  const c = new Canvas(50, 38);
  for (const x of [4, 43])
    c.rect(x, 3, 3, 33, wood[2])
      .rect(x, 3, 1, 33, wood[4])
      .rect(x + 2, 3, 1, 33, wood[1]);
  c.rect(2, 5, 46, 2, wood[3]).rect(2, 5, 46, 1, wood[4]).rect(2, 7, 46, 1, wood[1]);
  for (let x = 7; x < 43; x++) {
    const sag = 21 + Math.round(6 * Math.sin(((x - 7) / 36) * Math.PI * 3) ** 2) + (x > 30 ? 3 : 0);
    for (let y = 7; y <= sag; y++) {
      const out = Math.round(((y - 7) / 18) ** 2 * Math.sin(turn(frame) + x / 9) * 1.2);
      const knot = (x + y) % 4 === 0 || (x - y + 80) % 4 === 0;
      const at = x + out;
      if (y === sag) c.set(at, y, cream[2]);
      else if (knot) c.set(at, y, x < 20 ? sand[1] : x < 34 ? sand[0] : ink[4]);
      else if (y > sag - 3) c.set(at, y, ink[3]);
    }
    const bob = Math.round(Math.sin(turn(frame) + x / 9) * 1.2);
    if (x % 6 === 0)
      c.rect(x + bob, sag - 1, 3, 3, gold[1])
        .set(x + bob, sag - 1, gold[2])
        .set(x + bob + 2, sag + 1, gold[0]);
  }
  return c.outline();
}

// A cloth that flies to the right from its hoist: each column hangs where the wave carries it.
function flying(c, x0, y0, w, h, frame, paint) {
  for (let i = 0; i < w; i++) {
    const phase = turn(frame) - i / 2.6;
    const lift = Math.round(Math.sin(phase) * Math.min(1.6, i / 4));
    const slope = Math.cos(phase);
    for (let j = 0; j < h(i); j++)
      c.set(x0 + i, y0 + lift + j, paint(i, j, slope > 0.35 ? 1 : slope < -0.45 ? -1 : 0));
  }
}

function flagPole(frame) {
  const c = new Canvas(46, 62);
  c.rect(22, 5, 2, 53, cream[2]).rect(22, 5, 1, 53, cream[4]).rect(23, 40, 1, 18, cream[1]);
  c.rect(21, 3, 4, 2, gold[2]).set(24, 4, gold[0]).set(21, 3, gold[3]);
  c.rect(20, 56, 6, 2, slate[1]).rect(19, 58, 8, 2, slate[0]).rect(19, 58, 3, 1, slate[2]);
  // Saltmere's flag: a lamp on blue, with a red hoist.
  flying(
    c,
    24,
    8,
    21,
    () => 14,
    frame,
    (i, j, light) => {
      // A lit lamp: gold, in a ring of cream.
      const d = Math.hypot(i - 12.5, j - 6.5);
      if (i < 5) return red[2 + light];
      if (d < 2.6) return gold[light < 0 ? 1 : 2];
      if (d < 4.2) return light < 0 ? cream[2] : cream[4];
      return water[2 + light];
    },
  );
  return c.outline();
}

// A pennant hangs from its string and flutters.
function pennant(ramp, frame) {
  const c = new Canvas(11, 13);
  c.rect(0, 1, 11, 1, cream[1]);
  const lean = [0, 1, 2, 1][frame];
  for (let j = 0; j < 8; j++) {
    const half = 3.4 * (1 - j / 8);
    const out = Math.round((j / 8) * lean);
    for (let x = Math.ceil(5 - half); x <= 5 + half; x++)
      c.set(x + out, 2 + j, x < 5 - half * 0.3 ? ramp[2] : x > 5 + half * 0.4 ? ramp[0] : ramp[1]);
  }
  return c;
}

/** Moving things by name. */
export function wind() {
  const props = {
    washing: { moving: frames(washing), depth: 2 },
    'net-rack': { moving: frames(netRack), depth: 3 },
    'flag-pole': { moving: frames(flagPole), depth: 2 },
  };
  const cloths = {
    red: [red[1], red[3], red[4]],
    cream: [cream[1], cream[3], cream[4]],
    blue: [water[2], water[3], water[4]],
  };
  for (const [name, ramp] of Object.entries(cloths))
    props[`pennant-${name}`] = { moving: frames((frame) => pennant(ramp, frame)), air: true };
  return props;
}
