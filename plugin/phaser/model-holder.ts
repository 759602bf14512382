import type { EngineEvents } from '../../engine/index.js';
import {
  EngineError,
  type LoadModelRequest,
  type LoadProgress,
  type ModelInfo,
} from '../../engine/protocol.js';
import type { EnginePort } from '../engine-port.js';
import type { GameEngine } from './options.js';

/** How far the model is. */
export type ModelState = 'none' | 'loading' | 'ready' | 'failed' | 'lost';

export interface ModelListener {
  progress(progress: LoadProgress): void;
  ready(info: ModelInfo): void;
  failed(error: Error): void;
  lost: EngineEvents['lost'];
}

/** The one model of a game: which are known, which is loaded, and the port to it while it can answer. */
export class ModelHolder {
  readonly #engine: GameEngine | undefined;
  readonly #settings: Omit<LoadModelRequest, 'urls'>;
  readonly #listener: ModelListener;
  readonly #known = new Map<string, readonly string[]>();
  readonly #off: (() => void)[] = [];
  #state: ModelState = 'none';
  #port: (EnginePort & { readonly info: ModelInfo }) | undefined;
  /** The addresses last asked for, and the end of their load. */
  #id: string | undefined;
  #done: Promise<ModelInfo> | undefined;
  #settled: Promise<ModelInfo | undefined>;
  #settle: (info: ModelInfo | undefined) => void = () => undefined;

  constructor(
    engine: GameEngine | undefined,
    settings: Omit<LoadModelRequest, 'urls'>,
    listener: ModelListener,
  ) {
    this.#engine = engine;
    this.#settings = settings;
    this.#listener = listener;
    this.#settled = this.#newSettled();
    if (!engine) return;
    this.#off.push(
      engine.on('lost', (event) => this.#onLost(event)),
      engine.on('restored', () => this.#onRestored()),
    );
  }

  get state(): ModelState {
    return this.#state;
  }

  /** The loaded model; kept while a lost worker is being started again. */
  get info(): ModelInfo | undefined {
    return this.#port?.info;
  }

  /** The port, or undefined while no model can answer. */
  get port(): EnginePort | undefined {
    return this.#state === 'ready' ? this.#port : undefined;
  }

  /** Resolves with the model when it is ready, with undefined when it failed; never rejects. */
  get settled(): Promise<ModelInfo | undefined> {
    return this.#settled;
  }

  register(key: string, urls: readonly string[]): void {
    this.#known.set(key, urls);
  }

  /** The addresses registered under a key; undefined for an unknown one. */
  urlsOf(key: string): readonly string[] | undefined {
    return this.#known.get(key);
  }

  /**
   * Loads a model in place of the last one; the same addresses again join the load that is running or done.
   * @throws EngineError what the engine found wrong; `unsupported-browser` where there is none
   */
  load(urls: readonly string[]): Promise<ModelInfo> {
    const id = urls.join('\n');
    if (this.#done && this.#id === id && this.#state !== 'failed') return this.#done;
    if (this.#state === 'ready' || this.#state === 'failed') this.#settled = this.#newSettled();
    this.#state = 'loading';
    this.#port = undefined;
    this.#id = id;
    this.#done = this.#run(id, urls);
    return this.#done;
  }

  destroy(): void {
    for (const off of this.#off) off();
    // A load that ends with the game did not fail.
    this.#id = undefined;
    this.#settle(undefined);
  }

  async #run(id: string, urls: readonly string[]): Promise<ModelInfo> {
    // A later load may have taken over while this one was under way.
    const current = () => this.#id === id;
    try {
      if (!this.#engine) {
        throw new EngineError('unsupported-browser', 'This browser cannot start the engine worker.', {
          hint: 'Characters speak their authored lines. Use a browser with Web Workers and WebAssembly SIMD.',
        });
      }
      const port = await this.#engine.loadModel({ ...this.#settings, urls }, (progress) => {
        if (current()) this.#listener.progress(progress);
      });
      if (current()) {
        this.#port = port;
        this.#state = 'ready';
        this.#listener.ready(port.info);
        this.#settle(port.info);
      }
      return port.info;
    } catch (error) {
      if (current()) {
        this.#state = 'failed';
        this.#listener.failed(error instanceof Error ? error : new Error(String(error)));
        this.#settle(undefined);
      }
      throw error;
    }
  }

  #onLost(event: Parameters<EngineEvents['lost']>[0]): void {
    if (this.#state === 'ready' || this.#state === 'lost') this.#state = event.final ? 'failed' : 'lost';
    this.#listener.lost(event);
  }

  #onRestored(): void {
    if (this.#state !== 'lost' || !this.#port) return;
    this.#state = 'ready';
    this.#listener.ready(this.#port.info);
  }

  #newSettled(): Promise<ModelInfo | undefined> {
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }
}
