import { stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openModelFile, readKernels } from '../../../cli/node-engine.js';
import { EngineHost } from '../../../engine/host.js';
import type { LoadProgress } from '../../../engine/protocol.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { CrashSafeStore } from '../../../engine/store/store.js';
import { MODEL_PATH } from '../../support/engine-fixture.js';
import { KERNEL_FOLDER } from '../../support/kernel-memory.js';

it('tells the size of a model that no server says, such as one in parts, once its header is read', async () => {
  const told: LoadProgress[] = [];
  let ms = 0;
  const host = new EngineHost({
    gameId: 'tests',
    binaries: await readKernels(KERNEL_FOLDER),
    openStore: async () => new CrashSafeStore(new MemoryFiles()),
    openModel: async (urls) => ({ ...(await openModelFile(urls)), totalBytes: undefined }),
    startThread: undefined,
    post: (message) => {
      if (message.type === 'progress') told.push(message.progress);
    },
    // Each look at the clock is a second later, so that each chunk is told.
    now: () => (ms += 1000),
    defer: (callback) => setImmediate(callback),
  });
  await host.loadModel({ urls: [MODEL_PATH], build: 'relaxed' });
  const { size } = await stat(MODEL_PATH);
  const totals = told.map(({ totalBytes }) => totalBytes);
  expect(totals[0]).toBeUndefined();
  expect(new Set(totals)).toEqual(new Set([undefined, size]));
  expect(totals.lastIndexOf(undefined)).toBeLessThan(told.length / 4);
  expect(told.at(-1)).toEqual({ stage: 'ready', loadedBytes: size, totalBytes: size });
});
