import type { Chunk } from './protocol.js';

/** The pieces of one request. They and its result come over different ways, and either may come last. */
export class PieceStream {
  readonly #onChunk: (chunk: Chunk) => void;
  #received = 0;
  #total = Number.POSITIVE_INFINITY;
  #done: () => void = () => undefined;

  constructor(onChunk: (chunk: Chunk) => void) {
    this.#onChunk = onChunk;
  }

  push(chunk: Chunk): void {
    this.#received += chunk.pieces.length;
    this.#onChunk(chunk);
    if (this.#received >= this.#total) this.#done();
  }

  /** Resolves when so many pieces came in all. */
  async received(total: number): Promise<void> {
    if (this.#received >= total) return;
    this.#total = total;
    await new Promise<void>((done) => {
      this.#done = done;
    });
  }
}
