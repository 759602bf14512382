/** Weight matrices in the packed layouts of the kernels, and the one place that picks a kernel for a layout. */

import type { GgmlType } from '../model-file/tensor-types.js';
import { EngineError, type KernelBuild } from '../protocol.js';
import type { Gemm4Kernel, GemvKernel } from '../threads/job.js';
import type { Kernels } from './kernels.js';

/** Rows of a tile, and columns of a block. */
export const TILE_ROWS = 8;
export const BLOCK_COLUMNS = 32;

/** Packed layouts: 4-bit codes, 4-bit codes with a minimum, signed 8-bit codes. */
export type Layout = 'w4' | 'w4Min' | 'w8';

/** How activations must be quantized for a layout. */
export type CodeWidth = 'i8' | 'i16';

const LAYOUTS: Partial<
  Record<GgmlType, { layout: Layout; repack: keyof Kernels; rowBytesPerBlock: number }>
> = {
  Q4_0: { layout: 'w4', repack: 'repackQ4_0', rowBytesPerBlock: 18 },
  Q4_1: { layout: 'w4Min', repack: 'repackQ4_1', rowBytesPerBlock: 20 },
  Q8_0: { layout: 'w8', repack: 'repackQ8_0', rowBytesPerBlock: 34 },
  F16: { layout: 'w8', repack: 'repackF16', rowBytesPerBlock: 64 },
  F32: { layout: 'w8', repack: 'repackF32', rowBytesPerBlock: 128 },
};

const TILE_BYTES: Record<Layout, number> = { w4: 144, w4Min: 160, w8: 288 };

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

/** Bytes of a packed matrix; rows are padded to whole tiles. */
export function packedBytes(type: GgmlType, rows: number, columns: number): number {
  const { layout } = layoutOf(type);
  return Math.ceil(rows / TILE_ROWS) * (columns / BLOCK_COLUMNS) * TILE_BYTES[layout];
}

/**
 * @throws EngineError unsupported-tensor-type: no packed layout for this type, or columns are no multiple of 32
 */
export function planMatrix(
  name: string,
  type: GgmlType,
  rows: number,
  columns: number,
  pointer: number,
): MatrixPlan {
  if (columns % BLOCK_COLUMNS !== 0) {
    throw new EngineError(
      'unsupported-tensor-type',
      `Tensor ${name} has ${columns} columns; expected a multiple of ${BLOCK_COLUMNS}.`,
    );
  }
  const { layout, rowBytesPerBlock } = layoutOf(type, name);
  return { pointer, rows, columns, layout, type, rowBytes: (columns / BLOCK_COLUMNS) * rowBytesPerBlock };
}

function layoutOf(type: GgmlType, name = 'a matrix') {
  const found = LAYOUTS[type];
  if (found) return found;
  throw new EngineError(
    'unsupported-tensor-type',
    `Tensor ${name} has type ${type}; expected one of ${Object.keys(LAYOUTS).join(', ')}.`,
    { hint: 'Use a Q4_0, Q4_1 or Q8_0 file of the same model.' },
  );
}

/** Packs 8 rows of the GGUF type at `source` into tile row `tileRow` of the matrix. */
export function repackTileRow(kernels: Kernels, plan: MatrixPlan, tileRow: number, source: number): void {
  const blocks = plan.columns / BLOCK_COLUMNS;
  const repack = kernels[layoutOf(plan.type).repack] as (dst: number, src: number, blocks: number) => void;
  repack(plan.pointer + tileRow * blocks * TILE_BYTES[plan.layout], source, blocks);
}

/** The relaxed build multiplies 4-bit weights by 8-bit codes; everything else takes 16-bit codes. */
export function codeWidthOf(layout: Layout, build: KernelBuild): CodeWidth {
  return build === 'relaxed' && layout !== 'w8' ? 'i8' : 'i16';
}

/** Dequantizes one row of a matrix: out is f32[columns]. */
export function readRow(kernels: Kernels, matrix: Matrix, out: number, row: number): void {
  const read = { w4: kernels.readRowW4, w4Min: kernels.readRowW4Min, w8: kernels.readRowW8 }[matrix.layout];
  read(out, matrix.pointer, row, matrix.columns / BLOCK_COLUMNS);
}

/** The matrix-vector and matrix-times-four kernels of a layout. */
export const MULTIPLIERS: Record<Layout, { readonly gemv: GemvKernel; readonly gemm4: Gemm4Kernel }> = {
  w4: { gemv: 'gemvW4', gemm4: 'gemm4W4' },
  w4Min: { gemv: 'gemvW4Min', gemm4: 'gemm4W4Min' },
  w8: { gemv: 'gemvW8', gemm4: 'gemm4W8' },
};
