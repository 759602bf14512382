const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/**
 * e to the x for x <= 0, relative error below 1e-14; 0 below -700. Only + - * /, so every JavaScript engine gives the
 * same bits, which Math.exp does not promise.
 */
export function exactExp(x: number): number {
  if (x < -700) return 0;
  const n = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let sum = 1;
  for (let k = 16; k > 0; k--) sum = 1 + (sum * r) / k;
  return sum * powerOfTwo(n);
}

/** 2^n for n from -1022 to 0, exact. */
function powerOfTwo(n: number): number {
  let power = 1;
  let base = 0.5;
  for (let left = -n; left > 0; left >>= 1) {
    if (left & 1) power *= base;
    base *= base;
  }
  return power;
}
