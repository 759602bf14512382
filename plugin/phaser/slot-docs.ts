import type { DocStore } from '../engine-port.js';
import type { FallbackDocs } from './fallback-docs.js';

type SlotStore = Pick<FallbackDocs, keyof DocStore | 'list'>;

/** The documents of a slot by key, and whether there are no others. */
interface SlotContent {
  readonly docs: Map<string, Uint8Array>;
  readonly whole: boolean;
}

/**
 * The documents of one save slot. Reads all of them when the slot is opened: while a model loads, the worker may answer
 * late. An empty document reads as undefined: stores cannot delete.
 */
export class SlotDocs implements DocStore {
  readonly slot: string;
  readonly #store: SlotStore;
  #content: Promise<SlotContent>;
  readonly #pending = new Set<Promise<unknown>>();
  #closed = false;

  /**
   * @param initial when given, replaces all documents of the slot
   * @param after what must end first: the last writes of those who used the slot before
   */
  constructor(
    store: SlotStore,
    slot: string,
    initial?: ReadonlyMap<string, Uint8Array>,
    after: Promise<void> = Promise.resolve(),
  ) {
    this.slot = slot;
    this.#store = store;
    const content = after.then(() => this.#readAll());
    this.#content = initial ? content.then((old) => this.#replace(old, initial)) : content;
    // Who waits for it sees the failure; nobody may be waiting.
    this.#content.catch(() => undefined);
  }

  /** Resolves when the slot is read, and the initial documents are written. */
  async opened(): Promise<void> {
    await this.#content;
  }

  async readDoc(key: string): Promise<Uint8Array | undefined> {
    const { docs, whole } = await this.#content;
    // No talk may be lost because the store could not list it.
    const bytes = docs.get(key) ?? (whole ? undefined : await this.#store.readDoc(key));
    return bytes && bytes.byteLength > 0 ? bytes : undefined;
  }

  /** Writes nothing once the slot is closed: a character of an older game must not overwrite a newer one. */
  async writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    if (this.#closed) return;
    const write = this.#content.then(({ docs }) => this.#write(docs, key, bytes));
    this.#pending.add(write);
    try {
      await write;
    } finally {
      this.#pending.delete(write);
    }
  }

  /** All documents of the slot, by their names in it, once those on their way are written. */
  async all(): Promise<Map<string, Uint8Array>> {
    const { docs } = await this.#content;
    await Promise.allSettled(this.#pending);
    const filled = [...docs].filter(([, bytes]) => bytes.byteLength > 0);
    return new Map(filled.map(([key, bytes]) => [key.slice(this.#prefix.length), bytes]));
  }

  /** Reads all documents again: another page may have written them. */
  reread(): void {
    this.#content = Promise.allSettled(this.#pending).then(() => this.#readAll());
    this.#content.catch(() => undefined);
  }

  /** Lets what is being written end and refuses the rest. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#pending);
  }

  get #prefix(): string {
    return `${this.slot}/`;
  }

  async #readAll(): Promise<SlotContent> {
    const { keys, whole } = await this.#store.list(this.slot);
    const read = async (key: string) => [key, (await this.#store.readDoc(key)) ?? new Uint8Array()] as const;
    return { docs: new Map(await Promise.all(keys.map(read))), whole };
  }

  async #replace({ docs }: SlotContent, initial: ReadonlyMap<string, Uint8Array>): Promise<SlotContent> {
    for (const key of docs.keys()) {
      if (!initial.has(key.slice(this.#prefix.length))) await this.#write(docs, key, new Uint8Array());
    }
    for (const [name, bytes] of initial) await this.#write(docs, this.#prefix + name, bytes);
    return { docs, whole: true };
  }

  async #write(docs: SlotContent['docs'], key: string, bytes: Uint8Array): Promise<void> {
    docs.set(key, bytes);
    await this.#store.writeDoc(key, bytes);
  }
}
