/** Rows of a GGUF matrix to numbers, to the bit as GGUF defines them. @source ggml-quants.c, dequantize_row_* */
import { type GgmlType, TENSOR_TYPES } from '../model-file/tensor-types.js';
import { readHalf } from './half.js';
import { readQ2K, readQ3K, readQ4K, readQ5K, readQ6K } from './k-quants.js';

/** Value `i` of one block; rounded to f32 after each step that ggml rounds, but for the last one. */
type BlockReader = (block: DataView, i: number) => number;

const READERS: Record<GgmlType, BlockReader> = {
  F32: (block) => block.getFloat32(0, true),
  F16: (block) => readHalf(block, 0),
  BF16: readBf16,
  Q8_0: (block, i) => readHalf(block, 0) * block.getInt8(2 + i),
  Q4_0: (block, i) => readHalf(block, 0) * (nibble(block, 2, i) - 8),
  Q4_1: (block, i) => scaleAndAdd(block, nibble(block, 4, i)),
  Q5_0: (block, i) => readHalf(block, 0) * (nibble(block, 6, i) + 16 * fifthBit(block, 2, i) - 16),
  Q5_1: (block, i) => scaleAndAdd(block, nibble(block, 8, i) + 16 * fifthBit(block, 4, i)),
  Q2_K: readQ2K,
  Q3_K: readQ3K,
  Q4_K: readQ4K,
  Q5_K: readQ5K,
  Q6_K: readQ6K,
};

/**
 * One row of `columns` values, a multiple of the type's block size.
 * @param bytes the row as the file has it
 * @throws RangeError columns that are no whole blocks, or bytes that are not one row
 */
export function dequantizeRow(type: GgmlType, bytes: Uint8Array, columns: number): Float32Array {
  const { blockSize, blockBytes } = TENSOR_TYPES[type];
  const rowBytes = (columns / blockSize) * blockBytes;
  if (columns % blockSize !== 0 || bytes.length !== rowBytes) {
    throw new RangeError(
      `Got ${bytes.length} bytes for ${columns} columns of ${type}; expected ${blockBytes} bytes for each ${blockSize} columns.`,
    );
  }
  const read = READERS[type];
  const out = new Float32Array(columns);
  for (let first = 0, at = 0; first < columns; first += blockSize, at += blockBytes) {
    const block = new DataView(bytes.buffer, bytes.byteOffset + at, blockBytes);
    for (let i = 0; i < blockSize; i++) out[first + i] = read(block, i);
  }
  return out;
}

/** A BF16 value is the upper half of an f32. */
function readBf16(block: DataView): number {
  const float = new DataView(new ArrayBuffer(4));
  float.setUint16(0, block.getUint16(0, true));
  return float.getFloat32(0);
}

/** Code `i` of 32: the low nibbles of 16 bytes, then the high ones. */
function nibble(block: DataView, codes: number, i: number): number {
  return (block.getUint8(codes + (i % 16)) >> (i < 16 ? 0 : 4)) & 15;
}

function fifthBit(block: DataView, bits: number, i: number): number {
  return (block.getUint32(bits, true) >>> i) & 1;
}

/** code * d + m, where d and m are the block's first two halves. */
function scaleAndAdd(block: DataView, code: number): number {
  return Math.fround(code * readHalf(block, 0)) + readHalf(block, 2);
}
