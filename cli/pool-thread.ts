/** Entry of a pool thread in Node. */
import { parentPort, workerData } from 'node:worker_threads';
import { runPoolThread } from '../engine/threads/pool-thread.js';

void runPoolThread(workerData, (message) => parentPort?.postMessage(message));
