// Matrix times vector(s) for signed 8-bit codes, repacked (see repack.ts) into tiles of 8 rows by 32 columns:
//
//   W8 (Q8_0, Q5_0, and F16, BF16, F32 requantized)  256 bytes codes, f32 scale[8]
//   W8Min (Q5_1)                                     256 bytes codes, f32 scale[8], f32 minimum[8]
//   W8K (Q2_K, Q3_K, Q5_K, Q6_K)  for 8 tiles in a row: 16 bytes d, 16 bytes dmin (halves.ts); then 8 times
//                                 { 256 bytes codes, i8 sc[2][8], u8 m[2][8] }, one sc and m for each 16 columns
//
//   codes: [16 column pairs][8 rows][2] i8
//
// A weight is scale * code + minimum; for W8K d * sc * code - dmin * m.
// Both builds use the exact 16-bit dot product: an 8-bit weight is no 7-bit operand of the relaxed one.
// Float order as in matmul-w4.ts: acc + convert(sum) * (scale * xScale) [+ minimum * xSum], for W8K by 16 columns.

import { halfOfRow, highHalves, lowHalves, REBIAS } from './halves';
import { halfBits } from './opaque';
import { firstReadAhead, readAhead } from './read-ahead';

/** Kinds of tiles. */
const W8 = 0;
const W8_MIN = 1;
const W8_K = 2;

// @ts-ignore: decorator
@inline
function tileBytesOf(kind: i32): usize {
  return kind == W8_MIN ? 320 : 288;
}

/** Bytes of a row of tiles. */
// @ts-ignore: decorator
@inline
function tileRowBytes(kind: i32, blocks: i32): usize {
  return <usize>blocks * tileBytesOf(kind) + (kind == W8_K ? <usize>(blocks >> 3) << 5 : 0);
}

/** Sub-scales of four rows for one half of a block; `at`: i8[8]. */
// @ts-ignore: decorator
@inline
function subScales(at: usize, high: bool): v128 {
  const words = v128.load8x8_s(at);
  return f32x4.convert_i32x4_s(high ? i32x4.extend_high_i16x8_s(words) : i32x4.extend_low_i16x8_s(words));
}

// @ts-ignore: decorator
@inline
function add32(s: v128, codes: v128, x: v128): v128 {
  return i32x4.add(s, i32x4.dot_i16x8_s(codes, x));
}

// @ts-ignore: decorator
@inline
function addScaled(acc: v128, sum: v128, scale: v128): v128 {
  return f32x4.add(acc, f32x4.mul(f32x4.convert_i32x4_s(sum), scale));
}

// @ts-ignore: decorator
@inline
function gemv(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32, kind: i32): void {
  w += <usize>tileBegin * tileRowBytes(kind, blocks);
  out += <usize>tileBegin << 5;
  const begin = w;
  let next = firstReadAhead(w);
  for (let tile = tileBegin; tile < tileEnd; tile++) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
    let d0 = a0, d1 = a0, e0 = a0, e1 = a0;
    let px = x, pm = meta;
    for (let b = 0; b < blocks; b++) {
      if (kind == W8_K && (b & 7) == 0) {
        const bits = halfBits(), rebias = f32x4.splat(REBIAS), d = v128.load(w), e = v128.load(w, 16);
        d0 = f32x4.mul(lowHalves(d, bits), rebias); d1 = f32x4.mul(highHalves(d, bits), rebias);
        e0 = f32x4.mul(lowHalves(e, bits), rebias); e1 = f32x4.mul(highHalves(e, bits), rebias);
        w += 32;
      }
      if (w >= next) next = readAhead(begin, next);
      const scale = v128.load32_splat(pm);
      for (let half: usize = 0; half < (kind == W8_K ? 2 : 1); half++) {
        let s = i32x4.splat(0), t = s;
        for (let p = 0; p < (kind == W8_K ? 8 : 16); p++) {
          const y = v128.load32_splat(px);
          s = add32(s, v128.load8x8_s(w), y); t = add32(t, v128.load8x8_s(w, 8), y);
          w += 16; px += 4;
        }
        if (kind == W8_K) {
          // w stands 128 bytes further after each half; both halves' sub-scales stand behind the codes.
          const sub = w + 128 - half * 120;
          a0 = addScaled(a0, s, f32x4.mul(f32x4.mul(d0, subScales(sub, false)), scale));
          a1 = addScaled(a1, t, f32x4.mul(f32x4.mul(d1, subScales(sub, true)), scale));
        } else {
          a0 = addScaled(a0, s, f32x4.mul(v128.load(w), scale));
          a1 = addScaled(a1, t, f32x4.mul(v128.load(w, 16), scale));
        }
      }
      if (kind == W8_K) {
        const low = xSum(pm, kind, 0), high = xSum(pm, kind, 1);
        a0 = f32x4.sub(a0, f32x4.mul(f32x4.mul(e0, subScales(w + 16, false)), low));
        a1 = f32x4.sub(a1, f32x4.mul(f32x4.mul(e1, subScales(w + 16, true)), low));
        a0 = f32x4.sub(a0, f32x4.mul(f32x4.mul(e0, subScales(w + 24, false)), high));
        a1 = f32x4.sub(a1, f32x4.mul(f32x4.mul(e1, subScales(w + 24, true)), high));
      }
      if (kind == W8_MIN) {
        const sum = v128.load32_splat(pm, 8);
        a0 = f32x4.add(a0, f32x4.mul(v128.load(w, 32), sum));
        a1 = f32x4.add(a1, f32x4.mul(v128.load(w, 48), sum));
      }
      w += tileBytesOf(kind) - 256; pm += 16;
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    out += 32;
  }
}

/**
 * out[row] = weights[row] · x for the 8-row tiles tileBegin..tileEnd-1.
 * out: f32[rows]; w: tiles, `blocks` of 32 columns to a row; x, meta: one row from quantizeW8.
 */
export function gemvW8(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W8);
}

/** As gemvW8, for blocks with a minimum. */
export function gemvW8Min(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W8_MIN);
}

/** As gemvW8, for k-quants; `blocks` is a multiple of 8. */
export function gemvW8K(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W8_K);
}

// @ts-ignore: decorator
@inline
function gemm4(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32, kind: i32,
): void {
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
        if (kind == W8_K && (b & 7) == 0) {
          const bits = halfBits(), rebias = f32x4.splat(REBIAS), d = v128.load(pw), e = v128.load(pw, 16);
          d0 = f32x4.mul(lowHalves(d, bits), rebias); d1 = f32x4.mul(highHalves(d, bits), rebias);
          e0 = f32x4.mul(lowHalves(e, bits), rebias); e1 = f32x4.mul(highHalves(e, bits), rebias);
          pw += 32;
        }
        let low: v128, high: v128;
        for (let half: usize = 0; half < (kind == W8_K ? 2 : 1); half++) {
          let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
          for (let p = 0; p < (kind == W8_K ? 8 : 16); p++) {
            const v = v128.load8x8_s(pw), u = v128.load8x8_s(pw, 8);
            let y = v128.load32_splat(px);
            s0 = add32(s0, v, y); t0 = add32(t0, u, y);
            y = v128.load32_splat(px, 4);
            s1 = add32(s1, v, y); t1 = add32(t1, u, y);
            y = v128.load32_splat(px, 8);
            s2 = add32(s2, v, y); t2 = add32(t2, u, y);
            y = v128.load32_splat(px, 12);
            s3 = add32(s3, v, y); t3 = add32(t3, u, y);
            pw += 16; px += 16;
          }
          if (kind == W8_K) {
            // pw stands 128 bytes further after each half; both halves' sub-scales stand behind the codes.
            const sub = pw + 128 - half * 120;
            low = f32x4.mul(d0, subScales(sub, false)); high = f32x4.mul(d1, subScales(sub, true));
          } else {
            low = v128.load(pw); high = v128.load(pw, 16);
          }
          let scale = v128.load32_splat(pm);
          a0 = addScaled(a0, s0, f32x4.mul(low, scale)); b0 = addScaled(b0, t0, f32x4.mul(high, scale));
          scale = v128.load32_splat(pm, 16);
          a1 = addScaled(a1, s1, f32x4.mul(low, scale)); b1 = addScaled(b1, t1, f32x4.mul(high, scale));
          scale = v128.load32_splat(pm, 32);
          a2 = addScaled(a2, s2, f32x4.mul(low, scale)); b2 = addScaled(b2, t2, f32x4.mul(high, scale));
          scale = v128.load32_splat(pm, 48);
          a3 = addScaled(a3, s3, f32x4.mul(low, scale)); b3 = addScaled(b3, t3, f32x4.mul(high, scale));
        }
        if (kind != W8) {
          let low: v128, high: v128;
          for (let half: usize = 0; half < (kind == W8_K ? 2 : 1); half++) {
            if (kind == W8_K) {
              const sub = pw + 16 + half * 8;
              low = f32x4.neg(f32x4.mul(e0, subScales(sub, false))); high = f32x4.neg(f32x4.mul(e1, subScales(sub, true)));
            } else {
              low = v128.load(pw, 32); high = v128.load(pw, 48);
            }
            let sum = xSum(pm, kind, half); a0 = f32x4.add(a0, f32x4.mul(low, sum)); b0 = f32x4.add(b0, f32x4.mul(high, sum));
            sum = xSum(pm + 16, kind, half); a1 = f32x4.add(a1, f32x4.mul(low, sum)); b1 = f32x4.add(b1, f32x4.mul(high, sum));
            sum = xSum(pm + 32, kind, half); a2 = f32x4.add(a2, f32x4.mul(low, sum)); b2 = f32x4.add(b2, f32x4.mul(high, sum));
            sum = xSum(pm + 48, kind, half); a3 = f32x4.add(a3, f32x4.mul(low, sum)); b3 = f32x4.add(b3, f32x4.mul(high, sum));
          }
        }
        pw += tileBytesOf(kind) - 256; pm += 64;
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

/** The sum of a block of activations, for W8K of one half of it. */
// @ts-ignore: decorator
@inline
function xSum(meta: usize, kind: i32, half: usize): v128 {
  const sum = v128.load32_splat(meta, 8);
  if (kind != W8_K) return sum;
  const low = v128.load32_splat(meta, 12);
  return half == 0 ? low : f32x4.sub(sum, low);
}

/**
 * As gemvW8 for `groups` groups of four rows of activations, one pass over the weights.
 * out: f32[4 * groups] rows, `outStride` bytes apart; x, meta: groups with four lanes (see quantize.ts), one after the other.
 */
export function gemm4W8(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W8);
}

/** As gemm4W8, for blocks with a minimum. */
export function gemm4W8Min(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W8_MIN);
}

/** As gemm4W8, for k-quants; `blocks` is a multiple of 8. */
export function gemm4W8K(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W8_K);
}

// @ts-ignore: decorator
@inline
function readRow(out: usize, w: usize, row: i32, blocks: i32, kind: i32): void {
  w += <usize>(row >> 3) * tileRowBytes(kind, blocks);
  const lane = <usize>(row & 7);
  let d: f32 = 0, dmin: f32 = 0;
  for (let b = 0; b < blocks; b++) {
    if (kind == W8_K && (b & 7) == 0) {
      d = halfOfRow(w, <i32>lane);
      dmin = halfOfRow(w + 16, <i32>lane);
      w += 32;
    }
    let scale: f32 = 0, minimum: f32 = 0;
    if (kind != W8_K) scale = load<f32>(w + lane * 4, 256);
    if (kind == W8_MIN) minimum = load<f32>(w + lane * 4, 288);
    for (let column: usize = 0; column < 32; column++) {
      if (kind == W8_K && (column & 15) == 0) {
        const sub = w + lane + (column >> 1);
        scale = d * <f32>load<i8>(sub, 256);
        minimum = -(dmin * <f32>load<u8>(sub, 272));
      }
      store<f32>(out, <f32>load<i8>(w + (column >> 1) * 16 + lane * 2 + (column & 1)) * scale + minimum);
      out += 4;
    }
    w += tileBytesOf(kind);
  }
}

/** out[column] = weights[row][column], dequantized; out: f32[32 * blocks]. */
export function readRowW8(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W8);
}

/** As readRowW8, for blocks with a minimum. */
export function readRowW8Min(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W8_MIN);
}

/** As readRowW8, for k-quants. */
export function readRowW8K(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W8_K);
}
