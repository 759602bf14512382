// Seeded randomness for the drawing scripts: the same picture on every machine.

/** Hash of integer coordinates and a seed to 0..1. */
export function hash(x, y, seed = 0) {
  let h = Math.imul(x | 0, 374761393) ^ Math.imul(y | 0, 668265263) ^ Math.imul(seed | 0, 2246822519);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** Seeded generator of numbers in 0..1. */
export function random(seed) {
  let n = 0;
  return () => hash(n++, seed, 7919);
}

const mod = (n, m) => ((n % m) + m) % m;
const smooth = (t) => t * t * (3 - 2 * t);

/** Value noise in 0..1 that repeats every `period` cells of `cell` pixels. */
export function noise(x, y, cell, period, seed = 0) {
  const gx = Math.floor(x / cell);
  const gy = Math.floor(y / cell);
  const fx = smooth(x / cell - gx);
  const fy = smooth(y / cell - gy);
  const at = (i, j) => hash(mod(gx + i, period), mod(gy + j, period), seed);
  const top = at(0, 0) * (1 - fx) + at(1, 0) * fx;
  const low = at(0, 1) * (1 - fx) + at(1, 1) * fx;
  return top * (1 - fy) + low * fy;
}
