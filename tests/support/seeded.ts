import { randomAt } from '../../engine/sampler/random.js';

/** Numbers that are the same in every run. */
export interface Seeded {
  /** Uniform in [0, 1). */
  next(): number;
  /** An integer from 0 to n - 1. */
  below(n: number): number;
  /** n floats, roughly normal, with the given spread. */
  floats(n: number, spread?: number): Float32Array;
  bytes(n: number): Uint8Array;
}

export function seeded(seed: number): Seeded {
  let draws = 0;
  const next = () => randomAt(seed, draws++);
  return {
    next,
    below: (n) => Math.floor(next() * n),
    floats: (n, spread = 1) =>
      Float32Array.from({ length: n }, () => (next() + next() + next() - 1.5) * 2 * spread),
    bytes: (n) => Uint8Array.from({ length: n }, () => Math.floor(next() * 256)),
  };
}
