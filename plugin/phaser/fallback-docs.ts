import { EngineError } from '../../engine/protocol.js';
import type { DocStore, ListedDocStore } from '../engine-port.js';

/** Calls that may die with their worker, one after the other; more than it is started again. */
const MAX_TRIES = 4;

/**
 * The last rung of storage: keeps what was written in memory too, and goes on with that when the store below fails.
 * What could not be saved is tried again when the next save works. One log line tells of the failure.
 */
export class FallbackDocs implements DocStore {
  readonly #store: ListedDocStore | undefined;
  readonly #warn: (message: string) => void;
  readonly #memory = new Map<string, Uint8Array>();
  /** Newer in memory than in the store. */
  readonly #unsaved = new Set<string>();
  /** What the store holds of these is not known, and must not be written over. */
  readonly #unread = new Set<string>();
  #warned = false;

  /** @param store undefined where no worker, and so no storage, is to be had */
  constructor(store: ListedDocStore | undefined, warn: (message: string) => void) {
    this.#store = store;
    this.#warn = warn;
  }

  async readDoc(key: string): Promise<Uint8Array | undefined> {
    if (this.#unsaved.has(key)) return this.#memory.get(key);
    try {
      const bytes = await this.#ask((store) => store.readDoc(key));
      this.#unread.delete(key);
      return bytes ?? this.#memory.get(key);
    } catch (error) {
      this.#unread.add(key);
      this.#fail(error);
      return this.#memory.get(key);
    }
  }

  async writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    this.#memory.set(key, bytes);
    if (!(await this.#save(key))) return;
    for (const waiting of this.#unsaved) await this.#save(waiting);
  }

  /** Whether the store took it. */
  async #save(key: string): Promise<boolean> {
    const bytes = this.#memory.get(key)!;
    if (this.#unread.has(key)) return false;
    try {
      await this.#ask((store) => store.writeDoc(key, bytes));
      if (this.#memory.get(key) === bytes) this.#unsaved.delete(key);
      return true;
    } catch (error) {
      this.#unsaved.add(key);
      this.#fail(error);
      return false;
    }
  }

  /** Keys of a folder; not `whole` where the store could not tell its own. */
  async list(folder: string): Promise<{ readonly keys: readonly string[]; readonly whole: boolean }> {
    const keys = new Set([...this.#memory.keys()].filter((key) => key.startsWith(`${folder}/`)));
    try {
      for (const key of (await this.#ask((store) => store.listDocs(folder))) ?? []) keys.add(key);
      return { keys: [...keys], whole: true };
    } catch (error) {
      this.#fail(error);
      return { keys: [...keys], whole: false };
    }
  }

  async #ask<T>(call: (store: ListedDocStore) => Promise<T>): Promise<T | undefined> {
    if (!this.#store) return undefined;
    for (let tries = 1; ; tries++) {
      try {
        return await call(this.#store);
      } catch (error) {
        // The worker is started again at once; giving up here would let an empty transcript replace the saved one.
        const died = error instanceof EngineError && error.code === 'worker-lost';
        if (!died || tries >= MAX_TRIES) throw error;
      }
    }
  }

  #fail(error: unknown): void {
    // The worker has told of its own storage.
    if (this.#warned || (error instanceof EngineError && error.code === 'store-failed')) return;
    this.#warned = true;
    this.#warn(`Parley: saving failed, talks are kept until the page closes (${String(error)})`);
  }
}
