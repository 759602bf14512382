// The shore in the title's picture: the village at dusk from across the water, and the lighthouse on its rock.
import { Canvas, NONE } from './canvas.mjs';
import { hash, noise } from './noise.mjs';
import { RAMPS } from './palette.mjs';
import { propFrames } from './props.mjs';

const { ink, cream, red, gold, water, sand, skin, stone } = RAMPS;
const LIT = new Set([...gold, cream[4]]);

// What is left of a colour against the light of the evening, dark to light.
const SHADES = [ink[0], ink[1], ink[1], ink[2], ink[2], ink[3]];
const luminance = (c) => ((c >> 16) & 255) * 0.3 + ((c >> 8) & 255) * 0.59 + (c & 255) * 0.11;
const dim = (c) => SHADES[Math.min(SHADES.length - 1, Math.floor((luminance(c) / 256) * SHADES.length))];

/** A prop in the evening: dimmed, its windows still lit, its left edges in the glow of the west. */
function atDusk(prop, { windows = true, rim = skin[0] } = {}) {
  return new Canvas(prop.width, prop.height).each(0, 0, prop.width, prop.height, (x, y) => {
    const colour = prop.get(x, y);
    if (colour === NONE) return undefined;
    if (windows && LIT.has(colour) && colour !== cream[4] && surrounded(prop, x, y)) return colour;
    const edge = prop.get(x - 1, y) === NONE || prop.get(x - 2, y) === NONE;
    return edge && y < prop.height - 6 ? rim : dim(colour);
  });
}

// A lit pane has lit panes about it; a brass knob has not.
function surrounded(prop, x, y) {
  let lit = 0;
  for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) if (LIT.has(prop.get(x + i, y + j))) lit++;
  return lit >= 4;
}

/** Half as large, for what is far: a pane stays lit, and outlines stay whole. */
function halved(prop) {
  const c = new Canvas(prop.width >> 1, prop.height >> 1);
  return c.each(0, 0, c.width, c.height, (x, y) => {
    const four = [0, 1, 2, 3].map((i) => prop.get(x * 2 + (i & 1), y * 2 + (i >> 1)));
    const lit = four.filter((k) => gold.includes(k));
    if (lit.length >= 2) return lit[0];
    const solid = four.filter((k) => k !== NONE);
    return solid.length >= 2 ? solid[solid.length >> 1] : undefined;
  });
}

// As long as the widest view has room for; what is to be seen first lies at its right end, east of `EAST`.
const WIDTH = 400;
const EAST = WIDTH - 236;
const HEIGHT = 92;
const QUAY = 74;

// The wooded hill behind the quay, falling to the right.
const hill = (x) => {
  const t = Math.max(0, (x - EAST) / (WIDTH - EAST));
  return Math.round(34 + 34 * t ** 1.7 - noise(x, 2, 24, 64, 33) * 9 - noise(x, 5, 4, 64, 34) * 2);
};

/** The village on its hill, from the west, and its lights on the water. */
export function villageView() {
  const frames = propFrames();
  const far = (name, options) => halved(atDusk(frames.get(name).canvas, options));
  const c = new Canvas(WIDTH, HEIGHT);
  const pines = [
    far('tree-pine', { windows: false, rim: ink[3] }),
    far('tree-pine-small', { windows: false, rim: ink[3] }),
  ];
  const plant = (x, foot, i) => {
    const tree = pines[hash(i, 2, 44) < 0.6 ? 0 : 1];
    c.blit(tree, x, foot - tree.height);
  };
  for (let i = 0; i < 46; i++)
    plant(i * 8 - 10 + Math.floor(hash(i, 1, 44) * 5), hill(Math.max(0, i * 8)) + 8, i);
  for (let x = 0; x < WIDTH - 16; x++)
    for (let y = hill(x); y < QUAY; y++)
      c.set(x, y, y < hill(x) + 1 ? ink[3] : hash(x >> 1, y, 9) < 0.07 ? ink[2] : ink[1]);
  for (let i = 0; i < 17; i++) plant(i * 22 - 4, hill(i * 22) + 20 + Math.floor(hash(i, 7, 3) * 6), i + 40);
  for (const [name, x, foot] of [
    ['house-slate', 62, 62],
    ['cottage-timber', 134, 64],
    ['cottage-timber', EAST + 108, 62],
    ['cottage-red', EAST + 12, 60],
    ['cottage-red', EAST + 148, 70],
    ['cottage-red', 30, 75],
    ['inn', 84, 74],
    ['inn', EAST + 30, 74],
    ['cottage-timber', EAST - 6, 75],
    ['cottage-timber', -8, 75],
    ['house-slate', EAST + 100, 75],
    ['cottage-red', EAST + 178, 76],
  ]) {
    const house = far(name);
    c.blit(house, x, foot - house.height + 1);
  }
  // The quay, with steps at its end, and lamps
  for (let x = 0; x < WIDTH; x++) {
    const top = QUAY + Math.max(0, Math.floor((x - WIDTH + 18) / 3));
    for (let y = top; y < QUAY + 10; y++)
      c.set(x, y, y === top ? ink[4] : (x + (y >> 1) * 3) % 7 === 0 || y % 2 === 0 ? ink[0] : ink[1]);
  }
  for (const x of [24, 76, 130, EAST + 22, EAST + 92, EAST + 146, EAST + 206]) {
    c.rect(x, QUAY - 9, 1, 9, ink[0])
      .rect(x - 1, QUAY - 11, 3, 3, gold[1])
      .set(x, QUAY - 10, gold[3]);
    for (let y = QUAY + 10; y < HEIGHT; y++)
      if (hash(x, y, 3) < 0.75 - (y - QUAY) / 40)
        c.rect(
          x - 1 + Math.round((hash(x, y, 4) - 0.5) * 3),
          y,
          2 + Math.floor(hash(y, x, 5) * 2),
          1,
          y % 2 ? gold[0] : gold[1],
        );
  }
  // Masts
  for (const [x, h] of [
    [EAST + 164, 26],
    [EAST + 170, 19],
    [EAST + 216, 22],
  ]) {
    c.rect(x, QUAY + 8 - h, 1, h, ink[0])
      .line(x, QUAY + 9 - h, x + 5, QUAY + 5, ink[0])
      .line(x, QUAY + 9 - h, x - 5, QUAY + 5, ink[0]);
    c.rect(x - 6, QUAY + 6, 14, 3, ink[0])
      .rect(x - 5, QUAY + 9, 12, 1, ink[0])
      .rect(x - 6, QUAY + 6, 4, 1, skin[0]);
  }
  return { canvas: c, anchor: [WIDTH, QUAY + 10], y: 12 };
}

// `beyond` is what the view's edge hides until the layer moves.
const ROCK = { width: 216, beyond: 58, height: 58, middle: 104 };

// Ledges of the rock from the top down: [left, right, rows above the water line], each a slab with a lit edge.
const SLABS = [
  [62, 150, 42],
  [50, 166, 35],
  [34, 216, 29],
  [40, 128, 23],
  [18, 216, 17],
  [8, 150, 11],
  [22, 216, 5],
];

/** The lighthouse on its rock, at the right edge of the view; `points.lamp` is where its beam begins. */
export function lighthouseView() {
  const tower = propFrames().get('lighthouse').canvas;
  const above = tower.height - 14;
  const sea = above + ROCK.height - 8;
  const c = new Canvas(ROCK.width, above + ROCK.height);
  for (const [i, [left, right, up]] of SLABS.entries())
    for (let x = left; x < right; x++) {
      const wander = Math.round(
        (noise(x, i * 9, 6, 64, 52) - 0.5) * 5 + (noise(x, i * 9, 2, 64, 53) - 0.5) * 2,
      );
      const ends = Math.max(0, 5 - (x - left)) + (right < ROCK.width ? Math.max(0, 5 - (right - x)) : 0);
      const top = sea - up + wander + ends;
      for (let y = top; y < sea; y++) {
        const into = y - top;
        const sunny = x < ROCK.middle - 6 + i * 4;
        const crack = hash(x + i * 31, 1, 55) < 0.09 || (noise(x * 2, y, 5, 64, 56) > 0.8 && into > 3);
        if (into === 0) c.set(x, y, sunny ? skin[1] : ink[4]);
        else if (into === 1) c.set(x, y, sunny ? sand[0] : ink[3]);
        else if (into < 5) c.set(x, y, crack ? ink[1] : sunny ? ink[3] : ink[2]);
        else c.set(x, y, crack ? ink[0] : ink[into < 9 && sunny ? 2 : 1]);
      }
    }
  // Surf
  for (let x = 0; x < ROCK.width; x++) {
    if (c.get(x, sea - 1) === NONE) continue;
    const foam = noise(x, 3, 4, 64, 58);
    c.set(x, sea - 1, foam > 0.3 ? ink[5] : ink[4]).set(x, sea, foam > 0.5 ? ink[4] : water[1]);
    if (hash(x >> 2, 1, 59) < 0.5) c.set(x - 3, sea + 2, ink[3]).set(x - 2, sea + 2, ink[3]);
    if (hash(x >> 2, 2, 59) < 0.3) c.set(x, sea + 4, water[1]);
  }
  c.blit(eveningTower(tower), ROCK.middle - 32, 0);
  return {
    canvas: c,
    anchor: [ROCK.width - ROCK.beyond, sea],
    y: 75,
    points: { lamp: [ROCK.middle, 29] },
  };
}

// The tower keeps its stripes; only its western side still has the sun.
function eveningTower(tower) {
  const ramps = [
    [red, [ink[1], red[0], red[1], red[2], red[3]]],
    [cream, [ink[2], ink[3], ink[4], cream[0], cream[2]]],
    [stone, [ink[0], ink[1], ink[2], ink[3], ink[4]]],
  ];
  return new Canvas(tower.width, tower.height).each(0, 0, tower.width, tower.height, (x, y) => {
    const colour = tower.get(x, y);
    if (colour === NONE) return undefined;
    for (const [ramp, evening] of ramps) {
      const step = ramp.indexOf(colour);
      if (step >= 0) return evening[step];
    }
    return LIT.has(colour) || [...water].includes(colour) ? colour : dim(colour);
  });
}
