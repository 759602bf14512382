import { EngineError } from '../../engine/protocol.js';
import type { ListedDocStore } from '../engine-port.js';

/**
 * The last rung of storage: keeps what was written in memory too, and goes on with that when the store below fails.
 * One log line tells that nothing is kept beyond the page.
 */
export class FallbackDocs implements ListedDocStore {
  readonly #store: ListedDocStore | undefined;
  readonly #warn: (message: string) => void;
  readonly #memory = new Map<string, Uint8Array>();
  #warned = false;

  /** @param store undefined where no worker, and so no storage, is to be had */
  constructor(store: ListedDocStore | undefined, warn: (message: string) => void) {
    this.#store = store;
    this.#warn = warn;
  }

  async readDoc(key: string): Promise<Uint8Array | undefined> {
    try {
      return (await this.#ask((store) => store.readDoc(key))) ?? this.#memory.get(key);
    } catch (error) {
      this.#fail(error);
      return this.#memory.get(key);
    }
  }

  async writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    this.#memory.set(key, bytes);
    try {
      await this.#ask((store) => store.writeDoc(key, bytes));
    } catch (error) {
      this.#fail(error);
    }
  }

  async listDocs(folder: string): Promise<string[]> {
    const keys = new Set([...this.#memory.keys()].filter((key) => key.startsWith(`${folder}/`)));
    try {
      for (const key of (await this.#ask((store) => store.listDocs(folder))) ?? []) keys.add(key);
    } catch (error) {
      this.#fail(error);
    }
    return [...keys];
  }

  async #ask<T>(call: (store: ListedDocStore) => Promise<T>): Promise<T | undefined> {
    if (!this.#store) return undefined;
    try {
      return await call(this.#store);
    } catch (error) {
      // The worker is started again at once; giving up here would let an empty transcript replace the saved one.
      if (error instanceof EngineError && error.code === 'worker-lost') return call(this.#store);
      throw error;
    }
  }

  #fail(error: unknown): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#warn(`Parley: saving failed, talks are kept until the page closes (${String(error)})`);
  }
}
