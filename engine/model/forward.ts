/**
 * The Llama forward pass over a batch of rows, as a state machine that stops after each layer.
 * Each row has its own sequence and position; logits are bit-identical for any batch and chunk.
 */
import type { ModelConfig } from '../model-file/model-config.js';
import type { KernelBuild } from '../protocol.js';
import { CONTROL_BYTES } from '../threads/control.js';
import type { ThreadPool } from '../threads/thread-pool.js';
import { type ActivationBuffers, Activations, planActivations } from './activations.js';
import type { Arena } from './arena.js';
import type { Kernels } from './kernels.js';
import { headBlockBytes, type KvCache, type KvSequence, PAGE_POSITIONS } from './kv-cache.js';
import { type Matrix, readRow, TILE_ROWS } from './matrix.js';
import type { Weights } from './weights.js';

/** Rows in one batch at most: a prompt chunk, or one row for each of many characters. */
export const MAX_ROWS = 32;
/** Rows whose logits one batch can give. */
export const MAX_LOGITS = 8;

export interface ForwardRow {
  readonly sequence: KvSequence;
  /** 0-based; the sequence has reserved it, and all positions before it are computed or in this batch. */
  readonly position: number;
  readonly token: number;
  readonly wantsLogits: boolean;
}

/** Byte offsets of the working memory of a forward pass. */
export interface ForwardBuffers {
  /** The residual stream, f32[MAX_ROWS][dim]. */
  readonly x: number;
  readonly normed: number;
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly attention: number;
  readonly delta: number;
  readonly gate: number;
  readonly up: number;
  readonly logits: number;
  readonly pageTables: number;
  readonly positions: number;
  /** Of attention, `scratchBytes` for each thread. */
  readonly scratch: number;
  readonly scratchBytes: number;
  /** Control words of the thread pool. */
  readonly control: number;
  readonly activations: ActivationBuffers;
}

/** @param nCtx longest sequence, in positions */
export function planForward(
  arena: Arena,
  config: ModelConfig,
  nCtx: number,
  threads: number,
): ForwardBuffers {
  const rows = (columns: number) => arena.take(MAX_ROWS * columns * 4);
  const queryDim = config.nHeads * config.headSize;
  const kvDim = config.nKvHeads * config.headSize;
  const pages = Math.ceil(nCtx / PAGE_POSITIONS);
  // Threads never write to the same cache line.
  const scratchBytes = Math.ceil((pages * PAGE_POSITIONS * 8 + config.headSize * 4 + 64) / 64) * 64;
  return {
    x: rows(config.dim),
    normed: rows(config.dim),
    query: rows(queryDim),
    key: rows(kvDim),
    value: rows(kvDim),
    attention: rows(queryDim),
    delta: rows(config.dim),
    gate: rows(config.hiddenDim),
    up: rows(config.hiddenDim),
    logits: arena.take(MAX_LOGITS * paddedVocab(config) * 4),
    pageTables: arena.take(MAX_ROWS * pages * 4),
    positions: arena.take(MAX_ROWS * 4),
    scratch: arena.take(threads * scratchBytes),
    scratchBytes,
    control: arena.take(CONTROL_BYTES),
    activations: planActivations(arena, MAX_ROWS, Math.max(config.dim, queryDim, config.hiddenDim)),
  };
}

function paddedVocab(config: ModelConfig): number {
  return Math.ceil(config.vocabSize / TILE_ROWS) * TILE_ROWS;
}

export interface ForwardParts {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly pool: ThreadPool;
  readonly build: KernelBuild;
  readonly config: ModelConfig;
  readonly weights: Weights;
  readonly buffers: ForwardBuffers;
  /** Rotary table: f32[nCtx][2 * headSize], see kernels/rope.ts. */
  readonly ropeTable: number;
  readonly cache: KvCache;
  readonly nCtx: number;
}

/** One batch at a time: `begin`, then `step` until it returns true; `begin` again at any time drops the batch. */
export class Forward {
  readonly #parts: ForwardParts;
  readonly #activations: Activations;
  readonly #pagesPerTable: number;
  /** Those that are still computed. */
  #rows: readonly ForwardRow[] = [];
  #wantLogits = 0;
  #layer = 0;

  constructor(parts: ForwardParts) {
    this.#parts = parts;
    this.#activations = new Activations(parts.kernels, parts.build, parts.buffers.activations);
    this.#pagesPerTable = Math.ceil(parts.nCtx / PAGE_POSITIONS);
  }

  /**
   * Starts a batch.
   * @param rows 1..MAX_ROWS rows, at most MAX_LOGITS with logits; rows of one sequence in ascending position
   */
  begin(rows: readonly ForwardRow[]): void {
    const { kernels, buffers, weights, config } = this.#parts;
    this.#rows = rows;
    this.#layer = 0;
    this.#wantLogits = rows.filter((row) => row.wantsLogits).length;
    if (rows.length < 1 || rows.length > MAX_ROWS || this.#wantLogits > MAX_LOGITS) {
      throw new RangeError(`Got a batch of ${rows.length} rows, ${this.#wantLogits} with logits.`);
    }
    rows.forEach((row, i) => {
      readRow(kernels, weights.embedding, buffers.x + i * config.dim * 4, row.token);
    });
    this.#writePageTables();
  }

  /** Runs one layer, or after the last one the output matrix; true when the batch is complete. */
  step(): boolean {
    if (this.#layer < this.#parts.config.nLayers) {
      this.#runLayer(this.#layer++);
      return this.#layer === this.#parts.config.nLayers && this.#wantLogits === 0;
    }
    this.#runOutput();
    return true;
  }

  /** Steps that the batch in hand takes: its layers, and the output where a row wants logits. */
  get steps(): number {
    return this.#parts.config.nLayers + (this.#wantLogits > 0 ? 1 : 0);
  }

  /** Logits of the i-th row that wanted them: a live view of f32[vocabSize], valid until the next `begin`. */
  logits(i: number): Float32Array {
    const { memory, buffers, config } = this.#parts;
    return new Float32Array(memory.buffer, buffers.logits + i * paddedVocab(config) * 4, config.vocabSize);
  }

  #runLayer(index: number): void {
    const { kernels, pool, buffers, config, weights } = this.#parts;
    const { job } = pool;
    const layer = weights.layers[index]!;
    const { dim, hiddenDim, headSize, nHeads, nKvHeads } = config;
    const queryDim = nHeads * headSize;
    const kvDim = nKvHeads * headSize;
    const activations = this.#activations;

    kernels.rmsNorm(
      buffers.normed,
      buffers.x,
      layer.attentionNorm,
      this.#rows.length,
      dim,
      config.normEpsilon,
    );
    activations.load(buffers.normed, this.#rows.length, dim);
    // Rows without logits leave only their keys and values behind in the last layer.
    const narrows = index === config.nLayers - 1 && this.#wantLogits < this.#rows.length;
    job.begin();
    activations.multiply(job, buffers.key, kvDim, layer.key);
    activations.multiply(job, buffers.value, kvDim, layer.value);
    if (!narrows) activations.multiply(job, buffers.query, queryDim, layer.query);
    pool.run();
    this.#storeKeys(index);
    if (narrows) {
      this.#narrow();
      if (this.#wantLogits === 0) return;
      activations.load(buffers.normed, this.#wantLogits, dim);
      this.#multiply(buffers.query, queryDim, layer.query);
    }
    const rows = this.#rows.length;
    this.#attend(index);

    activations.load(buffers.attention, rows, queryDim);
    this.#multiply(buffers.delta, dim, layer.attentionOutput);
    kernels.addRows(buffers.x, buffers.delta, rows * dim);

    kernels.rmsNorm(buffers.normed, buffers.x, layer.feedForwardNorm, rows, dim, config.normEpsilon);
    activations.load(buffers.normed, rows, dim);
    job.begin();
    activations.multiply(job, buffers.gate, hiddenDim, layer.gate);
    activations.multiply(job, buffers.up, hiddenDim, layer.up);
    pool.run();
    kernels.swiGlu(buffers.gate, buffers.up, rows * hiddenDim);
    activations.load(buffers.gate, rows, hiddenDim);
    this.#multiply(buffers.delta, dim, layer.down);
    kernels.addRows(buffers.x, buffers.delta, rows * dim);
  }

  /** out = matrix · the loaded activations. */
  #multiply(out: number, outColumns: number, matrix: Matrix): void {
    const { pool } = this.#parts;
    pool.job.begin();
    this.#activations.multiply(pool.job, out, outColumns, matrix);
    pool.run();
  }

  /** All keys and values of the batch are stored before any row attends, so rows of one prompt see each other. */
  #storeKeys(layer: number): void {
    const { kernels, buffers, config, cache } = this.#parts;
    const { headSize, nKvHeads } = config;
    const kvBytes = nKvHeads * headSize * 4;
    const layerOffset = layer * nKvHeads * headBlockBytes(headSize);
    this.#rows.forEach((row, i) => {
      const page = row.sequence.pages[Math.floor(row.position / PAGE_POSITIONS)]!;
      kernels.rotate(buffers.key + i * kvBytes, this.#angles(row.position), nKvHeads, headSize);
      kernels.storeKeyValue(
        cache.pageOffset(page) + layerOffset,
        row.position % PAGE_POSITIONS,
        buffers.key + i * kvBytes,
        buffers.value + i * kvBytes,
        nKvHeads,
        headSize,
      );
    });
  }

  #attend(layer: number): void {
    const { pool, buffers, config, ropeTable } = this.#parts;
    const { headSize, nHeads, nKvHeads } = config;
    const blockBytes = headBlockBytes(headSize);
    pool.job.begin();
    pool.job.attend(this.#rows.length, {
      out: buffers.attention,
      query: buffers.query,
      pageTables: buffers.pageTables,
      tableLength: this.#pagesPerTable,
      positions: buffers.positions,
      layerOffset: layer * nKvHeads * blockBytes,
      blockBytes,
      ropeTable,
      nKvHeads,
      queryHeads: nHeads / nKvHeads,
      headSize,
      scratch: buffers.scratch,
      scratchBytes: buffers.scratchBytes,
    });
    pool.run();
  }

  #angles(position: number): number {
    return this.#parts.ropeTable + position * this.#parts.config.headSize * 8;
  }

  /** Goes on with the rows that want logits alone: their norms and residuals move to the front. */
  #narrow(): void {
    const { memory, buffers, config } = this.#parts;
    const bytes = new Uint8Array(memory.buffer);
    const rowBytes = config.dim * 4;
    let kept = 0;
    this.#rows.forEach((row, i) => {
      if (!row.wantsLogits) return;
      for (const start of [buffers.x, buffers.normed]) {
        const from = start + i * rowBytes;
        bytes.copyWithin(start + kept * rowBytes, from, from + rowBytes);
      }
      kept++;
    });
    this.#rows = this.#rows.filter((row) => row.wantsLogits);
    this.#writePageTables();
  }

  /** Where each row stands, for attention. */
  #writePageTables(): void {
    const { memory, buffers, cache } = this.#parts;
    const tables = new Uint32Array(memory.buffer, buffers.pageTables, MAX_ROWS * this.#pagesPerTable);
    const positions = new Uint32Array(memory.buffer, buffers.positions, MAX_ROWS);
    this.#rows.forEach(({ sequence, position }, i) => {
      positions[i] = position;
      const count = Math.floor(position / PAGE_POSITIONS) + 1;
      for (let page = 0; page < count; page++) {
        tables[i * this.#pagesPerTable + page] = cache.pageOffset(sequence.pages[page]!);
      }
    });
  }

  #runOutput(): void {
    const { kernels, buffers, config, weights } = this.#parts;
    const rows = this.#rows.length;
    kernels.rmsNorm(buffers.normed, buffers.x, weights.outputNorm, rows, config.dim, config.normEpsilon);
    this.#activations.load(buffers.normed, rows, config.dim);
    this.#multiply(buffers.logits, paddedVocab(config), weights.output);
  }
}
