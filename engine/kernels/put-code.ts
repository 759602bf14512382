// Where the code of one column stands in a tile of matmul-w4.ts.

/** Packs the 4-bit code of one column of tile row `lane` (codes start out as zeros). */
// @ts-ignore: decorator
@inline
export function putCode4(tile: usize, lane: usize, column: usize, code: u8): void {
  const at = tile + (lane >> 2) * 64 + (lane & 3) * 4;
  if (ASC_FEATURE_RELAXED_SIMD) {
    const to = at + ((column & 12) << 2) + (column & 3);
    store<u8>(to, load<u8>(to) | (column < 16 ? code : code << 4));
  } else {
    const to = at + ((column >> 3) << 4) + ((column & 1) << 1);
    store<u16>(to, load<u16>(to) | (<u16>code << <u16>(((column & 7) >> 1) << 2)));
  }
}
