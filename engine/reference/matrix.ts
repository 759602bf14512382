/** Activations as 8-bit codes, and the matrix product in double precision. */
import { roundToSignedBlock, type SignedBlock } from './rounding.js';

const BLOCK = 32;

/** Codes and scales of x, one block for each 32 values; x.length is a multiple of 32. */
export function quantizeActivations(x: Float32Array): SignedBlock[] {
  return Array.from({ length: x.length / BLOCK }, (_, block) =>
    roundToSignedBlock(x.subarray(block * BLOCK, (block + 1) * BLOCK)),
  );
}

/** The values that quantized activations stand for. */
export function dequantizeActivations(blocks: readonly SignedBlock[]): Float64Array {
  return Float64Array.from(blocks.flatMap(({ codes, scale }) => Array.from(codes, (code) => code * scale)));
}

/** out[row] = weights[row] · x; weights: rows of x.length values. */
export function multiply(weights: readonly ArrayLike<number>[], x: ArrayLike<number>): Float64Array {
  return Float64Array.from(weights, (row) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += row[i]! * x[i]!;
    return sum;
  });
}

/** Σ |weights[row][i] * x[i]|: what rounding errors of a row scale with. */
export function magnitude(weights: readonly ArrayLike<number>[], x: ArrayLike<number>): Float64Array {
  return Float64Array.from(weights, (row) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += Math.abs(row[i]! * x[i]!);
    return sum;
  });
}
