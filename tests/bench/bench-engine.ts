/** The real worker with a model, which may compute all the time; requests as benchmarks make them. */
import {
  createEngine,
  type EngineOptions,
  type KernelBuild,
  type LoadedEngine,
  type ModelInfo,
} from '../../engine/index.js';
import type { GenerateResult, Message } from '../../engine/protocol.js';

/** What the command hands to its page. */
export interface PageOptions {
  readonly modelUrl: string;
  readonly threads: number;
  readonly build?: KernelBuild;
}

export class BenchEngine {
  readonly loadMs: number;
  readonly #port: LoadedEngine;
  #sequences = 0;

  private constructor(port: LoadedEngine, loadMs: number) {
    this.#port = port;
    this.loadMs = loadMs;
  }

  static async load(
    { modelUrl, threads, build }: PageOptions,
    options: Partial<EngineOptions> = {},
  ): Promise<BenchEngine> {
    const engine = createEngine({ gameId: `bench-${Date.now()}`, ...options });
    const unlimited = Number.POSITIVE_INFINITY;
    engine.grant({
      frame: 1,
      decodeTokens: unlimited,
      prefillTokens: unlimited,
      ms: unlimited,
      runnable: 'all',
    });
    const startMs = performance.now();
    const port = await engine.loadModel({
      urls: [new URL(modelUrl, document.baseURI).href],
      threads,
      ...(build ? { build } : {}),
    });
    return new BenchEngine(port, performance.now() - startMs);
  }

  get info(): ModelInfo {
    return this.#port.info;
  }

  countTokens(texts: readonly string[]): Promise<number[]> {
    return this.#port.countTokens(texts);
  }

  prefill(sequence: string, messages: readonly Message[]): Promise<void> {
    return this.#port.prefill({ sequence, messages, priority: 'player' });
  }

  drop(sequence: string): Promise<void> {
    return this.#port.drop(sequence);
  }

  /** Exactly `tokens` tokens. */
  generate(
    messages: readonly Message[],
    tokens: number,
    sequence: string = this.newSequence(),
    onTokens: (count: number) => void = () => undefined,
  ): Promise<GenerateResult> {
    return this.#port.generate(
      {
        sequence,
        messages,
        priority: 'player',
        sampling: { minTokens: tokens },
        seed: 1,
        maxTokens: tokens,
        stop: [],
      },
      ({ pieces }) => onTokens(pieces.length),
    );
  }

  newSequence(): string {
    return `bench/talk-${++this.#sequences}/1`;
  }
}

export function system(text: string): Message {
  return { role: 'system', segments: [{ text, trusted: true }] };
}

export function user(text: string): Message {
  return { role: 'user', segments: [{ text, trusted: true }] };
}
