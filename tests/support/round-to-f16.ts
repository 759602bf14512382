/** What an f16 cache keeps of an f32 value. */

const F16_MAX = 65504;
const SMALLEST_NORMAL = 2 ** -14;

/**
 * A copy with each value rounded to the nearest f16, halves to even.
 * @throws RangeError: a value is no finite f16
 */
export function roundToF16(values: Float32Array): Float32Array {
  const rounded = values.slice();
  const bits = new Uint32Array(rounded.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Math.abs(value) < SMALLEST_NORMAL) {
      // Subnormals are multiples of 2^-24, the step of an f32 between a half and one.
      rounded[i] = Math.fround(value + 0.75) - 0.75;
    } else {
      // A carry out of the fraction goes into the exponent, as it should.
      bits[i] = (bits[i]! + 0xfff + ((bits[i]! >>> 13) & 1)) & ~0x1fff;
    }
    if (!(Math.abs(rounded[i]!) <= F16_MAX)) throw new RangeError(`Got ${value}, which no f16 holds.`);
  }
  return rounded;
}
