/** Fixed scatter: the village looks the same in every game. */

/** A number in [0, 1) for a cell. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 2246822519);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** Smooth noise in [0, 1), `scale` cells from hill to hill, repeating every `period` hills. */
export function noise(x: number, y: number, scale: number, period: number, seed: number): number {
  const wrap = (n: number) => ((n % period) + period) % period;
  const at = (i: number, j: number) => hash(wrap(i), wrap(j), seed);
  const i = Math.floor(x / scale);
  const j = Math.floor(y / scale);
  const smooth = (t: number) => t * t * (3 - 2 * t);
  const u = smooth(x / scale - i);
  const v = smooth(y / scale - j);
  const top = at(i, j) * (1 - u) + at(i + 1, j) * u;
  const bottom = at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u;
  return top * (1 - v) + bottom * v;
}
