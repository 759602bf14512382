/** The small documents of a game (transcripts, saves) in its store, and what happens when there is no room for them. */
import { EngineError } from './protocol.js';
import { isFull, type Store, storeKey } from './store/store.js';

export class Docs {
  readonly #store: Promise<Store>;
  readonly #gameId: string;
  #told = false;

  constructor(store: Promise<Store>, gameId: string) {
    this.#store = store;
    this.#gameId = gameId;
  }

  /** @throws EngineError store-failed; told in the console */
  async read(key: string): Promise<Uint8Array | undefined> {
    const store = await this.#store;
    return this.#telling(store.read(this.#nameOf(key)));
  }

  /** @throws EngineError store-failed, when there is no room even without the saved caches; told in the console */
  async write(key: string, bytes: Uint8Array): Promise<void> {
    const store = await this.#store;
    const name = this.#nameOf(key);
    try {
      await store.write(name, bytes);
    } catch (error) {
      if (!(error instanceof EngineError && isFull(error.cause))) throw this.tell(error);
      // Caches are large and may vanish at any time; a talk must not.
      await this.#telling(this.#dropCaches(store).then(() => store.write(name, bytes)));
    }
  }

  /** Keys of the documents in a folder, such as `main`. */
  async list(folder: string): Promise<string[]> {
    const keys = await (await this.#store).list(`${this.#nameOf(folder)}/`);
    // Caches have an ending, which no document's key has: storeKey encodes dots.
    const docs = keys.filter((key) => !key.includes('.'));
    const start = storeKey(this.#gameId).length + 1;
    return docs.map((key) => key.slice(start).split('/').map(decodeURIComponent).join('/'));
  }

  /** Tells once that storage fails; the game goes on with what it has in memory. */
  tell(error: unknown): unknown {
    if (!this.#told) {
      console.warn(`Parley: storage fails; what it cannot keep lasts as long as this page. ${String(error)}`);
    }
    this.#told = true;
    return error;
  }

  #nameOf(key: string): string {
    return storeKey(this.#gameId, ...key.split('/'));
  }

  async #dropCaches(store: Store): Promise<void> {
    for (const key of await store.list(`${storeKey(this.#gameId)}/`)) {
      if (key.endsWith('.kv')) await store.remove(key);
    }
  }

  #telling<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw this.tell(error);
    });
  }
}
