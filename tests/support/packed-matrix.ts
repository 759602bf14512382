/** A random GGUF matrix: packed by the kernels of one build, and as the numbers it stands for. */
import {
  BLOCK_COLUMNS,
  codeBytes,
  type MatrixPlan,
  operandOf,
  packedBytes,
  planMatrix,
  repackTileRow,
  TILE_ROWS,
} from '../../engine/model/matrix.js';
import type { GgmlType } from '../../engine/model-file/tensor-types.js';
import { dequantizeRow } from '../../engine/reference/dequantize.js';
import { roundToSignedBlock } from '../../engine/reference/rounding.js';
import { randomRow } from './gguf-rows.js';
import type { KernelMemory } from './kernel-memory.js';
import type { Seeded } from './seeded.js';

export interface RandomMatrix {
  readonly type: GgmlType;
  readonly columns: number;
  readonly rows: readonly Uint8Array[];
}

export function randomMatrix(type: GgmlType, rows: number, columns: number, random: Seeded): RandomMatrix {
  return { type, columns, rows: Array.from({ length: rows }, () => randomRow(type, columns, random)) };
}

/** The numbers that the packed matrix stands for: what GGUF defines, with F16 and F32 rounded to 8 bits. */
export function packedValues({ type, columns, rows }: RandomMatrix): Float64Array[] {
  return rows.map((bytes) => {
    const exact = dequantizeRow(type, bytes, columns);
    if (type === 'Q8_0') return Float64Array.from(clampQ8(bytes, exact));
    if (type !== 'F16' && type !== 'BF16' && type !== 'F32') return Float64Array.from(exact);
    const out = new Float64Array(columns);
    for (let at = 0; at < columns; at += BLOCK_COLUMNS) {
      const { codes, scale } = roundToSignedBlock(exact.subarray(at, at + BLOCK_COLUMNS));
      codes.forEach((code, i) => {
        out[at + i] = code * scale;
      });
    }
    return out;
  });
}

/** A Q8_0 code of -128 counts as -127. */
function clampQ8(bytes: Uint8Array, exact: Float32Array): Float32Array {
  return exact.map((value, i) => {
    const code = new DataView(bytes.buffer).getInt8(Math.floor(i / 32) * 34 + 2 + (i % 32));
    return code === -128 ? (value / -128) * -127 : value;
  });
}

/** Packs a matrix as the loader does; rows past its end are zeros. */
export function pack(memory: KernelMemory, { type, columns, rows }: RandomMatrix): MatrixPlan {
  const pointer = memory.take(packedBytes(type, rows.length, columns));
  const plan = planMatrix('test', type, rows.length, columns, pointer);
  const staging = memory.take(plan.rowBytes * TILE_ROWS);
  for (let tile = 0; tile * TILE_ROWS < rows.length; tile++) {
    const bytes = memory.bytes(staging, plan.rowBytes * TILE_ROWS).fill(0);
    rows.slice(tile * TILE_ROWS, (tile + 1) * TILE_ROWS).forEach((row, i) => {
      bytes.set(row, i * plan.rowBytes);
    });
    repackTileRow(memory.kernels, plan, tile, staging);
  }
  return plan;
}

/** Quantizes x as one group of `lanes` rows for the matrix's kernels; x: `lanes` rows or fewer. */
export function quantizeGroup(
  memory: KernelMemory,
  matrix: MatrixPlan,
  x: readonly Float32Array[],
  lanes: 1 | 4,
): { codes: number; meta: number } {
  const operand = operandOf(matrix.layout);
  const codes = memory.take(lanes * matrix.columns * codeBytes(operand, memory.build));
  const meta = memory.take((lanes * matrix.columns * 16) / BLOCK_COLUMNS);
  const quantize = memory.kernels[`quantize${operand}`];
  x.forEach((row, lane) => {
    quantize(codes, meta, memory.put(row), matrix.columns, lanes, lane);
  });
  return { codes, meta };
}

/** matrix · x by the one-row kernel, in the tile ranges given; what no range covers stays as NaN. */
export function runGemv(
  memory: KernelMemory,
  matrix: MatrixPlan,
  x: Float32Array,
  ranges: readonly (readonly [begin: number, end: number])[] = [[0, Math.ceil(matrix.rows / TILE_ROWS)]],
): Float32Array {
  const { codes, meta } = quantizeGroup(memory, matrix, [x], 1);
  const padded = Math.ceil(matrix.rows / TILE_ROWS) * TILE_ROWS;
  const out = memory.take(padded * 4);
  memory.floats(out, padded).fill(Number.NaN);
  const gemv = memory.kernels[`gemv${matrix.layout}`];
  for (const [begin, end] of ranges) {
    gemv(out, matrix.pointer, codes, meta, begin, end, matrix.columns / BLOCK_COLUMNS);
  }
  return memory.floats(out, matrix.rows).slice();
}
