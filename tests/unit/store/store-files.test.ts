import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NodeFiles } from '../../../cli/node-files.js';
import { EngineError } from '../../../engine/protocol.js';
import { IdbFiles } from '../../../engine/store/idb-files.js';
import { MemoryFiles } from '../../../engine/store/memory-files.js';
import { CrashSafeStore, type RawFiles, storeKey, valuePart } from '../../../engine/store/store.js';

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);
const bytesOf = (value: string) => new TextEncoder().encode(value);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-store-'));
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true, force: true });
});

describe.each<[string, () => RawFiles | Promise<RawFiles>]>([
  ['memory', () => new MemoryFiles()],
  ['files', () => new NodeFiles(join(folder, 'made', 'when needed'))],
  ['indexeddb', () => IdbFiles.open('tests')],
])('A store in %s', (kind, open) => {
  it('says where it is, writes, reads and removes', async () => {
    const store = new CrashSafeStore(await open());
    const key = `${storeKey('game', 'slot 1', '../😀', 'talk')}.kv`;
    expect(store.kind).toBe(kind);
    expect(await store.read(key)).toBeUndefined();
    await store.remove(key);
    for (const value of ['one', 'two', 'three']) {
      await store.write(key, [valuePart(bytesOf(value)), valuePart(bytesOf('!'))]);
      expect(text(await store.read(key))).toBe(`${value}!`);
    }
    await store.remove(key);
    expect(await store.read(key)).toBeUndefined();
    expect(await store.list('')).toEqual([]);
  });

  it('lists keys by their beginning, each once, and removes them together', async () => {
    const store = new CrashSafeStore(await open());
    expect(await store.list('game/')).toEqual([]);
    const keys = ['game/a/mira.talk', 'game/a/mira/talk.kv', 'game/b/mira.talk', 'game/ab.talk', 'other/x'];
    for (const key of keys) {
      await store.write(key, bytesOf(key));
      await store.write(key, bytesOf(`${key} again`));
    }
    expect(await store.list('')).toEqual([...keys].sort());
    expect(await store.list('game/a/')).toEqual(['game/a/mira.talk', 'game/a/mira/talk.kv']);
    expect(await store.list('game/a')).toEqual(['game/a/mira.talk', 'game/a/mira/talk.kv', 'game/ab.talk']);
    await store.removePrefix('game/a/');
    expect(await store.list('game/')).toEqual(['game/ab.talk', 'game/b/mira.talk']);
    expect(text(await store.read('game/ab.talk'))).toBe('game/ab.talk again');
    await expect(store.removePrefix('')).rejects.toThrow(RangeError);
    expect(await store.list('')).toHaveLength(3);
  });

  it.each(['', '/a', 'a/', 'a//b', '..', 'a/../b', './a', 'a b', 'a\\b', 'ä', 'a\0', 'x'.repeat(513)])(
    'throws RangeError for the key %j',
    async (key) => {
      const store = new CrashSafeStore(await open());
      await expect(store.read(key)).rejects.toThrow(RangeError);
      await expect(store.write(key, bytesOf('x'))).rejects.toThrow(RangeError);
      await expect(store.remove(key)).rejects.toThrow(RangeError);
    },
  );

  it('lets two stores on one place write in turn, the last one winning', async () => {
    const files = await open();
    const [here, there] = [new CrashSafeStore(files), new CrashSafeStore(files)];
    // Whose turn it is decides which of the two files the other one knows.
    for (const [i, store] of [here, there, there, here, there, here, here].entries()) {
      const good = await files.read(`key.${i % 2}`);
      await store.write('key', bytesOf(`${i}`));
      expect(text(await new CrashSafeStore(files).read('key'))).toBe(`${i}`);
      expect(await files.read(`key.${i % 2}`)).toEqual(good);
    }
    await there.remove('key');
    await here.write('key', bytesOf('new'));
    expect(text(await there.read('key'))).toBe('new');
  });

  it('writes over the torn file of a crash, not over the good one', async () => {
    const files = await open();
    const store = new CrashSafeStore(files);
    await store.write('key', bytesOf('old'));
    await store.write('key', bytesOf('good'));
    const [torn, good] = [(await files.read('key.1'))!.slice(), (await files.read('key.0'))!.slice()];
    // As if generation 3 had been begun: a plausible header, and not its bytes.
    new DataView(torn.buffer).setUint32(4, 3, true);
    await files.write('key.1', [torn]);
    expect(text(await store.read('key'))).toBe('good');
    await store.write('key', bytesOf('next'));
    expect(await files.read('key.0')).toEqual(good);
    expect(text(await new CrashSafeStore(files).read('key'))).toBe('next');
  });
});

describe('CrashSafeStore', () => {
  it('tells of a damaged value once: whether the one before it is used, or nothing is left', async () => {
    const told: string[] = [];
    const tell = (line: string) => told.push(line);
    const spies = [vi.spyOn(console, 'info'), vi.spyOn(console, 'warn')];
    for (const spy of spies) spy.mockImplementation(tell);
    const files = new MemoryFiles();
    const before = new CrashSafeStore(files);
    for (const key of ['one', 'both']) {
      for (const value of ['old', 'new']) await before.write(key, bytesOf(value));
    }
    for (const name of ['one.0', 'both.0', 'both.1']) {
      await files.write(name, [(await files.read(name))!.subarray(0, 17)]);
    }
    const store = new CrashSafeStore(files);
    for (let reads = 0; reads < 2; reads++) {
      expect(text(await store.read('one'))).toBe('old');
      expect(await store.read('both')).toBeUndefined();
    }
    expect(told).toEqual([
      expect.stringMatching(/^Parley: one of two saves of one is .* the other is used\.$/),
      expect.stringMatching(/^Parley: what was saved of both is .* it begins anew\.$/),
    ]);
    for (const spy of spies) spy.mockRestore();
  });

  it('reads no value whole to write the next one', async () => {
    const lengths: (number | undefined)[] = [];
    class WatchedFiles extends MemoryFiles {
      override read(name: string, length?: number): Promise<Uint8Array | undefined> {
        lengths.push(length);
        return super.read(name);
      }
    }
    const store = new CrashSafeStore(new WatchedFiles());
    await store.write('key', new Uint8Array(1000));
    lengths.length = 0;
    for (let i = 0; i < 3; i++) await store.write('key', new Uint8Array(1000));
    expect(lengths).toEqual([16, 16, 16, 16, 16, 16]);
  });

  it('removes the older file first, so that a cut removal never brings back an old value', async () => {
    class FailingFiles extends MemoryFiles {
      failures = 0;
      override async remove(name: string): Promise<void> {
        if (this.failures-- > 0) throw new Error('The power went.');
        await super.remove(name);
      }
    }
    for (const writes of [1, 2, 3, 4]) {
      const files = new FailingFiles();
      const store = new CrashSafeStore(files);
      for (let i = 1; i <= writes; i++) await store.write('key', Uint8Array.of(i));
      const removed: string[] = [];
      const remove = files.remove.bind(files);
      files.remove = async (name) => {
        removed.push(name);
        if (removed.length === 2) files.failures = 1;
        await remove(name);
      };
      await expect(store.remove('key')).rejects.toThrow('power');
      expect(await new CrashSafeStore(files).read('key')).toEqual(Uint8Array.of(writes));
    }
  });

  it('goes on after a failed write', async () => {
    class FullFiles extends MemoryFiles {
      full = false;
      override async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
        if (this.full) throw new EngineError('store-failed', 'full');
        await super.write(name, parts);
      }
    }
    const files = new FullFiles();
    const store = new CrashSafeStore(files);
    await store.write('key', bytesOf('old'));
    files.full = true;
    await expect(store.write('key', bytesOf('new'))).rejects.toMatchObject({ code: 'store-failed' });
    files.full = false;
    expect(text(await store.read('key'))).toBe('old');
    await store.write('key', bytesOf('newer'));
    expect(text(await store.read('key'))).toBe('newer');
  });
});

describe('NodeFiles', () => {
  it('keeps every key below its folder and leaves no other file behind', async () => {
    const store = new CrashSafeStore(new NodeFiles(folder));
    const key = storeKey('..', '/etc/passwd', 'C:\\x');
    await store.write(key, bytesOf('x'));
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
    expect(files.map(({ name }) => name)).toEqual(['C%3A%5Cx.1']);
    expect((await readFile(join(folder, `${key}.1`))).subarray(16).toString()).toBe('x');
  });

  it('fails with store-failed where its folder is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'x');
    const store = new CrashSafeStore(new NodeFiles(file));
    await expect(store.write('key', bytesOf('x'))).rejects.toMatchObject({ code: 'store-failed' });
  });
});
