// Activations to int8 codes in ±127 with one f32 scale per 32 columns, round to nearest even.
//
// A vector is written in a group of `lanes` rows (1 for decode, 4 for prefill and batches); this row is number `lane`:
//   codes  quantizeW4: relaxed [columns/4][lanes][4] i8; plain as quantizeW8, but shifted (see shifted8)
//          quantizeW8: [columns/2][lanes][2] i16
//   meta   [columns/32][lanes] of 16 bytes: f32 scale, i32 start, f32 sum, and
//          quantizeW4: the scale as matmul-w4.ts wants it, times REBIAS (halves.ts) and short of the shift
//          quantizeW8: f32 sum of the first 16 columns
// so that one v128.load32_splat fetches the operand that all weight rows share.
// `start` is -8 times the sum of the codes, the zero point of 4-bit weights folded into the accumulator: relaxed, two i16
// (for codes 0, 1 and 2, 3 of each quad); wide, one i32, INTEGER_BIAS more; plain, one i32, shifted as the codes are.
// quantizeW8 leaves it out.
// `sum` is scale times the sum of the codes, the factor of a weight block's minimum.

import { REBIAS } from './halves';
import { maxLanes } from './reduce';
import { roundToI32 } from './round';

// @ts-ignore: decorator
@inline
function largest(x: usize): f32 {
  let m = f32x4.abs(v128.load(x));
  for (let i: usize = 16; i < 128; i += 16) m = f32x4.pmax(m, f32x4.abs(v128.load(x + i)));
  return maxLanes(m);
}

/** Sixteen codes as bytes; where 127 / top rounds up, x * inverse may reach -127.5. */
// @ts-ignore: decorator
@inline
function codes16(x: usize, inverse: v128): v128 {
  const a = roundToI32(f32x4.mul(v128.load(x), inverse)), b = roundToI32(f32x4.mul(v128.load(x, 16), inverse));
  const c = roundToI32(f32x4.mul(v128.load(x, 32), inverse)), d = roundToI32(f32x4.mul(v128.load(x, 48), inverse));
  const codes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  return i8x16.max_s(codes, i8x16.splat(-127));
}

// @ts-ignore: decorator
@inline
function sumOf(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  );
}

// @ts-ignore: decorator
@inline
function sum16(codes: v128): i32 {
  return sumOf(i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_s(codes)));
}

// @ts-ignore: decorator
@inline
function storeScaleAndSum(meta: usize, scale: f32, sum: i32): void {
  store<f32>(meta, scale);
  store<f32>(meta, scale * <f32>sum, 8);
}

// @ts-ignore: decorator
@inline
function storeQuads(codes: usize, step: usize, v: v128): void {
  v128.store32_lane(codes, v, 0);
  v128.store32_lane(codes + step, v, 1);
  v128.store32_lane(codes + 2 * step, v, 2);
  v128.store32_lane(codes + 3 * step, v, 3);
}

/** How far the plain build's products for matmul-w4.ts are shifted. */
const SHIFT = 8;

/**
 * Codes of the eight columns that stand in one vector of 4-bit weights, shifted by what their weight is not: pairs of
 * columns are masked out of the bits 0..3, 4..7 and 8..11 of a lane where they stand, and the last is shifted down.
 */
// @ts-ignore: decorator
@inline
function shifted8(codes: v128): v128 {
  return i16x8.mul(codes, i16x8(256, 256, 16, 16, 1, 1, 256, 256));
}

// @ts-ignore: decorator
@inline
function storeWords(codes: usize, step: usize, a: v128, b: v128, c: v128, d: v128): void {
  storeQuads(codes, step, a);
  storeQuads(codes + 4 * step, step, b);
  storeQuads(codes + 8 * step, step, c);
  storeQuads(codes + 12 * step, step, d);
}

/**
 * The bits of 1.5 * 2^23 as f32, where integers are one apart: i32 sums that start here, and stay within 2^22 of it, are
 * the bits of the sum plus 1.5 * 2^23.
 */
const INTEGER_BIAS = 0x4b400000;

// @ts-ignore: decorator
@inline
function quantizeToBytes(
  codes: usize, meta: usize, x: usize, n: i32, lanes: i32, lane: i32, wide: bool,
): void {
  const step = <usize>lanes << 2;
  codes += <usize>lane << 2;
  meta += <usize>lane << 4;
  for (let block = 0; block < n; block += 32) {
    const top = largest(x);
    const inverse = f32x4.splat(top > 0 ? <f32>127.0 / top : 0);
    const a = codes16(x, inverse), b = codes16(x + 64, inverse);
    const scale = top / <f32>127.0;
    if (ASC_FEATURE_RELAXED_SIMD) {
      storeQuads(codes, step, a);
      storeQuads(codes + 4 * step, step, b);
      codes += 8 * step;
      // Of codes 0, 1 and of codes 2, 3 of each quad.
      const pairs = i16x8.add(i16x8.extadd_pairwise_i8x16_s(a), i16x8.extadd_pairwise_i8x16_s(b));
      const even = i32x4.shr_s(i32x4.shl(pairs, 16), 16), odd = i32x4.shr_s(pairs, 16);
      const low = sumOf(even), high = sumOf(odd);
      storeScaleAndSum(meta, scale, low + high);
      store<f32>(meta, scale * REBIAS, 12);
      if (wide) {
        store<i32>(meta, INTEGER_BIAS - 8 * (low + high), 4);
      } else {
        store<i16>(meta, <i16>(-8 * low), 4);
        store<i16>(meta, <i16>(-8 * high), 6);
      }
    } else {
      storeWords(
        codes, step,
        shifted8(i16x8.extend_low_i8x16_s(a)), shifted8(i16x8.extend_high_i8x16_s(a)),
        shifted8(i16x8.extend_low_i8x16_s(b)), shifted8(i16x8.extend_high_i8x16_s(b)),
      );
      codes += 16 * step;
      const sum = sum16(a) + sum16(b);
      storeScaleAndSum(meta, scale, sum);
      store<f32>(meta, scale * (REBIAS / <f32>(1 << SHIFT)), 12);
      store<i32>(meta, (-8 * sum) << SHIFT, 4);
    }
    meta += <usize>lanes << 4;
    x += 128;
  }
}

/** x: f32[n], n a multiple of 32. For matmul-w4.ts. */
export function quantizeW4(codes: usize, meta: usize, x: usize, n: i32, lanes: i32, lane: i32): void {
  quantizeToBytes(codes, meta, x, n, lanes, lane, false);
}

/** As quantizeW4, for matmul-w4-wide.ts. */
export function quantizeW4Wide(codes: usize, meta: usize, x: usize, n: i32, lanes: i32, lane: i32): void {
  quantizeToBytes(codes, meta, x, n, lanes, lane, true);
}

/** x: f32[n], n a multiple of 32. For matmul-w8.ts. */
export function quantizeW8(codes: usize, meta: usize, x: usize, n: i32, lanes: i32, lane: i32): void {
  const step = <usize>lanes << 2;
  codes += <usize>lane << 2;
  meta += <usize>lane << 4;
  for (let block = 0; block < n; block += 32) {
    const top = largest(x);
    const inverse = f32x4.splat(top > 0 ? <f32>127.0 / top : 0);
    const a = codes16(x, inverse), b = codes16(x + 64, inverse);
    storeWords(
      codes, step,
      i16x8.extend_low_i8x16_s(a), i16x8.extend_high_i8x16_s(a),
      i16x8.extend_low_i8x16_s(b), i16x8.extend_high_i8x16_s(b),
    );
    codes += 16 * step;
    const low = sum16(a);
    const scale = top / <f32>127.0;
    storeScaleAndSum(meta, scale, low + sum16(b));
    store<f32>(meta, scale * <f32>low, 12);
    meta += <usize>lanes << 4;
    x += 128;
  }
}
