/** A remote server in place of the worker engine; what is said is still saved on the player's machine. */
import type { Grant, GrantUse, LoadModelRequest, LoadProgress, ModelInfo } from '../../engine/index.js';
import type { EnginePort, GenerateRequest } from '../engine-port.js';
import type { GameEngine, GameEngineEvents } from '../phaser/options.js';
import { Connection, type ListedModel } from './connection.js';
import type { CheckedOptions } from './options.js';
import { RemoteError } from './remote-error.js';
import { RemotePort } from './remote-port.js';
import { RequestQueue } from './request-queue.js';
import { kindOf, serverOf } from './servers.js';

/** The least that a server is started with, where it does not tell. */
const DEFAULT_CONTEXT = 2048;

/** What keeps the documents: the worker engine, without a model. */
export type Saves = Pick<GameEngine, 'readDoc' | 'writeDoc' | 'listDocs' | 'grant' | 'on' | 'dispose'>;

export class RemoteEngine implements GameEngine {
  readonly remote: { readonly host: string };
  readonly #options: CheckedOptions;
  readonly #saves: Saves;
  readonly #connection: Connection;
  readonly #queue: RequestQueue;
  readonly #use = new Set<(use: GrantUse) => void>();
  readonly #disposal = new AbortController();
  #frame = 0;

  constructor(options: CheckedOptions, saves: Saves) {
    this.#options = options;
    this.#saves = saves;
    this.#connection = new Connection(options);
    this.#queue = new RequestQueue(options.maxParallel);
    this.remote = { host: options.base.host };
    console.info(
      `Parley: characters answer from ${options.base.host} (${options.model}): what the player says, and what the characters know, is sent there${inTheOpen(options.base) ? ', not encrypted' : ''}.`,
    );
  }

  get busy(): boolean {
    return this.#queue.busy;
  }

  /**
   * Asks the server for its models, and what kind of server it is. Addresses and threads are those of the bundled
   * engine, and mean nothing here; the context window is that of the options or of the server.
   * @throws RemoteError the server cannot be reached, refuses, or does not have the model
   */
  async loadModel(
    _request: LoadModelRequest,
    onProgress: (progress: LoadProgress) => void = () => undefined,
  ): Promise<EnginePort & { readonly info: ModelInfo }> {
    const startMs = performance.now();
    const { base, model } = this.#options;
    const listed = await this.#connection.models(this.#disposal.signal);
    const found = listed.find(({ id }) => id === model || id === `${model}:latest`);
    const kind = this.#options.server ?? kindOf((found ?? listed[0])?.owner);
    const server = serverOf(kind);
    if (!found && server.strictNames) throw noSuchModel(model, listed, base);
    const nCtx = this.#options.nCtx ?? found?.nCtx ?? DEFAULT_CONTEXT;
    const id = `remote:${base.host}/${model}`;
    const port = new RemotePort({ id, nCtx }, this.#options, server, this.#connection, this.#queue);
    onProgress({ stage: 'ready', loadedBytes: 0, totalBytes: 0 });
    return {
      model: port.model,
      info: remoteInfo(id, model, kind, nCtx, performance.now() - startMs),
      countTokens: (texts) => port.countTokens(texts),
      generate: (request, onChunk, signal) => this.#counted(port, request, onChunk, signal),
      prefill: () => port.prefill(),
      drop: () => port.drop(),
      readDoc: (key) => this.readDoc(key),
      writeDoc: (key, bytes) => this.writeDoc(key, bytes),
    };
  }

  /** Which talks may ask; tokens and milliseconds are spent on another machine. */
  grant(grant: Grant): void {
    this.#frame = grant.frame;
    this.#queue.setRunnable(grant.runnable);
    this.#saves.grant(grant);
  }

  readDoc(key: string): Promise<Uint8Array | undefined> {
    return this.#saves.readDoc(key);
  }

  writeDoc(key: string, bytes: Uint8Array): Promise<void> {
    return this.#saves.writeDoc(key, bytes);
  }

  listDocs(folder: string): Promise<string[]> {
    return this.#saves.listDocs(folder);
  }

  on<E extends keyof GameEngineEvents>(event: E, listener: GameEngineEvents[E]): () => void {
    if (event === 'storage') return this.#saves.on(event, listener);
    // The worker that keeps the saves may die and come back; the model does not go with it.
    if (event !== 'use') return () => undefined;
    const use = listener as GameEngineEvents['use'];
    this.#use.add(use);
    return () => this.#use.delete(use);
  }

  dispose(): void {
    this.#disposal.abort();
    this.#saves.dispose();
  }

  async #counted(
    port: RemotePort,
    request: GenerateRequest,
    onChunk: Parameters<EnginePort['generate']>[1],
    signal: AbortSignal | undefined,
  ): ReturnType<EnginePort['generate']> {
    const own = new AbortController();
    const end = () => own.abort(signal?.aborted ? signal.reason : this.#disposal.signal.reason);
    const signals = [this.#disposal.signal, ...(signal ? [signal] : [])];
    for (const each of signals) each.addEventListener('abort', end, { once: true });
    if (signals.some(({ aborted }) => aborted)) end();
    try {
      const result = await port.generate(
        request,
        (chunk) => {
          this.#spend(chunk.pieces.length, 0);
          onChunk(chunk);
        },
        own.signal,
      );
      this.#spend(0, result.usage.prefilledTokens);
      return result;
    } finally {
      for (const each of signals) each.removeEventListener('abort', end);
    }
  }

  #spend(decodeTokens: number, prefillTokens: number): void {
    for (const use of this.#use) use({ frame: this.#frame, decodeTokens, prefillTokens, ms: 0 });
  }
}

function noSuchModel(model: string, listed: readonly ListedModel[], base: URL): RemoteError {
  const names = listed.map(({ id }) => id).join(', ') || 'none';
  return new RemoteError('remote-not-found', `Got the models ${names} from ${base}; expected ${model}.`, {
    hint: 'Name one of those, or have the server load it.',
  });
}

/** What a server does not tell is 0. */
function remoteInfo(id: string, name: string, kind: string, nCtx: number, loadMs: number): ModelInfo {
  return {
    id,
    name,
    architecture: kind,
    nCtx,
    vocabSize: 0,
    parameterCount: 0,
    weightBytes: 0,
    kvBytesPerToken: 0,
    memoryBytes: 0,
    build: 'plain',
    readAhead: false,
    threads: 0,
    loadMs,
  };
}

function inTheOpen({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}
