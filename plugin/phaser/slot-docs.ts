import { decode as readMessagePack, encode as writeMessagePack } from '@msgpack/msgpack';
import { DialogueError } from '../dialogue/index.js';
import type { DocStore } from '../engine-port.js';

const SAVE_FORMAT = 'parley-save';
const SAVE_VERSION = 1;
/** A hundred characters with long memories stay far below it; more is not one of our saves. */
const MAX_SAVE_BYTES = 64 * 1024 * 1024;
const MAX_SAVE_DOCS = 10_000;

/**
 * The documents of one save slot: passes them to a store, keeps an index of what it wrote (stores cannot list), and
 * packs and unpacks them all. An empty document reads as undefined: stores cannot delete either.
 */
export class SlotDocs implements DocStore {
  readonly slot: string;
  readonly #store: DocStore;
  readonly #index: Promise<Set<string>>;
  readonly #opening: Promise<void>;
  readonly #pending = new Set<Promise<unknown>>();
  #closed = false;

  /**
   * @param initial when given, replaces all documents of the slot; reads and writes wait for it
   * @param after what must end first: the last writes of those who used the slot before
   */
  constructor(
    store: DocStore,
    slot: string,
    initial?: ReadonlyMap<string, Uint8Array>,
    after: Promise<void> = Promise.resolve(),
  ) {
    this.slot = slot;
    this.#store = store;
    this.#index = after.then(() => this.#readIndex());
    this.#opening = initial ? this.#replace(initial) : after;
    // Who waits for it sees the failure; nobody may be waiting.
    this.#opening.catch(() => undefined);
  }

  /** Resolves when the initial documents are written. @throws EngineError store-failed, worker-lost */
  get opened(): Promise<void> {
    return this.#opening;
  }

  async readDoc(key: string): Promise<Uint8Array | undefined> {
    await this.#opening;
    return this.#read(key);
  }

  async #read(key: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#store.readDoc(key);
    return bytes && bytes.byteLength > 0 ? bytes : undefined;
  }

  /** Writes nothing once the slot is closed: a character of an older game must not overwrite a newer one. */
  async writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    if (this.#closed) return;
    const write = this.#opening.then(() => this.#write(key, bytes));
    this.#pending.add(write);
    try {
      await write;
    } finally {
      this.#pending.delete(write);
    }
  }

  /** All documents of the slot as one MessagePack save. */
  async save(): Promise<Uint8Array> {
    await this.#opening;
    await Promise.allSettled(this.#pending);
    const docs: Record<string, Uint8Array> = {};
    for (const key of await this.#index) {
      const bytes = await this.#read(key);
      if (bytes) docs[this.#relative(key)] = bytes;
    }
    return writeMessagePack({ format: SAVE_FORMAT, version: SAVE_VERSION, docs });
  }

  /** Lets what is being written end and refuses the rest. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#pending);
  }

  async #replace(docs: ReadonlyMap<string, Uint8Array>): Promise<void> {
    for (const key of await this.#index) {
      if (!docs.has(this.#relative(key))) await this.#store.writeDoc(key, new Uint8Array());
    }
    for (const [name, bytes] of docs) await this.#write(`${this.slot}/${name}`, bytes);
  }

  async #write(key: string, bytes: Uint8Array): Promise<void> {
    const index = await this.#index;
    await this.#store.writeDoc(key, bytes);
    if (index.has(key)) return;
    index.add(key);
    await this.#store.writeDoc(this.#indexKey(), writeMessagePack([...index]));
  }

  async #readIndex(): Promise<Set<string>> {
    try {
      const bytes = await this.#store.readDoc(this.#indexKey());
      const keys = bytes && bytes.byteLength > 0 ? readMessagePack(bytes) : [];
      const prefix = `${this.slot}/`;
      return new Set(
        Array.isArray(keys) ? keys.filter((key) => typeof key === 'string' && key.startsWith(prefix)) : [],
      );
    } catch {
      // A damaged index costs the list, never the transcripts: each is listed again at its next write.
      return new Set();
    }
  }

  #indexKey(): string {
    return `${this.slot}/index.docs`;
  }

  #relative(key: string): string {
    return key.slice(this.slot.length + 1);
  }
}

/**
 * Reads a save made by `SlotDocs.save`: document names within the slot, and their bytes.
 * @throws DialogueError save-invalid: not one of our saves, cut short, or over the limits
 */
export function readSave(bytes: Uint8Array): Map<string, Uint8Array> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`save: got ${typeof bytes}, expected a Uint8Array`);
  if (bytes.byteLength > MAX_SAVE_BYTES) {
    throw invalid(`got ${bytes.byteLength} bytes, expected at most ${MAX_SAVE_BYTES}`);
  }
  let value: unknown;
  try {
    value = readMessagePack(bytes);
  } catch (cause) {
    throw invalid(`got ${bytes.byteLength} bytes that are not MessagePack`, cause);
  }
  const save = (typeof value === 'object' && value !== null ? value : {}) as {
    readonly format?: unknown;
    readonly version?: unknown;
    readonly docs?: unknown;
  };
  if (save.format !== SAVE_FORMAT)
    throw invalid(`got format ${JSON.stringify(save.format)}, expected "${SAVE_FORMAT}"`);
  if (save.version !== SAVE_VERSION)
    throw invalid(`got version ${JSON.stringify(save.version)}, expected ${SAVE_VERSION}`);
  const entries = Object.entries(save.docs ?? {});
  if (entries.length > MAX_SAVE_DOCS)
    throw invalid(`got ${entries.length} documents, expected at most ${MAX_SAVE_DOCS}`);
  const docs = new Map<string, Uint8Array>();
  for (const [name, doc] of entries) {
    if (name === '' || /[/\\]/.test(name) || !(doc instanceof Uint8Array)) {
      throw invalid(`document ${JSON.stringify(name)} is not bytes under a plain name`);
    }
    docs.set(name, doc);
  }
  return docs;
}

function invalid(message: string, cause?: unknown): DialogueError {
  return new DialogueError('save-invalid', `Save: ${message}.`, {
    hint: 'Pass the bytes that parley.save() returned.',
    ...(cause === undefined ? {} : { cause }),
  });
}
