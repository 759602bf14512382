/** The save slots of this browser: one IndexedDB store, each write in one transaction that keeps the save before it. */
import { createStore, delMany, getMany, setMany } from 'idb-keyval';
import { readSaveFile, type SavedGame, SaveError, writeSaveFile } from './save-file.js';

/** `auto` is the game that goes on; the others are the player's. */
export const SLOTS = ['auto', '1', '2', '3'] as const;
export type Slot = (typeof SLOTS)[number];

/** What a slot holds: a game, or why it cannot be read; neither when it is empty. */
export interface SlotContent {
  readonly slot: Slot;
  readonly game?: SavedGame;
  /** The newest save is damaged and `game` is the one before it, or there is none. */
  readonly error?: SaveError;
}

/** Where bytes are kept by key. */
interface Shelf {
  read(keys: readonly string[]): Promise<(Uint8Array | undefined)[]>;
  write(entries: [key: string, bytes: Uint8Array][]): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

export class SaveShelf {
  /** False where the browser blocks its storage: saves last as long as the page. */
  lasting = true;
  #shelf: Shelf = inDatabase();
  /** One write after the other, so that each sees the one before it. */
  #writing: Promise<unknown> = Promise.resolve();

  async read(slot: Slot): Promise<SlotContent> {
    const [newest, before] = await this.#do((shelf) => shelf.read([slot, beforeOf(slot)]));
    if (!newest) return { slot };
    try {
      return { slot, game: readSaveFile(newest) };
    } catch (error) {
      if (!(error instanceof SaveError)) throw error;
      const game = before && readQuietly(before);
      return game ? { slot, game, error } : { slot, error };
    }
  }

  list(): Promise<SlotContent[]> {
    return Promise.all(SLOTS.map((slot) => this.read(slot)));
  }

  write(slot: Slot, game: SavedGame): Promise<void> {
    const write = this.#writing.then(async () => {
      const [last] = await this.#do((shelf) => shelf.read([slot]));
      const entries: [string, Uint8Array][] = [[slot, writeSaveFile(game)]];
      // A damaged one must not push out the whole one before it.
      if (last && readQuietly(last)) entries.push([beforeOf(slot), last]);
      await this.#do((shelf) => shelf.write(entries));
    });
    this.#writing = write.catch(() => undefined);
    return write;
  }

  remove(slot: Slot): Promise<void> {
    const removal = this.#writing.then(() => this.#do((shelf) => shelf.remove([slot, beforeOf(slot)])));
    this.#writing = removal.catch(() => undefined);
    return removal;
  }

  async #do<T>(work: (shelf: Shelf) => Promise<T>): Promise<T> {
    const tried = this.#shelf;
    try {
      // A browser may lose its connection to the database, and has another one.
      return await work(tried).catch(() => work(tried));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') throw error;
      // Another call may have found out before.
      if (tried === this.#shelf) {
        if (!this.lasting) throw error;
        console.warn(`Saltmere: saves last as long as this page (${String(error)}).`);
        this.lasting = false;
        this.#shelf = inMemory();
      }
      return work(this.#shelf);
    }
  }
}

const beforeOf = (slot: Slot) => `${slot}.before`;

function readQuietly(bytes: Uint8Array): SavedGame | undefined {
  try {
    return readSaveFile(bytes);
  } catch {
    return undefined;
  }
}

function inDatabase(): Shelf {
  let store: ReturnType<typeof createStore> | undefined;
  // Opened late: some browsers throw where storage is blocked.
  const opened = () => {
    store ??= createStore('saltmere', 'saves');
    return store;
  };
  return {
    read: async (keys) => getMany<Uint8Array>([...keys], opened()),
    write: async (entries) => setMany(entries, opened()),
    remove: async (keys) => delMany([...keys], opened()),
  };
}

function inMemory(): Shelf {
  const kept = new Map<string, Uint8Array>();
  return {
    read: async (keys) => keys.map((key) => kept.get(key)),
    write: async (entries) => {
      for (const [key, bytes] of entries) kept.set(key, bytes);
    },
    remove: async (keys) => {
      for (const key of keys) kept.delete(key);
    },
  };
}
