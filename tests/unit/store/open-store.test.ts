import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { openStore } from '../../../engine/store/open-store.js';
import { CrashSafeStore, storeFailed } from '../../../engine/store/store.js';

let info: MockInstance<typeof console.info>;
beforeEach(() => {
  info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const missing = async () => {
  throw new TypeError('no such place');
};

/** Takes a write and gives nothing back, as browsers before the final form of OPFS. */
class DeafFiles extends MemoryFiles {
  override async read(): Promise<undefined> {
    return undefined;
  }
}

class FullFiles extends MemoryFiles {
  full = true;
  override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    if (this.full) throw storeFailed(this.kind, name, new DOMException('', 'QuotaExceededError'));
    await super.write(name, parts);
  }
}

describe('openStore', () => {
  it('takes the first place without a word, and leaves nothing of the proof in it', async () => {
    const [first, second] = [new MemoryFiles(), new MemoryFiles()];
    const store = await openStore([async () => first, async () => second]);
    await store.write('key', Uint8Array.of(1));
    expect(await first.list('')).toEqual(['key.1']);
    expect(await second.list('')).toEqual([]);
    expect(info).not.toHaveBeenCalled();
  });

  it.each([
    ['is missing', missing, 'no such place'],
    ['gives nothing back', async () => new DeafFiles(), 'cannot be read'],
    ['is full', async () => new FullFiles(), 'no more room'],
  ])('takes the second place where the first one %s, and says why in one line', async (_, first, why) => {
    const second = new MemoryFiles();
    const store = await openStore([first, async () => second]);
    await store.write('key', Uint8Array.of(1));
    expect(await second.list('')).toEqual(['key.1']);
    expect(info.mock.calls).toEqual([[expect.stringContaining(why)]]);
  });

  it('keeps saves in memory where all places refuse, and says why in one line', async () => {
    const store = await openStore([missing, async () => new DeafFiles()]);
    expect(store.kind).toBe('memory');
    await store.write('key', Uint8Array.of(1));
    expect(await store.read('key')).toEqual(Uint8Array.of(1));
    expect(info.mock.calls).toEqual([
      [expect.stringMatching(/as long as this page.*no such.*cannot be read/)],
    ]);
  });

  it('stays with a full place that holds saves', async () => {
    const files = new FullFiles();
    files.full = false;
    await new CrashSafeStore(files).write('key', Uint8Array.of(1));
    files.full = true;
    const store = await openStore([async () => files, missing]);
    expect(await store.read('key')).toEqual(Uint8Array.of(1));
    expect(info).not.toHaveBeenCalled();
  });

  it('lets two tabs prove one place at a time', async () => {
    const files = new MemoryFiles();
    // The second tab comes and goes between write and read of the first one.
    vi.spyOn(files, 'read').mockImplementationOnce(async (name) => {
      await openStore([async () => files]);
      return MemoryFiles.prototype.read.call(files, name);
    });
    await openStore([async () => files]);
    expect(info).not.toHaveBeenCalled();
  });
});
