/**
 * Sine, cosine and powers with + - * / alone: the host's Math differs between browsers in the last bit, and rotary
 * angles stand on the way to every probability.
 */

const { LN2 } = Math;

/** e to the x for |x| < 700, relative error below 1e-15: argument reduction and a Taylor series. */
function exp(x: number): number {
  const n = Math.round(x / LN2);
  const r = x - n * LN2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 20; k++) {
    term = (term * r) / k;
    sum += term;
  }
  let power = 1;
  for (let i = 0; i < Math.abs(n); i++) power *= 2;
  return n < 0 ? sum / power : sum * power;
}

/** Natural logarithm of x > 0: halvings to [1, 2), then the atanh series. */
function log(x: number): number {
  let n = 0;
  while (x >= 2) {
    x /= 2;
    n++;
  }
  while (x < 1) {
    x *= 2;
    n--;
  }
  const t = (x - 1) / (x + 1);
  let power = t;
  let sum = 0;
  for (let k = 1; k < 60; k += 2) {
    sum += power / k;
    power *= t * t;
  }
  return n * LN2 + 2 * sum;
}

/** base to the exponent, base > 0. */
export function exactPower(base: number, exponent: number): number {
  return exp(exponent * log(base));
}

// pi/2 in two parts, the first with trailing zero bits, so that n times it is exact for n below 2^20.
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

/** [cos x, sin x] for 0 <= x < 1e6, absolute error below 1e-12. */
export function exactCosSin(x: number): [number, number] {
  const quadrant = Math.round(x / (HALF_PI_HIGH + HALF_PI_LOW));
  const r = x - quadrant * HALF_PI_HIGH - quadrant * HALF_PI_LOW;
  const r2 = r * r;
  let sin = 0;
  let cos = 0;
  for (let k = 18; k >= 2; k -= 2) {
    cos = (-r2 * (1 + cos)) / (k * (k - 1));
    sin = (-r2 * (1 + sin)) / (k * (k + 1));
  }
  const c = 1 + cos;
  const s = r * (1 + sin);
  switch (quadrant & 3) {
    case 0:
      return [c, s];
    case 1:
      return [-s, c];
    case 2:
      return [-c, -s];
    default:
      return [s, -c];
  }
}
