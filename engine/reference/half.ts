/** An IEEE half as a number; subnormals, infinities and NaN included. */
export function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The half at byte `at` of a block. */
export function readHalf(block: DataView, at: number): number {
  return halfToNumber(block.getUint16(at, true));
}
