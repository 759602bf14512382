/** Threads of the pool in a browser. */
import type { PoolThreadStart } from './pool-thread.js';
import type { PoolThread } from './thread-pool.js';

/** Starts a thread in a nested worker of the calling worker's own script, which must answer the message with runPoolThread. */
export function startNestedWorker(start: PoolThreadStart): Promise<PoolThread> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(self.location.href, { name: `parley-${start.thread}` });
    worker.onmessage = () => resolve(worker);
    worker.onerror = ({ message }) => reject(new Error(`A thread did not start: ${message}`));
    worker.postMessage(start);
  });
}
