// Matrix times vector(s) for signed codes of up to 8 bits, repacked (see repack.ts) into tiles of 8 rows by 32 columns:
//
//   W8 (Q8_0, and F16, BF16, F32 requantized)  codes, f32 scale[8]
//   W5 (Q5_0)       codes, 16 bytes scales
//   W5Min (Q5_1)    codes, 16 bytes scales, 16 bytes minimums
//   W5K (Q5_K)      for 8 tiles in a row: 16 bytes d, 16 bytes dmin; then 8 times { codes, u8 sc[8], u8 m[8] }
//   W6K (Q6_K) and W3K (Q3_K)  16 bytes d; 8 times { codes, i8 sc[2][8] }, one sc for each 16 columns
//   W2K (Q2_K)      16 bytes d, 16 bytes dmin; 8 times { codes, u8 subs[2][8] }: sc in the low nibble, m in the high one
//
//   codes: as w8-codes.ts has them; scales, minimums, d, dmin: eight halves in the order of halves.ts
//
// A weight is scale * code + minimum; in the K layouts d * sc * code - dmin * m.
// All builds use the exact 16-bit dot product: an 8-bit weight is no 7-bit operand of the relaxed one.
// Float order as in matmul-w4.ts: acc + convert(sum) * (scale * xScale) [+ minimum * xSum], by 16 columns where there is a
// sub-scale for each 16.

import { halfOfRow, highHalves, lowHalves, REBIAS } from './halves';
import { halfBits, nibblesOfBytes } from './opaque';
import { firstReadAhead, readAhead } from './read-ahead';
import { codeAt, codeBytes, codes16, highPart, W2_K, W3_K, W5, W5_K, W5_MIN, W6_K, W8 } from './w8-codes';

// @ts-ignore: decorator
@inline
function isK(kind: i32): bool {
  return kind == W2_K || kind == W3_K || kind == W5_K || kind == W6_K;
}

/** Parts of a block that have a sub-scale of their own: 16 columns each, or the whole. */
// @ts-ignore: decorator
@inline
function partsOf(kind: i32): usize {
  return byHalves(kind) ? 2 : 1;
}

/** Whether each 16 columns have a sub-scale of their own. */
// @ts-ignore: decorator
@inline
function byHalves(kind: i32): bool {
  return kind == W2_K || kind == W3_K || kind == W6_K;
}

// @ts-ignore: decorator
@inline
function hasMinimum(kind: i32): bool {
  return kind == W5_MIN || kind == W5_K || kind == W2_K;
}

// @ts-ignore: decorator
@inline
function tileBytesOf(kind: i32): usize {
  return codeBytes(kind) + (kind == W8 || kind == W5_MIN ? 32 : 16);
}

/** Bytes of d and dmin before eight tiles of a K layout. */
// @ts-ignore: decorator
@inline
function headBytesOf(kind: i32): usize {
  return hasMinimum(kind) ? 32 : 16;
}

/** Bytes of a row of tiles. */
// @ts-ignore: decorator
@inline
function tileRowBytes(kind: i32, blocks: i32): usize {
  return <usize>blocks * tileBytesOf(kind) + (isK(kind) ? <usize>(blocks >> 3) * headBytesOf(kind) : 0);
}

/** Four of eight halves as f32. */
// @ts-ignore: decorator
@inline
function halves(at: usize, high: bool): v128 {
  const bits = halfBits(), v = v128.load(at);
  return f32x4.mul(high ? highHalves(v, bits) : lowHalves(v, bits), f32x4.splat(REBIAS));
}

/** Four of eight bytes as f32. */
// @ts-ignore: decorator
@inline
function numbersOf(words: v128, high: bool): v128 {
  return f32x4.convert_i32x4_s(high ? i32x4.extend_high_i16x8_s(words) : i32x4.extend_low_i16x8_s(words));
}

/** Scales of four rows, for one half of the columns where they differ; w: the tile, d: of these rows. */
// @ts-ignore: decorator
@inline
function scales(kind: i32, w: usize, d: v128, half: usize, high: bool): v128 {
  const at = w + codeBytes(kind);
  if (kind == W8) return high ? v128.load(at, 16) : v128.load(at);
  if (kind == W5 || kind == W5_MIN) return halves(at, high);
  if (kind == W5_K) return f32x4.mul(d, numbersOf(v128.load8x8_u(at), high));
  if (kind == W2_K) {
    return f32x4.mul(d, numbersOf(v128.and(v128.load8x8_u(at + half * 8), i16x8.splat(15)), high));
  }
  return f32x4.mul(d, numbersOf(v128.load8x8_s(at + half * 8), high));
}

/** As scales, the minimums; e: dmin of these rows. */
// @ts-ignore: decorator
@inline
function minimums(kind: i32, w: usize, e: v128, half: usize, high: bool): v128 {
  const at = w + codeBytes(kind);
  if (kind == W5_MIN) return halves(at + 16, high);
  const m = kind == W5_K ? v128.load8x8_u(at, 8) : i16x8.shr_u(v128.load8x8_u(at + half * 8), 4);
  return f32x4.neg(f32x4.mul(e, numbersOf(m, high)));
}

/** The sum of a block of activations, or of one half of it. */
// @ts-ignore: decorator
@inline
function xSum(meta: usize, kind: i32, half: usize): v128 {
  const sum = v128.load32_splat(meta, 8);
  if (!byHalves(kind)) return sum;
  const low = v128.load32_splat(meta, 12);
  return half == 0 ? low : f32x4.sub(sum, low);
}

/** Bytes of the vectors of codes that one turn of the inner loop takes: those that share a part of the second plane. */
// @ts-ignore: decorator
@inline
function vectorBytes(kind: i32): usize {
  return kind == W8 ? 16 : 64;
}

/** Rows 0..3 of the vector `at` as i16; c: the vector, see codes16. */
// @ts-ignore: decorator
@inline
function firstRows(kind: i32, c: v128, tile: usize, at: usize): v128 {
  return kind == W8 ? v128.load8x8_s(tile + at) : i16x8.extend_low_i8x16_s(c);
}

/** As firstRows, rows 4..7. */
// @ts-ignore: decorator
@inline
function lastRows(kind: i32, c: v128, tile: usize, at: usize): v128 {
  return kind == W8 ? v128.load8x8_s(tile + at, 8) : i16x8.extend_high_i8x16_s(c);
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
  const nibbles = nibblesOfBytes();
  w += <usize>tileBegin * tileRowBytes(kind, blocks);
  out += <usize>tileBegin << 5;
  const begin = w;
  let next = firstReadAhead(w);
  for (let tile = tileBegin; tile < tileEnd; tile++) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
    let d0 = a0, d1 = a0, e0 = a0, e1 = a0;
    let px = x, pm = meta;
    for (let b = 0; b < blocks; b++) {
      if (isK(kind) && (b & 7) == 0) {
        d0 = halves(w, false); d1 = halves(w, true);
        if (hasMinimum(kind)) { e0 = halves(w + 16, false); e1 = halves(w + 16, true); }
        w += headBytesOf(kind);
      }
      if (w >= next) next = readAhead(begin, next);
      const scale = v128.load32_splat(pm);
      for (let half: usize = 0; half < partsOf(kind); half++) {
        let s = i32x4.splat(0), t = s;
        for (let at = half << 7, end = at + (byHalves(kind) ? 128 : 256); at < end; at += vectorBytes(kind)) {
          const high = highPart(kind, w, at);
          let c = codes16(kind, w, at, 0, high, nibbles), y = v128.load32_splat(px);
          s = add32(s, firstRows(kind, c, w, at), y); t = add32(t, lastRows(kind, c, w, at), y);
          if (kind != W8) {
            c = codes16(kind, w, at, 1, high, nibbles); y = v128.load32_splat(px, 4);
            s = add32(s, i16x8.extend_low_i8x16_s(c), y); t = add32(t, i16x8.extend_high_i8x16_s(c), y);
            c = codes16(kind, w, at, 2, high, nibbles); y = v128.load32_splat(px, 8);
            s = add32(s, i16x8.extend_low_i8x16_s(c), y); t = add32(t, i16x8.extend_high_i8x16_s(c), y);
            c = codes16(kind, w, at, 3, high, nibbles); y = v128.load32_splat(px, 12);
            s = add32(s, i16x8.extend_low_i8x16_s(c), y); t = add32(t, i16x8.extend_high_i8x16_s(c), y);
          }
          px += vectorBytes(kind) >> 2;
        }
        a0 = addScaled(a0, s, f32x4.mul(scales(kind, w, d0, half, false), scale));
        a1 = addScaled(a1, t, f32x4.mul(scales(kind, w, d1, half, true), scale));
      }
      if (hasMinimum(kind)) {
        for (let half: usize = 0; half < partsOf(kind); half++) {
          const sum = xSum(pm, kind, half);
          a0 = f32x4.add(a0, f32x4.mul(minimums(kind, w, e0, half, false), sum));
          a1 = f32x4.add(a1, f32x4.mul(minimums(kind, w, e1, half, true), sum));
        }
      }
      w += tileBytesOf(kind); pm += 16;
    }
    v128.store(out, a0);
    v128.store(out, a1, 16);
    out += 32;
  }
}

// @ts-ignore: decorator
@inline
function gemm4(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32, kind: i32,
): void {
  const nibbles = nibblesOfBytes();
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
        if (isK(kind) && (b & 7) == 0) {
          d0 = halves(pw, false); d1 = halves(pw, true);
          if (hasMinimum(kind)) { e0 = halves(pw + 16, false); e1 = halves(pw + 16, true); }
          pw += headBytesOf(kind);
        }
        if (pw >= next) next = readAhead(begin, next);
        for (let half: usize = 0; half < partsOf(kind); half++) {
          let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
          for (let at = half << 7, end = at + (byHalves(kind) ? 128 : 256); at < end; at += vectorBytes(kind)) {
            const high = highPart(kind, pw, at);
            let c = codes16(kind, pw, at, 0, high, nibbles);
            let v = firstRows(kind, c, pw, at), u = lastRows(kind, c, pw, at);
            let y = v128.load32_splat(px); s0 = add32(s0, v, y); t0 = add32(t0, u, y);
            y = v128.load32_splat(px, 4); s1 = add32(s1, v, y); t1 = add32(t1, u, y);
            y = v128.load32_splat(px, 8); s2 = add32(s2, v, y); t2 = add32(t2, u, y);
            y = v128.load32_splat(px, 12); s3 = add32(s3, v, y); t3 = add32(t3, u, y);
            if (kind != W8) {
              c = codes16(kind, pw, at, 1, high, nibbles);
              v = i16x8.extend_low_i8x16_s(c); u = i16x8.extend_high_i8x16_s(c);
              y = v128.load32_splat(px, 16); s0 = add32(s0, v, y); t0 = add32(t0, u, y);
              y = v128.load32_splat(px, 20); s1 = add32(s1, v, y); t1 = add32(t1, u, y);
              y = v128.load32_splat(px, 24); s2 = add32(s2, v, y); t2 = add32(t2, u, y);
              y = v128.load32_splat(px, 28); s3 = add32(s3, v, y); t3 = add32(t3, u, y);
              c = codes16(kind, pw, at, 2, high, nibbles);
              v = i16x8.extend_low_i8x16_s(c); u = i16x8.extend_high_i8x16_s(c);
              y = v128.load32_splat(px, 32); s0 = add32(s0, v, y); t0 = add32(t0, u, y);
              y = v128.load32_splat(px, 36); s1 = add32(s1, v, y); t1 = add32(t1, u, y);
              y = v128.load32_splat(px, 40); s2 = add32(s2, v, y); t2 = add32(t2, u, y);
              y = v128.load32_splat(px, 44); s3 = add32(s3, v, y); t3 = add32(t3, u, y);
              c = codes16(kind, pw, at, 3, high, nibbles);
              v = i16x8.extend_low_i8x16_s(c); u = i16x8.extend_high_i8x16_s(c);
              y = v128.load32_splat(px, 48); s0 = add32(s0, v, y); t0 = add32(t0, u, y);
              y = v128.load32_splat(px, 52); s1 = add32(s1, v, y); t1 = add32(t1, u, y);
              y = v128.load32_splat(px, 56); s2 = add32(s2, v, y); t2 = add32(t2, u, y);
              y = v128.load32_splat(px, 60); s3 = add32(s3, v, y); t3 = add32(t3, u, y);
            }
            px += vectorBytes(kind);
          }
          const low = scales(kind, pw, d0, half, false), high = scales(kind, pw, d1, half, true);
          let scale = v128.load32_splat(pm);
          a0 = addScaled(a0, s0, f32x4.mul(low, scale)); b0 = addScaled(b0, t0, f32x4.mul(high, scale));
          scale = v128.load32_splat(pm, 16);
          a1 = addScaled(a1, s1, f32x4.mul(low, scale)); b1 = addScaled(b1, t1, f32x4.mul(high, scale));
          scale = v128.load32_splat(pm, 32);
          a2 = addScaled(a2, s2, f32x4.mul(low, scale)); b2 = addScaled(b2, t2, f32x4.mul(high, scale));
          scale = v128.load32_splat(pm, 48);
          a3 = addScaled(a3, s3, f32x4.mul(low, scale)); b3 = addScaled(b3, t3, f32x4.mul(high, scale));
        }
        if (hasMinimum(kind)) {
          for (let half: usize = 0; half < partsOf(kind); half++) {
            const low = minimums(kind, pw, e0, half, false), high = minimums(kind, pw, e1, half, true);
            let sum = xSum(pm, kind, half); a0 = f32x4.add(a0, f32x4.mul(low, sum)); b0 = f32x4.add(b0, f32x4.mul(high, sum));
            sum = xSum(pm + 16, kind, half); a1 = f32x4.add(a1, f32x4.mul(low, sum)); b1 = f32x4.add(b1, f32x4.mul(high, sum));
            sum = xSum(pm + 32, kind, half); a2 = f32x4.add(a2, f32x4.mul(low, sum)); b2 = f32x4.add(b2, f32x4.mul(high, sum));
            sum = xSum(pm + 48, kind, half); a3 = f32x4.add(a3, f32x4.mul(low, sum)); b3 = f32x4.add(b3, f32x4.mul(high, sum));
          }
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

// @ts-ignore: decorator
@inline
function readRow(out: usize, w: usize, row: i32, blocks: i32, kind: i32): void {
  w += <usize>(row >> 3) * tileRowBytes(kind, blocks);
  const lane = <usize>(row & 7);
  let d: f32 = 0, dmin: f32 = 0;
  for (let b = 0; b < blocks; b++) {
    if (isK(kind) && (b & 7) == 0) {
      d = halfOfRow(w, <i32>lane);
      if (hasMinimum(kind)) dmin = halfOfRow(w + 16, <i32>lane);
      w += headBytesOf(kind);
    }
    const subs = w + codeBytes(kind);
    for (let column: usize = 0; column < 32; column++) {
      const sub = subs + lane + (column >> 4) * 8;
      let scale: f32, minimum: f32 = 0;
      if (kind == W8) {
        scale = load<f32>(subs + lane * 4);
      } else if (kind == W5 || kind == W5_MIN) {
        scale = halfOfRow(subs, <i32>lane);
        if (kind == W5_MIN) minimum = halfOfRow(subs + 16, <i32>lane);
      } else if (kind == W5_K) {
        scale = d * <f32>load<u8>(subs + lane);
        minimum = -(dmin * <f32>load<u8>(subs + lane, 8));
      } else if (kind == W2_K) {
        scale = d * <f32>(load<u8>(sub) & 15);
        minimum = -(dmin * <f32>(load<u8>(sub) >> 4));
      } else {
        scale = d * <f32>load<i8>(sub);
      }
      store<f32>(out, <f32>codeAt(kind, w, lane, column) * scale + minimum);
      out += 4;
    }
    w += tileBytesOf(kind);
  }
}

/**
 * out[row] = weights[row] · x for the 8-row tiles tileBegin..tileEnd-1.
 * out: f32[rows]; w: tiles, `blocks` of 32 columns to a row, in K layouts a multiple of 8; x, meta: one row from quantizeW8.
 */
export function gemvW8(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W8);
}

/** As gemvW8, for W5. */
export function gemvW5(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W5);
}

/** As gemvW8, for W5Min. */
export function gemvW5Min(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W5_MIN);
}

/** As gemvW8, for W5K. */
export function gemvW5K(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W5_K);
}

/** As gemvW8, for W6K. */
export function gemvW6K(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W6_K);
}

/** As gemvW8, for W3K. */
export function gemvW3K(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W3_K);
}

/** As gemvW8, for W2K. */
export function gemvW2K(out: usize, w: usize, x: usize, meta: usize, tileBegin: i32, tileEnd: i32, blocks: i32): void {
  gemv(out, w, x, meta, tileBegin, tileEnd, blocks, W2_K);
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

/** As gemm4W8, for W5. */
export function gemm4W5(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W5);
}

/** As gemm4W8, for W5Min. */
export function gemm4W5Min(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W5_MIN);
}

/** As gemm4W8, for W5K. */
export function gemm4W5K(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W5_K);
}

/** As gemm4W8, for W6K. */
export function gemm4W6K(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W6_K);
}

/** As gemm4W8, for W3K. */
export function gemm4W3K(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W3_K);
}

/** As gemm4W8, for W2K. */
export function gemm4W2K(
  out: usize, outStride: usize, w: usize, x: usize, meta: usize,
  groups: i32, tileBegin: i32, tileEnd: i32, blocks: i32,
): void {
  gemm4(out, outStride, w, x, meta, groups, tileBegin, tileEnd, blocks, W2_K);
}

/** out[column] = weights[row][column], dequantized; out: f32[32 * blocks]. */
export function readRowW8(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W8);
}

/** As readRowW8, for W5. */
export function readRowW5(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W5);
}

/** As readRowW8, for W5Min. */
export function readRowW5Min(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W5_MIN);
}

/** As readRowW8, for W5K. */
export function readRowW5K(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W5_K);
}

/** As readRowW8, for W6K. */
export function readRowW6K(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W6_K);
}

/** As readRowW8, for W3K. */
export function readRowW3K(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W3_K);
}

/** As readRowW8, for W2K. */
export function readRowW2K(out: usize, w: usize, row: i32, blocks: i32): void {
  readRow(out, w, row, blocks, W2_K);
}
