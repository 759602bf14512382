import { halfToNumber } from '../../engine/reference/dequantize.js';
import type { Seeded } from './seeded.js';

/** The GGUF types that the engine packs. */
export const MATRIX_TYPES = ['Q4_0', 'Q4_1', 'Q8_0', 'F16', 'F32'] as const;
export type MatrixType = (typeof MATRIX_TYPES)[number];

const BLOCK_BYTES: Record<MatrixType, number> = { Q4_0: 18, Q4_1: 20, Q8_0: 34, F16: 64, F32: 128 };

/** One row of a GGUF matrix with random codes and sensible scales; `columns` is a multiple of 32. */
export function randomRow(type: MatrixType, columns: number, random: Seeded): Uint8Array {
  if (type === 'F32') return new Uint8Array(random.floats(columns, 0.1).buffer);
  const bytes = random.bytes((columns / 32) * BLOCK_BYTES[type]);
  const view = new DataView(bytes.buffer);
  if (type === 'F16') {
    for (let i = 0; i < columns; i++) view.setUint16(i * 2, randomHalf(random), true);
    return bytes;
  }
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES[type]) {
    view.setUint16(at, randomHalf(random), true);
    if (type === 'Q4_1') view.setUint16(at + 2, randomHalf(random), true);
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
