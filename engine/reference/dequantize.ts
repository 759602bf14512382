/**
 * Rows of a GGUF matrix to numbers, as GGUF defines them; checked against llama.cpp's own code in tests/golden.
 * @source ggml-quants.c, dequantize_row_*
 */
import { type GgmlType, TENSOR_TYPES } from '../model-file/tensor-types.js';
import { K_BLOCKS } from './dequantize-k.js';
import { halfAt, halfToNumber, type ReadBlock } from './read-block.js';

export { halfToNumber };

/** Blocks of 32 columns: column i in the low nibble of byte i, column i + 16 in its high nibble. */
const nibble = (view: DataView, at: number, column: number) =>
  (view.getUint8(at + (column % 16)) >> (column < 16 ? 0 : 4)) & 15;

const highBit = (view: DataView, at: number, column: number) =>
  ((view.getUint32(at, true) >>> column) & 1) << 4;

const BLOCKS: Record<GgmlType, ReadBlock> = {
  F32: (view) => () => view.getFloat32(0, true),
  F16: (view) => () => halfAt(view, 0),
  BF16: (view) => () => bfloatToNumber(view.getUint16(0, true)),
  Q4_0: (view) => (i) => (nibble(view, 2, i) - 8) * halfAt(view, 0),
  Q4_1: (view) => (i) => nibble(view, 4, i) * halfAt(view, 0) + halfAt(view, 2),
  Q5_0: (view) => (i) => ((nibble(view, 6, i) | highBit(view, 2, i)) - 16) * halfAt(view, 0),
  Q5_1: (view) => (i) => (nibble(view, 8, i) | highBit(view, 4, i)) * halfAt(view, 0) + halfAt(view, 2),
  Q8_0: (view) => (i) => view.getInt8(2 + i) * halfAt(view, 0),
  ...K_BLOCKS,
};

function bfloatToNumber(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
}

/**
 * One row of `columns` values, a multiple of the type's block size; rounded once to f32.
 * @param bytes the row as the file has it
 */
export function dequantizeRow(type: GgmlType, bytes: Uint8Array, columns: number): Float32Array {
  const { blockSize, blockBytes } = TENSOR_TYPES[type];
  const out = new Float32Array(columns);
  for (let block = 0; block * blockSize < columns; block++) {
    const at = bytes.byteOffset + block * blockBytes;
    const value = BLOCKS[type](new DataView(bytes.buffer, at, blockBytes));
    for (let i = 0; i < blockSize; i++) out[block * blockSize + i] = value(i);
  }
  return out;
}
