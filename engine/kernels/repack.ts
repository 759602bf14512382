// GGUF rows to the tiles of matmul-w4.ts and matmul-w8.ts, 8 rows at a time, while they stream in.
// src: 8 rows of the GGUF type, one after the other; dst: `blocks` tiles. Rows past the end of a matrix are zeros.

import { halfToF32, placeOfRow } from './halves';

/** Packs the 4-bit code of one column of tile row `lane` (codes start out as zeros). */
// @ts-ignore: decorator
@inline
function putCode(tile: usize, lane: usize, column: usize, code: u8): void {
  const at = tile + (lane >> 2) * 64 + (lane & 3) * 4;
  if (ASC_FEATURE_RELAXED_SIMD) {
    const to = at + ((column & 12) << 2) + (column & 3);
    store<u8>(to, load<u8>(to) | (column < 16 ? code : code << 4));
  } else {
    const to = at + ((column >> 3) << 4) + ((column & 1) << 1);
    store<u16>(to, load<u16>(to) | (<u16>code << <u16>(((column & 7) >> 1) << 2)));
  }
}

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
        putCode(tile, lane, i, byte & 15);
        putCode(tile, lane, i + 16, byte >> 4);
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
        store<i8>(tile + (column >> 1) * 16 + lane * 2 + (column & 1), <i8>code);
      }
      src += 34;
    }
  }
}

// @ts-ignore: decorator
@inline
function requantize(dst: usize, src: usize, blocks: i32, half: bool): void {
  const valueBytes: usize = half ? 2 : 4;
  for (let lane: usize = 0; lane < 8; lane++) {
    for (let b: usize = 0; b < <usize>blocks; b++) {
      const tile = dst + b * 288;
      let top: f32 = 0;
      for (let column: usize = 0; column < 32; column++) {
        const at = src + column * valueBytes;
        top = max(top, abs(half ? halfToF32(load<u16>(at)) : load<f32>(at)));
      }
      const inverse: f32 = top > 0 ? <f32>127.0 / top : 0;
      store<f32>(tile + lane * 4, top / <f32>127.0, 256);
      for (let column: usize = 0; column < 32; column++) {
        const at = src + column * valueBytes;
        const value = half ? halfToF32(load<u16>(at)) : load<f32>(at);
        const code = min<i32>(max<i32>(<i32>nearest(value * inverse), -127), 127);
        store<i8>(tile + (column >> 1) * 16 + lane * 2 + (column & 1), <i8>code);
      }
      src += 32 * valueBytes;
    }
  }
}

/** F32 rounded to 8 bits with one scale per 32 columns: a stated loss. */
export function repackF32(dst: usize, src: usize, blocks: i32): void {
  requantize(dst, src, blocks, false);
}

/** F16 rounded to 8 bits with one scale per 32 columns: a stated loss. */
export function repackF16(dst: usize, src: usize, blocks: i32): void {
  requantize(dst, src, blocks, true);
}
