// Kernels over whole vectors of activations. Lengths are multiples of 4.

import { exp4 } from './exp';
import { sumLanes } from './reduce';

/**
 * out[i] = x[i] * weight[i] / sqrt(mean(x²) + epsilon), for each of `rows` rows.
 * out, x: f32[rows][n], may be the same; weight: f32[n].
 */
export function rmsNorm(out: usize, x: usize, weight: usize, rows: i32, n: i32, epsilon: f32): void {
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < <usize>n << 2; i += 16) {
      const v = v128.load(x + i);
      sum = f32x4.add(sum, f32x4.mul(v, v));
    }
    const scale = f32x4.splat(<f32>1.0 / sqrt<f32>(sumLanes(sum) / <f32>n + epsilon));
    for (let i: usize = 0; i < <usize>n << 2; i += 16) {
      v128.store(out + i, f32x4.mul(f32x4.mul(v128.load(x + i), scale), v128.load(weight + i)));
    }
    x += <usize>n << 2;
    out += <usize>n << 2;
  }
}

// @ts-ignore: decorator
@inline
function gated(gate: usize, up: usize): void {
  const g = v128.load(gate);
  const silu = f32x4.div(g, f32x4.add(f32x4.splat(1), exp4(f32x4.neg(g))));
  v128.store(gate, f32x4.mul(silu, v128.load(up)));
}

/** gate[i] = silu(gate[i]) * up[i], for n values, a multiple of 8; silu(g) = g / (1 + exp(-g)). */
export function swiGlu(gate: usize, up: usize, n: i32): void {
  // Two vectors at a time: compilers make the constants anew in each round.
  for (let i: usize = 0; i < <usize>n << 2; i += 32) {
    gated(gate + i, up + i);
    gated(gate + i + 16, up + i + 16);
  }
}

/** x[i] += y[i], for n values: the residual connection. */
export function addRows(x: usize, y: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    v128.store(x + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
  }
}
