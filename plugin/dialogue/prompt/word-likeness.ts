/** How near the words of lines are in meaning to those of facts, asked of the engine once a word. */
import type { EnginePort } from '../../engine-port.js';

/** Words of the last lines, and more. */
const MAX_WORDS = 256;

export class WordLikeness {
  #port: EnginePort | undefined;
  #vocabulary: readonly string[] = [];
  #rows = new Map<string, Float32Array>();

  /**
   * Cosines with each word of the vocabulary, by word; none of words that the engine tells nothing about.
   * @param vocabulary the same list as before where nothing changed in it
   */
  async of(
    port: EnginePort,
    words: readonly string[],
    vocabulary: readonly string[],
  ): Promise<ReadonlyMap<string, Float32Array>> {
    if (port !== this.#port || vocabulary !== this.#vocabulary || this.#rows.size > MAX_WORDS) {
      this.#rows = new Map();
    }
    this.#port = port;
    this.#vocabulary = vocabulary;
    const rows = this.#rows;
    const missing = [...new Set(words)].filter((word) => !rows.has(word));
    if (missing.length === 0 || !port.similarities) return rows;
    try {
      const all = await port.similarities(missing, vocabulary);
      missing.forEach((word, i) => {
        rows.set(word, all.subarray(i * vocabulary.length, (i + 1) * vocabulary.length));
      });
    } catch {
      // Of a lost worker; the search by words alone is good enough until it is back.
    }
    return rows;
  }
}
