/** A Llama model in its own wasm memory, ready to run. */
import type { ByteSource } from '../model-file/byte-source.js';
import type { GgufHeader } from '../model-file/gguf-reader.js';
import type { ModelConfig } from '../model-file/model-config.js';
import { EngineError, type KernelBuild } from '../protocol.js';
import { type StartPoolThread, ThreadPool } from '../threads/thread-pool.js';
import { Arena } from './arena.js';
import { Forward, planForward } from './forward.js';
import { chooseBuild, compileKernels, instantiateKernels, type KernelBinaries } from './kernels.js';
import { KvCache, PAGE_POSITIONS, pageBytes } from './kv-cache.js';
import { readRow } from './matrix.js';
import { chooseReadAhead } from './read-ahead.js';
import { fillRopeTable, ropeTableBytes } from './rope-table.js';
import { loadWeights, planWeights } from './weights.js';

/** Static data of the kernels stands below this. */
const FIRST_FREE_BYTE = 64 * 1024;
const WASM_PAGE_BYTES = 64 * 1024;
/** What 32-bit WebAssembly can address. */
const MAX_MEMORY_BYTES = 2 ** 32;

export interface LlamaModel {
  readonly config: ModelConfig;
  readonly nCtx: number;
  readonly build: KernelBuild;
  /** Whether kernels read ahead in memory. */
  readonly readAhead: boolean;
  readonly pool: ThreadPool;
  readonly forward: Forward;
  /** Writes the embedding of a token: float[dim]. */
  readonly readEmbedding: (token: number, out: Float32Array) => void;
  readonly cache: KvCache;
  readonly weightBytes: number;
  readonly memoryBytes: number;
  readonly parameterCount: number;
}

export interface LoadLlamaOptions {
  /** Stands behind the header. */
  readonly source: ByteSource;
  readonly header: GgufHeader;
  readonly config: ModelConfig;
  readonly binaries: KernelBinaries;
  readonly build?: KernelBuild | undefined;
  /** Of the pool, the calling one among them; more than one needs `startThread`. Default 1. */
  readonly threads?: number | undefined;
  readonly startThread?: StartPoolThread | undefined;
  /** Longest sequence, in positions. */
  readonly nCtx: number;
  /** Memory for all KV caches together; at least one whole sequence is given. */
  readonly kvBytes: number;
  /** Milliseconds, to measure what is fastest; without it kernels do what pays on most processors. */
  readonly now?: (() => number) | undefined;
}

/**
 * Reads a model's tensors into a memory of exactly the right size.
 * @throws EngineError unsupported-tensor-type, gguf-truncated, unsupported-browser
 * @throws EngineError out-of-memory: the browser refuses the memory, or the model needs more than 4 GiB
 */
export async function loadLlama(options: LoadLlamaOptions): Promise<LlamaModel> {
  const { source, header, config, binaries, nCtx, threads = 1, startThread } = options;
  const build = chooseBuild(binaries, options.build);
  const arena = new Arena(FIRST_FREE_BYTE);
  const plan = planWeights(header, config, arena);
  const buffers = planForward(arena, config, nCtx, threads);
  const ropeTable = arena.take(ropeTableBytes(config, nCtx));
  const embeddingRow = arena.take(config.dim * Float32Array.BYTES_PER_ELEMENT);
  const staging = arena.take(plan.stagingBytes);
  const bytesPerPage = pageBytes(config);
  const pageCount = Math.max(
    Math.floor(options.kvBytes / bytesPerPage),
    Math.ceil(nCtx / PAGE_POSITIONS) + 1,
  );
  const pages = arena.take(pageCount * bytesPerPage);

  const shared = threads > 1;
  const memory = createMemory(arena.sizeBytes, shared);
  const module = await compileKernels(binaries, build, shared);
  const kernels = await instantiateKernels(module, memory, build);
  fillRopeTable(new Float32Array(memory.buffer, ropeTable, nCtx * config.headSize * 2), config, nCtx);
  await loadWeights(source, header, plan, memory, kernels, staging);
  const { control } = buffers;
  const pool = await ThreadPool.start({ memory, module, build, kernels, control, threads, startThread });
  const readAhead = options.now
    ? chooseReadAhead({
        now: options.now,
        kernels,
        matrix: plan.weights.output,
        activations: buffers.activations,
        out: buffers.logits,
      })
    : true;
  const cache = new KvCache(memory, pages, pageCount, bytesPerPage);
  const forward = new Forward({
    memory,
    kernels,
    pool,
    build,
    config,
    weights: plan.weights,
    buffers,
    ropeTable,
    cache,
    nCtx,
  });
  return {
    config,
    nCtx,
    build,
    readAhead,
    pool,
    forward,
    readEmbedding: (token, out) => {
      readRow(kernels, plan.weights.embedding, embeddingRow, token);
      out.set(new Float32Array(memory.buffer, embeddingRow, config.dim));
    },
    cache,
    weightBytes: plan.sizeBytes,
    memoryBytes: memory.buffer.byteLength,
    parameterCount: header.tensors.reduce((sum, { dims }) => sum + dims.reduce((n, d) => n * d, 1), 0),
  };
}

function createMemory(sizeBytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(sizeBytes / WASM_PAGE_BYTES);
  const hint = 'Use a smaller model, a shorter context window or less KV memory.';
  if (sizeBytes > MAX_MEMORY_BYTES) {
    throw new EngineError(
      'out-of-memory',
      `The model needs ${sizeBytes} bytes; WebAssembly addresses 4 GiB.`,
      {
        hint,
      },
    );
  }
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw new EngineError(
      'out-of-memory',
      `The browser refused ${pages * WASM_PAGE_BYTES} bytes of memory.`,
      {
        hint,
        cause,
      },
    );
  }
}
