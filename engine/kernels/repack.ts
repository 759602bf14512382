// GGUF rows to the tiles of matmul-w4.ts and matmul-w8.ts, 8 rows at a time, while they stream in.
// src: 8 rows of the GGUF type, one after the other; dst: `blocks` tiles. Rows past the end of a matrix are zeros.

import { halfToF32, placeOfRow } from './halves';
import { putCode4 } from './put-code';
import { codeBytes, putCode, W5, W5_MIN, W8 } from './w8-codes';

// @ts-ignore: decorator
@inline
function repackQ4(dst: usize, src: usize, blocks: i32, min: bool): void {
  const tileBytes: usize = min ? 160 : 144;
  const blockBytes: usize = min ? 20 : 18;
  for (let lane: usize = 0; lane < 8; lane++) {
    for (let b: usize = 0; b < <usize>blocks; b++) {
      const tile = dst + b * tileBytes;
      if (lane == 0) memory.fill(tile, 0, 128);
      const place = tile + placeOfRow(<i32>lane);
      store<u16>(place, load<u16>(src), 128);
      if (min) store<u16>(place, load<u16>(src, 2), 144);
      const codes = src + (min ? 4 : 2);
      for (let i: usize = 0; i < 16; i++) {
        const byte = load<u8>(codes + i);
        putCode4(tile, lane, i, byte & 15);
        putCode4(tile, lane, i + 16, byte >> 4);
      }
      src += blockBytes;
    }
  }
}

/** Q4_0: blocks of { f16 scale, 16 bytes of codes: column i in the low nibble, i + 16 in the high one }, value (code - 8) * scale. */
export function repackQ4_0(dst: usize, src: usize, blocks: i32): void {
  repackQ4(dst, src, blocks, false);
}

/** Q4_1: blocks of { f16 scale, f16 minimum, 16 bytes of codes }, value code * scale + minimum. */
export function repackQ4_1(dst: usize, src: usize, blocks: i32): void {
  repackQ4(dst, src, blocks, true);
}

/** Q8_0: blocks of { f16 scale, i8 code[32] }; a code of -128 becomes -127. */
export function repackQ8_0(dst: usize, src: usize, blocks: i32): void {
  for (let lane: usize = 0; lane < 8; lane++) {
    for (let b: usize = 0; b < <usize>blocks; b++) {
      const tile = dst + b * 288;
      store<f32>(tile + lane * 4, halfToF32(load<u16>(src)), 256);
      for (let column: usize = 0; column < 32; column++) {
        const code = max<i32>(load<i8>(src + column, 2), -127);
        putCode(W8, tile, lane, column, code);
      }
      src += 34;
    }
  }
}

/** The high bits of Q5_0 and Q5_1 stand in one word, bit i for column i. */
// @ts-ignore: decorator
@inline
function repackQ5(dst: usize, src: usize, blocks: i32, kind: i32): void {
  const tileBytes: usize = kind == W5_MIN ? 192 : 176;
  const header: usize = kind == W5_MIN ? 4 : 2;
  const zero = kind == W5_MIN ? 0 : 16;
  for (let lane: usize = 0; lane < 8; lane++) {
    for (let b: usize = 0; b < <usize>blocks; b++) {
      const tile = dst + b * tileBytes;
      if (lane == 0) memory.fill(tile, 0, codeBytes(kind));
      const place = tile + codeBytes(kind) + placeOfRow(<i32>lane);
      store<u16>(place, load<u16>(src));
      if (kind == W5_MIN) store<u16>(place, load<u16>(src, 2), 16);
      const high = load<u32>(src + header);
      for (let i: usize = 0; i < 16; i++) {
        const byte = <i32>load<u8>(src + header + 4 + i);
        putCode(kind, tile, lane, i, ((byte & 15) | <i32>(((high >> <u32>i) & 1) << 4)) - zero);
        putCode(kind, tile, lane, i + 16, ((byte >> 4) | <i32>(((high >> <u32>(i + 16)) & 1) << 4)) - zero);
      }
      src += header + 20;
    }
  }
}

/** Q5_0: blocks of { f16 scale, u32 high bits, 16 bytes of low nibbles }, value (code - 16) * scale. */
export function repackQ5_0(dst: usize, src: usize, blocks: i32): void {
  repackQ5(dst, src, blocks, W5);
}

/** Q5_1: blocks of { f16 scale, f16 minimum, u32 high bits, 16 bytes of low nibbles }, value code * scale + minimum. */
export function repackQ5_1(dst: usize, src: usize, blocks: i32): void {
  repackQ5(dst, src, blocks, W5_MIN);
}

/** Floating-point types. */
const F32 = 0;
const F16 = 1;
const BF16 = 2;

// @ts-ignore: decorator
@inline
function valueAt(src: usize, column: usize, type: i32): f32 {
  if (type == F32) return load<f32>(src + column * 4);
  const bits = load<u16>(src + column * 2);
  return type == F16 ? halfToF32(bits) : reinterpret<f32>(<u32>bits << 16);
}

// @ts-ignore: decorator
@inline
function requantize(dst: usize, src: usize, blocks: i32, type: i32): void {
  for (let lane: usize = 0; lane < 8; lane++) {
    for (let b: usize = 0; b < <usize>blocks; b++) {
      const tile = dst + b * 288;
      let top: f32 = 0;
      for (let column: usize = 0; column < 32; column++) top = max(top, abs(valueAt(src, column, type)));
      const inverse: f32 = top > 0 ? <f32>127.0 / top : 0;
      store<f32>(tile + lane * 4, top / <f32>127.0, 256);
      for (let column: usize = 0; column < 32; column++) {
        const code = <i32>nearest(valueAt(src, column, type) * inverse);
        putCode(W8, tile, lane, column, min<i32>(max<i32>(code, -127), 127));
      }
      src += type == F32 ? 128 : 64;
    }
  }
}

/** F32 rounded to 8 bits with one scale per 32 columns: a stated loss. */
export function repackF32(dst: usize, src: usize, blocks: i32): void {
  requantize(dst, src, blocks, F32);
}

/** As repackF32, for F16. */
export function repackF16(dst: usize, src: usize, blocks: i32): void {
  requantize(dst, src, blocks, F16);
}

/** As repackF32, for BF16. */
export function repackBF16(dst: usize, src: usize, blocks: i32): void {
  requantize(dst, src, blocks, BF16);
}
