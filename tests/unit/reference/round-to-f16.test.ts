import { describe, expect, it } from 'vitest';
import { halfToNumber } from '../../../engine/reference/half.js';
import { roundToF16 } from '../../support/round-to-f16.js';

/** All finite halves that are not negative, ascending. */
const HALVES = Array.from({ length: 0x7c00 }, (_, half) => halfToNumber(half));

describe('roundToF16', () => {
  it('keeps what an f16 holds', () => {
    const values = Float32Array.from([...HALVES, ...HALVES.map((half) => -half)]);
    expect(roundToF16(values).every((value, i) => value === values[i])).toBe(true);
  });

  it('rounds to the nearest, and what stands in the middle to even', () => {
    const wrong: number[] = [];
    for (let i = 1; i < HALVES.length; i++) {
      const [low, high] = [HALVES[i - 1]!, HALVES[i]!];
      const middle = (low + high) / 2;
      const step = (high - low) / 64;
      const even = i % 2 === 0 ? high : low;
      const got = roundToF16(Float32Array.of(middle - step, middle, middle + step, -middle));
      const expected = [low, even, high, -even];
      if (expected.some((value, k) => got[k] !== value)) wrong.push(middle);
    }
    expect(wrong).toEqual([]);
  });

  it('rejects what no f16 holds with RangeError', () => {
    for (const value of [65520, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(() => roundToF16(Float32Array.of(value))).toThrow(RangeError);
    }
  });
});
