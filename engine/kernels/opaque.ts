// Constant vectors that compilers do not know as such, because they are loaded: V8 makes a known constant anew inside
// every loop that uses it (a move, a transfer and a shuffle), a loaded one stays in its register.

const VALUES = memory.data<u32>([0x0f0f0f0f, 0x000f000f, 0x8fffe000, 0x00010001, 0x00f000f0, 0x0f000f00, 0x4b400000, 0x03030303, 0x30303030, 0x04040404, 0x10101010, 0x20202020]);

/** 15 in each byte. */
// @ts-ignore: decorator
@inline
export function nibblesOfBytes(): v128 {
  return v128.load32_splat(VALUES);
}

/** The lowest four bits of each 16-bit lane. */
// @ts-ignore: decorator
@inline
export function firstNibbles(): v128 {
  return v128.load32_splat(VALUES, 4);
}

/** Bits 4 to 7 of each 16-bit lane. */
// @ts-ignore: decorator
@inline
export function secondNibbles(): v128 {
  return v128.load32_splat(VALUES, 16);
}

/** Bits 8 to 11 of each 16-bit lane. */
// @ts-ignore: decorator
@inline
export function thirdNibbles(): v128 {
  return v128.load32_splat(VALUES, 20);
}

/** The bits of an unpacked half, see halves.ts. */
// @ts-ignore: decorator
@inline
export function halfBits(): v128 {
  return v128.load32_splat(VALUES, 8);
}

/** 1 in each 16-bit lane: a dot product with it adds pairs. */
// @ts-ignore: decorator
@inline
export function onesOfWords(): v128 {
  return v128.load32_splat(VALUES, 12);
}

/** INTEGER_BIAS of quantize.ts as a number, 1.5 * 2^23. */
// @ts-ignore: decorator
@inline
export function integerBias(): v128 {
  return v128.load32_splat(VALUES, 24);
}

/** 3 in each byte. */
// @ts-ignore: decorator
@inline
export function crumbsOfBytes(): v128 {
  return v128.load32_splat(VALUES, 28);
}

/** 0x30 in each byte. */
// @ts-ignore: decorator
@inline
export function highCrumbsOfBytes(): v128 {
  return v128.load32_splat(VALUES, 32);
}

/** 4 in each byte. */
// @ts-ignore: decorator
@inline
export function thirdBitOfBytes(): v128 {
  return v128.load32_splat(VALUES, 36);
}

/** 0x10 in each byte. */
// @ts-ignore: decorator
@inline
export function fifthBitOfBytes(): v128 {
  return v128.load32_splat(VALUES, 40);
}

/** 0x20 in each byte. */
// @ts-ignore: decorator
@inline
export function sixthBitOfBytes(): v128 {
  return v128.load32_splat(VALUES, 44);
}
