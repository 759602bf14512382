/**
 * The engine seen from the main thread: starts the worker, wraps it with Comlink, notices its death and starts it again.
 * The main thread never computes and never waits.
 */

import * as Comlink from 'comlink';
import { installErrorTransfer } from './error-transfer.js';
import type { EngineHost, HostResult } from './host.js';
import { PieceStream } from './piece-stream.js';
import {
  type CacheUse,
  type Chunk,
  type ClientMessage,
  EngineError,
  type EngineStatistics,
  type GenerateRequest,
  type GenerateResult,
  type Grant,
  type GrantUse,
  type LoadModelRequest,
  type LoadProgress,
  type ModelInfo,
  type PrefillRequest,
  type StartMessage,
  type StorageState,
  type WorkerMessage,
} from './protocol.js';
import { startWorker } from './start-worker.js';

installErrorTransfer(Comlink.transferHandlers);

/** A worker that leaves grants unanswered this long is dead. */
const SILENCE_MS = 5_000;
/** While it loads, repacking and a slow network may keep it busy. */
const SILENCE_WHILE_LOADING_MS = 60_000;
/** Between two grants of a page that goes on; one that was hidden, or hung itself, has not listened. */
const STANDSTILL_MS = 1_000;
const RESTART_WINDOW_MS = 60_000;
const MAX_RESTARTS = 2;

export interface EngineOptions {
  /** Keeps the saves of games on one origin apart. */
  readonly gameId: string;
  /** The worker script; default: the built worker, embedded, from a Blob. For a CSP that forbids `blob:`. */
  readonly workerUrl?: string;
}

export interface EngineEvents {
  /** The worker died; `final` when it will not be started again. What was pending has been rejected. */
  lost: (event: { readonly final: boolean; readonly reason: string }) => void;
  /** The worker and its model are back. */
  restored: () => void;
  progress: (progress: LoadProgress) => void;
  /** Tokens that ended under a grant. */
  use: (use: GrantUse) => void;
  /** The worker knows where saves go, or begins to write them in place of another tab. */
  storage: (storage: StorageState) => void;
}

/** A loaded model behind the worker boundary; fits the plugin's `EnginePort`. */
export interface LoadedEngine {
  readonly model: { readonly id: string; readonly nCtx: number };
  readonly info: ModelInfo;
  countTokens(texts: readonly string[]): Promise<number[]>;
  similarities(words: readonly string[], others: readonly string[]): Promise<Float32Array>;
  generate(
    request: GenerateRequest,
    onChunk: (chunk: Chunk) => void,
    signal?: AbortSignal,
  ): Promise<GenerateResult>;
  prefill(request: PrefillRequest, signal?: AbortSignal): Promise<void>;
  drop(sequence: string): Promise<void>;
  readDoc(key: string): Promise<Uint8Array | undefined>;
  writeDoc(key: string, bytes: Uint8Array): Promise<void>;
}

/** One life of the worker; all of it is thrown away together. */
interface Life {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly remote: Comlink.Remote<EngineHost>;
  readonly streams: Map<number, PieceStream>;
  /** Rejects with `worker-lost` when the worker dies: most deaths settle nothing by themselves. */
  readonly death: Promise<never>;
  readonly die: (error: EngineError) => void;
}

export class Engine {
  readonly #options: EngineOptions;
  readonly #listeners: { [E in keyof EngineEvents]: Set<EngineEvents[E]> } = {
    lost: new Set(),
    restored: new Set(),
    progress: new Set(),
    use: new Set(),
    storage: new Set(),
  };
  #life: Life | undefined;
  #nextId = 1;
  #loading = 0;
  #request: LoadModelRequest | undefined;
  readonly #prefixes = new Set<string>();
  /** When the oldest grant that no message followed was sent. */
  #unansweredSince: number | undefined;
  #requests = 0;
  #lastGrantMs = 0;
  /** When the worker died lately. */
  #deaths: number[] = [];
  /** The worker died too often for another try with the model. */
  #gaveUp = false;
  #disposed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#life = this.#start();
  }

  on<E extends keyof EngineEvents>(event: E, listener: EngineEvents[E]): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  /**
   * Loads a model, in place of the last one.
   * @param request addresses must be absolute: a Blob worker cannot resolve relative ones
   * @throws EngineError model-fetch-failed, model-not-stored, model-mismatch, gguf-*, unsupported-*,
   *   template-unsupported, out-of-memory, worker-lost
   */
  async loadModel(
    request: LoadModelRequest,
    onProgress: (progress: LoadProgress) => void = () => undefined,
  ): Promise<LoadedEngine> {
    this.#request = undefined;
    this.#gaveUp = false;
    const off = this.on('progress', onProgress);
    const withThreads = { threads: defaultThreads(), ...request };
    const info = await this.#loadThroughDeaths(withThreads).finally(off);
    this.#request = withThreads;
    return {
      model: { id: info.id, nCtx: info.nCtx },
      info,
      countTokens: (texts) => this.#call((host) => host.countTokens(texts)),
      similarities: (words, others) => this.#call((host) => host.similarities(words, others)),
      generate: (generate, onChunk, signal) => this.#generate(generate, onChunk, signal),
      prefill: (prefill, signal) => this.#cancellable(signal, (life, id) => life.remote.prefill(id, prefill)),
      drop: (sequence) => this.#call((host) => host.drop(sequence)),
      readDoc: (key) => this.readDoc(key),
      writeDoc: (key, bytes) => this.writeDoc(key, bytes),
    };
  }

  /** The memory of the KV caches. @throws EngineError model-not-loaded, worker-lost */
  cacheUse(): Promise<CacheUse> {
    return this.#call((host) => host.cacheUse());
  }

  /** What the engine holds and does now: one message there and back. @throws EngineError model-not-loaded, worker-lost */
  statistics(): Promise<EngineStatistics> {
    return this.#call((host) => host.statistics());
  }

  /** Requests are on their way. */
  get busy(): boolean {
    return this.#requests > 0;
  }

  /**
   * Loads a prefix that `parley bake` computed, now or when there is a model, and again after a restart. One that does
   * not fit costs a line in the console, and the time to compute it.
   * @param url absolute
   */
  addPrefix(url: string): void {
    if (this.#prefixes.has(url)) return;
    this.#prefixes.add(url);
    if (this.#request && this.#loading === 0) void this.#loadPrefix(url);
  }

  /** What the worker may spend until the next call; send one at each game step while it is busy, and now and then at rest. */
  grant(grant: Grant): void {
    const life = this.#life;
    if (!life) return;
    const now = performance.now();
    if (now - this.#lastGrantMs > STANDSTILL_MS) this.#unansweredSince = undefined;
    this.#lastGrantMs = now;
    this.#unansweredSince ??= now;
    const limit = this.#loading > 0 ? SILENCE_WHILE_LOADING_MS : SILENCE_MS;
    if (now - this.#unansweredSince > limit) {
      this.#lose(`no message for ${limit} ms`);
      return;
    }
    life.port.postMessage({ type: 'grant', grant } satisfies ClientMessage);
  }

  /** Reads a small document; works before a model is loaded. */
  readDoc(key: string): Promise<Uint8Array | undefined> {
    return this.#call((host) => host.readDoc(key));
  }

  /** Writes a small document so that a crash in the middle leaves the old one. */
  writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    return this.#call((host) => host.writeDoc(key, bytes));
  }

  /** A sequence's KV cache as bytes, for a save file; undefined where there is none. Works before a model is loaded. */
  readCache(sequence: string): Promise<Uint8Array | undefined> {
    return this.#call((host) => host.readCache(sequence));
  }

  /** Puts such bytes in place of a sequence's KV cache; what does not fit the model is dropped when it is opened. */
  writeCache(sequence: string, bytes: Uint8Array): Promise<void> {
    return this.#call((host) => host.writeCache(sequence, bytes));
  }

  /** Keys of the documents in a folder, such as a save slot. */
  listDocs(folder: string): Promise<string[]> {
    return this.#call((host) => host.listDocs(folder));
  }

  /** Ends the worker; what is pending rejects with `worker-lost`. */
  dispose(): void {
    this.#disposed = true;
    this.#end('the engine was disposed');
  }

  #start(): Life {
    const { workerUrl, gameId } = this.#options;
    const worker = startWorker('parley', workerUrl);
    const calls = new MessageChannel();
    const stream = new MessageChannel();
    const start: StartMessage = { role: 'engine', gameId, calls: calls.port2, stream: stream.port2 };
    worker.postMessage(start, [calls.port2, stream.port2]);
    const remote = Comlink.wrap<EngineHost>(calls.port1);
    let die: Life['die'] = () => undefined;
    const death = new Promise<never>((_, reject) => {
      die = reject;
    });
    death.catch(() => undefined);
    const port = stream.port1;
    const life: Life = { worker, port, remote, streams: new Map(), death, die };
    port.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (life === this.#life) this.#receive(life, data);
    };
    worker.onerror = (event) => {
      if (life === this.#life) this.#lose(event.message || 'the worker script failed');
    };
    this.#unansweredSince = undefined;
    return life;
  }

  #receive(life: Life, message: WorkerMessage): void {
    this.#unansweredSince = undefined;
    switch (message.type) {
      case 'progress':
        this.#emit('progress', message.progress);
        break;
      case 'storage':
        this.#emit('storage', message.storage);
        break;
      case 'fatal':
        this.#lose(message.message);
        break;
      case 'frame':
        for (const use of message.use) this.#emit('use', use);
        for (const { id, chunk } of message.chunks) life.streams.get(id)?.push(chunk);
        break;
      case 'alive':
        break;
    }
  }

  async #generate(
    request: GenerateRequest,
    onChunk: (chunk: Chunk) => void,
    signal: AbortSignal | undefined,
  ): Promise<GenerateResult> {
    return this.#cancellable(signal, async (life, id) => {
      const stream = new PieceStream(onChunk);
      life.streams.set(id, stream);
      try {
        const { result, pieces }: HostResult = await life.remote.generate(id, request);
        await stream.received(pieces);
        return result;
      } finally {
        life.streams.delete(id);
      }
    });
  }

  async #cancellable<T>(
    signal: AbortSignal | undefined,
    work: (life: Life, id: number) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const life = this.#alive();
    const id = this.#nextId++;
    let abort: () => void = () => undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        life.streams.delete(id);
        life.port.postMessage({ type: 'cancel', id } satisfies ClientMessage);
        reject(signal?.reason ?? new DOMException('The generation was cancelled.', 'AbortError'));
      };
    });
    signal?.addEventListener('abort', abort, { once: true });
    this.#requests++;
    try {
      return await Promise.race([work(life, id), aborted, life.death]);
    } finally {
      this.#requests--;
      signal?.removeEventListener('abort', abort);
    }
  }

  async #call<T>(work: (remote: Comlink.Remote<EngineHost>) => Promise<T>): Promise<T> {
    const life = this.#alive();
    return Promise.race([work(life.remote), life.death]);
  }

  async #load(request: LoadModelRequest): Promise<ModelInfo> {
    this.#loading++;
    try {
      const info = await this.#call((host) => host.loadModel(request));
      await Promise.all([...this.#prefixes].map((url) => this.#loadPrefix(url)));
      return info;
    } finally {
      this.#loading--;
      this.#unansweredSince = undefined;
    }
  }

  async #loadPrefix(url: string): Promise<void> {
    try {
      await this.#call((host) => host.addPrefix(url));
    } catch (error) {
      const foreign = error instanceof EngineError && error.code === 'snapshot-invalid';
      const remedy = foreign ? ' Bake it again for this model: npx parley bake.' : '';
      console.warn(`Parley: the prefix ${url} is of no use. ${String(error)}${remedy}`);
    }
  }

  /** A worker that dies while it loads is started again by `#lose`, but does not know what it was loading. */
  async #loadThroughDeaths(request: LoadModelRequest): Promise<ModelInfo> {
    for (;;) {
      const life = this.#life;
      try {
        return await this.#load(request);
      } catch (error) {
        const restarted = this.#life !== undefined && this.#life !== life && !this.#gaveUp;
        if (!restarted) throw error;
      }
    }
  }

  #alive(): Life {
    if (this.#life) return this.#life;
    throw workerLost('it is not running');
  }

  /**
   * The worker died: rejects what was pending and starts it again. When it dies too often it comes back without its
   * model, to keep what is said; when it dies of that too, it stays away.
   */
  #lose(reason: string): void {
    this.#end(reason);
    if (this.#disposed) return;
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < RESTART_WINDOW_MS), now];
    const final = this.#deaths.length > MAX_RESTARTS;
    if (final) {
      this.#gaveUp = true;
      this.#request = undefined;
    }
    if (this.#deaths.length <= MAX_RESTARTS + 1) this.#life = this.#start();
    this.#emit('lost', { final, reason });
    if (this.#request) this.#reload(this.#request);
  }

  #reload(request: LoadModelRequest): void {
    const life = this.#life;
    this.#load(request).then(
      () => {
        if (life === this.#life) this.#emit('restored');
      },
      (error: unknown) => {
        // A worker that died meanwhile has been told of, and the next one loads.
        if (life === this.#life)
          this.#emit('lost', { final: true, reason: `started again, it failed to load: ${String(error)}` });
      },
    );
  }

  #end(reason: string): void {
    const life = this.#life;
    if (!life) return;
    this.#life = undefined;
    life.worker.terminate();
    life.port.close();
    life.die(workerLost(reason));
  }

  #emit<E extends keyof EngineEvents>(event: E, ...args: Parameters<EngineEvents[E]>): void {
    for (const listener of this.#listeners[event]) (listener as (...args: unknown[]) => void)(...args);
  }
}

/** Starts the engine's worker. @throws what the browser throws where workers are forbidden */
export function createEngine(options: EngineOptions): Engine {
  return new Engine(options);
}

/** One core is left to the game. */
function defaultThreads(): number {
  return Math.min(Math.max(navigator.hardwareConcurrency - 1, 1), 4);
}

function workerLost(reason: string): EngineError {
  return new EngineError('worker-lost', `The engine worker is gone: ${reason}.`, {
    hint: 'It is started again by itself; ask again.',
  });
}
