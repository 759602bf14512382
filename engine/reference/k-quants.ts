/**
 * The k-quants: blocks of 256 values in sub-blocks of 16 or 32, whose scales are small integers times a half.
 *
 *     bytes  Q2_K               Q3_K               Q4_K                Q5_K                Q6_K
 *            0  scales[16]      0  highBits[32]    0  d, dMin          0  d, dMin          0   low4[128]
 *            16 codes[64]       32 low2[64]        4  scales[12]       4  scales[12]       128 high2[64]
 *            80 d, dMin         96 scales[12]      16 codes[128]       16 highBits[32]     192 scales[16]
 *                               108 d                                  48 low4[128]        208 d
 *
 * @source ggml-common.h for the layouts, ggml-quants.c for the arithmetic
 */
import { readHalf } from './half.js';

const { fround } = Math;

/** Sub-blocks of 16: a scale in the low nibble, a minimum in the high one. */
export function readQ2K(block: DataView, i: number): number {
  const scales = block.getUint8(Math.floor(i / 16));
  const scale = fround(readHalf(block, 80) * (scales & 15));
  const minimum = fround(readHalf(block, 82) * (scales >> 4));
  return fround(scale * twoBits(block, 16, i)) - minimum;
}

/** Sub-blocks of 16; the high bit adds 4 to a code of -4 to -1. */
export function readQ3K(block: DataView, i: number): number {
  const scale = fround(readHalf(block, 108) * (q3kScale(block, 96, Math.floor(i / 16)) - 32));
  const highBit = (block.getUint8(i % 32) >> Math.floor(i / 32)) & 1;
  return scale * (twoBits(block, 32, i) + 4 * highBit - 4);
}

/** Sub-blocks of 32. */
export function readQ4K(block: DataView, i: number): number {
  return applySixBitScales(block, i, nibble(block, 16, 32, i));
}

/** Sub-blocks of 32; highBits holds bit `b` of value `i % 32` for sub-block `b`. */
export function readQ5K(block: DataView, i: number): number {
  const highBit = (block.getUint8(16 + (i % 32)) >> Math.floor(i / 32)) & 1;
  return applySixBitScales(block, i, nibble(block, 48, 32, i) + 16 * highBit);
}

/** Sub-blocks of 16 with signed byte scales. */
export function readQ6K(block: DataView, i: number): number {
  const scale = fround(readHalf(block, 208) * block.getInt8(192 + Math.floor(i / 16)));
  return scale * (nibble(block, 0, 64, i) + 16 * twoBits(block, 128, i) - 32);
}

/** Code `i` of 256, four a byte: 32 bytes hold the four quarters of 128 values, lowest bits first. */
function twoBits(block: DataView, codes: number, i: number): number {
  const at = codes + Math.floor(i / 128) * 32 + (i % 32);
  return (block.getUint8(at) >> (2 * (Math.floor(i / 32) % 4))) & 3;
}

/** Code `i` of 256: the low nibbles of each `run` bytes, then their high ones. */
function nibble(block: DataView, codes: number, run: 32 | 64, i: number): number {
  const at = codes + Math.floor(i / (2 * run)) * run + (i % run);
  return (block.getUint8(at) >> (4 * (Math.floor(i / run) % 2))) & 15;
}

/** Q3_K's scale of sub-block `s` of 16, 0 to 63: 8 bytes of low nibbles, 4 bytes of high two bits. */
function q3kScale(block: DataView, scales: number, s: number): number {
  const low = (block.getUint8(scales + (s % 8)) >> (s < 8 ? 0 : 4)) & 15;
  const high = (block.getUint8(scales + 8 + (s % 4)) >> (2 * Math.floor(s / 4))) & 3;
  return low | (high << 4);
}

/**
 * d * scale * code - dMin * minimum, with the scales of Q4_K and Q5_K: sub-blocks 0 to 3 have theirs in the low
 * six bits of bytes 0-3 and minima in those of 4-7; of sub-blocks 4 to 7, bytes 8-11 have the low nibbles, and
 * the top two bits of bytes 0-7 the rest.
 */
function applySixBitScales(block: DataView, i: number, code: number): number {
  const s = Math.floor(i / 32);
  const byte = (at: number) => block.getUint8(4 + at);
  const scale = s < 4 ? byte(s) & 63 : (byte(s + 4) & 15) | ((byte(s - 4) >> 6) << 4);
  const minimum = s < 4 ? byte(s + 4) & 63 : (byte(s + 4) >> 4) | ((byte(s) >> 6) << 4);
  return fround(fround(readHalf(block, 0) * scale) * code) - fround(readHalf(block, 2) * minimum);
}
