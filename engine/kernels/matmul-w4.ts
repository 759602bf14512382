// Matrix times vector(s) for 4-bit weights, repacked (see repack-w4.ts) into tiles of 8 rows by 32 columns:
//
//   W4 (Q4_0)     128 bytes codes, 16 bytes scales
//   W4Min (Q4_1)  128 bytes codes, 16 bytes scales, 16 bytes minimums
//   W4K (Q4_K)    for 8 tiles in a row: 16 bytes d, 16 bytes dmin; then 8 times { 128 bytes codes, u8 sc[8], u8 m[8] }
//
//   codes: four vectors for rows 0..3, four for rows 4..7; each 32-bit lane is one row
//   scales, minimums, d, dmin: eight halves in the order of halves.ts
//
// A weight is scale * code + minimum; for W4 scale * (code - 8); for W4K d * sc * code - dmin * m.
// Lanes are rows, so there are no horizontal sums, and scales multiply as vectors. The accumulator starts at -8 times
// the sum of the activations, so codes 0..15 stand for -8..7 at no cost, and 8 * scale joins the minimum.
//   relaxed: vector j holds columns 4j..4j+3 in its low nibbles and 16+4j.. in its high ones; i16 accumulation is exact
//            (at the end |sum of 16 products| <= 8*127*16; in between it may wrap). With `wide`, products are summed in
//            i32 by the instruction that does so: three on most x64, one on Arm with dot products (matmul-w4-wide.ts).
//   plain:   vector j holds columns 8j..8j+7, as four nibbles in each 16-bit lane. The middle ones are multiplied where they
//            stand, 16 and 256 times too large; activations are shifted so that all products are 256 times too large
//            (quantize.ts), which the scale takes back. Sums stay below 2^24, so f32 holds them exactly.
// Float order, the same in every build and for every batch: acc + convert(sum) * (scale * xScale) [+ minimum * xSum],
// with the power of two that halves are short of (halves.ts) in xScale.

import { halfOfRow, highHalves, lowHalves, REBIAS } from './halves';
import { firstNibbles, halfBits, integerBias, nibblesOfBytes, onesOfWords, secondNibbles, thirdNibbles } from './opaque';
import { firstReadAhead, readAhead } from './read-ahead';

/** Kinds of tiles. */
export const W4 = 0;
export const W4_MIN = 1;
export const W4_K = 2;

// @ts-ignore: decorator
@inline
function tileBytesOf(kind: i32): usize {
  return kind == W4_MIN ? 160 : 144;
}

/** Bytes of a row of tiles. */
// @ts-ignore: decorator
@inline
function tileRowBytes(kind: i32, blocks: i32): usize {
  return <usize>blocks * tileBytesOf(kind) + (kind == W4_K ? <usize>(blocks >> 3) << 5 : 0);
}

/** The scale of a block of activations, times what the weights' scales are short of. */
// @ts-ignore: decorator
@inline
function xScale(meta: usize): v128 {
  return v128.load32_splat(meta, 12);
}

/** Scales of four rows, short of REBIAS; bits: halfBits(). */
// @ts-ignore: decorator
@inline
function scales(kind: i32, w: usize, d: v128, high: bool, bits: v128): v128 {
  if (kind == W4_K) return f32x4.mul(d, bytesToF32(w + 128, high));
  return high ? highHalves(v128.load(w, 128), bits) : lowHalves(v128.load(w, 128), bits);
}

/** Minimums of four rows plus 8 times their scales. */
// @ts-ignore: decorator
@inline
function minimums(kind: i32, w: usize, dmin: v128, scale: v128, high: bool, bits: v128): v128 {
  const eight = f32x4.mul(f32x4.splat(8), scale);
  let sum: v128;
  if (kind == W4_K) {
    sum = f32x4.sub(eight, f32x4.mul(dmin, bytesToF32(w + 136, high)));
  } else {
    const m = v128.load(w, 144);
    sum = f32x4.add(high ? highHalves(m, bits) : lowHalves(m, bits), eight);
  }
  return f32x4.mul(sum, f32x4.splat(REBIAS));
}

/** Four of eight unsigned bytes. */
// @ts-ignore: decorator
@inline
function bytesToF32(at: usize, high: bool): v128 {
  const words = v128.load8x8_u(at);
  return f32x4.convert_i32x4_u(high ? i32x4.extend_high_i16x8_u(words) : i32x4.extend_low_i16x8_u(words));
}

// @ts-ignore: decorator
@inline
function dot(x: v128, codes: v128): v128 {
  return i16x8.relaxed_dot_i8x16_i7x16_s(x, codes);
}

/** s + x · codes, in i16 or i32. */
// @ts-ignore: decorator
@inline
function addDot(s: v128, x: v128, codes: v128, wide: bool): v128 {
  return wide ? i32x4.relaxed_dot_i8x16_i7x16_add_s(x, codes, s) : i16x8.add(s, dot(x, codes));
}

/** What the sums of a block start at. */
// @ts-ignore: decorator
@inline
function startOf(meta: usize): v128 {
  return v128.load32_splat(meta, 4);
}

// @ts-ignore: decorator
@inline
function add32(s: v128, codes: v128, x: v128): v128 {
  return i32x4.add(s, i32x4.dot_i16x8_s(codes, x));
}

/** What addScaled needs to make numbers of sums. */
// @ts-ignore: decorator
@inline
function sumOperand(wide: bool): v128 {
  return wide ? integerBias() : onesOfWords();
}

/** acc + an integer block sum of four weight rows * (scale * xScale); operand: sumOperand(). */
// @ts-ignore: decorator
@inline
function addScaled(acc: v128, s: v128, operand: v128, scale: v128, xScale: v128, wide: bool): v128 {
  let sum: v128;
  if (wide) {
    // The sum began at the bits of the bias: subtracting runs where no dot product does, converting does not.
    sum = f32x4.sub(s, operand);
  } else {
    if (ASC_FEATURE_RELAXED_SIMD) s = i32x4.dot_i16x8_s(s, operand);
    sum = f32x4.convert_i32x4_s(s);
  }
  return f32x4.add(acc, f32x4.mul(sum, f32x4.mul(scale, xScale)));
}

// The loops over the four vectors of a row group look as if they wanted unrolling: V8 does that, and only a loop keeps
// the two row groups side by side, so that an activation operand serves both and is then let go.

// @ts-ignore: decorator
@inline
export function gemv(
  out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32, kind: i32, wide: bool,
): void {
  const mask = ASC_FEATURE_RELAXED_SIMD ? nibblesOfBytes() : firstNibbles();
  const second = secondNibbles(), third = thirdNibbles();
  const bits = halfBits(), operand = sumOperand(wide);
  w += <usize>tileBegin * tileRowBytes(kind, blocks);
  out += <usize>tileBegin << 5;
  const begin = w;
  let next = firstReadAhead(w);
  for (let tile = tileBegin; tile < tileEnd; tile++) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
    let d0 = a0, d1 = a0, e0 = a0, e1 = a0;
    let px = x, pm = meta;
    for (let b = 0; b < blocks; b++) {
      if (kind == W4_K && (b & 7) == 0) {
        const d = v128.load(w), e = v128.load(w, 16);
        d0 = lowHalves(d, bits); d1 = highHalves(d, bits); e0 = lowHalves(e, bits); e1 = highHalves(e, bits);
        w += 32;
      }
      if (w >= next) next = readAhead(begin, next);
      let s = startOf(pm), t = s;
      for (let j = 0; j < 4; j++) {
        const v = v128.load(w), u = v128.load(w, 64);
        if (ASC_FEATURE_RELAXED_SIMD) {
          const low = v128.load32_splat(px), high = v128.load32_splat(px, 16);
          const v4 = v128.and(i16x8.shr_u(v, 4), mask), u4 = v128.and(i16x8.shr_u(u, 4), mask);
          if (wide) {
            s = addDot(addDot(s, low, v128.and(v, mask), wide), high, v4, wide);
            t = addDot(addDot(t, low, v128.and(u, mask), wide), high, u4, wide);
          } else {
            // A shorter chain than one sum after the other.
            s = i16x8.add(s, i16x8.add(dot(low, v128.and(v, mask)), dot(high, v4)));
            t = i16x8.add(t, i16x8.add(dot(low, v128.and(u, mask)), dot(high, u4)));
          }
          px += 4;
        } else {
          let y = v128.load32_splat(px);
          s = add32(s, v128.and(v, mask), y); t = add32(t, v128.and(u, mask), y);
          y = v128.load32_splat(px, 4);
          s = add32(s, v128.and(v, second), y); t = add32(t, v128.and(u, second), y);
          y = v128.load32_splat(px, 8);
          s = add32(s, v128.and(v, third), y); t = add32(t, v128.and(u, third), y);
          y = v128.load32_splat(px, 12);
          s = add32(s, i16x8.shr_u(v, 12), y); t = add32(t, i16x8.shr_u(u, 12), y);
          px += 16;
        }
        w += 16;
      }
      if (ASC_FEATURE_RELAXED_SIMD) px += 16;
      w -= 64;
      const low = scales(kind, w, d0, false, bits), high = scales(kind, w, d1, true, bits), scale = xScale(pm);
      a0 = addScaled(a0, s, operand, low, scale, wide);
      a1 = addScaled(a1, t, operand, high, scale, wide);
      if (kind != W4) {
        const sum = v128.load32_splat(pm, 8);
        a0 = f32x4.add(a0, f32x4.mul(minimums(kind, w, e0, low, false, bits), sum));
        a1 = f32x4.add(a1, f32x4.mul(minimums(kind, w, e1, high, true, bits), sum));
      }
      w += tileBytesOf(kind); pm += 16;
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    out += 32;
  }
}

/**
 * out[row] = weights[row] · x for the 8-row tiles tileBegin..tileEnd-1 of a Q4_0 matrix.
 * out: f32[rows]; w: tiles, `blocks` of 32 columns to a row; x, meta: one row from quantizeW4.
 */
export function gemvW4(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W4, false);
}

/** As gemvW4, for blocks with a minimum (Q4_1). */
export function gemvW4Min(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W4_MIN, false);
}

/** As gemvW4, for Q4_K; `blocks` is a multiple of 8. */
export function gemvW4K(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W4_K, false);
}

// @ts-ignore: decorator
@inline
export function gemm4(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32, kind: i32, wide: bool,
): void {
  const mask = ASC_FEATURE_RELAXED_SIMD ? nibblesOfBytes() : firstNibbles();
  const second = secondNibbles(), third = thirdNibbles();
  const bits = halfBits(), operand = sumOperand(wide);
  w += <usize>tileBegin * tileRowBytes(kind, blocks);
  out += <usize>tileBegin << 5;
  const begin = w;
  let next = firstReadAhead(w);
  for (let tile = tileBegin; tile < tileEnd; tile++) {
    let px = x, pm = meta, po = out;
    let pw = w;
    for (let g = 0; g < groups; g++) {
      let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
      let d0 = a0, d1 = a0, e0 = a0, e1 = a0;
      pw = w;
      for (let b = 0; b < blocks; b++) {
        if (pw >= next) next = readAhead(begin, next);
        if (kind == W4_K && (b & 7) == 0) {
          const d = v128.load(pw), e = v128.load(pw, 16);
          d0 = lowHalves(d, bits); d1 = highHalves(d, bits); e0 = lowHalves(e, bits); e1 = highHalves(e, bits);
          pw += 32;
        }
        let s0 = startOf(pm), s1 = startOf(pm + 16);
        let s2 = startOf(pm + 32), s3 = startOf(pm + 48);
        let t0 = s0, t1 = s1, t2 = s2, t3 = s3;
        for (let j = 0; j < 4; j++) {
          const v = v128.load(pw), u = v128.load(pw, 64);
          if (ASC_FEATURE_RELAXED_SIMD) {
            let p = v128.and(v, mask), q = v128.and(u, mask);
            let y = v128.load32_splat(px); s0 = addDot(s0, y, p, wide); t0 = addDot(t0, y, q, wide);
            y = v128.load32_splat(px, 4); s1 = addDot(s1, y, p, wide); t1 = addDot(t1, y, q, wide);
            y = v128.load32_splat(px, 8); s2 = addDot(s2, y, p, wide); t2 = addDot(t2, y, q, wide);
            y = v128.load32_splat(px, 12); s3 = addDot(s3, y, p, wide); t3 = addDot(t3, y, q, wide);
            p = v128.and(i16x8.shr_u(v, 4), mask); q = v128.and(i16x8.shr_u(u, 4), mask);
            y = v128.load32_splat(px, 64); s0 = addDot(s0, y, p, wide); t0 = addDot(t0, y, q, wide);
            y = v128.load32_splat(px, 68); s1 = addDot(s1, y, p, wide); t1 = addDot(t1, y, q, wide);
            y = v128.load32_splat(px, 72); s2 = addDot(s2, y, p, wide); t2 = addDot(t2, y, q, wide);
            y = v128.load32_splat(px, 76); s3 = addDot(s3, y, p, wide); t3 = addDot(t3, y, q, wide);
            px += 16;
          } else {
            let p = v128.and(v, mask), q = v128.and(u, mask);
            let y = v128.load32_splat(px); s0 = add32(s0, p, y); t0 = add32(t0, q, y);
            y = v128.load32_splat(px, 4); s1 = add32(s1, p, y); t1 = add32(t1, q, y);
            y = v128.load32_splat(px, 8); s2 = add32(s2, p, y); t2 = add32(t2, q, y);
            y = v128.load32_splat(px, 12); s3 = add32(s3, p, y); t3 = add32(t3, q, y);
            p = v128.and(v, second); q = v128.and(u, second);
            y = v128.load32_splat(px, 16); s0 = add32(s0, p, y); t0 = add32(t0, q, y);
            y = v128.load32_splat(px, 20); s1 = add32(s1, p, y); t1 = add32(t1, q, y);
            y = v128.load32_splat(px, 24); s2 = add32(s2, p, y); t2 = add32(t2, q, y);
            y = v128.load32_splat(px, 28); s3 = add32(s3, p, y); t3 = add32(t3, q, y);
            p = v128.and(v, third); q = v128.and(u, third);
            y = v128.load32_splat(px, 32); s0 = add32(s0, p, y); t0 = add32(t0, q, y);
            y = v128.load32_splat(px, 36); s1 = add32(s1, p, y); t1 = add32(t1, q, y);
            y = v128.load32_splat(px, 40); s2 = add32(s2, p, y); t2 = add32(t2, q, y);
            y = v128.load32_splat(px, 44); s3 = add32(s3, p, y); t3 = add32(t3, q, y);
            p = i16x8.shr_u(v, 12); q = i16x8.shr_u(u, 12);
            y = v128.load32_splat(px, 48); s0 = add32(s0, p, y); t0 = add32(t0, q, y);
            y = v128.load32_splat(px, 52); s1 = add32(s1, p, y); t1 = add32(t1, q, y);
            y = v128.load32_splat(px, 56); s2 = add32(s2, p, y); t2 = add32(t2, q, y);
            y = v128.load32_splat(px, 60); s3 = add32(s3, p, y); t3 = add32(t3, q, y);
            px += 64;
          }
          pw += 16;
        }
        if (ASC_FEATURE_RELAXED_SIMD) px += 64;
        pw -= 64;
        const low = scales(kind, pw, d0, false, bits), high = scales(kind, pw, d1, true, bits);
        let scale = xScale(pm);
        a0 = addScaled(a0, s0, operand, low, scale, wide);
        b0 = addScaled(b0, t0, operand, high, scale, wide);
        scale = xScale(pm + 16);
        a1 = addScaled(a1, s1, operand, low, scale, wide);
        b1 = addScaled(b1, t1, operand, high, scale, wide);
        scale = xScale(pm + 32);
        a2 = addScaled(a2, s2, operand, low, scale, wide);
        b2 = addScaled(b2, t2, operand, high, scale, wide);
        scale = xScale(pm + 48);
        a3 = addScaled(a3, s3, operand, low, scale, wide);
        b3 = addScaled(b3, t3, operand, high, scale, wide);
        if (kind != W4) {
          const lowMin = minimums(kind, pw, e0, low, false, bits), highMin = minimums(kind, pw, e1, high, true, bits);
          let sum = v128.load32_splat(pm, 8);
          a0 = f32x4.add(a0, f32x4.mul(lowMin, sum)); b0 = f32x4.add(b0, f32x4.mul(highMin, sum));
          sum = v128.load32_splat(pm, 24);
          a1 = f32x4.add(a1, f32x4.mul(lowMin, sum)); b1 = f32x4.add(b1, f32x4.mul(highMin, sum));
          sum = v128.load32_splat(pm, 40);
          a2 = f32x4.add(a2, f32x4.mul(lowMin, sum)); b2 = f32x4.add(b2, f32x4.mul(highMin, sum));
          sum = v128.load32_splat(pm, 56);
          a3 = f32x4.add(a3, f32x4.mul(lowMin, sum)); b3 = f32x4.add(b3, f32x4.mul(highMin, sum));
        }
        pw += tileBytesOf(kind); pm += 64;
      }
      v128.store(po, a0); v128.store(po, b0, 16); po += outStride;
      v128.store(po, a1); v128.store(po, b1, 16); po += outStride;
      v128.store(po, a2); v128.store(po, b2, 16); po += outStride;
      v128.store(po, a3); v128.store(po, b3, 16); po += outStride;
    }
    w = pw;
    out += 32;
  }
}

/**
 * As gemvW4 for `groups` groups of four rows of activations, one pass over the weights.
 * out: f32[4 * groups] rows, `outStride` bytes apart; x, meta: groups with four lanes (see quantize.ts), one after the other.
 */
export function gemm4W4(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W4, false);
}

/** As gemm4W4, for blocks with a minimum (Q4_1). */
export function gemm4W4Min(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W4_MIN, false);
}

/** As gemm4W4, for Q4_K; `blocks` is a multiple of 8. */
export function gemm4W4K(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W4_K, false);
}

// @ts-ignore: decorator
@inline
function readRow(out: usize, w: usize, row: i32, blocks: i32, kind: i32): void {
  w += <usize>(row >> 3) * tileRowBytes(kind, blocks);
  const lane = row & 7;
  const codes = <usize>((lane >> 2) * 64 + (lane & 3) * 4);
  let d: f32 = 0, dmin: f32 = 0;
  for (let b = 0; b < blocks; b++) {
    if (kind == W4_K && (b & 7) == 0) {
      d = halfOfRow(w, lane);
      dmin = halfOfRow(w + 16, lane);
      w += 32;
    }
    let scale: f32, minimum: f32 = 0;
    if (kind == W4_K) {
      scale = d * <f32>load<u8>(w + lane, 128);
      minimum = -(dmin * <f32>load<u8>(w + lane, 136));
    } else {
      scale = halfOfRow(w + 128, lane);
      if (kind == W4_MIN) minimum = halfOfRow(w + 144, lane);
    }
    const zero = kind == W4 ? 8 : 0;
    for (let column = 0; column < 32; column++) {
      let code: i32;
      if (ASC_FEATURE_RELAXED_SIMD) {
        const byte = load<u8>(w + codes + ((column & 12) << 2) + (column & 3));
        code = column < 16 ? byte & 15 : byte >> 4;
      } else {
        const half = load<u16>(w + codes + ((column >> 3) << 4) + ((column & 1) << 1));
        code = (<i32>half >> (((column & 7) >> 1) << 2)) & 15;
      }
      store<f32>(out, <f32>(code - zero) * scale + minimum);
      out += 4;
    }
    w += tileBytesOf(kind);
  }
}

/** out[column] = weights[row][column], dequantized; out: f32[32 * blocks]. */
export function readRowW4(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W4);
}

/** As readRowW4, for blocks with a minimum (Q4_1). */
export function readRowW4Min(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W4_MIN);
}

/** As readRowW4, for Q4_K. */
export function readRowW4K(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W4_K);
}
