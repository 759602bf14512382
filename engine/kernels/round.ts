// Rounding to integers by adding 1.5 * 2^23: the sum's low bits are the nearest integer, ties to even. Two instructions;
// nearest and trunc_sat are about eight on x64. Exact for |x| < 2^22.

// @ts-ignore: decorator
@inline
const MAGIC: f32 = 12582912;
// @ts-ignore: decorator
@inline
const MAGIC_BITS: i32 = 0x4b400000;

/** The nearest integers, as i32. */
// @ts-ignore: decorator
@inline
export function roundToI32(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, f32x4.splat(MAGIC)), i32x4.splat(MAGIC_BITS));
}

/** The sum whose low bits are the nearest integer; `fromRounded` gives it as f32. */
// @ts-ignore: decorator
@inline
export function round(x: v128): v128 {
  return f32x4.add(x, f32x4.splat(MAGIC));
}

// @ts-ignore: decorator
@inline
export function fromRounded(rounded: v128): v128 {
  return f32x4.sub(rounded, f32x4.splat(MAGIC));
}
