import { decode as readMessagePack, encode as writeMessagePack } from '@msgpack/msgpack';
import { DialogueError } from '../dialogue/index.js';
import type { DocStore } from '../engine-port.js';

const SAVE_FORMAT = 'parley-save';
const SAVE_VERSION = 1;
/** A hundred characters with long memories stay far below it; more is not one of our saves. */
const MAX_SAVE_BYTES = 64 * 1024 * 1024;
const MAX_SAVE_DOCS = 10_000;

/** What a slot holds: its documents by key, those that the index in the store names, and whether there are no others. */
interface SlotContent {
  readonly docs: Map<string, Uint8Array>;
  readonly listed: Set<string>;
  readonly complete: boolean;
}

/**
 * The documents of one save slot. Keeps an index of what it wrote (stores cannot list), reads all of it when the slot
 * is opened (while a model loads, the worker may answer late), and packs it for saves. An empty document reads as
 * undefined: stores cannot delete.
 */
export class SlotDocs implements DocStore {
  readonly slot: string;
  readonly #store: DocStore;
  readonly #content: Promise<SlotContent>;
  readonly #pending = new Set<Promise<unknown>>();
  #closed = false;

  /**
   * @param initial when given, replaces all documents of the slot
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
    const { docs, complete } = await this.#content;
    // An index that was damaged, or is the one before the last, names too few: no talk may be lost with it.
    if (!docs.has(key) && !complete) {
      const unlisted = await this.#store.readDoc(key);
      if (unlisted && !docs.has(key)) docs.set(key, unlisted);
    }
    const bytes = docs.get(key);
    return bytes && bytes.byteLength > 0 ? bytes : undefined;
  }

  /** Writes nothing once the slot is closed: a character of an older game must not overwrite a newer one. */
  async writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    if (this.#closed) return;
    const write = this.#content.then((content) => this.#write(content, key, bytes));
    this.#pending.add(write);
    try {
      await write;
    } finally {
      this.#pending.delete(write);
    }
  }

  /** All documents of the slot as one MessagePack save. */
  async save(): Promise<Uint8Array> {
    const content = await this.#content;
    await Promise.allSettled(this.#pending);
    const docs: Record<string, Uint8Array> = {};
    for (const [key, bytes] of content.docs) {
      if (bytes.byteLength > 0) docs[key.slice(this.#prefix.length)] = bytes;
    }
    return writeMessagePack({ format: SAVE_FORMAT, version: SAVE_VERSION, docs });
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
    const keys = await this.#readIndex();
    const read = async (key: string) => [key, (await this.#store.readDoc(key)) ?? new Uint8Array()] as const;
    return { docs: new Map(await Promise.all(keys.map(read))), listed: new Set(keys), complete: false };
  }

  /** The keys of the slot; none when the index is damaged: each key is listed again at its next write. */
  async #readIndex(): Promise<string[]> {
    const bytes = await this.#store.readDoc(this.#indexKey());
    if (!bytes || bytes.byteLength === 0) return [];
    try {
      const keys = readMessagePack(bytes);
      const own = (key: unknown) => typeof key === 'string' && key.startsWith(this.#prefix);
      return Array.isArray(keys) && keys.every(own) ? keys : [];
    } catch {
      return [];
    }
  }

  async #replace(content: SlotContent, initial: ReadonlyMap<string, Uint8Array>): Promise<SlotContent> {
    for (const key of content.docs.keys()) {
      if (!initial.has(key.slice(this.#prefix.length))) await this.#write(content, key, new Uint8Array());
    }
    for (const [name, bytes] of initial) await this.#write(content, this.#prefix + name, bytes);
    return { ...content, complete: true };
  }

  async #write({ docs, listed }: SlotContent, key: string, bytes: Uint8Array): Promise<void> {
    const isNew = !listed.has(key);
    docs.set(key, bytes);
    listed.add(key);
    // First the index: a document that it does not name is not in saves, a name without a document is harmless.
    if (isNew) await this.#store.writeDoc(this.#indexKey(), writeMessagePack([...docs.keys()]));
    await this.#store.writeDoc(key, bytes);
  }

  #indexKey(): string {
    return `${this.slot}/index.docs`;
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
