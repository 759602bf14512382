import { type GgmlType, TENSOR_TYPES } from '../../engine/model-file/tensor-types.js';
import { halfToNumber } from '../../engine/reference/half.js';
import type { Seeded } from './seeded.js';

/** The types of matrices, all of which the engine packs. */
export const MATRIX_TYPES = Object.keys(TENSOR_TYPES) as GgmlType[];

/** Bytes of a block where a half stands; the others hold codes, of which any are valid. */
export const HALVES: Partial<Record<GgmlType, readonly number[]>> = {
  F16: [0],
  Q8_0: [0],
  Q4_0: [0],
  Q4_1: [0, 2],
  Q5_0: [0],
  Q5_1: [0, 2],
  Q2_K: [80, 82],
  Q3_K: [108],
  Q4_K: [0, 2],
  Q5_K: [0, 2],
  Q6_K: [208],
};

/** One row of a GGUF matrix with random codes and sensible scales; `columns` is a multiple of the block size. */
export function randomRow(type: GgmlType, columns: number, random: Seeded): Uint8Array {
  if (type === 'F32') return new Uint8Array(random.floats(columns, 0.1).buffer);
  if (type === 'BF16') {
    // The upper half of each f32, as little-endian bytes.
    return new Uint8Array(random.floats(columns, 0.1).buffer).filter((_, at) => at % 4 >= 2);
  }
  const { blockSize, blockBytes } = TENSOR_TYPES[type];
  if (columns % blockSize !== 0) {
    throw new RangeError(`Got ${columns} columns of ${type}; expected a multiple of ${blockSize}.`);
  }
  const bytes = random.bytes((columns / blockSize) * blockBytes);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length; at += blockBytes) {
    for (const half of HALVES[type] ?? []) view.setUint16(at + half, randomHalf(random), true);
  }
  return bytes;
}

/** A finite half of either sign, of magnitude below 1/8; one in sixteen is subnormal. */
function randomHalf(random: Seeded): number {
  const exponent = random.below(16) === 0 ? 0 : 4 + random.below(8);
  const half = (random.below(2) << 15) | (exponent << 10) | random.below(1024);
  if (!Number.isFinite(halfToNumber(half))) throw new RangeError(`Half ${half} is not finite.`);
  return half;
}
