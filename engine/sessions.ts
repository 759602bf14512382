/** All sessions in memory: opened from disk where saved, given back least recently used first. */
import { KV_FORMAT, type KvCache } from './model/kv-cache.js';
import { EngineError } from './protocol.js';
import { Session } from './session.js';
import { readSnapshot, writeSnapshot } from './store/kv-snapshot.js';
import type { Store } from './store/store.js';

/** A shorter common prefix is not worth a fork. */
const MIN_SHARED_PREFIX = 16;

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

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /**
   * The session of a sequence, for a prompt: from memory, else from disk, else empty; where another session shares
   * more of the prompt (the same persona's system text), a copy-on-write fork of it.
   */
  async open(sequence: string, prompt: readonly number[]): Promise<Session> {
    let session = this.#sessions.get(sequence);
    if (!session) {
      const restored = await this.#restore(sequence);
      // Another call may have opened it while this one read the disk.
      session = this.#sessions.get(sequence);
      if (session) restored.release();
      else session = restored;
    }
    const own = session.sharedPrefix(prompt);
    const donor = this.#bestDonor(prompt);
    const worthwhile = donor && donor.sharedPrefix(prompt) >= own + MIN_SHARED_PREFIX;
    if (worthwhile && !this.#pinned.has(session)) {
      session.release();
      session = new Session(sequence, donor.kv.fork(), donor.tokens);
      session.cutTo(prompt);
    }
    this.#sessions.delete(sequence);
    this.#sessions.set(sequence, session);
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

  /** Makes the next `count` positions of a session writable, taking memory from sessions at rest where it must. */
  reserve(session: Session, count: number): boolean {
    for (;;) {
      if (session.kv.reserve(count)) return true;
      const victim = [...this.#sessions.values()].find(
        (other) => other !== session && !this.#pinned.has(other) && other.kv.pages.length > 0,
      );
      if (!victim) return false;
      victim.release();
      this.#sessions.delete(victim.key);
    }
  }

  /** Empties every other session, running ones too: those compute their tokens again. */
  reclaim(keep: Session): void {
    for (const session of [...this.#sessions.values(), ...this.#pinned.keys()]) {
      if (session !== keep) session.release();
    }
  }

  /** Writes a session to disk as it is now, unless it was dropped; it may go on meanwhile. */
  async save(session: Session): Promise<void> {
    if (!this.#holds(session)) return;
    const { store, keyOf, modelId, templateId } = this.#options;
    const frozen = session.fork();
    try {
      const parts = writeSnapshot({
        modelId,
        templateId,
        engineFormat: KV_FORMAT,
        tokens: Uint32Array.from(frozen.tokens),
        pages: frozen.kv.pageViews(),
      });
      await store.write(keyOf(session.key), parts);
    } finally {
      frozen.release();
    }
  }

  /** Forgets a sequence in memory and on disk. */
  async drop(sequence: string): Promise<void> {
    const session = this.#sessions.get(sequence);
    if (session && !this.#pinned.has(session)) session.release();
    this.#sessions.delete(sequence);
    await this.#options.store.remove(this.#options.keyOf(sequence));
  }

  #holds(session: Session): boolean {
    return this.#sessions.get(session.key) === session;
  }

  #bestDonor(prompt: readonly number[]): Session | undefined {
    let best: Session | undefined;
    for (const session of this.#sessions.values()) {
      if (session.sharedPrefix(prompt) > (best?.sharedPrefix(prompt) ?? 0)) best = session;
    }
    return best;
  }

  /** A saved cache that does not match, is damaged or cannot be read is done without: the transcript rebuilds it. */
  async #restore(sequence: string): Promise<Session> {
    const { store, keyOf, cache, modelId, templateId, nCtx } = this.#options;
    const empty = Session.empty(sequence, cache);
    try {
      const bytes = await store.read(keyOf(sequence));
      if (!bytes) return empty;
      const { tokens, pages } = readSnapshot(bytes, {
        modelId,
        templateId,
        engineFormat: KV_FORMAT,
        pageBytes: cache.pageBytes,
        maxTokens: nCtx,
      });
      const session = Session.empty(sequence, cache);
      if (!this.reserve(session, tokens.length)) return empty;
      session.kv.restore(pages, tokens.length);
      return new Session(sequence, session.kv, [...tokens]);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      console.warn(`Parley: the saved cache of ${sequence} is made anew: ${error.message}`);
      if (error.code === 'snapshot-invalid') await store.remove(keyOf(sequence)).catch(() => undefined);
      return empty;
    }
  }
}
