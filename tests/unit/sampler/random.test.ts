import { describe, expect, it } from 'vitest';
import { randomAt } from '../../../engine/sampler/random.js';

const DRAWS = 20_000;

/** Sum of squared deviations of the bin counts over the expected count: near the number of bins where all is uniform. */
function chiSquared(values: readonly number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.floor(value * bins)]!++;
  const expected = values.length / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('randomAt', () => {
  it('gives the same draw for the same seed and number, whatever was drawn before', () => {
    const late = randomAt(7, 1000);
    for (let n = 0; n < 1000; n++) randomAt(7, n);
    expect(randomAt(7, 1000)).toBe(late);
    expect([randomAt(0, 0), randomAt(1, 0), randomAt(0xffffffff, 0xffffffff)]).toMatchInlineSnapshot(`
      [
        0.665013991529122,
        0.43376403441652656,
        0.19483680371195078,
      ]
    `);
  });

  it('stays in [0, 1) and is uniform over draws, over seeds, and over pairs of draws', () => {
    const byDraw = Array.from({ length: DRAWS }, (_, n) => randomAt(3, n));
    const bySeed = Array.from({ length: DRAWS }, (_, seed) => randomAt(seed, 0));
    const byPair = Array.from({ length: DRAWS }, (_, n) => {
      const first = Math.floor(randomAt(5, n) * 10);
      return (first + randomAt(5, n + 1)) / 10;
    });
    for (const values of [byDraw, bySeed, byPair]) {
      expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
      const chi = chiSquared(values, 100);
      // 99 degrees of freedom: outside of this by chance less than once in 10^4.
      expect(chi).toBeGreaterThan(50);
      expect(chi).toBeLessThan(160);
    }
  });
});
