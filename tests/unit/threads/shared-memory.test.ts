import { afterEach, expect, it, vi } from 'vitest';
import { canShareMemory } from '../../../engine/threads/shared-memory.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('shares memory on an isolated page of a browser that has shared buffers', () => {
  expect(canShareMemory()).toBe(false);
  vi.stubGlobal('crossOriginIsolated', true);
  expect(canShareMemory()).toBe(true);
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(canShareMemory()).toBe(false);
});
