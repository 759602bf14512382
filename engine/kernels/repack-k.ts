// Rows of k-quants to the tiles of matmul-w4.ts (Q4_K) and matmul-w8.ts (the others), 8 rows at a time.
// src: 8 rows, one after the other; dst: a row of tiles; `blocks` of 32 columns, a multiple of 8.
// In the file a super-block holds 256 columns: a scale d and sub-scales, for some a minimum dmin and sub-minimums.
// Below, b is the place of 32 columns in their super-block, 0..7. @source ggml-quants.c, dequantize_row_*_K

import { placeOfRow } from './halves';
import { putCode4 } from './put-code';
import { codeBytes, putCode, W2_K, W3_K, W5_K, W6_K } from './w8-codes';

/** Bytes of 8 tiles of one row of W4K tiles with their d and dmin. */
const SUPER_W4: usize = 32 + 8 * 144;

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

// @ts-ignore: decorator
@inline
function superBytesOf(kind: i32): usize {
  return kind == W2_K ? 84 : kind == W3_K ? 110 : kind == W5_K ? 176 : 210;
}

// @ts-ignore: decorator
@inline
function placeOfD(kind: i32): usize {
  return kind == W2_K ? 80 : kind == W3_K ? 108 : kind == W5_K ? 0 : 208;
}

/** Sub-scale of half `half` of block b; Q5_K has the sub-minimum in the second byte, Q2_K in the upper half of the first. */
// @ts-ignore: decorator
@inline
function sub(src: usize, b: usize, half: usize, kind: i32): u32 {
  const i = 2 * b + half;
  if (kind == W2_K) return load<u8>(src + i);
  if (kind == W3_K) {
    const low = i < 8 ? load<u8>(src + i, 96) & 15 : load<u8>(src + i - 8, 96) >> 4;
    const high = (load<u8>(src + (i & 3), 104) >> <u8>((i >> 2) << 1)) & 3;
    return <u32>((<i32>low | (<i32>high << 4)) - 32) & 255;
  }
  if (kind == W5_K) return scaleAndMinimum(src + 4, b);
  return load<u8>(src + i, 192);
}

/** The code of column c of block b. */
// @ts-ignore: decorator
@inline
function code(src: usize, b: usize, c: usize, kind: i32): i32 {
  const pair = <u8>((b & 3) << 1);
  if (kind == W2_K) return (load<u8>(src + (b >> 2) * 32 + c, 16) >> pair) & 3;
  if (kind == W3_K) {
    const low = <i32>((load<u8>(src + (b >> 2) * 32 + c, 32) >> pair) & 3);
    return (load<u8>(src + c) >> <u8>b) & 1 ? low : low - 4;
  }
  if (kind == W5_K) {
    const low = (load<u8>(src + (b >> 1) * 32 + c, 48) >> <u8>((b & 1) << 2)) & 15;
    return <i32>low | <i32>(((load<u8>(src + c, 16) >> <u8>b) & 1) << 4);
  }
  const low = (load<u8>(src + (b >> 2) * 64 + (b & 1) * 32 + c) >> <u8>((b & 2) << 1)) & 15;
  const high = (load<u8>(src + (b >> 2) * 32 + c, 128) >> pair) & 3;
  return (<i32>low | (<i32>high << 4)) - 32;
}

// @ts-ignore: decorator
@inline
function repack(dst: usize, src: usize, blocks: i32, kind: i32): void {
  const hasMinimum = kind == W2_K || kind == W5_K;
  const headBytes: usize = hasMinimum ? 32 : 16;
  const tileBytes = codeBytes(kind) + 16;
  for (let lane: usize = 0; lane < 8; lane++) {
    const place = placeOfRow(<i32>lane);
    let to = dst;
    for (let left = blocks; left > 0; left -= 8) {
      const d = src + placeOfD(kind);
      store<u16>(to + place, load<u16>(d));
      if (hasMinimum) store<u16>(to + place, load<u16>(d, 2), 16);
      to += headBytes;
      for (let b: usize = 0; b < 8; b++) {
        const subs = to + codeBytes(kind) + lane;
        const first = sub(src, b, 0, kind);
        store<u8>(subs, <u8>first);
        // Q5_K has one sub-scale and one sub-minimum for both halves.
        store<u8>(subs, <u8>(kind == W5_K ? first >> 8 : sub(src, b, 1, kind)), 8);
        if (lane == 0) memory.fill(to, 0, codeBytes(kind));
        for (let c: usize = 0; c < 32; c++) putCode(kind, to, lane, c, code(src, b, c, kind));
        to += tileBytes;
      }
      src += superBytesOf(kind);
    }
  }
}

/** Q2_K, 84 bytes: 16 { sub-scale, sub-minimum } nibbles, 64 bytes of 2-bit codes, f16 d, f16 dmin. */
export function repackQ2_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, W2_K);
}

/** Q3_K, 110 bytes: 32 bytes of high bits, 64 of 2-bit codes, 12 of 6-bit sub-scales, f16 d; code 4 is zero. */
export function repackQ3_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, W3_K);
}

/** Q5_K, 176 bytes: as Q4_K with 32 bytes of high bits before the nibbles. */
export function repackQ5_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, W5_K);
}

/** Q6_K, 210 bytes: 128 bytes of low nibbles, 64 of 2-bit high parts, i8 sub-scale[16], f16 d; code 32 is zero. */
export function repackQ6_K(dst: usize, src: usize, blocks: i32): void {
  repack(dst, src, blocks, W6_K);
}
