/** Runs jobs on the calling thread and, where memory is shared, on others that were started beside it. */
import type { Kernels } from '../model/kernels.js';
import { EngineError, type KernelBuild } from '../protocol.js';
import { CONTROL, CONTROL_WORDS, MAX_PARTS, readFailure, runParts, spin } from './control.js';
import { JobRunner, JobWriter } from './job.js';
import type { PoolThreadStart } from './pool-thread.js';

/** Parts for each thread: a thread that lost its core for a moment leaves its parts to the others. */
const PARTS_PER_THREAD = 2;

export interface PoolThread {
  terminate(): void;
}

/** Starts a thread on runPoolThread; resolves when it is ready. */
export type StartPoolThread = (start: PoolThreadStart) => Promise<PoolThread>;

export interface ThreadPoolOptions {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly build: KernelBuild;
  readonly kernels: Kernels;
  /** Byte offset of CONTROL_BYTES zeros. */
  readonly control: number;
  /** The calling thread among them. */
  readonly threads: number;
  /** Needed for more than one thread. */
  readonly startThread?: StartPoolThread | undefined;
}

export class ThreadPool {
  /** Describes the next job. */
  readonly job: JobWriter;
  readonly threads: number;
  readonly #words: Int32Array;
  readonly #helpers: readonly PoolThread[];
  readonly #runner: JobRunner;
  readonly #run = (begin: number, end: number) => this.#runner.run(begin, end);
  #target = 0;
  readonly #allFinished = () => Atomics.load(this.#words, CONTROL.finished) === this.#target;

  private constructor(words: Int32Array, kernels: Kernels, helpers: readonly PoolThread[]) {
    const jobWords = words.subarray(CONTROL.job);
    this.#words = words;
    this.#helpers = helpers;
    this.threads = helpers.length + 1;
    this.#runner = new JobRunner(kernels, jobWords, 0);
    this.job = new JobWriter(jobWords);
  }

  /**
   * Resolves when all threads are ready: a nested worker does not start while its parent is in Atomics.wait.
   * A thread that does not start (a content security policy, too little memory) is done without.
   */
  static async start(options: ThreadPoolOptions): Promise<ThreadPool> {
    const { memory, module, build, kernels, control, threads, startThread } = options;
    const words = new Int32Array(memory.buffer, control, CONTROL_WORDS);
    const started = await Promise.allSettled(
      Array.from({ length: startThread ? threads - 1 : 0 }, (_, i) =>
        startThread?.({ role: 'pool', module, build, memory, control, thread: i + 1 }),
      ),
    );
    const helpers = started.flatMap((start) =>
      start.status === 'fulfilled' && start.value ? [start.value] : [],
    );
    const failed = started.find((start) => start.status === 'rejected');
    if (failed) console.warn(`Parley runs on ${helpers.length + 1} threads: ${String(failed.reason)}`);
    return new ThreadPool(words, kernels, helpers);
  }

  /**
   * Runs the job that was described; returns when all of it is done.
   * @throws EngineError internal: another thread failed; what the calling thread's own kernels throw
   */
  run(): void {
    const { items } = this.job;
    if (this.#helpers.length === 0 || items === 1) {
      this.#runner.run(0, items);
      return;
    }
    const words = this.#words;
    const parts = Math.min(items, this.threads * PARTS_PER_THREAD, MAX_PARTS);
    this.#target = (Atomics.load(words, CONTROL.finished) + parts) | 0;
    words[CONTROL.parts] = parts;
    words[CONTROL.items] = items;
    const jobs = (Atomics.load(words, CONTROL.ticket) >>> 8) + 1;
    Atomics.store(words, CONTROL.ticket, (jobs << 8) | parts);
    if (Atomics.load(words, CONTROL.sleepers) > 0) Atomics.notify(words, CONTROL.ticket);
    runParts(words, this.#run);
    while (!spin(this.#allFinished)) this.#sleepUntilProgress();
    const failure = readFailure(words);
    if (failure !== undefined) throw new EngineError('internal', `A thread of the pool failed: ${failure}`);
  }

  #sleepUntilProgress(): void {
    const words = this.#words;
    const finished = Atomics.load(words, CONTROL.finished);
    Atomics.store(words, CONTROL.coordinatorWaits, 1);
    if (finished !== this.#target) Atomics.wait(words, CONTROL.finished, finished);
    Atomics.store(words, CONTROL.coordinatorWaits, 0);
  }

  /** Ends the other threads. */
  stop(): void {
    Atomics.store(this.#words, CONTROL.stop, 1);
    Atomics.add(this.#words, CONTROL.ticket, 1 << 8);
    Atomics.notify(this.#words, CONTROL.ticket);
    for (const helper of this.#helpers) helper.terminate();
  }
}
