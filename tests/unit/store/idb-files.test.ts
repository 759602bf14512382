import { IDBFactory, IDBKeyRange, IDBObjectStore, type IDBTransaction } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdbFiles } from '../../../engine/store/idb-files.js';

const NAME = 'tests';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onblocked = () => reject(new Error('The deletion waits for an open connection.'));
  });
}

/** Ends the transaction of a write as a browser does that has no more room. */
function abortWrites(errorName: string): void {
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    const request = put.call(this, value, key);
    const transaction = this.transaction as IDBTransaction & { _abort(name: string): void };
    if ((key as [string, number])[1] === 1) queueMicrotask(() => transaction._abort(errorName));
    return request;
  });
}

describe('IdbFiles', () => {
  it('keeps files for who opens them next, each as it was written last', async () => {
    const files = await IdbFiles.open(NAME);
    await files.write('a', [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5)]);
    await files.write('b', [Uint8Array.of(1, 2, 3)]);
    await files.write('b', [Uint8Array.of(9)]);
    await files.write('empty', []);
    const again = await IdbFiles.open(NAME);
    expect(await again.read('a')).toEqual(Uint8Array.of(1, 2, 3, 4, 5));
    expect(await again.read('b')).toEqual(Uint8Array.of(9));
    expect(await again.read('empty')).toEqual(new Uint8Array());
  });

  it('reads only the first part where no more is asked for', async () => {
    const files = await IdbFiles.open(NAME);
    await files.write('a', [Uint8Array.of(1, 2), Uint8Array.of(3)]);
    expect(await files.read('a', 2)).toEqual(Uint8Array.of(1, 2));
    expect(await files.read('a', 3)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('keeps no more than the bytes of a view', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    const memory = new Uint8Array(1000);
    const files = await IdbFiles.open(NAME);
    await files.write('a', [memory.subarray(0, 16), memory.subarray(16, 40)]);
    expect(put.mock.calls.map(([value]) => (value as Uint8Array).buffer.byteLength)).toEqual([16, 24]);
  });

  it('asks for writes that are on disk before they resolve', async () => {
    const files = await IdbFiles.open(NAME);
    const durabilities: string[] = [];
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      durabilities.push(this.transaction.durability);
      return put.call(this, value, key);
    });
    await files.write('a', [Uint8Array.of(1)]);
    expect(new Set(durabilities)).toEqual(new Set(['strict']));
  });

  it.each([
    ['QuotaExceededError', 'no more room'],
    ['UnknownError', 'UnknownError'],
  ])(
    'fails with store-failed where a write ends in %s, and keeps the old file whole',
    async (name, message) => {
      const files = await IdbFiles.open(NAME);
      await files.write('a', [Uint8Array.of(1), Uint8Array.of(2)]);
      abortWrites(name);
      const failed = files.write('a', [Uint8Array.of(3), Uint8Array.of(4)]);
      await expect(failed).rejects.toMatchObject({
        code: 'store-failed',
        message: expect.stringContaining(message),
      });
      vi.restoreAllMocks();
      expect(await files.read('a')).toEqual(Uint8Array.of(1, 2));
    },
  );

  it('lets its database be deleted underneath, and goes on with a new one', async () => {
    const files = await IdbFiles.open(NAME);
    await files.write('a', [Uint8Array.of(1)]);
    await deleteDatabase();
    expect(await files.read('a')).toBeUndefined();
    await files.write('a', [Uint8Array.of(2)]);
    expect(await (await IdbFiles.open(NAME)).read('a')).toEqual(Uint8Array.of(2));
  });

  it('opens its database again when the browser has closed it', async () => {
    const opened: IDBDatabase[] = [];
    const { open } = indexedDB;
    indexedDB.open = (name) => {
      const request = open.call(indexedDB, name);
      request.addEventListener('success', () => opened.push(request.result));
      return request;
    };
    const files = await IdbFiles.open(NAME);
    await files.write('a', [Uint8Array.of(1)]);
    opened[0]!.close();
    opened[0]!.onclose!(new Event('close'));
    expect(await files.read('a')).toEqual(Uint8Array.of(1));
    expect(opened).toHaveLength(2);
  });

  it('rejects where there is no database to be had, and asks again the next time', async () => {
    const files = await IdbFiles.open(NAME);
    await deleteDatabase();
    const { open } = indexedDB;
    indexedDB.open = () => {
      throw new DOMException('It is blocked.', 'SecurityError');
    };
    await expect(IdbFiles.open(NAME)).rejects.toThrow('blocked');
    await expect(files.read('a')).rejects.toMatchObject({ code: 'store-failed' });
    indexedDB.open = open;
    expect(await files.read('a')).toBeUndefined();
  });
});
