/** Threads of the engine's pool in Node. */
import { resolve as resolvePath } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PoolThread, StartPoolThread } from '../engine/threads/thread-pool.js';

/** Starts pool threads from the script that stands beside the kernels in `folder`; `onStart` sees each worker. */
export function poolThreads(
  folder: string,
  onStart: (worker: Worker) => void = () => undefined,
): StartPoolThread {
  return (start) =>
    new Promise<PoolThread>((resolve, reject) => {
      const worker = new Worker(resolvePath(folder, 'pool-thread.mjs'), { workerData: start });
      onStart(worker);
      worker.once('message', () => {
        // Waiting threads do not keep the process alive.
        worker.unref();
        resolve({ terminate: () => void worker.terminate() });
      });
      worker.once('error', reject);
    });
}
