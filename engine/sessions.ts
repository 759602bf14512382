/**
 * All sessions: in memory while there is room, on disk when they rest or must give way, least recently used first.
 * What two sessions begin with is held once.
 */
import { concatBytes } from './bytes.js';
import { KV_FORMAT, type KvCache, PAGE_POSITIONS } from './model/kv-cache.js';
import { type CacheUse, EngineError } from './protocol.js';
import { commonPrefix, Session } from './session.js';
import { crc32 } from './store/crc32.js';
import { type KvSnapshot, MAX_HEADER_BYTES, readSnapshot, writeSnapshot } from './store/kv-snapshot.js';
import type { Store, ValuePart } from './store/store.js';

/** A shorter common prefix is not worth the copy of a page. */
const MIN_SHARED_PREFIX = 16;
/** Folder of prefixes on disk. */
const PREFIXES = 'prefixes';

export interface SessionsOptions {
  readonly cache: KvCache;
  readonly store: Store;
  /** The store's key of a sequence's saved cache. */
  readonly keyOf: (sequence: string) => string;
  readonly modelId: string;
  readonly templateId: string;
  readonly nCtx: number;
}

export class Sessions {
  readonly #options: SessionsOptions;
  /** In order of use, the least recent first. */
  readonly #sessions = new Map<string, Session>();
  /** Sessions that running generations work on, and how many; never taken away. */
  readonly #pinned = new Map<Session, number>();
  /** Prefixes on disk that no talk owns, by the store's key: what was computed when the game was built. */
  readonly #prefixes = new Map<string, Uint32Array>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** The session of a sequence, for a prompt, pinned: from memory, else from disk, else empty. */
  async open(sequence: string, prompt: readonly number[]): Promise<Session> {
    let session = this.#sessions.get(sequence);
    if (!session) {
      const restored = await this.#restore(sequence, this.#options.keyOf(sequence));
      // Another call may have opened it while this one read the disk.
      session = this.#sessions.get(sequence);
      if (session) restored?.release();
      else session = restored ?? Session.empty(sequence, this.#options.cache);
    }
    this.#sessions.delete(sequence);
    this.#sessions.set(sequence, session);
    this.pin(session);
    await this.#startFromPrefix(session, prompt);
    return session;
  }

  pin(session: Session): void {
    this.#pinned.set(session, (this.#pinned.get(session) ?? 0) + 1);
  }

  /** Gives the memory of a fork, or of what was dropped meanwhile, back with its last pin. */
  unpin(session: Session): void {
    const pins = (this.#pinned.get(session) ?? 0) - 1;
    if (pins > 0) {
      this.#pinned.set(session, pins);
      return;
    }
    this.#pinned.delete(session);
    if (!this.#holds(session)) session.release();
  }

  /**
   * Lets a session that is about to compute `tokens` go on from where another one is: the same persona's system text,
   * also while that one is still being prefilled.
   */
  share(session: Session, tokens: readonly number[]): void {
    let donor: Session | undefined;
    let longest = session.kv.length + MIN_SHARED_PREFIX - 1;
    for (const other of this.#all()) {
      if (other === session || other.tokens.length <= longest) continue;
      // The last token is always computed: its logits are wanted.
      const shared = Math.min(other.sharedPrefix(tokens), tokens.length - 1);
      if (shared <= longest) continue;
      donor = other;
      longest = shared;
    }
    if (donor) session.shareFrom(donor, longest);
  }

  /** Makes the next `count` positions of a session writable, taking memory from sessions at rest where it must. */
  reserve(session: Session, count: number): boolean {
    while (!session.kv.reserve(count)) {
      const victim = [...this.#sessions.values()].find(
        (other) => other !== session && !this.#pinned.has(other) && other.kv.pages.length > 0,
      );
      if (!victim) return false;
      this.#evict(victim);
    }
    return true;
  }

  /** Empties every other session, running ones too: those compute their tokens again. */
  reclaim(keep: Session): void {
    for (const session of this.#all()) {
      if (session === keep) continue;
      if (this.#pinned.has(session)) session.release();
      else this.#evict(session);
    }
  }

  /**
   * Writes one session at rest that is newer than its saved copy, unless another tab writes.
   * @returns whether there was one
   * @throws EngineError store-failed; the session counts as saved, so that a full disk is not tried without end
   */
  async saveOne(): Promise<boolean> {
    if (!this.#options.store.writable) return false;
    const session = [...this.#sessions.values()].find((one) => one.dirty && !this.#pinned.has(one));
    if (!session) return false;
    session.dirty = false;
    // The pages stay as they are while they are written, whatever the session does meanwhile.
    const frozen = session.fork();
    try {
      await this.#options.store.write(this.#options.keyOf(session.key), this.#snapshot(frozen));
    } finally {
      frozen.release();
    }
    return true;
  }

  /** Forgets a sequence in memory and on disk. */
  async drop(sequence: string): Promise<void> {
    const session = this.#sessions.get(sequence);
    if (session && !this.#pinned.has(session)) session.release();
    this.#sessions.delete(sequence);
    await this.#options.store.remove(this.#options.keyOf(sequence));
  }

  /** The first `count` positions of a sequence as the bytes of a snapshot; undefined where none is in memory. */
  export(sequence: string, count?: number): Uint8Array | undefined {
    const session = this.#sessions.get(sequence);
    if (!session || session.kv.length === 0) return undefined;
    const kept = session.fork();
    if (count !== undefined) kept.truncate(count);
    const bytes = concatBytes(this.#snapshot(kept).map((part) => part.bytes));
    kept.release();
    return bytes;
  }

  /**
   * Takes a prefix that was computed beforehand; talks that begin with it need not prefill it.
   * @param name keeps it apart from others on disk
   * @returns tokens of the prefix
   * @throws EngineError snapshot-invalid: damaged, or of another model, template or engine
   */
  async addPrefix(name: string, bytes: Uint8Array): Promise<number> {
    const { tokens } = this.#read(bytes);
    const { store, keyOf } = this.#options;
    const key = keyOf(`${PREFIXES}/${crc32(new TextEncoder().encode(name))}`);
    // Another tab that writes has it on disk, or will.
    if (store.writable) await store.write(key, bytes);
    this.#prefixes.set(key, tokens);
    return tokens.length;
  }

  /** A longer file is no snapshot of this model. */
  get maxSnapshotBytes(): number {
    const { cache, nCtx } = this.#options;
    return MAX_HEADER_BYTES + Math.ceil(nCtx / PAGE_POSITIONS) * cache.pageBytes;
  }

  /** What is held in memory. */
  get use(): CacheUse {
    const { cache } = this.#options;
    return {
      pageBytes: cache.pageBytes,
      pages: cache.pageCount,
      freePages: cache.freePages,
      sequences: [...this.#sessions.values()]
        .filter(({ kv }) => kv.length > 0)
        .map(({ key, kv }) => ({
          sequence: key,
          tokens: kv.length,
          pages: kv.pages.length,
          sharedPages: kv.pages.filter((page) => cache.isShared(page)).length,
        })),
    };
  }

  #holds(session: Session): boolean {
    return this.#sessions.get(session.key) === session;
  }

  #all(): Set<Session> {
    return new Set([...this.#sessions.values(), ...this.#pinned.keys()]);
  }

  /** The memory is given back at once; what was not saved is copied out first and written behind it. */
  #evict(session: Session): void {
    const { store } = this.#options;
    if (session.dirty && store.writable) {
      const parts = this.#snapshot(session).map(({ bytes, crc }) => ({ bytes: bytes.slice(), crc }));
      store.write(this.#options.keyOf(session.key), parts).catch((error: unknown) => {
        console.warn(`Parley: the cache of ${session.key} was not saved: ${String(error)}`);
      });
    }
    session.release();
    this.#sessions.delete(session.key);
  }

  #snapshot(session: Session): ValuePart[] {
    const { modelId, templateId } = this.#options;
    return writeSnapshot({
      modelId,
      templateId,
      engineFormat: KV_FORMAT,
      tokens: Uint32Array.from(session.tokens),
      pages: session.kv.pageViews(),
    });
  }

  #read(bytes: Uint8Array): KvSnapshot {
    const { cache, modelId, templateId, nCtx } = this.#options;
    return readSnapshot(bytes, {
      modelId,
      templateId,
      engineFormat: KV_FORMAT,
      pageBytes: cache.pageBytes,
      maxTokens: nCtx,
    });
  }

  /** Fills a session from a prefix on disk where that holds more of the prompt than any session in memory. */
  async #startFromPrefix(session: Session, prompt: readonly number[]): Promise<void> {
    const inMemory = Math.max(...[...this.#all()].map((other) => other.sharedPrefix(prompt)));
    let best: { readonly key: string; readonly shared: number } | undefined;
    for (const [key, tokens] of this.#prefixes) {
      const shared = commonPrefix(tokens, prompt);
      if (shared >= (best?.shared ?? inMemory) + MIN_SHARED_PREFIX) best = { key, shared };
    }
    if (!best) return;
    const restored = await this.#restore(session.key, best.key);
    if (!restored) return;
    session.shareFrom(restored, restored.kv.length);
    restored.release();
  }

  /** A saved cache that does not match, is damaged or cannot be read is done without: the transcript rebuilds it. */
  async #restore(sequence: string, key: string): Promise<Session | undefined> {
    const { store, cache } = this.#options;
    try {
      const bytes = await store.read(key);
      if (!bytes) return undefined;
      const { tokens, pages } = this.#read(bytes);
      const session = Session.empty(sequence, cache);
      if (!this.reserve(session, tokens.length)) return undefined;
      session.restore(pages, tokens);
      return session;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      console.warn(`Parley: the saved cache of ${sequence} is made anew: ${error.message}`);
      if (error.code === 'snapshot-invalid') await store.remove(key).catch(() => undefined);
      return undefined;
    }
  }
}
