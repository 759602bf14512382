/** A batch of activation rows, quantized once for all the matrices that read them. */
import type { KernelBuild } from '../protocol.js';
import type { JobWriter } from '../threads/job.js';
import type { Arena } from './arena.js';
import type { Kernels } from './kernels.js';
import { BLOCK_COLUMNS, codeBytes, type Matrix, type Operand, operandOf, TILE_ROWS } from './matrix.js';

/**
 * Rows are handled in groups of four; a last single row goes through the one-row kernels, two or three are padded.
 * Both give the same bits, so a token's result does not depend on its neighbours.
 */
export class Activations {
  readonly #kernels: Kernels;
  readonly #build: KernelBuild;
  readonly #buffers: ActivationBuffers;
  #x = 0;
  #rows = 0;
  #columns = 0;
  readonly #done = new Set<Operand>();

  constructor(kernels: Kernels, build: KernelBuild, buffers: ActivationBuffers) {
    this.#kernels = kernels;
    this.#build = build;
    this.#buffers = buffers;
  }

  /** Takes x: f32[rows][columns] as the operand of the next multiplications. */
  load(x: number, rows: number, columns: number): void {
    this.#x = x;
    this.#rows = rows;
    this.#columns = columns;
    this.#done.clear();
  }

  /**
   * Adds to a job: out[row] = matrix · x[row]; out: f32[rows rounded up to 4][outColumns], outColumns a multiple of 8.
   */
  multiply(job: JobWriter, out: number, outColumns: number, matrix: Matrix): void {
    const operand = operandOf(matrix.layout);
    this.#quantize(operand);
    const blocks = this.#columns / BLOCK_COLUMNS;
    const tiles = Math.ceil(matrix.rows / TILE_ROWS);
    const groups = groupsOfFour(this.#rows);
    const { codes, meta } = this.#buffers[operand];
    if (groups > 0) {
      job.gemm4(matrix.layout, out, outColumns * 4, matrix.pointer, codes, meta, groups, tiles, blocks);
    }
    if (hasSingle(this.#rows)) {
      const done = groups * 4;
      job.gemv(
        matrix.layout,
        out + done * outColumns * 4,
        matrix.pointer,
        codes + done * this.#columns * codeBytes(operand, this.#build),
        meta + done * blocks * 16,
        tiles,
        blocks,
      );
    }
  }

  #quantize(operand: Operand): void {
    if (this.#done.has(operand)) return;
    this.#done.add(operand);
    const quantize = this.#kernels[`quantize${operand}`];
    const { codes, meta } = this.#buffers[operand];
    const rowBytes = this.#columns * codeBytes(operand, this.#build);
    const blocks = this.#columns / BLOCK_COLUMNS;
    for (let row = 0; row < this.#rows; row++) {
      const single = hasSingle(this.#rows) && row === this.#rows - 1;
      const first = single ? row : row & ~3;
      quantize(
        codes + first * rowBytes,
        meta + first * blocks * 16,
        this.#x + row * this.#columns * 4,
        this.#columns,
        single ? 1 : 4,
        single ? 0 : row & 3,
      );
    }
  }
}

/** Byte offsets of the quantized rows, and of the scales and sums of their blocks. */
export type ActivationBuffers = Readonly<Record<Operand, { readonly codes: number; readonly meta: number }>>;

/** @param maxRows a multiple of 4; @param maxColumns of the widest operand */
export function planActivations(arena: Arena, maxRows: number, maxColumns: number): ActivationBuffers {
  const take = () => ({
    codes: arena.take(maxRows * maxColumns * 2),
    meta: arena.take((maxColumns / BLOCK_COLUMNS) * 16 * maxRows),
  });
  return { W4: take(), W8: take() };
}

function hasSingle(rows: number): boolean {
  return rows % 4 === 1;
}

function groupsOfFour(rows: number): number {
  return hasSingle(rows) ? (rows - 1) / 4 : Math.ceil(rows / 4);
}
