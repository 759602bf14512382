import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { CrashSafeStore, storeKey, valuePart } from '../../../engine/store/store.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const KEY = storeKey('game', 'slot', 'mira');

/** Files whose next write leaves only its first `bytes` and then fails, as when power is lost. */
class TearingFiles extends MemoryFiles {
  tearAfter: number | undefined;

  override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    const left = this.tearAfter;
    if (left === undefined) return super.write(name, parts);
    this.tearAfter = undefined;
    const whole = Uint8Array.from(parts.flatMap((part) => [...part]));
    await super.write(name, [whole.subarray(0, left)]);
    throw new Error('The power went.');
  }
}

// Each damage that is made here is told in the console.
beforeEach(() => {
  for (const type of ['info', 'warn'] as const) vi.spyOn(console, type).mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('CrashSafeStore', () => {
  it('gives back what was written last, whatever came before', async () => {
    const store = new CrashSafeStore(new MemoryFiles());
    expect(await store.read(KEY)).toBeUndefined();
    for (const value of ['one', 'two', '', 'four']) {
      await store.write(KEY, bytesOf(value));
      expect(await store.read(KEY)).toEqual(bytesOf(value));
    }
    await store.remove(KEY);
    expect(await store.read(KEY)).toBeUndefined();
    await store.write(KEY, [bytesOf('in '), bytesOf('two '), bytesOf('parts')].map(valuePart));
    expect(await store.read(KEY)).toEqual(bytesOf('in two parts'));
  });

  it('keeps the old value when a write is torn at any byte, and writes again afterwards', async () => {
    const header = 16;
    const next = bytesOf('the newer value');
    for (let torn = 0; torn < header + next.length; torn++) {
      const files = new TearingFiles();
      const store = new CrashSafeStore(files);
      for (const before of ['the first value', 'the old value']) {
        await store.write(KEY, bytesOf(before));
      }
      files.tearAfter = torn;
      await expect(store.write(KEY, next)).rejects.toThrow('The power went');
      // After a restart.
      const again = new CrashSafeStore(files);
      expect(await again.read(KEY), `torn after ${torn} bytes`).toEqual(bytesOf('the old value'));
      await again.write(KEY, next);
      expect(await again.read(KEY)).toEqual(next);
    }
  });

  it('falls back to the older value when any one bit of the newer one rots', async () => {
    const files = new MemoryFiles();
    const store = new CrashSafeStore(files);
    await store.write(KEY, bytesOf('older'));
    await store.write(KEY, bytesOf('newer'));
    const newest = (await files.read(`${KEY}.0`))!;
    expect(new TextDecoder().decode(newest.subarray(16))).toBe('newer');
    for (let bit = 0; bit < newest.length * 8; bit++) {
      const rotten = newest.slice();
      rotten[bit >> 3]! ^= 1 << (bit & 7);
      await files.write(`${KEY}.0`, [rotten]);
      expect(await store.read(KEY), `bit ${bit}`).toEqual(bytesOf('older'));
    }
  });

  it('has no value when both files are damaged', async () => {
    const files = new MemoryFiles();
    const store = new CrashSafeStore(files);
    for (const name of [`${KEY}.0`, `${KEY}.1`]) await files.write(name, [bytesOf('garbage in every way')]);
    expect(await store.read(KEY)).toBeUndefined();
    await store.write(KEY, bytesOf('fresh'));
    expect(await store.read(KEY)).toEqual(bytesOf('fresh'));
  });

  it('does what is asked of one key in order, without waiting', async () => {
    const store = new CrashSafeStore(new MemoryFiles());
    const reads: Promise<Uint8Array | undefined>[] = [];
    for (let i = 0; i < 20; i++) {
      void store.write(KEY, Uint8Array.of(i));
      reads.push(store.read(KEY));
    }
    void store.remove(KEY);
    const last = store.read(KEY);
    expect((await Promise.all(reads)).map((bytes) => bytes?.[0])).toEqual([...Array(20).keys()]);
    expect(await last).toBeUndefined();
  });
});

describe('storeKey', () => {
  it('keeps different segments apart and inside their folder', () => {
    const segment = fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme' });
    const segments = fc.array(segment, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(segments, segments, (a, b) => {
        const [x, y] = [storeKey(...a), storeKey(...b)];
        expect(x === y).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(x.split('/')).toHaveLength(a.length);
        expect(x).toMatch(/^[\w%!~'()/-]+$/);
      }),
    );
  });

  it.each([['..'], ['.'], ['a/b'], ['C:\\x'], ['*'], ['a.0']])('encodes %s', (segment) => {
    expect(storeKey(segment)).not.toMatch(/[.*\\:]|\//);
  });

  it('throws RangeError for no segments, an empty or an overlong one', () => {
    expect(() => storeKey()).toThrow(RangeError);
    expect(() => storeKey('a', '')).toThrow(RangeError);
    expect(() => storeKey('é'.repeat(21))).toThrow(RangeError);
    expect(storeKey('é'.repeat(20))).toHaveLength(120);
  });

  it('throws RangeError for a lone surrogate, which has no UTF-8', () => {
    expect(() => storeKey('\ud800')).toThrow(RangeError);
  });
});
