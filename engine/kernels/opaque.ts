// Constant vectors that compilers do not know as such, because they are loaded: V8 makes a known constant anew inside
// every loop that uses it (a move, a transfer and a shuffle), a loaded one stays in its register.

const VALUES = memory.data<u32>([0x0f0f0f0f, 0x000f000f, 0x8fffe000, 0x00010001]);

/** 15 in each byte. */
// @ts-ignore: decorator
@inline
export function nibblesOfBytes(): v128 {
  return v128.load32_splat(VALUES);
}

/** 15 in each 16-bit lane. */
// @ts-ignore: decorator
@inline
export function nibblesOfWords(): v128 {
  return v128.load32_splat(VALUES, 4);
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
