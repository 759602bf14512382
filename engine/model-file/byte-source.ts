/** A stream of byte chunks, read piece by piece; holds one chunk and what was asked for, never the whole file. */
import { EngineError } from '../protocol.js';

export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #position = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes consumed so far. */
  get position(): number {
    return this.#position;
  }

  /**
   * The next `n` bytes: a view or a copy, valid until the next call.
   * @throws EngineError gguf-truncated: the stream ends before
   */
  async read(n: number): Promise<Uint8Array> {
    if (this.#chunk.length - this.#offset >= n) return this.#take(n);
    const bytes = new Uint8Array(n);
    let filled = 0;
    while (filled < n) {
      if (this.#offset === this.#chunk.length && !(await this.#next())) throw this.#truncated(n - filled);
      const part = this.#take(Math.min(n - filled, this.#chunk.length - this.#offset));
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }

  /** @throws EngineError gguf-truncated: the stream ends before `n` bytes */
  async skip(n: number): Promise<void> {
    let left = n;
    while (left > 0) {
      if (this.#offset === this.#chunk.length && !(await this.#next())) throw this.#truncated(left);
      left -= this.#take(Math.min(left, this.#chunk.length - this.#offset)).length;
    }
  }

  async atEnd(): Promise<boolean> {
    return this.#offset === this.#chunk.length && !(await this.#next());
  }

  /** Ends the stream early, so that its producer can close a connection or a file. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(n: number): Uint8Array {
    const part = this.#chunk.subarray(this.#offset, this.#offset + n);
    this.#offset += n;
    this.#position += n;
    return part;
  }

  async #next(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#chunk = value;
      this.#offset = 0;
      if (value.length > 0) return true;
    }
  }

  #truncated(missing: number): EngineError {
    return new EngineError(
      'gguf-truncated',
      `The file ends at byte ${this.#position}; expected at least ${missing} more.`,
      { hint: 'The download was cut short, or the file is damaged: load it again.' },
    );
  }
}
