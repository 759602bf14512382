// Activations to int8 codes in ±127 with one f32 scale per 32 columns, round to nearest even.
//
// A vector is written in a group of `lanes` rows (1 for decode, 4 for prefill and batches); this row is number `lane`:
//   codes  quantizeI8:  [columns/4][lanes][4] i8      quantizeI16: [columns/2][lanes][2] i16
//   meta   [columns/32][lanes] of 16 bytes: f32 scale, i32 start, f32 sum, 4 unused
// so that one v128.load32_splat fetches the operand that all weight rows share.
// `start` is -8 times the sum of the codes, the zero point of 4-bit weights folded into the accumulator:
// two i16 (for codes 0, 1 and 2, 3 of each quad) after quantizeI8, one i32 after quantizeI16.
// `sum` is scale times the sum of the codes, the factor of a weight block's minimum.

// @ts-ignore: decorator
@inline
function largest(x: usize): f32 {
  let m = f32x4.abs(v128.load(x));
  for (let i: usize = 16; i < 128; i += 16) m = f32x4.max(m, f32x4.abs(v128.load(x + i)));
  const a = max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1));
  return max(a, max(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)));
}

// @ts-ignore: decorator
@inline
function codes4(x: usize, inverse: v128): v128 {
  const q = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x), inverse)));
  return i32x4.max_s(i32x4.min_s(q, i32x4.splat(127)), i32x4.splat(-127));
}

/** x: f32[n], n a multiple of 32. For kernels that take the relaxed 8-bit dot product. */
export function quantizeI8(codes: usize, meta: usize, x: usize, n: i32, lanes: i32, lane: i32): void {
  const step = <usize>lanes << 2;
  codes += <usize>lane << 2;
  meta += <usize>lane << 4;
  for (let block = 0; block < n; block += 32) {
    const top = largest(x);
    const inverse = f32x4.splat(top > 0 ? <f32>127.0 / top : 0);
    let sums = i32x4.splat(0);
    for (let i: usize = 0; i < 128; i += 16) {
      const q = codes4(x + i, inverse);
      sums = i32x4.add(sums, q);
      const q16 = i16x8.narrow_i32x4_s(q, q);
      v128.store32_lane(codes, i8x16.narrow_i16x8_s(q16, q16), 0);
      codes += step;
    }
    const low = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
    const high = i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
    const scale = top / <f32>127.0;
    store<f32>(meta, scale);
    store<i16>(meta, <i16>(-8 * low), 4);
    store<i16>(meta, <i16>(-8 * high), 6);
    store<f32>(meta, scale * <f32>(low + high), 8);
    meta += <usize>lanes << 4;
    x += 128;
  }
}

/** x: f32[n], n a multiple of 32. The same codes as quantizeI8, in 16 bits. */
export function quantizeI16(codes: usize, meta: usize, x: usize, n: i32, lanes: i32, lane: i32): void {
  const step = <usize>lanes << 2;
  codes += <usize>lane << 2;
  meta += <usize>lane << 4;
  for (let block = 0; block < n; block += 32) {
    const top = largest(x);
    const inverse = f32x4.splat(top > 0 ? <f32>127.0 / top : 0);
    let sums = i32x4.splat(0);
    for (let i: usize = 0; i < 128; i += 16) {
      const q = codes4(x + i, inverse);
      sums = i32x4.add(sums, q);
      const q16 = i16x8.narrow_i32x4_s(q, q);
      v128.store32_lane(codes, q16, 0);
      v128.store32_lane(codes + step, q16, 1);
      codes += step << 1;
    }
    const sum =
      i32x4.extract_lane(sums, 0) +
      i32x4.extract_lane(sums, 1) +
      (i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3));
    const scale = top / <f32>127.0;
    store<f32>(meta, scale);
    store<i32>(meta, -8 * sum, 4);
    store<f32>(meta, scale * <f32>sum, 8);
    meta += <usize>lanes << 4;
    x += 128;
  }
}
