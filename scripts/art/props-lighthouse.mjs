// The lighthouse, on its footing of rough stone.
import { Canvas } from './canvas.mjs';
import { door, masonry } from './house-kit.mjs';
import { hash } from './noise.mjs';
import { RAMPS } from './palette.mjs';

const { wood, red, cream, gold, ink, stone, grass } = RAMPS;

export function lighthouse() {
  const c = new Canvas(64, 148);
  const half = (y) => 10.5 + ((y - 44) / 90) * 6.5;
  for (let y = 44; y <= 138; y++) {
    const h = half(y);
    for (let x = Math.ceil(32 - h); x <= 32 + h; x++) {
      const t = (x - 32 + h) / (2 * h);
      const bulge = 3.4 * (1 - (2 * t - 1) ** 2);
      const band = Math.floor((y - 44 - bulge + 100 * 23) / 23) % 2 === 0;
      const ramp = band ? red : cream;
      const course = Math.floor(y - bulge) % 6 === 0 && hash(x >> 2, Math.floor((y - bulge) / 6), 3) < 0.35;
      let s = t < 0.07 ? 3 : t < 0.34 ? 4 : t < 0.56 ? 3 : t < 0.76 ? 2 : t < 0.92 ? 1 : 0;
      if (band) s = t < 0.1 ? 3 : t < 0.3 ? 4 : t < 0.54 ? 3 : t < 0.78 ? 2 : t < 0.93 ? 1 : 0;
      if (course && s > 0) s -= 1;
      if (y < 50) s = Math.max(0, s - 1);
      c.set(x, y, ramp[s]);
    }
  }
  for (const [x, y] of [
    [30, 58],
    [33, 80],
    [29, 101],
  ]) {
    c.rect(x, y, 5, 8, wood[0])
      .rect(x + 1, y + 1, 3, 6, gold[2])
      .rect(x + 2, y + 3, 1, 3, gold[3])
      .rect(x + 1, y + 1, 3, 1, gold[1]);
    c.rect(x - 1, y + 8, 7, 1, cream[4]).rect(x - 1, y + 9, 7, 1, ink[4]);
  }
  door(c, 26, 120, 12, 18, grass, 2);
  // Gallery on corbels with an iron rail.
  c.rect(19, 40, 27, 2, stone[3])
    .rect(19, 42, 27, 2, stone[1])
    .rect(22, 44, 21, 1, stone[0])
    .rect(19, 40, 9, 1, cream[3])
    .rect(40, 40, 6, 4, stone[0]);
  for (let x = 19; x <= 45; x += 4) c.rect(x, 33, 1, 7, ink[1]);
  c.rect(18, 33, 29, 1, ink[2]).rect(18, 36, 29, 1, ink[1]);
  // Lamp room
  c.rect(24, 20, 17, 20, gold[1]);
  c.each(24, 20, 17, 20, (x, y) => {
    const d = Math.hypot((x - 32) / 9, (y - 29) / 10);
    return d < 0.38 ? cream[4] : d < 0.62 ? gold[3] : d < 0.92 ? gold[2] : gold[1];
  });
  for (const x of [24, 28, 36, 40]) c.rect(x, 20, 1, 20, ink[1]);
  c.rect(24, 29, 17, 1, wood[1]).rect(24, 20, 17, 1, ink[1]);
  c.rect(18, 33, 29, 1, ink[2]).rect(18, 36, 29, 1, ink[1]);
  for (let x = 19; x <= 45; x += 4) c.rect(x, 33, 1, 7, ink[1]);
  // Dome
  c.ellipse(32, 20, 11.5, 11, (_x, y, nx) =>
    y > 19 ? undefined : nx < -0.55 ? red[4] : nx < -0.1 ? red[3] : nx < 0.4 ? red[2] : red[1],
  );
  c.rect(20, 19, 25, 2, red[1]).rect(20, 19, 10, 1, red[3]);
  c.rect(31, 5, 3, 5, gold[1]).rect(31, 5, 1, 5, gold[2]).rect(32, 1, 1, 4, ink[2]);
  // Footing of rough stone
  masonry(c, 12, 135, 41, 12, { seed: 2 });
  for (let x = 12; x < 53; x++)
    if (hash(x >> 1, 4, 4) < 0.5)
      c.set(x, 146, grass[2]).set(x, 145, hash(x, 1, 1) < 0.4 ? grass[3] : grass[2]);
  c.rect(24, 138, 17, 3, stone[3])
    .rect(24, 138, 17, 1, cream[3])
    .rect(22, 141, 21, 3, stone[2])
    .rect(22, 141, 21, 1, stone[3])
    .rect(20, 144, 25, 3, stone[1])
    .rect(20, 144, 25, 1, stone[3]);
  return c.outline();
}
