/** Rows of a GGUF matrix to numbers, as GGUF defines them. @source ggml-quants.c, dequantize_row_* */
import type { GgmlType } from '../model-file/tensor-types.js';

/** Columns in a block of every quantized type here. */
const BLOCK = 32;

/** An IEEE half as a number; subnormals, infinities and NaN included. */
export function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * One row of `columns` values (a multiple of 32 for the quantized types).
 * @param bytes the row as the file has it
 * @throws RangeError a type without a reference
 */
export function dequantizeRow(type: GgmlType, bytes: Uint8Array, columns: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const half = (at: number) => halfToNumber(view.getUint16(at, true));
  const out = new Float32Array(columns);
  for (let i = 0; i < columns; i++) {
    const block = Math.floor(i / BLOCK);
    const column = i % BLOCK;
    const nibble = (codes: number) => (view.getUint8(codes + (column % 16)) >> (column < 16 ? 0 : 4)) & 15;
    switch (type) {
      case 'Q4_0':
        out[i] = (nibble(block * 18 + 2) - 8) * half(block * 18);
        break;
      case 'Q4_1':
        out[i] = nibble(block * 20 + 4) * half(block * 20) + half(block * 20 + 2);
        break;
      case 'Q8_0':
        out[i] = view.getInt8(block * 34 + 2 + column) * half(block * 34);
        break;
      case 'F16':
        out[i] = half(i * 2);
        break;
      case 'F32':
        out[i] = view.getFloat32(i * 4, true);
        break;
      default:
        throw new RangeError(`Got ${type}; the reference reads Q4_0, Q4_1, Q8_0, F16 and F32.`);
    }
  }
  return out;
}
