const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2 = LN2_HIGH + LN2_LOW;

/** 1 / k! for k from 14 down to 0: the last term is below 2^-60 where |r| <= ln 2 / 2. */
const COEFFICIENTS = Float64Array.from({ length: 15 }, (_, i) => 1 / factorial(14 - i));

/** Below it the result would lose digits as a subnormal number. */
const MIN_EXPONENT = -700;

/**
 * e to the x for x <= 0, relative error below 1e-14; 0 below -700. Only + - * /, so every JavaScript engine gives the
 * same bits, which Math.exp does not promise.
 * @source fdlibm `e_exp.c` for the reduction x = n ln 2 + r with ln 2 in two parts
 */
export function exactExp(x: number): number {
  if (x < MIN_EXPONENT) return 0;
  const n = Math.round(x / LN2);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let sum = 0;
  for (let i = 0; i < COEFFICIENTS.length; i++) sum = sum * r + COEFFICIENTS[i]!;
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

function factorial(k: number): number {
  let product = 1;
  for (let i = 2; i <= k; i++) product *= i;
  return product;
}
