// How the codes of a tile stand in memory, for matmul-w8.ts: 8 rows by 32 columns, no bit more than their type has.
//
// The unit is a vector of 16 codes: number p has columns 2p and 2p + 1 of eight rows, [8 rows][2]. W8 has the 16 vectors as
// they are. The others are cut into planes of bits, which hold those of several vectors in each byte, the first one lowest:
//
//   nibbles (W5*, W6K)         8 vectors of four bits of codes 2v and 2v + 1
//   crumbs (W6K, W3K, W2K)     4 vectors of two bits of codes 4v to 4v + 3
//   bits (W5*, W3K)            2 vectors of one bit of codes 8v to 8v + 7
//
// W5*: nibbles, then bits; W6K: nibbles, then crumbs; W3K: crumbs, then bits; W2K: crumbs. The second plane has the high bits.
// Codes are unsigned in planes; `zeroOf` is what stands for 0.

import { crumbsOfBytes, fifthBitOfBytes, highCrumbsOfBytes, sixthBitOfBytes, thirdBitOfBytes } from './opaque';

/** Kinds of tiles. */
export const W8 = 0;
export const W5 = 1;
export const W5_MIN = 2;
export const W5_K = 3;
export const W6_K = 4;
export const W3_K = 5;
export const W2_K = 6;

// @ts-ignore: decorator
@inline
function isW5(kind: i32): bool {
  return kind == W5 || kind == W5_MIN || kind == W5_K;
}

/** Bytes of the codes of one tile. */
// @ts-ignore: decorator
@inline
export function codeBytes(kind: i32): usize {
  return kind == W8 ? 256 : isW5(kind) ? 160 : kind == W6_K ? 192 : kind == W3_K ? 96 : 64;
}

/** Bytes of the first plane. */
// @ts-ignore: decorator
@inline
function lowBytes(kind: i32): usize {
  return kind == W3_K ? 64 : 128;
}

// @ts-ignore: decorator
@inline
function zeroOf(kind: i32): i8 {
  return kind == W5 ? 16 : kind == W6_K ? 32 : kind == W3_K ? 4 : 0;
}

// In the next three, `at` is where a vector would stand if all had their 16 bytes; but for W8 a multiple of 64.

/** The vector of the first plane that has the codes of vector i from `at` on. */
// @ts-ignore: decorator
@inline
function lowPart(kind: i32, tile: usize, at: usize, i: usize): v128 {
  if (kind == W8) return v128.load(tile + at + (i << 4));
  if (kind == W2_K || kind == W3_K) return v128.load(tile + (at >> 2));
  return v128.load(tile + (at >> 1) + (i >> 1 << 4));
}

/** The vector of the second plane that has the codes of four vectors from `at` on, shifted to be alike for all `at`. */
// @ts-ignore: decorator
@inline
export function highPart(kind: i32, tile: usize, at: usize): v128 {
  if (kind == W8 || kind == W2_K) return i32x4.splat(0);
  const plane = tile + lowBytes(kind);
  if (kind == W6_K) return v128.load(plane + (at >> 2));
  return i16x8.shr_u(v128.load(plane + (at >> 7 << 4)), <i32>((at >> 4) & 4));
}

/** Vector i from `at` on, i a constant in 0..3; high: highPart(), nibbles: nibblesOfBytes(). */
// @ts-ignore: decorator
@inline
export function codes16(kind: i32, tile: usize, at: usize, i: i32, high: v128, nibbles: v128): v128 {
  const low = lowPart(kind, tile, at, i);
  if (kind == W8) return low;
  let codes: v128;
  if (kind == W2_K || kind == W3_K) {
    codes = v128.and(shift(low, -2 * i), crumbsOfBytes());
    if (kind == W3_K) codes = v128.or(codes, v128.and(shift(high, 2 - i), thirdBitOfBytes()));
  } else {
    codes = v128.and(i & 1 ? i16x8.shr_u(low, 4) : low, nibbles);
    codes = kind == W6_K
      ? v128.or(codes, v128.and(shift(high, 4 - 2 * i), highCrumbsOfBytes()))
      : v128.or(codes, v128.and(shift(high, 4 - i), fifthBitOfBytes()));
  }
  if (kind == W5) return i8x16.sub(codes, fifthBitOfBytes());
  if (kind == W6_K) return i8x16.sub(codes, sixthBitOfBytes());
  return kind == W3_K ? i8x16.sub(codes, thirdBitOfBytes()) : codes;
}

/** By a constant, to the left where it is positive; what crosses bytes is masked by the caller. */
// @ts-ignore: decorator
@inline
function shift(v: v128, by: i32): v128 {
  return by == 0 ? v : by > 0 ? i16x8.shl(v, by) : i16x8.shr_u(v, -by);
}

// One code at a time: that of column c stands in byte 2 * lane + (c & 1) of vector p = c >> 1.

// @ts-ignore: decorator
@inline
function nibbleAt(tile: usize, p: usize, byte: usize): usize {
  return tile + (p >> 1 << 4) + byte;
}

// @ts-ignore: decorator
@inline
function crumbAt(plane: usize, p: usize, byte: usize): usize {
  return plane + (p >> 2 << 4) + byte;
}

// @ts-ignore: decorator
@inline
function bitAt(plane: usize, p: usize, byte: usize): usize {
  return plane + (p >> 3 << 4) + byte;
}

// @ts-ignore: decorator
@inline
function nibbleShift(p: usize): u8 {
  return <u8>((p & 1) << 2);
}

// @ts-ignore: decorator
@inline
function crumbShift(p: usize): u8 {
  return <u8>((p & 3) << 1);
}

// @ts-ignore: decorator
@inline
function bitShift(p: usize): u8 {
  return <u8>(p & 7);
}

/** The signed code of a column of tile row `lane`. */
// @ts-ignore: decorator
@inline
export function codeAt(kind: i32, tile: usize, lane: usize, column: usize): i32 {
  const p = column >> 1, byte = lane * 2 + (column & 1);
  if (kind == W8) return load<i8>(tile + (p << 4) + byte);
  const high = tile + lowBytes(kind);
  let code: i32;
  if (kind == W2_K || kind == W3_K) {
    code = (load<u8>(crumbAt(tile, p, byte)) >> crumbShift(p)) & 3;
    if (kind == W3_K) code |= ((load<u8>(bitAt(high, p, byte)) >> bitShift(p)) & 1) << 2;
  } else {
    code = (load<u8>(nibbleAt(tile, p, byte)) >> nibbleShift(p)) & 15;
    code |= kind == W6_K
      ? ((load<u8>(crumbAt(high, p, byte)) >> crumbShift(p)) & 3) << 4
      : ((load<u8>(bitAt(high, p, byte)) >> bitShift(p)) & 1) << 4;
  }
  return code - zeroOf(kind);
}

// @ts-ignore: decorator
@inline
function addBits(at: usize, bits: i32, shift: u8): void {
  store<u8>(at, load<u8>(at) | <u8>(bits << shift));
}

/** Puts a signed code where codeAt finds it; but for W8 the codes start out as zeros. */
// @ts-ignore: decorator
@inline
export function putCode(kind: i32, tile: usize, lane: usize, column: usize, code: i32): void {
  const p = column >> 1, byte = lane * 2 + (column & 1);
  if (kind == W8) {
    store<i8>(tile + (p << 4) + byte, <i8>code);
    return;
  }
  const high = tile + lowBytes(kind);
  const bits = code + zeroOf(kind);
  if (kind == W2_K || kind == W3_K) {
    addBits(crumbAt(tile, p, byte), bits & 3, crumbShift(p));
    if (kind == W3_K) addBits(bitAt(high, p, byte), bits >> 2, bitShift(p));
  } else {
    addBits(nibbleAt(tile, p, byte), bits & 15, nibbleShift(p));
    if (kind == W6_K) addBits(crumbAt(high, p, byte), bits >> 4, crumbShift(p));
    else addBits(bitAt(high, p, byte), bits >> 4, bitShift(p));
  }
}
