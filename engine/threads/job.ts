/**
 * Work that any thread can take a part of, written as numbers into the wasm memory that all threads see.
 * A job is a list of segments; a segment is one kernel over `items` independent items (tiles of rows, or heads).
 * Who computes an item never changes its result, so results are bit-identical for any number of threads.
 */
import type { Gemm4, Gemv, Kernels, Layout } from '../model/kernels.js';

/** The number of an operation in a job: the place of the matrix's layout, plus the number of layouts for gemm4. */
const LAYOUTS: readonly Layout[] = ['W4', 'W4Min', 'W4K', 'W8', 'W6K', 'W5', 'W5Min', 'W5K', 'W3K', 'W2K'];
const ATTEND = 2 * LAYOUTS.length;

/** The arguments of kernels/attention.ts `attend`; an item is one KV head of one row. */
export interface AttendArguments {
  readonly out: number;
  readonly query: number;
  readonly pageTables: number;
  readonly tableLength: number;
  readonly positions: number;
  readonly layerOffset: number;
  readonly blockBytes: number;
  readonly ropeTable: number;
  readonly nKvHeads: number;
  readonly queryHeads: number;
  readonly headSize: number;
  /** Of the first thread; each has `scratchBytes`. */
  readonly scratch: number;
  readonly scratchBytes: number;
}

const SEGMENT_WORDS = 16;
/** Three matrices, each with groups of four rows and a single one. */
const MAX_SEGMENTS = 6;

/** Words of a job: the number of segments, then { operation, items, 14 arguments } each. */
export const JOB_WORDS = 1 + MAX_SEGMENTS * SEGMENT_WORDS;

/** Writes a job; `begin`, then segments, then it may be run. */
export class JobWriter {
  readonly #words: Int32Array;
  #items = 0;

  /** @param words JOB_WORDS of the memory that runs the job */
  constructor(words: Int32Array) {
    this.#words = words;
  }

  /** Items of all segments. */
  get items(): number {
    return this.#items;
  }

  begin(): void {
    this.#items = 0;
    this.#words[0] = 0;
  }

  /** One row of activations times the tiles of a matrix; see kernels/matmul-w4.ts. */
  gemv(layout: Layout, out: number, w: number, x: number, meta: number, tiles: number, blocks: number) {
    this.#add(LAYOUTS.indexOf(layout), tiles, out, w, x, meta, blocks);
  }

  /** `groups` of four rows of activations times the tiles of a matrix; out rows are `outStride` bytes apart. */
  gemm4(
    layout: Layout,
    out: number,
    outStride: number,
    w: number,
    x: number,
    meta: number,
    groups: number,
    tiles: number,
    blocks: number,
  ) {
    const operation = LAYOUTS.length + LAYOUTS.indexOf(layout);
    this.#add(operation, tiles, out, w, x, meta, blocks, outStride, groups);
  }

  attend(rows: number, args: AttendArguments): void {
    this.#add(
      ATTEND,
      rows * args.nKvHeads,
      args.out,
      args.query,
      args.pageTables,
      args.tableLength,
      args.positions,
      args.layerOffset,
      args.blockBytes,
      args.ropeTable,
      args.nKvHeads,
      args.queryHeads,
      args.headSize,
      args.scratch,
      args.scratchBytes,
    );
  }

  #add(operation: number, items: number, ...args: readonly number[]): void {
    const words = this.#words;
    const at = 1 + words[0]!++ * SEGMENT_WORDS;
    words[at] = operation;
    words[at + 1] = items;
    words.set(args, at + 2);
    this.#items += items;
  }
}

/** Runs parts of the job in `words` on one thread. */
export class JobRunner {
  readonly #words: Int32Array;
  readonly #operations: readonly Operation[];

  /**
   * @param words JOB_WORDS of the memory that the kernels work on
   * @param thread 0.. picks the scratch memory
   */
  constructor(kernels: Kernels, words: Int32Array, thread: number) {
    this.#words = words;
    this.#operations = [
      ...LAYOUTS.map((layout) => gemvOperation(kernels[`gemv${layout}`])),
      ...LAYOUTS.map((layout) => gemm4Operation(kernels[`gemm4${layout}`])),
      attention(kernels, thread),
    ];
  }

  /** Runs items `begin`..`end - 1`, counted over the segments. */
  run(begin: number, end: number): void {
    const words = this.#words;
    const segments = words[0]!;
    let first = 0;
    for (let segment = 0; segment < segments && first < end; segment++) {
      const at = 1 + segment * SEGMENT_WORDS;
      const items = words[at + 1]!;
      const from = Math.max(begin - first, 0);
      const to = Math.min(end - first, items);
      if (from < to) this.#operations[words[at]!]!(words, at + 2, from, to);
      first += items;
    }
  }
}

/** Runs items `begin`..`end - 1` of the segment whose arguments begin at `words[at]`. */
type Operation = (words: Int32Array, at: number, begin: number, end: number) => void;

function gemvOperation(gemv: Gemv): Operation {
  return (words, at, begin, end) => {
    gemv(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!, begin, end, words[at + 4]!);
  };
}

function gemm4Operation(gemm4: Gemm4): Operation {
  return (words, at, begin, end) => {
    const [w, x, meta] = [words[at + 1]!, words[at + 2]!, words[at + 3]!];
    const [blocks, outStride, groups] = [words[at + 4]!, words[at + 5]!, words[at + 6]!];
    gemm4(words[at]!, outStride, w, x, meta, groups, begin, end, blocks);
  };
}

function attention({ attend }: Kernels, thread: number): Operation {
  return (words, at, begin, end) => {
    const scratch = words[at + 11]! + Math.imul(thread, words[at + 12]!);
    attend(
      words[at]!,
      words[at + 1]!,
      words[at + 2]!,
      words[at + 3]!,
      words[at + 4]!,
      words[at + 5]!,
      words[at + 6]!,
      words[at + 7]!,
      words[at + 8]!,
      words[at + 9]!,
      words[at + 10]!,
      scratch,
      begin,
      end,
    );
  };
}
