/**
 * Whether kernels read ahead in memory (kernels/read-ahead.ts): measured on the loaded weights, for it is worth a third of
 * a decode step on one processor and costs as much on another. Results are the same either way.
 */
import type { ActivationBuffers } from './activations.js';
import type { Kernels } from './kernels.js';
import { BLOCK_COLUMNS, type Matrix, operandOf, packedRowBytes, TILE_ROWS } from './matrix.js';

/** Weights of one measurement: half a millisecond of reading, since clocks of pages are coarse. */
const SLICE_BYTES = 4 << 20;
/** Fewer stay in caches, and say nothing. */
const MIN_SLICES = 3;
/** Measurements of each way, taken in turns. */
const ROUNDS = 12;
/** Compilers take their time to make fast code of what is called often. */
const WARM_UP_ROUNDS = 12;

export interface ReadAheadTrial {
  readonly kernels: Kernels;
  /** A large one: that of the output. */
  readonly matrix: Matrix;
  /** Activations as operands, whose values do not matter, and f32[matrix.rows] for the results. */
  readonly activations: ActivationBuffers;
  readonly out: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** Sets the faster way in all threads, by about 20 ms of work; whether that is to read ahead. */
export function chooseReadAhead(trial: ReadAheadTrial): boolean {
  const { kernels, matrix, activations, out, now } = trial;
  const gemv = kernels[`gemv${matrix.layout}`];
  const { codes, meta } = activations[operandOf(matrix.layout)];
  const blocks = matrix.columns / BLOCK_COLUMNS;
  const tiles = Math.floor(matrix.rows / TILE_ROWS);
  const tilesOfSlice = Math.ceil(SLICE_BYTES / packedRowBytes(matrix));
  const slices = Math.floor(tiles / tilesOfSlice);
  kernels.setReadAhead(1);
  if (slices < MIN_SLICES) return true;
  let slice = 0;
  /** The time for one slice, another one than just before. */
  const time = (on: boolean): number => {
    kernels.setReadAhead(on ? 1 : 0);
    const first = (slice++ % slices) * tilesOfSlice;
    const start = now();
    gemv(out, matrix.pointer, codes, meta, first, first + tilesOfSlice, blocks);
    return now() - start;
  };
  for (let warm = 0; warm < WARM_UP_ROUNDS; warm++) {
    time(true);
  }
  const on: number[] = [];
  const off: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    on.push(time(true));
    off.push(time(false));
  }
  const pays = median(on) <= median(off);
  kernels.setReadAhead(pays ? 1 : 0);
  return pays;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
