/**
 * The small interface that dialogue needs from any engine: our worker, a remote server, or a script in a test.
 * Only data crosses it. Roll back, sample again and barge-in are all "call `generate` with other messages".
 */
import type { Chunk, GenerateRequest, GenerateResult, PrefillRequest } from '../engine/protocol.js';

export type {
  Chunk,
  GenerateRequest,
  GenerateResult,
  Grammar,
  GrammarNode,
  Message,
  Piece,
  PrefillRequest,
  Priority,
  Sampling,
  Segment,
  Usage,
} from '../engine/protocol.js';

/** Small documents (transcripts, saves) under keys like `${slot}/${characterId}.talk`; works before a model is loaded. */
export interface DocStore {
  readDoc(key: string): Promise<Uint8Array | undefined>;
  writeDoc(key: string, bytes: Uint8Array): Promise<void>;
}

/** Also tells which documents there are. */
export interface ListedDocStore extends DocStore {
  /** Keys of the documents in a folder, such as a slot; one that was never written whole reads as undefined. */
  listDocs(folder: string): Promise<string[]>;
}

export interface EnginePort extends DocStore {
  readonly model: { readonly id: string; readonly nCtx: number };
  /** Token counts of trusted texts, one each; batched. */
  countTokens(texts: readonly string[]): Promise<number[]>;
  /**
   * How near words are to others in meaning: cosines, float[words.length][others.length], from an engine that can tell.
   */
  similarities?(words: readonly string[], others: readonly string[]): Promise<Float32Array>;
  /**
   * Answers the last message of the talk.
   * @throws EngineError `worker-lost`, `context-full`, `grammar-invalid`
   * @throws DOMException `AbortError` when `signal` aborts; what was streamed until then stays valid
   */
  generate(
    request: GenerateRequest,
    onChunk: (chunk: Chunk) => void,
    signal?: AbortSignal,
  ): Promise<GenerateResult>;
  /** Runs a talk's prompt into its KV cache, so that the next `generate` starts at once. */
  prefill(request: PrefillRequest, signal?: AbortSignal): Promise<void>;
  /** Forgets the KV caches of a sequence, in memory and on disk. */
  drop(sequence: string): Promise<void>;
}
