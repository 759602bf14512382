/** A thread of the pool: waits for jobs and runs parts of them until the pool stops. */
import { instantiateKernels } from '../model/kernels.js';
import type { KernelBuild } from '../protocol.js';
import { CONTROL, CONTROL_WORDS, runParts, spin, writeFailure } from './control.js';
import { JobRunner } from './job.js';

/** The first message to a pool thread. */
export interface PoolThreadStart {
  readonly role: 'pool';
  readonly module: WebAssembly.Module;
  readonly build: KernelBuild;
  /** Shared. */
  readonly memory: WebAssembly.Memory;
  /** Byte offset of the control words. */
  readonly control: number;
  /** 1..; 0 is the coordinator. */
  readonly thread: number;
}

/** What a pool thread answers once it is about to wait for its first job. */
export const POOL_THREAD_READY = 'ready';

/** Returns when the pool stops; the thread's event loop stands still until then. */
export async function runPoolThread(start: PoolThreadStart, post: (message: string) => void): Promise<void> {
  const { module, build, memory, control, thread } = start;
  const kernels = await instantiateKernels(module, memory, build);
  const words = new Int32Array(memory.buffer, control, CONTROL_WORDS);
  const runner = new JobRunner(kernels, words.subarray(CONTROL.job), thread);
  // A part that traps still counts as finished: the coordinator waits for it and cannot see this thread die.
  const run = (begin: number, end: number) => {
    try {
      runner.run(begin, end);
    } catch (error) {
      writeFailure(words, error);
    }
  };
  post(POOL_THREAD_READY);
  let seen = 0;
  const changed = () => Atomics.load(words, CONTROL.ticket) !== seen;
  while (Atomics.load(words, CONTROL.stop) === 0) {
    if (!spin(changed)) {
      Atomics.add(words, CONTROL.sleepers, 1);
      Atomics.wait(words, CONTROL.ticket, seen);
      Atomics.sub(words, CONTROL.sleepers, 1);
    }
    seen = runParts(words, run);
  }
}
