/** One store in several tabs of a game: the tab that has the lock writes, the others keep what they write in memory. */
import { concatBytes } from '../bytes.js';
import type { StorageState } from '../protocol.js';
import { checkKey, checkPrefix, type Store, type ValuePart } from './store.js';

/**
 * A page that was reloaded, or whose worker was replaced, waits for the predecessor, which may be ending only now:
 * Chromium gives a worker that is in an endless loop two seconds.
 */
const WAIT_MS = 3500;

/** Calls `granted` once the lock is held, which is for the life of the tab; rejects where there are no locks to be had. */
export type RequestLock = (granted: () => void) => Promise<unknown>;

/**
 * Reads and writes wait until it is known who writes. A tab without the lock sees what it wrote itself over what is on
 * disk; when the lock comes, the other tab is gone, and what was kept is written.
 */
export class SharedStore implements Store {
  readonly kind: StorageState['kind'];
  readonly #store: Store;
  readonly #onChange: (storage: StorageState) => void;
  readonly #settled: Promise<void>;
  /** Values by key that are not written yet; undefined for a removed one. */
  readonly #kept = new Map<string, Uint8Array | undefined>();
  #locked = false;
  #writing: Promise<void> | undefined;

  /** @param onChange called when it is known whether this tab writes, and when it takes over */
  constructor(store: Store, requestLock: RequestLock, onChange: (storage: StorageState) => void) {
    this.#store = store;
    this.#onChange = onChange;
    this.kind = store.kind;
    this.#settled = this.#settle(requestLock);
  }

  get writable(): boolean {
    return this.#locked && this.#kept.size === 0;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    await this.#settled;
    return this.#kept.has(key) ? this.#kept.get(key) : this.#store.read(key);
  }

  async write(key: string, value: Uint8Array | readonly ValuePart[]): Promise<void> {
    checkKey(key);
    await this.#settled;
    if (this.writable) return this.#store.write(key, value);
    return this.#keep(
      key,
      concatBytes(value instanceof Uint8Array ? [value] : value.map(({ bytes }) => bytes)),
    );
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    await this.#settled;
    if (this.writable) return this.#store.remove(key);
    return this.#keep(key, undefined);
  }

  async removePrefix(prefix: string): Promise<void> {
    checkPrefix(prefix);
    for (const key of await this.list(prefix)) await this.remove(key);
  }

  async list(prefix: string): Promise<string[]> {
    await this.#settled;
    // Taken first: what is written while the store is listed would be in neither.
    const kept = [...this.#kept].filter(([key]) => key.startsWith(prefix));
    const keys = new Set(await this.#store.list(prefix));
    for (const [key, value] of kept) {
      if (value) keys.add(key);
      else keys.delete(key);
    }
    return [...keys].sort();
  }

  #settle(requestLock: RequestLock): Promise<void> {
    return new Promise((resolve) => {
      let waiting = true;
      const settle = () => {
        waiting = false;
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        console.info(
          'Parley: another tab of this game is open; what is said here is saved when that one is closed.',
        );
        this.#onChange({ kind: this.kind, writable: false });
        settle();
      }, WAIT_MS);
      const take = (line?: string) => {
        if (this.#locked) return;
        this.#locked = true;
        if (line) console.info(line);
        // What failed is tried again with the next write, which reports it.
        this.#writeKept().catch((error: unknown) => console.warn(`Parley: saving failed (${String(error)})`));
        settle();
      };
      const granted = () =>
        take(waiting ? undefined : 'Parley: the other tab is closed; this one saves now.');
      requestLock(granted).catch((error: unknown) => {
        take(`Parley: tabs of this game may overwrite each other's saves (${String(error)}).`);
      });
    });
  }

  async #keep(key: string, value: Uint8Array | undefined): Promise<void> {
    this.#kept.set(key, value);
    if (this.#locked) await this.#writeKept();
  }

  /** @throws EngineError store-failed: what is not written stays kept */
  #writeKept(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Also what is kept meanwhile. */
  async #writeAll(): Promise<void> {
    for (let next = firstOf(this.#kept); next; next = firstOf(this.#kept)) {
      const [key, value] = next;
      await (value ? this.#store.write(key, value) : this.#store.remove(key));
      if (this.#kept.get(key) === value) this.#kept.delete(key);
    }
    this.#onChange({ kind: this.kind, writable: true });
  }
}

function firstOf<K, V>(map: ReadonlyMap<K, V>): [K, V] | undefined {
  return map.entries().next().value;
}
