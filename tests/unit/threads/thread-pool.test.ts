import { afterAll, describe, expect, it } from 'vitest';
import { readKernels } from '../../../cli/node-engine.js';
import { poolThreads } from '../../../cli/node-threads.js';
import { Arena } from '../../../engine/model/arena.js';
import { compileKernels, instantiateKernels } from '../../../engine/model/kernels.js';
import { BLOCK_COLUMNS } from '../../../engine/model/matrix.js';
import { CONTROL, CONTROL_BYTES } from '../../../engine/threads/control.js';
import { type StartPoolThread, ThreadPool } from '../../../engine/threads/thread-pool.js';
import { randomRow } from '../../support/gguf-rows.js';
import { KERNEL_FOLDER } from '../../support/kernel-memory.js';
import { seeded } from '../../support/seeded.js';

const TILES = 96;
const BLOCKS = 4;
const TILE_ROW_BYTES = BLOCKS * 144;
const pools: ThreadPool[] = [];

afterAll(() => {
  for (const pool of pools) pool.stop();
});

/** A pool over random weights, and the job that multiplies them by a random vector. */
async function startPool(threads: number, startThread: StartPoolThread = poolThreads(KERNEL_FOLDER)) {
  const memory = new WebAssembly.Memory({ initial: 32, maximum: 32, shared: true });
  const module = await compileKernels(await readKernels(KERNEL_FOLDER), 'plain', true);
  const kernels = await instantiateKernels(module, memory, 'plain');
  const arena = new Arena(65536);
  const control = arena.take(CONTROL_BYTES);
  const weights = arena.take(TILES * TILE_ROW_BYTES);
  const x = arena.take(BLOCKS * BLOCK_COLUMNS * 4);
  const codes = arena.take(BLOCKS * BLOCK_COLUMNS * 2);
  const meta = arena.take(BLOCKS * 16);
  const out = arena.take(TILES * 32);
  const staging = arena.take(BLOCKS * 18 * 8);
  const random = seeded(3);
  const columns = BLOCKS * BLOCK_COLUMNS;
  for (let tile = 0; tile < TILES; tile++) {
    for (let row = 0; row < 8; row++) {
      new Uint8Array(memory.buffer).set(
        randomRow('Q4_0', columns, random),
        staging + (row * columns * 18) / 32,
      );
    }
    kernels.repackQ4_0(weights + tile * TILE_ROW_BYTES, staging, BLOCKS);
  }
  new Float32Array(memory.buffer, x).set(random.floats(BLOCKS * BLOCK_COLUMNS));
  kernels.quantizeW4(codes, meta, x, BLOCKS * BLOCK_COLUMNS, 1, 0);
  const pool = await ThreadPool.start({
    memory,
    module,
    build: 'plain',
    kernels,
    control,
    threads,
    startThread,
  });
  pools.push(pool);
  const result = new Float32Array(memory.buffer, out, TILES * 8);
  const words = new Int32Array(memory.buffer, control, CONTROL.job);
  const describeJob = (tiles = TILES) => {
    pool.job.begin();
    pool.job.gemv('W4', out, weights, codes, meta, tiles, BLOCKS);
  };
  /** The last tiles lie behind the end of the memory. */
  const runTooFar = () => {
    pool.job.begin();
    pool.job.gemv('W4', out, weights, codes, meta, memory.buffer.byteLength / TILE_ROW_BYTES, BLOCKS);
    pool.run();
  };
  const run = (tiles?: number) => {
    result.fill(Number.NaN);
    describeJob(tiles);
    pool.run();
    return result.slice(0, (tiles ?? TILES) * 8);
  };
  return { pool, words, run, runTooFar };
}

describe('ThreadPool', () => {
  it('gives the same bits on 1 to 4 threads, over thousands of jobs of all sizes', async () => {
    const alone = (await startPool(1)).run();
    expect(alone.some((value) => value !== 0)).toBe(true);
    for (const threads of [2, 3, 4]) {
      const { pool, run } = await startPool(threads);
      expect(pool.threads).toBe(threads);
      for (let job = 0; job < 1500; job++) {
        const tiles = 1 + (job % TILES);
        const got = run(tiles);
        if (!got.every((value, i) => Object.is(value, alone[i])))
          expect.fail(`job ${job}, ${threads} threads`);
      }
    }
  });

  it('lets its threads sleep when there is no work, and wakes them', async () => {
    const { words, run } = await startPool(3);
    run();
    await expect.poll(() => Atomics.load(words, CONTROL.sleepers)).toBe(2);
    expect(run()).toEqual((await startPool(1)).run());
    expect(Atomics.load(words, CONTROL.finished)).toBe(12);
  });

  it.each([2, 4])('throws what a kernel trapped with, on whichever of %i threads', async (threads) => {
    for (let i = 0; i < 5; i++) {
      const { runTooFar } = await startPool(threads);
      expect(runTooFar).toThrow(/out of bounds/);
    }
  });

  it('ends its threads when it is stopped', async () => {
    const ended: Promise<unknown>[] = [];
    const { pool } = await startPool(3, (start) =>
      poolThreads(KERNEL_FOLDER, (worker) => {
        ended.push(new Promise((resolve) => worker.once('exit', resolve)));
      })(start),
    );
    pool.stop();
    await Promise.all(ended);
    expect(ended).toHaveLength(2);
  });

  it('does without threads that do not start', async () => {
    const start = poolThreads(KERNEL_FOLDER);
    const { pool, run } = await startPool(3, (options) =>
      options.thread === 1 ? Promise.reject(new Error('no room')) : start(options),
    );
    expect(pool.threads).toBe(2);
    expect(run()).toEqual((await startPool(1)).run());
  });
});
