/**
 * One request on its way through the model: prefill, then decode until it stops.
 * It says which rows it wants computed next and takes their logits; the scheduler decides when.
 */
import type { ForwardRow } from './model/forward.js';
import type { GenerateResult, Piece, Priority, Usage } from './protocol.js';
import type { Sampler } from './sampler/sampler.js';
import { StopMatcher } from './sampler/stop.js';
import type { Session } from './session.js';
import { StreamingText } from './tokenizer/text-decoder.js';

export interface GenerationOptions {
  readonly session: Session;
  /** Ids of the whole prompt, at least one and fewer than nCtx. */
  readonly prompt: readonly number[];
  readonly priority: Priority;
  readonly nCtx: number;
  /** When the request came; milliseconds on the clock of `now`. */
  readonly arrivedMs: number;
  /** Milliseconds on the worker's clock. */
  readonly now: () => number;
  /** Absent: only prefill. */
  readonly decode?: DecodeOptions;
}

export interface DecodeOptions {
  readonly sampler: Sampler;
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly eogTokens: ReadonlySet<number>;
  readonly pieceBytes: (token: number) => Uint8Array;
  readonly onPieces: (pieces: readonly Piece[]) => void;
}

/** A sampled token and where the answer's text ended after it, for cutting at a stop string. */
interface Sampled {
  readonly token: number;
  readonly textEnd: number;
}

export class Generation {
  readonly session: Session;
  readonly priority: Priority;
  readonly result: Promise<GenerateResult>;
  readonly #options: GenerationOptions;
  readonly #text = new StreamingText();
  readonly #stop: StopMatcher;
  readonly #sampled: Sampled[] = [];
  /** All ids that the sequence is to hold: the prompt and what was sampled. */
  readonly #tokens: number[];
  #released = '';
  #rawLength = 0;
  #prefilled = 0;
  #firstTokenMs: number | undefined;
  #settle!: { resolve: (result: GenerateResult) => void; reject: (error: unknown) => void };
  #finished = false;

  constructor(options: GenerationOptions) {
    this.#options = options;
    this.session = options.session;
    this.priority = options.priority;
    this.#tokens = [...options.prompt];
    options.session.cutTo(options.prompt);
    this.#stop = new StopMatcher(options.decode?.stop ?? []);
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // A cancelled generation may have nobody left who listens.
    this.result.catch(() => undefined);
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Tokens that are known but not computed: 1 while decoding, more while the prompt is prefilled. */
  get pending(): number {
    return this.#tokens.length - this.session.kv.length;
  }

  /** Ids of the positions that are or will be computed. */
  get tokens(): readonly number[] {
    return this.#tokens;
  }

  get decoding(): boolean {
    return this.#sampled.length > 0 && this.pending === 1;
  }

  /** Whether the last of the next `count` rows gives a new token. */
  samplesAfter(count: number): boolean {
    return count === this.pending && this.#options.decode !== undefined;
  }

  /** Rows for the next `count` pending tokens, whose positions must be reserved. */
  rows(count: number): ForwardRow[] {
    const { kv } = this.session;
    const first = kv.length;
    const last = this.#tokens.length - 1;
    return this.#tokens.slice(first, first + count).map((token, i) => ({
      sequence: kv,
      position: first + i,
      token,
      wantsLogits: first + i === last && this.samplesAfter(count),
    }));
  }

  /** Takes `count` computed rows; `logits` of the last one where it wanted them. */
  advance(count: number, logits: Float32Array | undefined): void {
    const first = this.session.kv.length;
    if (!this.decoding) this.#prefilled += count;
    this.session.advance(this.#tokens.slice(first, first + count));
    if (this.pending > 0) return;
    if (logits === undefined) this.#finish('stop');
    else this.#sample(logits);
  }

  /** Takes no more part; what was computed stays in the session. */
  cancel(error: unknown): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#settle.reject(error);
  }

  #sample(logits: Float32Array): void {
    const decode = this.#options.decode!;
    const token = decode.sampler.sample(logits);
    this.#firstTokenMs ??= this.#options.now() - this.#options.arrivedMs;
    if (decode.eogTokens.has(token)) {
      this.#finish('stop');
      return;
    }
    decode.sampler.accept(token);
    const text = this.#text.push(decode.pieceBytes(token));
    this.#rawLength += text.length;
    // A token that leaves a character open is kept only with text behind it.
    this.#sampled.push({ token, textEnd: this.#rawLength + (this.#text.open ? 1 : 0) });
    const { text: safe, stopped } = this.#stop.push(text);
    this.#released += safe;
    decode.onPieces([{ token, text: safe }]);
    this.#tokens.push(token);
    if (stopped) this.#finish('stop');
    else if (this.#sampled.length >= decode.maxTokens || this.#tokens.length >= this.#options.nCtx) {
      this.#finish('length');
    }
  }

  #finish(finish: GenerateResult['finish']): void {
    this.#finished = true;
    if (!this.#stop.stopped) this.#releaseRest();
    const end = this.#released.length;
    const kept = this.#sampled.filter(({ textEnd }) => textEnd <= end);
    this.#settle.resolve({
      text: this.#released,
      tokens: kept.map(({ token }) => token),
      finish,
      usage: this.#usage(),
    });
  }

  /** Releases text held back as a possible stop string; the bytes of an open UTF-8 character are dropped. */
  #releaseRest(): void {
    const rest = this.#stop.end();
    if (rest === '') return;
    this.#released += rest;
    this.#options.decode?.onPieces([{ token: null, text: rest }]);
  }

  #usage(): Usage {
    const promptTokens = this.#options.prompt.length;
    return {
      promptTokens,
      // Less than nothing where memory was taken away in the middle and the prompt computed again.
      cachedTokens: Math.max(0, promptTokens - this.#prefilled),
      prefilledTokens: this.#prefilled,
      decodedTokens: this.#sampled.length,
      ...(this.#firstTokenMs === undefined ? {} : { firstTokenMs: this.#firstTokenMs }),
      totalMs: this.#options.now() - this.#options.arrivedMs,
    };
  }
}
