/**
 * All that crosses the worker boundary: plain data and error codes, no side effects.
 * The plugin sees these types through `plugin/engine-port.ts`.
 */

/** What went wrong, for code; the message says it for people. */
export type EngineErrorCode =
  | 'gguf-not-gguf'
  | 'gguf-truncated'
  | 'gguf-limit'
  | 'gguf-invalid'
  | 'unsupported-architecture'
  | 'unsupported-tensor-type'
  | 'unsupported-tokenizer'
  | 'template-unsupported'
  | 'model-not-loaded'
  | 'model-fetch-failed'
  | 'model-busy'
  | 'model-mismatch'
  | 'model-not-stored'
  | 'quota-exceeded'
  | 'storage-unavailable'
  | 'context-full'
  | 'out-of-memory'
  | 'grammar-invalid'
  | 'snapshot-invalid'
  | 'store-failed'
  | 'worker-lost'
  | 'unsupported-browser'
  | 'internal';

/** An error of the engine: the message gives what was got and expected, the hint the remedy. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly hint: string | undefined;

  constructor(code: EngineErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/**
 * A stretch of a prompt. Special pieces of the vocabulary (`<|im_end|>`) are matched only in trusted text;
 * in untrusted text the template's role markers are broken up, so that a player cannot forge a turn.
 */
export interface Segment {
  readonly text: string;
  readonly trusted: boolean;
}

/** One message of a talk. A user message is rendered once and kept verbatim, so that its KV cache stays valid. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly segments: readonly Segment[] }
  | {
      readonly role: 'assistant';
      /** The whole answer as the player saw it. */
      readonly text: string;
      /** Ids that were sampled for a prefix of `text` (re-tokenizing need not give the same ids). */
      readonly tokens?: readonly number[];
    };

/** How one token is drawn from the logits. Every field is optional; an absent stage does nothing. */
export interface Sampling {
  /** 0 is greedy; otherwise the logits are divided by it. Default 0. */
  readonly temperature?: number;
  /** Keep the k most likely. 0 or absent: all. */
  readonly topK?: number;
  /** Keep the most likely tokens whose probabilities sum to at least this, in (0, 1]. */
  readonly topP?: number;
  /** Drop tokens less likely than this share of the most likely one, in [0, 1). */
  readonly minP?: number;
  /** Divides positive and multiplies negative logits of tokens already in the answer; 1 is off. */
  readonly repeatPenalty?: number;
  /** The turn does not end before this many tokens. Default 0. */
  readonly minTokens?: number;
}

/** A node of a grammar over Unicode text; data, so that it crosses the worker boundary. */
export type GrammarNode =
  | { readonly type: 'literal'; readonly text: string }
  /** One character (code point) in, or with `negated` out of, the inclusive ranges of code points. */
  | {
      readonly type: 'chars';
      readonly ranges: readonly (readonly [number, number])[];
      readonly negated?: boolean;
    }
  | { readonly type: 'sequence'; readonly items: readonly GrammarNode[] }
  | { readonly type: 'alternatives'; readonly items: readonly GrammarNode[] }
  /** `max` absent: unbounded. */
  | { readonly type: 'repeat'; readonly item: GrammarNode; readonly min: number; readonly max?: number }
  | { readonly type: 'reference'; readonly rule: string };

/** The answer must match rule `root` from its first byte on; the turn may end only where `root` is complete. */
export interface Grammar {
  readonly rules: Readonly<Record<string, GrammarNode>>;
}

/** Player-facing turns pre-empt the rest; background work takes what is left over. */
export type Priority = 'player' | 'npc' | 'background';

export interface GenerateRequest {
  /** Names one KV cache: `${slot}/${characterId}/${talk}`. */
  readonly sequence: string;
  /** Always the whole talk; the engine cuts its cache back to the longest equal prefix. */
  readonly messages: readonly Message[];
  /** The last message is a partial assistant answer to go on from. */
  readonly continueAnswer?: boolean;
  /** Run on a copy-on-write fork that is thrown away afterwards. */
  readonly fork?: boolean;
  readonly priority: Priority;
  readonly sampling: Sampling;
  /** Unsigned 32-bit integer; the same request with the same seed gives the same text. */
  readonly seed: number;
  readonly maxTokens: number;
  /** The answer ends before the first of these strings. */
  readonly stop: readonly string[];
  readonly grammar?: Grammar;
  /** Words that may not be completed in the answer, compared without case. */
  readonly ban?: readonly string[];
  /** Makes what begins with a text likelier, or with a negative number less likely. */
  readonly bias?: Bias;
}

/** Added to the logits of all tokens that begin with the text. */
export interface Bias {
  readonly text: string;
  readonly logit: number;
}

export type PrefillRequest = Pick<GenerateRequest, 'sequence' | 'messages' | 'priority'>;

/** One sampled token and the text it completed ('' while a UTF-8 character or a possible stop string is open). */
export interface Piece {
  /** Null where text was held back as a possible stop string and the answer ended. */
  readonly token: number | null;
  readonly text: string;
}

/** What was generated since the last chunk; at most one a frame. */
export interface Chunk {
  readonly pieces: readonly Piece[];
}

export interface Usage {
  /** Tokens of the whole prompt. */
  readonly promptTokens: number;
  /** Of these, already in the KV cache. */
  readonly cachedTokens: number;
  /** Computed now; more than `promptTokens - cachedTokens` where memory was taken away in the middle. */
  readonly prefilledTokens: number;
  readonly decodedTokens: number;
  /** From the request's arrival in the worker to the first sampled token; undefined when none was sampled. */
  readonly firstTokenMs?: number;
  readonly totalMs: number;
}

export interface GenerateResult {
  readonly text: string;
  /** The ids whose detokenization is `text`; a token cut by a stop string is not among them. */
  readonly tokens: readonly number[];
  /** `stop`: end of turn or a stop string; `length`: maxTokens or the context window. */
  readonly finish: 'stop' | 'length';
  readonly usage: Usage;
}

/** The memory of all KV caches, and what holds it. */
export interface CacheUse {
  /** Bytes of one page, which holds 16 positions. */
  readonly pageBytes: number;
  readonly pages: number;
  readonly freePages: number;
  readonly sequences: readonly {
    readonly sequence: string;
    readonly tokens: number;
    readonly pages: number;
    /** Of these, held together with another sequence. */
    readonly sharedPages: number;
  }[];
}

/** What the model computed since it was loaded: time is that of the worker, kernels and all. */
export interface WorkDone {
  readonly decodeTokens: number;
  readonly decodeMs: number;
  readonly prefillTokens: number;
  readonly prefillMs: number;
}

/** A request on its way. */
export interface RunningWork {
  readonly sequence: string;
  readonly kind: 'prefill' | 'decode';
  readonly priority: Priority;
  /** On a copy that is thrown away, such as suggestions. */
  readonly fork: boolean;
  /** Tokens in the KV cache, and those that are known and still to be computed. */
  readonly tokens: number;
  readonly pendingTokens: number;
}

/** What the engine holds and does at one moment; made when it is asked for. */
export interface EngineStatistics {
  readonly caches: CacheUse;
  /** The limit of all KV caches together. */
  readonly kvBytes: number;
  /** Sequences whose KV cache is saved. */
  readonly savedSequences: readonly string[];
  readonly running: readonly RunningWork[];
  readonly work: WorkDone;
}

/** What the worker may spend until the next grant; a grant replaces the last one, nothing accumulates. */
export interface Grant {
  /** The game step it belongs to, ascending; counters are reported under it. */
  readonly frame: number;
  readonly decodeTokens: number;
  readonly prefillTokens: number;
  /** The worker's own compute time. */
  readonly ms: number;
  /** Sequences (or prefixes ending in `/`) that may run; `'all'` where there is no game. */
  readonly runnable: 'all' | readonly string[];
}

/** Tokens that ended under one grant, and what was computed under it. Grants without any are told with the next token. */
export interface GrantUse {
  readonly frame: number;
  readonly decodeTokens: number;
  readonly prefillTokens: number;
  readonly ms: number;
}

/**
 * Kernels that give the same bits at other speeds: `plain` SIMD128; `relaxed` SIMD with sums in 16 bits; `wide`, relaxed
 * with the dot product that sums in 32 bits, for processors that have an instruction for it.
 */
export type KernelBuild = 'relaxed' | 'wide' | 'plain';

export interface LoadModelRequest {
  /** Absolute addresses of the parts of one GGUF file, in order. */
  readonly urls: readonly string[];
  /** Upper bound; the model's own context length may be lower. Default 1536. */
  readonly nCtx?: number;
  /** Memory for all KV caches together. Default 64 MiB. */
  readonly kvBytes?: number;
  /** Default: the fastest one by measurement, see engine/model/fastest-build.ts. */
  readonly build?: KernelBuild;
  /** 1 to 16; memory is shared between them, so without cross-origin isolation it is always 1. Default: cores - 1, at most 4. */
  readonly threads?: number;
}

export interface LoadProgress {
  readonly stage: 'download' | 'ready';
  readonly loadedBytes: number;
  /** Undefined where the server does not say and the file's header is not read yet. */
  readonly totalBytes: number | undefined;
}

export interface ModelInfo {
  /** `sha256:` and the hash of the GGUF file. */
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
  readonly nCtx: number;
  readonly vocabSize: number;
  readonly parameterCount: number;
  readonly weightBytes: number;
  readonly kvBytesPerToken: number;
  readonly memoryBytes: number;
  readonly build: KernelBuild;
  /** Whether weights are read ahead in memory, which is faster on some processors. */
  readonly readAhead: boolean;
  readonly threads: number;
  readonly loadMs: number;
}

/** Where a game keeps its saves, and whether this page may write there. */
export interface StorageState {
  /** Saves in `memory` are gone with the page; `files` are those of the command line. */
  readonly kind: 'opfs' | 'indexeddb' | 'memory' | 'files';
  /** False while another tab of the game writes: what is said here stays in memory until that one is closed. */
  readonly writable: boolean;
}

/** Worker to client over the transferred MessagePort; at most one `frame` message a grant. */
export type WorkerMessage =
  | {
      readonly type: 'frame';
      readonly use: readonly GrantUse[];
      readonly chunks: readonly { id: number; chunk: Chunk }[];
    }
  | { readonly type: 'progress'; readonly progress: LoadProgress }
  | { readonly type: 'storage'; readonly storage: StorageState }
  | { readonly type: 'alive' }
  | { readonly type: 'fatal'; readonly message: string };

/** Client to worker over the same port. */
export type ClientMessage =
  | { readonly type: 'grant'; readonly grant: Grant }
  | { readonly type: 'cancel'; readonly id: number };

/** The first message to a new worker. */
export interface StartMessage {
  readonly role: 'engine';
  /** Keeps the saves of games on one origin apart. */
  readonly gameId: string;
  /** Comlink's port. */
  readonly calls: MessagePort;
  /** For WorkerMessage and ClientMessage. */
  readonly stream: MessagePort;
}
