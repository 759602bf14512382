/** A batch of activation rows, quantized once for all the matrices that read them. */
import type { KernelBuild } from '../protocol.js';
import type { JobWriter } from '../threads/job.js';
import type { Arena } from './arena.js';
import type { Kernels } from './kernels.js';
import { BLOCK_COLUMNS, type CodeWidth, codeWidthOf, type Matrix, TILE_ROWS } from './matrix.js';

/**
 * Rows are handled in groups of four; a last single row goes through the one-row kernels, two or three are padded.
 * Both give the same bits, so a token's result does not depend on its neighbours.
 */
export class Activations {
  readonly #kernels: Kernels;
  readonly #build: KernelBuild;
  readonly #codes: Record<CodeWidth, number>;
  readonly #meta: Record<CodeWidth, number>;
  #x = 0;
  #rows = 0;
  #columns = 0;
  #done: Record<CodeWidth, boolean> = { i8: false, i16: false };

  constructor(kernels: Kernels, build: KernelBuild, buffers: ActivationBuffers) {
    this.#kernels = kernels;
    this.#build = build;
    this.#codes = { i8: buffers.i8, i16: buffers.i16 };
    this.#meta = { i8: buffers.meta8, i16: buffers.meta16 };
  }

  /** Takes x: f32[rows][columns] as the operand of the next multiplications. */
  load(x: number, rows: number, columns: number): void {
    this.#x = x;
    this.#rows = rows;
    this.#columns = columns;
    this.#done = { i8: false, i16: false };
  }

  /**
   * Adds to a job: out[row] = matrix · x[row]; out: f32[rows rounded up to 4][outColumns], outColumns a multiple of 8.
   */
  multiply(job: JobWriter, out: number, outColumns: number, matrix: Matrix): void {
    const width = codeWidthOf(matrix.layout, this.#build);
    this.#quantize(width);
    const blocks = this.#columns / BLOCK_COLUMNS;
    const tiles = Math.ceil(matrix.rows / TILE_ROWS);
    const groups = groupsOfFour(this.#rows);
    const codes = this.#codes[width];
    const meta = this.#meta[width];
    if (groups > 0) {
      job.gemm4(matrix.layout, out, outColumns * 4, matrix.pointer, codes, meta, groups, tiles, blocks);
    }
    if (hasSingle(this.#rows)) {
      const done = groups * 4;
      job.gemv(
        matrix.layout,
        out + done * outColumns * 4,
        matrix.pointer,
        codes + done * this.#columns * bytesOf(width),
        meta + done * blocks * 16,
        tiles,
        blocks,
      );
    }
  }

  #quantize(width: CodeWidth): void {
    if (this.#done[width]) return;
    this.#done[width] = true;
    const quantize = width === 'i8' ? this.#kernels.quantizeI8 : this.#kernels.quantizeI16;
    const blocks = this.#columns / BLOCK_COLUMNS;
    for (let row = 0; row < this.#rows; row++) {
      const single = hasSingle(this.#rows) && row === this.#rows - 1;
      const first = single ? row : row & ~3;
      quantize(
        this.#codes[width] + first * this.#columns * bytesOf(width),
        this.#meta[width] + first * blocks * 16,
        this.#x + row * this.#columns * 4,
        this.#columns,
        single ? 1 : 4,
        single ? 0 : row & 3,
      );
    }
  }
}

/** Byte offsets of the quantized rows. */
export interface ActivationBuffers {
  readonly i8: number;
  readonly i16: number;
  readonly meta8: number;
  readonly meta16: number;
}

/** @param maxRows a multiple of 4; @param maxColumns of the widest operand */
export function planActivations(arena: Arena, maxRows: number, maxColumns: number): ActivationBuffers {
  const meta = (maxColumns / BLOCK_COLUMNS) * 16 * maxRows;
  return {
    i8: arena.take(maxRows * maxColumns),
    i16: arena.take(maxRows * maxColumns * 2),
    meta8: arena.take(meta),
    meta16: arena.take(meta),
  };
}

function bytesOf(width: CodeWidth): number {
  return width === 'i8' ? 1 : 2;
}

function hasSingle(rows: number): boolean {
  return rows % 4 === 1;
}

function groupsOfFour(rows: number): number {
  return hasSingle(rows) ? (rows - 1) / 4 : Math.ceil(rows / 4);
}
