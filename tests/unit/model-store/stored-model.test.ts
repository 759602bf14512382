import { describe, expect, it } from 'vitest';
import { openModelFile, readKernels } from '../../../cli/node-engine.js';
import { EngineHost } from '../../../engine/host.js';
import { modelId, storedId, storedUrl } from '../../../engine/model-store/stored-url.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { CrashSafeStore } from '../../../engine/store/store.js';
import { MODEL_PATH } from '../../support/engine-fixture.js';
import { KERNEL_FOLDER } from '../../support/kernel-memory.js';

describe('storedUrl', () => {
  it('is an address that a page resolves to itself, and gives the id back', () => {
    const url = storedUrl(modelId('0f'.repeat(32)));
    expect(new URL(url, 'https://example.com/game/').href).toBe(url);
    expect(storedId(url)).toBe(`sha256:${'0f'.repeat(32)}`);
    expect(storedId('https://example.com/model.gguf')).toBeUndefined();
    expect(storedId('stored:sha256:../../secret')).toBeUndefined();
  });
});

describe('EngineHost with a stored model', () => {
  it('refuses bytes that are not those of its hash with model-mismatch, and has no model then', async () => {
    const host = new EngineHost({
      gameId: 'tests',
      binaries: await readKernels(KERNEL_FOLDER),
      openStore: async () => new CrashSafeStore(new MemoryFiles()),
      openModel: async () => ({ ...(await openModelFile([MODEL_PATH])), sha256: '0f'.repeat(32) }),
      post: () => undefined,
      now: () => performance.now(),
      defer: (callback) => setImmediate(callback),
    });
    await expect(host.loadModel({ urls: ['stored'], build: 'plain' })).rejects.toMatchObject({
      code: 'model-mismatch',
      message: expect.stringMatching(/SHA-256 \w{64}; expected 0f0f/),
    });
    expect(() => host.countTokens(['a'])).toThrow('No model is loaded');
  });
});
