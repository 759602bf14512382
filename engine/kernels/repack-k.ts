// Rows of k-quants to the tiles of matmul-w4.ts (Q4_K) and matmul-w8.ts (the others), 8 rows at a time.
// src: 8 rows, one after the other; dst: a row of tiles; `blocks` of 32 columns, a multiple of 8.
// In the file a super-block holds 256 columns: a scale d and sub-scales, for some a minimum dmin and sub-minimums.
// Below, b is the place of 32 columns in their super-block, 0..7. @source ggml-quants.c, dequantize_row_*_K

import { placeOfRow } from './halves';
import { putCode4, putCode8 } from './put-code';

/** Bytes of 8 tiles of one row of tiles with their d and dmin: W4K, W8K. */
const SUPER_W4: usize = 32 + 8 * 144;
const SUPER_W8: usize = 32 + 8 * 288;

/** Sub-scale and sub-minimum b of Q4_K and Q5_K in 12 bytes of 6-bit numbers: the scale in the low byte. */
// @ts-ignore: decorator
@inline
function scaleAndMinimum(packed: usize, b: usize): u32 {
  if (b < 4) return (load<u8>(packed + b) & 63) | ((<u32>load<u8>(packed + b, 4) & 63) << 8);
  const low = <u32>load<u8>(packed + b, 4);
  const scale = (low & 15) | ((<u32>load<u8>(packed + b - 4) >> 6) << 4);
  const minimum = (low >> 4) | ((<u32>load<u8>(packed + b) >> 6) << 4);
  return scale | (minimum << 8);
}

/** Q4_K, 144 bytes: f16 d, f16 dmin, 12 bytes of sub-scales and sub-minimums, 128 bytes of nibbles. */
export function repackQ4_K(dst: usize, src: usize, blocks: i32): void {
  for (let lane: usize = 0; lane < 8; lane++) {
    const place = placeOfRow(<i32>lane);
    let to = dst;
    for (let left = blocks; left > 0; left -= 8) {
      store<u16>(to + place, load<u16>(src));
      store<u16>(to + place, load<u16>(src, 2), 16);
      for (let b: usize = 0; b < 8; b++) {
        const tile = to + 32 + b * 144;
        if (lane == 0) memory.fill(tile, 0, 128);
        const sub = scaleAndMinimum(src + 4, b);
        store<u8>(tile + lane, <u8>sub, 128);
        store<u8>(tile + lane, <u8>(sub >> 8), 136);
        const shift = <u8>((b & 1) << 2);
        for (let c: usize = 0; c < 32; c++) {
          putCode4(tile, lane, c, (load<u8>(src + (b >> 1) * 32 + c, 16) >> shift) & 15);
        }
      }
      src += 144;
      to += SUPER_W4;
    }
  }
}

/** Types that become W8K tiles. */
const Q2_K = 2;
const Q3_K = 3;
const Q5_K = 5;
const Q6_K = 6;

// @ts-ignore: decorator
@inline
function superBytesOf(type: i32): usize {
  return type == Q2_K ? 84 : type == Q3_K ? 110 : type == Q5_K ? 176 : 210;
}

// @ts-ignore: decorator
@inline
function placeOfD(type: i32): usize {
  return type == Q2_K ? 80 : type == Q3_K ? 108 : type == Q5_K ? 0 : 208;
}

/** Sub-scale (low byte) and sub-minimum of half `half` of block b. */
// @ts-ignore: decorator
@inline
function sub(src: usize, b: usize, half: usize, type: i32): u32 {
  const i = 2 * b + half;
  if (type == Q2_K) {
    const both = <u32>load<u8>(src + i);
    return (both & 15) | ((both >> 4) << 8);
  }
  if (type == Q3_K) {
    const low = i < 8 ? load<u8>(src + i, 96) & 15 : load<u8>(src + i - 8, 96) >> 4;
    const high = (load<u8>(src + (i & 3), 104) >> <u8>((i >> 2) << 1)) & 3;
    return <u32>((<i32>low | (<i32>high << 4)) - 32) & 255;
  }
  if (type == Q5_K) return scaleAndMinimum(src + 4, b);
  return load<u8>(src + i, 192);
}

/** The code of column c of block b. */
// @ts-ignore: decorator
@inline
function code(src: usize, b: usize, c: usize, type: i32): i32 {
  const pair = <u8>((b & 3) << 1);
  if (type == Q2_K) return (load<u8>(src + (b >> 2) * 32 + c, 16) >> pair) & 3;
  if (type == Q3_K) {
    const low = <i32>((load<u8>(src + (b >> 2) * 32 + c, 32) >> pair) & 3);
    return (load<u8>(src + c) >> <u8>b) & 1 ? low : low - 4;
  }
  if (type == Q5_K) {
    const low = (load<u8>(src + (b >> 1) * 32 + c, 48) >> <u8>((b & 1) << 2)) & 15;
    return <i32>low | <i32>(((load<u8>(src + c, 16) >> <u8>b) & 1) << 4);
  }
  const low = (load<u8>(src + (b >> 2) * 64 + (b & 1) * 32 + c) >> <u8>((b & 2) << 1)) & 15;
  const high = (load<u8>(src + (b >> 2) * 32 + c, 128) >> pair) & 3;
  return (<i32>low | (<i32>high << 4)) - 32;
}

// @ts-ignore: decorator
@inline
function repack(dst: usize, src: usize, blocks: i32, type: i32): void {
  const hasMinimum = type == Q2_K || type == Q5_K;
  for (let lane: usize = 0; lane < 8; lane++) {
    const place = placeOfRow(<i32>lane);
    let to = dst;
    for (let left = blocks; left > 0; left -= 8) {
      const d = src + placeOfD(type);
      store<u16>(to + place, load<u16>(d));
      store<u16>(to + place, hasMinimum ? load<u16>(d, 2) : 0, 16);
      for (let b: usize = 0; b < 8; b++) {
        const tile = to + 32 + b * 288;
        for (let half: usize = 0; half < 2; half++) {
          const pair = sub(src, b, half, type);
          store<u8>(tile + half * 8 + lane, <u8>pair, 256);
          store<u8>(tile + half * 8 + lane, <u8>(pair >> 8), 272);
        }
        for (let c: usize = 0; c < 32; c++) putCode8(tile, lane, c, code(src, b, c, type));
      }
      src += superBytesOf(type);
      to += SUPER_W8;
    }
  }
}

/** Q2_K, 84 bytes: 16 { sub-scale, sub-minimum } nibbles, 64 bytes of 2-bit codes, f16 d, f16 dmin. */
export function repackQ2_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, Q2_K);
}

/** Q3_K, 110 bytes: 32 bytes of high bits, 64 of 2-bit codes, 12 of 6-bit sub-scales, f16 d; code 4 is zero. */
export function repackQ3_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, Q3_K);
}

/** Q5_K, 176 bytes: as Q4_K with 32 bytes of high bits before the nibbles. */
export function repackQ5_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, Q5_K);
}

/** Q6_K, 210 bytes: 128 bytes of low nibbles, 64 of 2-bit high parts, i8 sub-scale[16], f16 d; code 32 is zero. */
export function repackQ6_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, Q6_K);
}
