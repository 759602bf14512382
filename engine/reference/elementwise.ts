/** The kernels over whole vectors, in double precision. */

/** x[i] * weight[i] / sqrt(mean(x²) + epsilon). */
export function rmsNorm(x: ArrayLike<number>, weight: ArrayLike<number>, epsilon: number): Float64Array {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!;
  const scale = 1 / Math.sqrt(sum / x.length + epsilon);
  return Float64Array.from(x, (value, i) => value * scale * weight[i]!);
}

/** e to the x, clamped to [-87, 88] as the kernel clamps. */
export function clampedExp(x: number): number {
  return Math.exp(Math.min(Math.max(x, -87), 88));
}

/** gate[i] / (1 + exp(-gate[i])) * up[i]. */
export function swiGlu(gate: ArrayLike<number>, up: ArrayLike<number>): Float64Array {
  return Float64Array.from(gate, (g, i) => (g / (1 + clampedExp(-g))) * up[i]!);
}

/**
 * Turns each pair of adjacent columns of each head by position * base^(-2 * pair / headSize) radians.
 * x: [heads][headSize]
 */
export function rotate(
  x: ArrayLike<number>,
  headSize: number,
  position: number,
  ropeBase: number,
): Float64Array {
  const out = Float64Array.from(x);
  for (let i = 0; i < x.length; i += 2) {
    const angle = position * ropeBase ** (-(i % headSize) / headSize);
    out[i] = x[i]! * Math.cos(angle) - x[i + 1]! * Math.sin(angle);
    out[i + 1] = x[i]! * Math.sin(angle) + x[i + 1]! * Math.cos(angle);
  }
  return out;
}

/** exp(x[i]) over their sum. */
export function softmax(x: ArrayLike<number>): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) top = Math.max(top, x[i]!);
  const powers = Float64Array.from(x, (value) => Math.exp(value - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
