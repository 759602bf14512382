/** Weight matrices in the packed layouts of the kernels, and the one place that picks a kernel for a layout. */

import { type GgmlType, TENSOR_TYPES } from '../model-file/tensor-types.js';
import { EngineError, type KernelBuild } from '../protocol.js';
import type { Kernels, Layout } from './kernels.js';

/** Rows of a tile, and columns of a block. */
export const TILE_ROWS = 8;
export const BLOCK_COLUMNS = 32;

/** How activations are quantized: for the kernels of 4-bit weights, or of the others; see kernels/quantize.ts. */
export type Operand = 'W4' | 'W8';

/** Codes keep their size; codes times scales are what GGUF defines, to the bit. */
const LAYOUTS: Record<GgmlType, Layout> = {
  Q4_0: 'W4',
  Q4_1: 'W4Min',
  Q4_K: 'W4K',
  Q5_0: 'W5',
  Q5_1: 'W5Min',
  Q2_K: 'W2K',
  Q3_K: 'W3K',
  Q5_K: 'W5K',
  Q6_K: 'W6K',
  Q8_0: 'W8',
  // Rounded to 8 bits: a stated loss.
  F16: 'W8',
  BF16: 'W8',
  F32: 'W8',
};

/** Bytes of one tile; in the K layouts with its share of the d and dmin of 8 tiles. */
const TILE_BYTES: Record<Layout, number> = {
  W4: 144,
  W4Min: 160,
  W4K: 148,
  W8: 288,
  W6K: 210,
  W5: 176,
  W5Min: 192,
  W5K: 180,
  W3K: 114,
  W2K: 84,
};

/** A packed matrix in wasm memory: [rows/8] tiles of [columns/32] blocks. */
export interface Matrix {
  readonly pointer: number;
  readonly rows: number;
  readonly columns: number;
  readonly layout: Layout;
}

/** Where and how a GGUF matrix is packed. */
export interface MatrixPlan extends Matrix {
  readonly type: GgmlType;
  /** Bytes of one GGUF row. */
  readonly rowBytes: number;
}

/** Bytes of one row of tiles of a packed matrix. */
export function packedRowBytes({ layout, columns }: Matrix): number {
  return (columns / BLOCK_COLUMNS) * TILE_BYTES[layout];
}

/** Bytes of a packed matrix; rows are padded to whole tiles. */
export function packedBytes(type: GgmlType, rows: number, columns: number): number {
  return Math.ceil(rows / TILE_ROWS) * (columns / BLOCK_COLUMNS) * TILE_BYTES[LAYOUTS[type]];
}

/**
 * @throws EngineError unsupported-tensor-type: columns are no multiple of the blocks of this type or of 32
 */
export function planMatrix(
  name: string,
  type: GgmlType,
  rows: number,
  columns: number,
  pointer: number,
): MatrixPlan {
  const { blockSize, blockBytes } = TENSOR_TYPES[type];
  const unit = Math.max(blockSize, BLOCK_COLUMNS);
  if (columns % unit !== 0) {
    throw new EngineError(
      'unsupported-tensor-type',
      `Tensor ${name} has type ${type} and ${columns} columns; expected a multiple of ${unit}.`,
    );
  }
  const rowBytes = (columns / blockSize) * blockBytes;
  return { pointer, rows, columns, layout: LAYOUTS[type], type, rowBytes };
}

/** Packs 8 rows of the GGUF type at `source` into tile row `tileRow` of the matrix. */
export function repackTileRow(kernels: Kernels, plan: MatrixPlan, tileRow: number, source: number): void {
  const target = plan.pointer + tileRow * packedRowBytes(plan);
  kernels[`repack${plan.type}`](target, source, plan.columns / BLOCK_COLUMNS);
}

/** What a layout's kernels are multiplied by. */
export function operandOf(layout: Layout): Operand {
  return layout.startsWith('W4') ? 'W4' : 'W8';
}

/** Bytes of one activation code. */
export function codeBytes(operand: Operand, build: KernelBuild): number {
  return operand === 'W4' && build !== 'plain' ? 1 : 2;
}

/** Dequantizes one row of a matrix: out is f32[columns]. */
export function readRow(kernels: Kernels, matrix: Matrix, out: number, row: number): void {
  kernels[`readRow${matrix.layout}`](out, matrix.pointer, row, matrix.columns / BLOCK_COLUMNS);
}
