import { describe, expect, it } from 'vitest';
import { readKernels } from '../../../cli/node-engine.js';
import { withUnsharedMemory } from '../../../engine/model/memory-import.js';
import { KERNEL_FOLDER } from '../../support/kernel-memory.js';

const binaries = await readKernels(KERNEL_FOLDER);

describe('withUnsharedMemory', () => {
  it.each(['relaxed', 'plain'] as const)(
    'changes one byte, after which the %s kernels take an unshared memory',
    async (build) => {
      const shared = binaries[build];
      const unshared = withUnsharedMemory(shared);
      expect([...shared].filter((byte, i) => byte !== unshared[i])).toEqual([3]);
      const memory = (isShared: boolean) =>
        new WebAssembly.Memory({ initial: 1, maximum: 1, shared: isShared });
      const start = (bytes: Uint8Array, isShared: boolean) =>
        WebAssembly.instantiate(new Uint8Array(bytes), {
          env: { memory: memory(isShared), abort: () => undefined },
        });
      await expect(start(shared, true)).resolves.toBeDefined();
      await expect(start(unshared, false)).resolves.toBeDefined();
      await expect(start(shared, false)).rejects.toThrow(WebAssembly.LinkError);
      await expect(start(unshared, true)).rejects.toThrow(WebAssembly.LinkError);
    },
  );

  it('refuses a module that imports no shared memory with internal', () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(() => withUnsharedMemory(empty)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
