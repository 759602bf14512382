/** The engine in Node, without a Worker: for the command line, tests and golden files. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import v8 from 'node:v8';
import { EngineHost } from '../engine/host.js';
import type { KernelBinaries } from '../engine/model/kernels.js';
import type { ModelDownload } from '../engine/model-file/download.js';
import type { Grant, WorkerMessage } from '../engine/protocol.js';
import { MemoryFiles } from '../engine/store/memory-files.js';
import { CrashSafeStore, type Store } from '../engine/store/store.js';
import { poolThreads } from './node-threads.js';

/** Everything may run, at once: for Node, where no game waits for its frame. */
export const UNLIMITED_GRANT: Grant = {
  frame: 0,
  decodeTokens: Number.POSITIVE_INFINITY,
  prefillTokens: Number.POSITIVE_INFINITY,
  ms: Number.POSITIVE_INFINITY,
  runnable: 'all',
};

/** Reads both kernel builds; Node 20 compiles the relaxed one only behind a flag, which is set here. */
export async function readKernels(folder: string): Promise<KernelBinaries> {
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  const [plain, relaxed] = await Promise.all([
    readFile(join(folder, 'plain.wasm')),
    readFile(join(folder, 'relaxed.wasm')),
  ]);
  return { plain, relaxed };
}

/** A model file on disk as a stream. */
export async function openModelFile(paths: readonly string[]): Promise<ModelDownload> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const path of paths) yield* createReadStream(path, { highWaterMark: 1 << 20 });
  }
  return { chunks: chunks(), totalBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * A host over files; `urls` of loadModel are paths.
 * @param kernelFolder holds the kernel builds and the script of pool threads
 */
export async function createNodeHost(
  kernelFolder: string,
  post: (message: WorkerMessage) => void,
  store: Store = new CrashSafeStore(new MemoryFiles()),
): Promise<EngineHost> {
  return new EngineHost({
    gameId: 'node',
    binaries: await readKernels(kernelFolder),
    openStore: async () => store,
    openModel: openModelFile,
    post,
    startThread: poolThreads(kernelFolder),
    now: () => performance.now(),
    defer: (callback) => setImmediate(callback),
  });
}
