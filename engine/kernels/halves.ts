// IEEE halves: eight of them, one for each row of a tile, stand in one vector so that both groups of four rows unpack
// alike: 32-bit lane j holds row j in its low half and row j + 4 in its high half.

/**
 * 2^112: what a half's exponent is short of when its bits stand where those of an f32 do. Unpacked halves want it as a
 * factor; multiplying by a power of two is exact, so it may be part of another factor.
 */
// @ts-ignore: decorator
@inline
export const REBIAS: f32 = 5.192296858534828e33;

/** Rows 0..3 as f32, short of REBIAS; for finite halves, subnormal ones too. bits: halfBits() of opaque.ts. */
// @ts-ignore: decorator
@inline
export function lowHalves(v: v128, bits: v128): v128 {
  return v128.and(i32x4.shr_s(i32x4.shl(v, 16), 3), bits);
}

/** Rows 4..7 as f32, short of REBIAS. bits: halfBits() of opaque.ts. */
// @ts-ignore: decorator
@inline
export function highHalves(v: v128, bits: v128): v128 {
  return v128.and(i32x4.shr_s(v, 3), bits);
}

/** Byte offset of a row's half in the vector. */
// @ts-ignore: decorator
@inline
export function placeOfRow(row: i32): usize {
  return <usize>(((row & 3) << 2) | ((row >> 2) << 1));
}

/** One row's half as f32. */
// @ts-ignore: decorator
@inline
export function halfOfRow(vector: usize, row: i32): f32 {
  return halfToF32(load<u16>(vector + placeOfRow(row)));
}

/** An IEEE half as f32; subnormals, infinities and NaN included. */
// @ts-ignore: decorator
@inline
export function halfToF32(half: u16): f32 {
  const magnitude = reinterpret<f32>((<u32>half & 0x7fff) << 13) * REBIAS;
  const bits = reinterpret<u32>(magnitude) | ((<u32>half & 0x8000) << 16);
  const special = (half & 0x7c00) == 0x7c00;
  return reinterpret<f32>(special ? bits | 0x7f800000 : bits);
}
