import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { EngineError, type StorageState } from '../../../engine/protocol.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { type RequestLock, SharedStore } from '../../../engine/store/shared-store.js';
import { CrashSafeStore, valuePart } from '../../../engine/store/store.js';

const LATE_MS = 10_000;
const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);
const bytesOf = (value: string) => new TextEncoder().encode(value);

let info: MockInstance<typeof console.info>;
beforeEach(() => {
  vi.useFakeTimers();
  info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** One lock for the tabs of a test: first come, first served. */
class FakeLock {
  #waiting: (() => void)[] = [];
  #held = false;

  readonly request: RequestLock = async (granted) => {
    this.#waiting.push(granted);
    if (!this.#held) this.release();
  };

  /** Its holder is closed. */
  release(): void {
    const next = this.#waiting.shift();
    this.#held = next !== undefined;
    next?.();
  }
}

/** A disk with a full one's manners. */
class FullFiles extends MemoryFiles {
  full = false;
  override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    if (this.full) throw new EngineError('store-failed', 'full');
    await super.write(name, parts);
  }
}

/** Tabs of one game on one disk. */
class Tabs {
  readonly files = new FullFiles();
  readonly lock = new FakeLock();

  open(request: RequestLock = this.lock.request) {
    const told: StorageState[] = [];
    const store = new SharedStore(new CrashSafeStore(this.files), request, (storage) => told.push(storage));
    return { store, told };
  }

  /** What another program would find. */
  async onDisk(key: string): Promise<string | undefined> {
    return text(await new CrashSafeStore(this.files).read(key));
  }
}

/** A tab that writes, and one that came later and does not; both know it. */
async function twoTabs() {
  const tabs = new Tabs();
  const [first, second] = [tabs.open(), tabs.open()];
  await vi.advanceTimersByTimeAsync(LATE_MS);
  return { tabs, first, second };
}

describe('SharedStore', () => {
  it('writes at once and without a word where it gets the lock', async () => {
    const tabs = new Tabs();
    const { store, told } = tabs.open();
    await store.write('a', bytesOf('one'));
    expect(await tabs.onDisk('a')).toBe('one');
    await store.remove('a');
    expect(await tabs.onDisk('a')).toBeUndefined();
    expect(store).toMatchObject({ kind: 'memory', writable: true });
    expect(told).toEqual([{ kind: 'memory', writable: true }]);
    await vi.advanceTimersByTimeAsync(LATE_MS);
    expect(told).toHaveLength(1);
    expect(info).not.toHaveBeenCalled();
  });

  it('waits for its predecessor to end before it reads, and then writes', async () => {
    const tabs = new Tabs();
    const old = tabs.open();
    await old.store.write('a', bytesOf('old'));
    const { store, told } = tabs.open();
    const read = store.read('a');
    const listed = store.list('');
    await vi.advanceTimersByTimeAsync(1500);
    expect(told).toEqual([]);
    await old.store.write('a', bytesOf('last words'));
    await old.store.write('b', bytesOf('more'));
    tabs.lock.release();
    expect(text(await read)).toBe('last words');
    expect(await listed).toEqual(['a', 'b']);
    await store.write('a', bytesOf('new'));
    expect(await tabs.onDisk('a')).toBe('new');
    await vi.advanceTimersByTimeAsync(LATE_MS);
    expect(told).toEqual([{ kind: 'memory', writable: true }]);
    expect(info).not.toHaveBeenCalled();
  });

  it('gives up after three and a half seconds, says so once, and keeps what it writes from the disk', async () => {
    const tabs = new Tabs();
    const first = tabs.open();
    await first.store.write('a', bytesOf('one'));
    const { store, told } = tabs.open();
    const written = store.write('b', [valuePart(bytesOf('in ')), valuePart(bytesOf('parts'))]);
    await vi.advanceTimersByTimeAsync(3500);
    await written;
    expect(told).toEqual([{ kind: 'memory', writable: false }]);
    expect(info.mock.calls).toEqual([[expect.stringContaining('another tab')]]);
    expect(store.writable).toBe(false);
    await store.write('a', bytesOf('mine'));
    expect(text(await store.read('a'))).toBe('mine');
    expect(text(await store.read('b'))).toBe('in parts');
    expect(await tabs.files.list('')).toEqual(['a.1']);
    expect(await tabs.onDisk('a')).toBe('one');
    // What the other tab writes is seen where nothing of its own stands over it.
    await first.store.write('c', bytesOf('new'));
    expect(text(await store.read('c'))).toBe('new');
  });

  it('keeps a copy of what is written: the memory may be used again', async () => {
    const { second } = await twoTabs();
    const bytes = bytesOf('one');
    await second.store.write('a', bytes);
    bytes.fill(0);
    expect(text(await second.store.read('a'))).toBe('one');
  });

  it('lists and removes what is on disk and what is kept alike', async () => {
    const { tabs, first, second } = await twoTabs();
    for (const key of ['s/a', 's/b', 't/a']) await first.store.write(key, bytesOf(key));
    const { store } = second;
    await store.write('s/c', bytesOf('s/c'));
    await store.write('s/a', bytesOf('mine'));
    expect(await store.list('')).toEqual(['s/a', 's/b', 's/c', 't/a']);
    await store.remove('s/b');
    expect(await store.list('s/')).toEqual(['s/a', 's/c']);
    expect(await store.read('s/b')).toBeUndefined();
    await store.removePrefix('s/');
    expect(await store.list('')).toEqual(['t/a']);
    expect(await store.read('s/c')).toBeUndefined();
    await store.write('s/b', bytesOf('again'));
    expect(await store.list('')).toEqual(['s/b', 't/a']);
    expect(await first.store.list('')).toEqual(['s/a', 's/b', 't/a']);

    tabs.lock.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(await new CrashSafeStore(tabs.files).list('')).toEqual(['s/b', 't/a']);
    expect(await tabs.onDisk('s/b')).toBe('again');
  });

  it('takes over when the other tab is closed: writes what it kept, says so once, and goes on writing', async () => {
    const { tabs, second } = await twoTabs();
    await second.store.write('a', bytesOf('kept'));
    await second.store.write('b', new Uint8Array(0));
    info.mockClear();
    tabs.lock.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(await tabs.onDisk('a')).toBe('kept');
    expect(await tabs.onDisk('b')).toBe('');
    expect(second.store.writable).toBe(true);
    expect(second.told.map(({ writable }) => writable)).toEqual([false, true]);
    expect(info.mock.calls).toEqual([[expect.stringContaining('saves now')]]);
    await second.store.write('a', bytesOf('newer'));
    expect(await tabs.onDisk('a')).toBe('newer');
    expect(text(await second.store.read('a'))).toBe('newer');
  });

  it('loses nothing that is written or asked while it takes over', async () => {
    const { tabs, second } = await twoTabs();
    const { store, told } = second;
    const keys = ['a', 'b', 'c', 'd'];
    for (const key of keys) await store.write(key, bytesOf('old'));
    // A slow disk, and the player talks on at each of its writes.
    const { write } = tabs.files;
    const seen: unknown[] = [];
    tabs.files.write = async function (this: FullFiles, name, parts) {
      if (seen.length < keys.length) {
        const key = keys[seen.length]!;
        void store.write(key, bytesOf('new'));
        seen.push(key);
        await Promise.resolve();
        expect(text(await store.read(key))).toBe('new');
        expect(await store.list('')).toEqual(keys);
      }
      await write.call(this, name, parts);
    };
    tabs.lock.release();
    await vi.advanceTimersByTimeAsync(100);
    expect(seen).toEqual(keys);
    for (const key of keys) expect(await tabs.onDisk(key)).toBe('new');
    expect(store.writable).toBe(true);
    expect(told.map(({ writable }) => writable)).toEqual([false, true]);
  });

  it('lets three tabs write one after the other', async () => {
    const { tabs, second } = await twoTabs();
    const third = tabs.open();
    await vi.advanceTimersByTimeAsync(LATE_MS);
    await third.store.write('a', bytesOf('third'));
    tabs.lock.release();
    await second.store.write('a', bytesOf('second'));
    expect(await tabs.onDisk('a')).toBe('second');
    expect(third.store.writable).toBe(false);
    tabs.lock.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(await tabs.onDisk('a')).toBe('third');
  });

  it('keeps what it cannot write when it takes over, and tries again with the next write', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { tabs, second } = await twoTabs();
    await second.store.write('a', bytesOf('kept'));
    tabs.files.full = true;
    tabs.lock.release();
    await vi.advanceTimersByTimeAsync(0);
    expect(warn.mock.calls).toEqual([[expect.stringContaining('full')]]);
    expect(second.store.writable).toBe(false);
    await expect(second.store.write('b', bytesOf('more'))).rejects.toMatchObject({ code: 'store-failed' });
    expect(text(await second.store.read('a'))).toBe('kept');
    tabs.files.full = false;
    await second.store.write('c', bytesOf('last'));
    expect(await new CrashSafeStore(tabs.files).list('')).toEqual(['a', 'b', 'c']);
    expect(second.told.at(-1)).toEqual({ kind: 'memory', writable: true });
  });

  it('writes where a lock cannot be had, and says so once', async () => {
    const tabs = new Tabs();
    const { store, told } = tabs.open(async () => {
      throw new DOMException('Not here.', 'SecurityError');
    });
    await store.write('a', bytesOf('one'));
    expect(await tabs.onDisk('a')).toBe('one');
    await vi.advanceTimersByTimeAsync(LATE_MS);
    expect(told).toEqual([{ kind: 'memory', writable: true }]);
    expect(info.mock.calls).toEqual([[expect.stringContaining('SecurityError')]]);
  });

  it('throws RangeError for a bad key or an empty prefix, whoever writes', async () => {
    const { first, second } = await twoTabs();
    for (const { store } of [first, second]) {
      await expect(store.read('..')).rejects.toThrow(RangeError);
      await expect(store.write('..', bytesOf('x'))).rejects.toThrow(RangeError);
      await expect(store.remove('..')).rejects.toThrow(RangeError);
      await expect(store.removePrefix('')).rejects.toThrow(RangeError);
    }
  });
});
