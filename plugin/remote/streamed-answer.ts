import type { Chunk, GenerateResult } from '../engine-port.js';
import type { ChatEvent } from './chat-events.js';

/** One answer while it streams: what it begins with and has been shown already is taken off. */
export class StreamedAnswer {
  readonly #shown: string;
  readonly #onChunk: (chunk: Chunk) => void;
  readonly #startMs = performance.now();
  /** Of what came, how much of `#shown` it repeated. */
  #repeated = 0;
  #text = '';
  #reasoned = false;
  #pieces = 0;
  #finish: 'stop' | 'length' = 'stop';
  #firstMs: number | undefined;
  #promptTokens = 0;
  #cachedTokens = 0;

  /** @param shown what the answer must begin with */
  constructor(shown: string, onChunk: (chunk: Chunk) => void) {
    this.#shown = shown;
    this.#onChunk = onChunk;
  }

  /** Something of it was given out. */
  get begun(): boolean {
    return this.#text !== '';
  }

  /** All that came of it is the model's reasoning. */
  get onlyReasoned(): boolean {
    return this.#reasoned && this.#pieces === 0;
  }

  /** @returns false when it does not begin as it must: the server keeps to no grammar, and none of it is used */
  take({ text, reasoned, finish, promptTokens, cachedTokens }: ChatEvent): boolean {
    this.#reasoned ||= reasoned;
    this.#promptTokens = promptTokens ?? this.#promptTokens;
    this.#cachedTokens = cachedTokens ?? this.#cachedTokens;
    if (finish !== undefined) this.#finish = finish === 'length' ? 'length' : 'stop';
    if (text === '') return true;
    this.#pieces++;
    this.#firstMs ??= performance.now() - this.#startMs;
    const expected = this.#shown.slice(this.#repeated, this.#repeated + text.length);
    if (!text.startsWith(expected)) return false;
    this.#repeated += expected.length;
    const fresh = text.slice(expected.length);
    if (fresh === '') return true;
    this.#text += fresh;
    this.#onChunk({ pieces: [{ token: null, text: fresh }] });
    return true;
  }

  /** The request is sent again; nothing was given out. */
  restart(): void {
    this.#repeated = 0;
  }

  /** The server failed; what stands is all. */
  breakOff(): void {
    this.#finish = 'length';
  }

  result(): GenerateResult {
    return {
      text: this.#text,
      tokens: [],
      finish: this.#finish,
      usage: {
        promptTokens: this.#promptTokens,
        cachedTokens: this.#cachedTokens,
        prefilledTokens: Math.max(0, this.#promptTokens - this.#cachedTokens),
        decodedTokens: this.#pieces,
        ...(this.#firstMs === undefined ? {} : { firstTokenMs: this.#firstMs }),
        totalMs: performance.now() - this.#startMs,
      },
    };
  }
}
