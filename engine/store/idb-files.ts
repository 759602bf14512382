/** Files in IndexedDB: for plain http, some private windows, and browsers whose workers have no synchronous handles. */
import { concatBytes } from '../bytes.js';
import { type RawFiles, storeFailed } from './store.js';

const FILES = 'files';
/** A file is two records, for only whole ones can be read: a write looks at the header before the last megabytes. */
const HEAD = 0;
const REST = 1;
type FileKey = [name: string, record: typeof HEAD | typeof REST];
/** Behind every character of a name. */
const LAST = '\uffff';

export class IdbFiles implements RawFiles {
  readonly kind = 'indexeddb';
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;

  private constructor(name: string) {
    this.#name = name;
  }

  /** @param name of the origin's database that holds all files */
  static async open(name: string): Promise<IdbFiles> {
    const files = new IdbFiles(name);
    await files.#connect();
    return files;
  }

  read(name: string, length = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    return this.#run(name, 'readonly', async (files) => {
      const head = await resultOf<Uint8Array | undefined>(files.get([name, HEAD]));
      if (!head || head.length >= length) return head;
      return concatBytes([head, await resultOf<Uint8Array>(files.get([name, REST]))]);
    });
  }

  /** The first part is the head of the file. */
  write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    return this.#run(name, 'readwrite', async (files) => {
      // Copied: a view would take all of the memory that it looks at with it.
      const [head, rest] = [concatBytes(parts.slice(0, 1)), concatBytes(parts.slice(1))];
      files.put(head, [name, HEAD]);
      files.put(rest, [name, REST]);
    });
  }

  remove(name: string): Promise<void> {
    return this.#run(name, 'readwrite', async (files) => {
      files.delete(IDBKeyRange.bound([name, HEAD], [name, REST]));
    });
  }

  list(prefix: string): Promise<string[]> {
    return this.#run(prefix, 'readonly', async (files) => {
      const range = IDBKeyRange.bound([prefix], [prefix + LAST]);
      const keys = (await resultOf(files.getAllKeys(range))) as FileKey[];
      return keys.filter(([, record]) => record === HEAD).map(([name]) => name);
    });
  }

  /** Resolves when all of it is on disk; when it rejects, nothing was changed. */
  async #run<T>(
    name: string,
    mode: IDBTransactionMode,
    work: (files: IDBObjectStore) => Promise<T>,
  ): Promise<T> {
    try {
      const database = await this.#connect();
      const transaction = database.transaction(FILES, mode, { durability: 'strict' });
      const [result] = await Promise.all([work(transaction.objectStore(FILES)), committed(transaction)]);
      return result;
    } catch (error) {
      throw storeFailed(this.kind, name, error);
    }
  }

  /** The database may be closed or deleted underneath, as when the player clears the site's data: the next call makes it anew. */
  #connect(): Promise<IDBDatabase> {
    const forget = () => {
      this.#database = undefined;
    };
    this.#database ??= openDatabase(this.#name, forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    return this.#database;
  }
}

async function openDatabase(name: string, onClose: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.result.createObjectStore(FILES);
  const database = await resultOf(request);
  database.onclose = onClose;
  database.onversionchange = () => {
    // Who wants to delete it would wait for this page to end.
    database.close();
    onClose();
  };
  return database;
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
