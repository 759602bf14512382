/** Where each tensor of a Llama file goes, and streaming it there. */
import type { ByteSource } from '../model-file/byte-source.js';
import type { GgufHeader, GgufTensor } from '../model-file/gguf-reader.js';
import type { ModelConfig } from '../model-file/model-config.js';
import { EngineError } from '../protocol.js';
import type { Arena } from './arena.js';
import type { Kernels } from './kernels.js';
import { type Matrix, type MatrixPlan, packedBytes, planMatrix, repackTileRow, TILE_ROWS } from './matrix.js';

/** One transformer layer; norms are byte offsets of f32[dim]. */
export interface LayerWeights {
  readonly attentionNorm: number;
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly attentionOutput: Matrix;
  readonly feedForwardNorm: number;
  readonly gate: Matrix;
  readonly up: Matrix;
  readonly down: Matrix;
}

export interface Weights {
  /** [vocabSize][dim], read by row. */
  readonly embedding: Matrix;
  readonly layers: readonly LayerWeights[];
  readonly outputNorm: number;
  /** [vocabSize][dim]; the embedding itself where the file ties them. */
  readonly output: Matrix;
}

interface NormPlan {
  readonly pointer: number;
  readonly length: number;
}

/** The places of all tensors in a memory that does not exist yet. */
export interface WeightPlan {
  readonly weights: Weights;
  readonly sizeBytes: number;
  /** Bytes of a buffer that holds the largest run of 8 rows as the file has them. */
  readonly stagingBytes: number;
  readonly matrices: ReadonlyMap<string, MatrixPlan>;
  readonly norms: ReadonlyMap<string, NormPlan>;
}

const MIN_STAGING_BYTES = 256 * 1024;

/**
 * @throws EngineError unsupported-tensor-type: a tensor has a type that no kernel reads
 */
export function planWeights(header: GgufHeader, config: ModelConfig, arena: Arena): WeightPlan {
  const tensors = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  const matrices = new Map<string, MatrixPlan>();
  const norms = new Map<string, NormPlan>();
  let sizeBytes = 0;
  let stagingBytes = MIN_STAGING_BYTES;

  const find = (name: string): GgufTensor => {
    const tensor = tensors.get(name);
    if (!tensor) throw new EngineError('gguf-invalid', `Tensor ${name} is missing.`);
    return tensor;
  };
  const matrix = (name: string): MatrixPlan => {
    const { type, dims } = find(name);
    const [columns = 0, rows = 0] = dims;
    const check = planMatrix(name, type, rows, columns, 0);
    const bytes = packedBytes(type, rows, columns);
    const plan = { ...check, pointer: arena.take(bytes) };
    sizeBytes += bytes;
    stagingBytes = Math.max(stagingBytes, plan.rowBytes * TILE_ROWS);
    matrices.set(name, plan);
    return plan;
  };
  const norm = (name: string): number => {
    const { type, dims } = find(name);
    if (type !== 'F32') {
      throw new EngineError('unsupported-tensor-type', `Tensor ${name} has type ${type}; expected F32.`);
    }
    const length = dims[0] ?? 0;
    const pointer = arena.take(length * 4);
    sizeBytes += length * 4;
    norms.set(name, { pointer, length });
    return pointer;
  };

  const embedding = matrix('token_embd.weight');
  const layers = Array.from({ length: config.nLayers }, (_, i): LayerWeights => {
    const block = `blk.${i}.`;
    return {
      attentionNorm: norm(`${block}attn_norm.weight`),
      query: matrix(`${block}attn_q.weight`),
      key: matrix(`${block}attn_k.weight`),
      value: matrix(`${block}attn_v.weight`),
      attentionOutput: matrix(`${block}attn_output.weight`),
      feedForwardNorm: norm(`${block}ffn_norm.weight`),
      gate: matrix(`${block}ffn_gate.weight`),
      up: matrix(`${block}ffn_up.weight`),
      down: matrix(`${block}ffn_down.weight`),
    };
  });
  const outputNorm = norm('output_norm.weight');
  const output = config.tiedOutput ? embedding : matrix('output.weight');
  return { weights: { embedding, layers, outputNorm, output }, sizeBytes, stagingBytes, matrices, norms };
}

/**
 * Streams the tensors into their places; no second copy of the file is held.
 * @param staging byte offset of `plan.stagingBytes` free bytes
 * @param source stands at the first byte behind the header
 * @throws EngineError gguf-truncated: the file ends early
 */
export async function loadWeights(
  source: ByteSource,
  header: GgufHeader,
  plan: WeightPlan,
  memory: WebAssembly.Memory,
  kernels: Kernels,
  staging: number,
): Promise<void> {
  const bytes = new Uint8Array(memory.buffer);
  for (const tensor of header.tensors) {
    await source.skip(header.dataOffset + tensor.offset - source.position);
    const matrix = plan.matrices.get(tensor.name);
    const norm = plan.norms.get(tensor.name);
    if (matrix) {
      const tileBytes = matrix.rowBytes * TILE_ROWS;
      const tilesAtOnce = Math.floor(plan.stagingBytes / tileBytes);
      const tiles = Math.ceil(matrix.rows / TILE_ROWS);
      for (let first = 0; first < tiles; first += tilesAtOnce) {
        const end = Math.min(first + tilesAtOnce, tiles);
        const rows = Math.min(end * TILE_ROWS, matrix.rows) - first * TILE_ROWS;
        bytes.fill(0, staging + rows * matrix.rowBytes, staging + (end - first) * tileBytes);
        bytes.set(await source.read(rows * matrix.rowBytes), staging);
        for (let tile = first; tile < end; tile++) {
          repackTileRow(kernels, matrix, tile, staging + (tile - first) * tileBytes);
        }
      }
    } else if (norm) {
      bytes.set(await source.read(norm.length * 4), norm.pointer);
    } else {
      await source.skip(tensor.sizeBytes);
    }
  }
}
