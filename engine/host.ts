/**
 * The engine without a Worker: loads a model and runs generations under grants. The worker exposes it through Comlink;
 * tests and the command line use it directly.
 */
import { readAll } from './bytes.js';
import { Docs } from './docs.js';
import { Generation } from './generation.js';
import { fastestBuild } from './model/fastest-build.js';
import type { KernelBinaries } from './model/kernels.js';
import { PAGE_POSITIONS } from './model/kv-cache.js';
import { type LlamaModel, loadLlama } from './model/llama.js';
import { WordVectors } from './model/word-vectors.js';
import { ByteSource } from './model-file/byte-source.js';
import type { ModelDownload } from './model-file/download.js';
import { endOfTensors, readGgufHeader } from './model-file/gguf-reader.js';
import { hashing } from './model-file/hashing.js';
import { readModelConfig } from './model-file/model-config.js';
import {
  type CacheUse,
  type Chunk,
  EngineError,
  type EngineStatistics,
  type GenerateRequest,
  type GenerateResult,
  type Grant,
  type GrantUse,
  type LoadModelRequest,
  type LoadProgress,
  type Message,
  type ModelInfo,
  type PrefillRequest,
  type WorkerMessage,
} from './protocol.js';
import { PieceTable } from './sampler/piece-table.js';
import { createSampler } from './sampler/sampler.js';
import { Scheduler } from './scheduler.js';
import { commonPrefix } from './session.js';
import { Sessions } from './sessions.js';
import { type Store, storeKey } from './store/store.js';
import type { StartPoolThread } from './threads/thread-pool.js';
import { type ChatTemplate, deriveChatTemplate } from './tokenizer/chat-template.js';
import { promptTokens } from './tokenizer/prompt.js';
import { createTokenizer, type Tokenizer } from './tokenizer/tokenizer.js';

const DEFAULT_N_CTX = 1536;
export const MAX_THREADS = 16;
const DEFAULT_KV_BYTES = 64 * 1024 * 1024;
/** A prompt chunk is sized so that one layer takes about 2 ms at 40 billion multiply-accumulates a second. */
const CHUNK_LAYER_MACS = 80e6;
const MAX_CHUNK_ROWS = 24;
/** A silent worker is a dead one to the client, so it says something at least this often while grants come in. */
const ALIVE_MS = 1000;
const PROGRESS_MS = 100;
/** Ending of a saved cache's key. */
const CACHE = '.kv';
/** Uses of grants in which no token ended that wait for the next message; with more the message is sent. */
const MAX_UNTOLD_USES = 30;
/** The sequence that a prefix is computed in. */
const BAKED = 'baked/prefix/1';

export interface HostOptions {
  readonly gameId: string;
  readonly binaries: KernelBinaries;
  readonly openStore: () => Promise<Store>;
  readonly openModel: (urls: readonly string[]) => Promise<ModelDownload>;
  /** At most one `frame` message a grant. */
  readonly post: (message: WorkerMessage) => void;
  /** Left out where memory cannot be shared: then one thread does all the work, with the same results. */
  readonly startThread?: StartPoolThread | undefined;
  readonly now: () => number;
  readonly defer: (callback: () => void) => void;
  /** How long a turn's cache waits to be saved, so that the turn's transcript, which must last, is saved first. Default 0. */
  readonly cacheSaveDelayMs?: number;
}

/** The result, and how many pieces were streamed: the client waits until it has seen them all. */
export interface HostResult {
  readonly result: GenerateResult;
  readonly pieces: number;
}

interface Run {
  readonly generation: Generation;
  readonly fork: boolean;
}

/** Everything that exists once a model is loaded. */
interface Loaded {
  readonly info: ModelInfo;
  readonly model: LlamaModel;
  readonly tokenizer: Tokenizer;
  readonly template: ChatTemplate;
  readonly sessions: Sessions;
  readonly scheduler: Scheduler;
  readonly wordVectors: WordVectors;
}

export class EngineHost {
  readonly #options: HostOptions;
  readonly #store: Promise<Store>;
  readonly #docs: Docs;
  readonly #running = new Map<number, Run>();
  /** Cancels that came before their request had a generation. */
  readonly #cancelled = new Set<number>();
  /** The last request of each sequence that is on its way, forks left out. */
  readonly #latest = new Map<string, number>();
  #loaded: Loaded | undefined;
  #grant: Grant | undefined;
  #outbox: { id: number; chunk: Chunk }[] = [];
  #uses: GrantUse[] = [];
  #saving = false;
  #postedFrame = -1;
  #lastPostMs = 0;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#store = options.openStore();
    this.#docs = new Docs(this.#store, options.gameId);
  }

  /**
   * Streams a model in; a model that was loaded before is replaced only when the new one is whole.
   * @throws EngineError model-fetch-failed, model-not-stored, model-mismatch, gguf-*, unsupported-*,
   *   template-unsupported, out-of-memory
   */
  async loadModel(request: LoadModelRequest): Promise<ModelInfo> {
    const { now, binaries } = this.#options;
    const startMs = now();
    // While the first bytes are on their way.
    const [{ chunks, totalBytes, sha256 }, build] = await Promise.all([
      this.#options.openModel(request.urls),
      request.build ?? fastestBuild(binaries, now, this.#options.defer),
    ]);
    const whole: { bytes: number | undefined } = { bytes: totalBytes };
    const hashed = await hashing(this.#reportProgress(chunks, whole));
    const source = new ByteSource(hashed.chunks);
    const header = await readGgufHeader(source, totalBytes);
    // Of a file in parts no server says it.
    whole.bytes ??= endOfTensors(header);
    const config = readModelConfig(header);
    const tokenizer = createTokenizer(header.metadata);
    const template = deriveChatTemplate(header.metadata, tokenizer);
    const nCtx = Math.min(request.nCtx ?? DEFAULT_N_CTX, config.nCtxTrain);
    const model = await loadLlama({
      source,
      header,
      config,
      binaries,
      build,
      threads: this.#threads(request.threads),
      startThread: this.#options.startThread,
      nCtx,
      kvBytes: request.kvBytes ?? DEFAULT_KV_BYTES,
      now,
    });
    while (!(await source.atEnd())) await source.skip(1);
    const digest = hashed.digest();
    if (sha256 !== undefined && digest !== sha256) {
      model.pool.stop();
      throw new EngineError('model-mismatch', `Got a model with the SHA-256 ${digest}; expected ${sha256}.`, {
        hint: 'The stored file is damaged: remove it and load it again.',
      });
    }
    // Made now, or the first constrained answer would wait for it.
    PieceTable.of(tokenizer.pieceBytes, tokenizer.vocabSize);
    const info: ModelInfo = {
      id: `sha256:${digest}`,
      name: config.name,
      architecture: config.architecture,
      nCtx,
      vocabSize: config.vocabSize,
      parameterCount: model.parameterCount,
      weightBytes: model.weightBytes,
      kvBytesPerToken: model.cache.pageBytes / PAGE_POSITIONS,
      memoryBytes: model.memoryBytes,
      build: model.build,
      readAhead: model.readAhead,
      threads: model.pool.threads,
      loadMs: now() - startMs,
    };
    await this.#replaceModel(info, model, tokenizer, template);
    this.#post({
      type: 'progress',
      progress: { stage: 'ready', loadedBytes: source.position, totalBytes: source.position },
    });
    return info;
  }

  /** Replaces the last grant; work goes on at once. */
  grant(grant: Grant): void {
    const use = this.#loaded?.scheduler.use;
    if (use && use.ms > 0) this.#uses.push(use);
    this.#grant = grant;
    this.#loaded?.scheduler.grant(grant);
    this.#flush();
    if (this.#options.now() - this.#lastPostMs >= ALIVE_MS) this.#post({ type: 'alive' });
  }

  /** Token counts of trusted texts. @throws EngineError model-not-loaded */
  countTokens(texts: readonly string[]): number[] {
    const { tokenizer } = this.#model();
    return texts.map((text) => tokenizer.tokenize([{ text, trusted: true }], { addBos: false }).length);
  }

  /**
   * How near words are to others in meaning: cosines, float[words.length][others.length].
   * @throws EngineError model-not-loaded
   */
  similarities(words: readonly string[], others: readonly string[]): Float32Array {
    return this.#model().wordVectors.similarities(words, others);
  }

  /**
   * Answers a talk; chunks are posted under `id` as they come.
   * @throws EngineError model-not-loaded, context-full, grammar-invalid
   * @throws DOMException AbortError: cancelled, or a newer request took the sequence over
   */
  async generate(id: number, request: GenerateRequest): Promise<HostResult> {
    const { tokenizer } = this.#model();
    let pieces = 0;
    const result = await this.#run(id, request, {
      sampler: createSampler({
        sampling: request.sampling,
        seed: request.seed,
        ...(request.grammar ? { grammar: request.grammar } : {}),
        ...(request.ban ? { ban: request.ban } : {}),
        ...(request.bias ? { bias: request.bias } : {}),
        pieceBytes: tokenizer.pieceBytes,
        vocabSize: tokenizer.vocabSize,
        eogTokens: tokenizer.eogTokens,
      }),
      maxTokens: request.maxTokens,
      stop: request.stop,
      eogTokens: tokenizer.eogTokens,
      pieceBytes: tokenizer.pieceBytes,
      onPieces: (chunk) => {
        pieces += chunk.length;
        this.#outbox.push({ id, chunk: { pieces: chunk } });
      },
    });
    return { result, pieces };
  }

  /** What the KV caches hold. @throws EngineError model-not-loaded */
  cacheUse(): CacheUse {
    return this.#model().sessions.use;
  }

  /** What the engine holds and does now. @throws EngineError model-not-loaded */
  async statistics(): Promise<EngineStatistics> {
    const { sessions, scheduler, model } = this.#model();
    const start = storeKey(this.#options.gameId).length + 1;
    const saved = (await (await this.#store).list(`${storeKey(this.#options.gameId)}/`))
      .filter((key) => key.endsWith(CACHE))
      .map((key) => key.slice(start, -CACHE.length).split('/').map(decodeURIComponent).join('/'));
    return {
      caches: sessions.use,
      kvBytes: model.cache.pageBytes * model.cache.pageCount,
      savedSequences: saved,
      running: [...this.#running.values()].map(({ generation, fork }) => ({
        sequence: generation.session.key,
        kind: generation.decoding ? 'decode' : 'prefill',
        priority: generation.priority,
        fork,
        tokens: generation.session.kv.length,
        pendingTokens: generation.pending,
      })),
      work: scheduler.work,
    };
  }

  /**
   * The KV cache of what all talks of a character begin with, as the bytes of a snapshot for `addPrefix`.
   * @param messages the beginning: a system message, then whole exchanges
   * @throws EngineError as `generate`
   */
  async bakePrefix(
    id: number,
    messages: readonly Message[],
  ): Promise<{ readonly bytes: Uint8Array; readonly tokens: number }> {
    const { template, tokenizer, sessions } = this.#model();
    // What any two talks share does not depend on what is said in them.
    const [talk, other] = ['a', '('].map((text) => [
      ...messages,
      { role: 'user' as const, segments: [{ text, trusted: true }] },
    ]) as [Message[], Message[]];
    const tokens = promptTokens(template, tokenizer, talk);
    const shared = commonPrefix(tokens, promptTokens(template, tokenizer, other));
    await this.prefill(id, { sequence: BAKED, messages: talk, priority: 'background' });
    const bytes = sessions.export(BAKED, shared);
    await this.drop(BAKED);
    if (!bytes) throw new EngineError('internal', 'The prefix was computed and is gone.');
    return { bytes, tokens: shared };
  }

  /**
   * Fetches a prefix that was baked when the game was built: talks that begin with it need not prefill it.
   * @returns its tokens
   * @throws EngineError model-not-loaded, model-fetch-failed, snapshot-invalid: of another model or persona format
   */
  async addPrefix(url: string): Promise<number> {
    const { sessions } = this.#model();
    const { chunks } = await this.#options.openModel([url]);
    const bytes = await readAll(chunks, sessions.maxSnapshotBytes);
    if (!bytes)
      throw new EngineError('snapshot-invalid', `Got more than ${sessions.maxSnapshotBytes} bytes.`);
    return sessions.addPrefix(url, bytes);
  }

  /** Runs a talk's prompt into its cache. Errors as `generate`. */
  async prefill(id: number, request: PrefillRequest): Promise<void> {
    await this.#run(id, request, undefined);
  }

  cancel(id: number): void {
    const run = this.#running.get(id);
    if (run) this.#loaded?.scheduler.cancel(run.generation, abortError());
    else this.#cancelled.add(id);
  }

  async drop(sequence: string): Promise<void> {
    const key = this.#keyOf(sequence);
    if (this.#loaded) await this.#loaded.sessions.drop(sequence);
    else await (await this.#store).remove(key);
  }

  /** A sequence's KV cache as bytes, from memory or disk; undefined where there is none. Works without a model. */
  async readCache(sequence: string): Promise<Uint8Array | undefined> {
    return this.#loaded?.sessions.export(sequence) ?? (await this.#store).read(this.#keyOf(sequence));
  }

  /**
   * Puts a KV cache in place of a sequence's own, unless another tab writes. It is checked when it is opened: what does
   * not fit is dropped.
   */
  async writeCache(sequence: string, bytes: Uint8Array): Promise<void> {
    await this.drop(sequence);
    const store = await this.#store;
    if (store.writable) await store.write(this.#keyOf(sequence), bytes);
  }

  /** @throws EngineError store-failed; told in the console */
  readDoc(key: string): Promise<Uint8Array | undefined> {
    return this.#docs.read(key);
  }

  /** @throws EngineError store-failed, when there is no room even without the saved caches; told in the console */
  writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    return this.#docs.write(key, bytes);
  }

  /** Keys of the documents in a folder, such as `main`. */
  listDocs(folder: string): Promise<string[]> {
    return this.#docs.list(folder);
  }

  async #run(
    id: number,
    request: PrefillRequest & Partial<GenerateRequest>,
    decode: ConstructorParameters<typeof Generation>[0]['decode'],
  ): Promise<GenerateResult> {
    const arrivedMs = this.#options.now();
    const loaded = this.#model();
    const { template, tokenizer, sessions, scheduler, info } = loaded;
    const prompt = promptTokens(template, tokenizer, request.messages, {
      continueAnswer: request.continueAnswer ?? false,
    });
    if (prompt.length >= info.nCtx) {
      throw new EngineError(
        'context-full',
        `The prompt has ${prompt.length} tokens; the window holds ${info.nCtx}.`,
        {
          hint: 'Drop old turns, or load the model with a larger nCtx.',
        },
      );
    }
    if (!request.fork) this.#supersede(id, request.sequence);
    const opened = await sessions.open(request.sequence, prompt);
    const session = request.fork ? opened.fork() : opened;
    if (request.fork) {
      sessions.pin(session);
      sessions.unpin(opened);
    }
    try {
      const superseded = !request.fork && this.#latest.get(request.sequence) !== id;
      if (this.#cancelled.delete(id) || superseded || loaded !== this.#loaded) throw abortError();
      const generation = new Generation({
        session,
        prompt,
        priority: request.priority,
        nCtx: info.nCtx,
        arrivedMs,
        now: this.#options.now,
        ...(decode ? { decode } : {}),
      });
      this.#running.set(id, { generation, fork: request.fork ?? false });
      scheduler.add(generation);
      return await generation.result;
    } finally {
      this.#running.delete(id);
      if (this.#latest.get(request.sequence) === id) this.#latest.delete(request.sequence);
      sessions.unpin(session);
      void this.#saveAtRest(loaded);
    }
  }

  /** The latest request for a sequence wins: barge-in must not depend on a cancel arriving first. */
  #supersede(id: number, sequence: string): void {
    this.#latest.set(sequence, id);
    for (const { generation, fork } of this.#running.values()) {
      if (generation.session.key === sequence && !fork) {
        this.#loaded?.scheduler.cancel(generation, abortError());
      }
    }
  }

  /**
   * Writes what is newer than on disk while there is nothing else to do: writing competes with computing, and with the
   * transcript, which must come first.
   */
  async #saveAtRest({ scheduler, sessions }: Loaded): Promise<void> {
    if (this.#saving) return;
    this.#saving = true;
    const { cacheSaveDelayMs = 0 } = this.#options;
    if (cacheSaveDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, cacheSaveDelayMs));
    try {
      while (scheduler.atRest && (await sessions.saveOne()));
    } catch (error) {
      this.#docs.tell(error);
    }
    this.#saving = false;
  }

  async #replaceModel(
    info: ModelInfo,
    model: LlamaModel,
    tokenizer: Tokenizer,
    template: ChatTemplate,
  ): Promise<void> {
    for (const { generation } of this.#running.values()) {
      this.#loaded?.scheduler.cancel(generation, abortError());
    }
    const sessions = new Sessions({
      cache: model.cache,
      store: await this.#store,
      keyOf: (sequence) => this.#keyOf(sequence),
      modelId: info.id,
      templateId: template.id,
      nCtx: info.nCtx,
    });
    const scheduler = new Scheduler({
      forward: model.forward,
      chunkRows: { timed: timedChunkRows(model), unlimited: MAX_CHUNK_ROWS },
      now: this.#options.now,
      defer: this.#options.defer,
      share: ({ session, tokens }) => sessions.share(session, tokens),
      reserve: (generation, count) => sessions.reserve(generation.session, count),
      reclaim: (generation) => sessions.reclaim(generation.session),
      onYield: () => this.#flush(),
    });
    this.#loaded?.model.pool.stop();
    const wordVectors = new WordVectors({
      vocabSize: info.vocabSize,
      dim: model.config.dim,
      readEmbedding: model.readEmbedding,
      tokenize: (text) => tokenizer.tokenize([{ text, trusted: false }], { addBos: false, continues: true }),
    });
    this.#loaded = { info, model, tokenizer, template, sessions, scheduler, wordVectors };
    if (this.#grant) scheduler.grant(this.#grant);
  }

  /** @throws RangeError not a whole number from 1 to MAX_THREADS */
  #threads(wanted = 1): number {
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_THREADS) {
      throw new RangeError(`Got ${wanted} threads; expected a whole number from 1 to ${MAX_THREADS}.`);
    }
    return this.#options.startThread ? wanted : 1;
  }

  #model(): Loaded {
    if (this.#loaded) return this.#loaded;
    throw new EngineError('model-not-loaded', 'No model is loaded.', { hint: 'Await loadModel first.' });
  }

  #keyOf(sequence: string): string {
    return `${storeKey(this.#options.gameId, ...sequence.split('/'))}${CACHE}`;
  }

  async *#reportProgress(
    chunks: AsyncIterable<Uint8Array>,
    /** Undefined until it is known. */
    whole: { readonly bytes: number | undefined },
  ): AsyncGenerator<Uint8Array> {
    let loadedBytes = 0;
    let reportedMs = Number.NEGATIVE_INFINITY;
    for await (const chunk of chunks) {
      loadedBytes += chunk.byteLength;
      if (this.#options.now() - reportedMs >= PROGRESS_MS) {
        reportedMs = this.#options.now();
        // A file may go on a little behind its last tensor.
        const totalBytes = whole.bytes && Math.max(whole.bytes, loadedBytes);
        const progress: LoadProgress = { stage: 'download', loadedBytes, totalBytes };
        this.#post({ type: 'progress', progress });
      }
      yield chunk;
    }
  }

  /** Posts what has gathered, once a grant; with no game to disturb (unlimited time) at once. */
  #flush(): void {
    const { frame, ms } = this.#grant ?? { frame: -1, ms: 0 };
    if (frame === this.#postedFrame && ms !== Number.POSITIVE_INFINITY) return;
    // Time in which no token ended is not worth a message of its own.
    const ended = this.#uses.some(({ decodeTokens, prefillTokens }) => decodeTokens + prefillTokens > 0);
    if (this.#outbox.length === 0 && !ended && this.#uses.length < MAX_UNTOLD_USES) return;
    this.#postedFrame = frame;
    this.#post({ type: 'frame', use: this.#uses, chunks: this.#outbox });
    this.#uses = [];
    this.#outbox = [];
  }

  #post(message: WorkerMessage): void {
    this.#lastPostMs = this.#options.now();
    this.#options.post(message);
  }
}

function timedChunkRows({ config }: LlamaModel): number {
  const { dim, hiddenDim, headSize, nHeads, nKvHeads } = config;
  const macs = 2 * dim * headSize * (nHeads + nKvHeads) + 3 * dim * hiddenDim;
  const rows = Math.floor(CHUNK_LAYER_MACS / macs / 4) * 4;
  return Math.min(Math.max(rows, 4), MAX_CHUNK_ROWS);
}

function abortError(): DOMException {
  return new DOMException('The generation was cancelled.', 'AbortError');
}
