/** What words mean, as far as the model's embedding matrix tells: words of near meanings have near vectors. */

/** Rows of the matrix that stand for all of them. */
const SAMPLE_ROWS = 2048;
/** Enough for a direction that is much longer than the others. */
const POWER_ROUNDS = 8;
/** Of a persona with hundreds of facts; beyond it all are computed anew. */
const MAX_WORDS = 8192;

export interface WordVectorsOptions {
  /** [vocabSize][dim] */
  readonly vocabSize: number;
  readonly dim: number;
  /** Writes the embedding of a token: float[dim]. */
  readonly readEmbedding: (token: number, out: Float32Array) => void;
  readonly tokenize: (text: string) => readonly number[];
}

/**
 * Unit vectors of words, the mean of their tokens' embeddings. What all embeddings have in common, their mean and the
 * direction in which they differ most (that of frequent and rare tokens), is taken out: it says nothing of meaning.
 * @source Mu and Viswanath, "All-but-the-Top", 2018
 */
export class WordVectors {
  readonly #options: WordVectorsOptions;
  readonly #vectors = new Map<string, Float32Array>();
  #common: { readonly mean: Float32Array; readonly direction: Float32Array } | undefined;

  constructor(options: WordVectorsOptions) {
    this.#options = options;
  }

  /**
   * Cosines between words, -1 to 1: float[words.length][others.length]. The same in every run; case is no difference.
   */
  similarities(words: readonly string[], others: readonly string[]): Float32Array {
    if (this.#vectors.size + words.length + others.length > MAX_WORDS) this.#vectors.clear();
    const right = others.map((word) => this.#vector(word));
    const out = new Float32Array(words.length * others.length);
    words.forEach((word, i) => {
      const left = this.#vector(word);
      right.forEach((vector, j) => {
        out[i * others.length + j] = dot(left, vector);
      });
    });
    return out;
  }

  #vector(word: string): Float32Array {
    const plain = word.toLowerCase();
    let vector = this.#vectors.get(plain);
    if (!vector) {
      vector = this.#compute(plain);
      this.#vectors.set(plain, vector);
    }
    return vector;
  }

  #compute(word: string): Float32Array {
    const { dim, readEmbedding, tokenize } = this.#options;
    this.#common ??= this.#findCommon();
    const { mean, direction } = this.#common;
    const sum = new Float32Array(dim);
    const row = new Float32Array(dim);
    // In the middle of a text, where most of a word's tokens stand.
    for (const token of tokenize(` ${word}`)) {
      readEmbedding(token, row);
      subtract(row, mean, 1);
      subtract(sum, row, -1);
    }
    subtract(sum, direction, dot(sum, direction));
    return unit(sum);
  }

  /** The mean of a sample of the rows, and the first principal direction, by power iteration. */
  #findCommon(): { mean: Float32Array; direction: Float32Array } {
    const { dim, vocabSize, readEmbedding } = this.#options;
    const step = Math.max(1, Math.floor(vocabSize / SAMPLE_ROWS));
    const mean = new Float32Array(dim);
    const rows: Float32Array[] = [];
    for (let token = 0; token < vocabSize; token += step) {
      const row = new Float32Array(dim);
      readEmbedding(token, row);
      rows.push(row);
      subtract(mean, row, -1);
    }
    for (let i = 0; i < dim; i++) mean[i]! /= rows.length;
    for (const row of rows) subtract(row, mean, 1);
    let direction = unit(new Float32Array(dim).fill(1));
    for (let round = 0; round < POWER_ROUNDS; round++) {
      const next = new Float32Array(dim);
      for (const row of rows) subtract(next, row, -dot(row, direction));
      direction = unit(next);
    }
    return { mean, direction };
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** `target -= factor · vector` */
function subtract(target: Float32Array, vector: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! -= factor * vector[i]!;
}

/** The vector at length 1, in place; one of length 0 stays. */
function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return vector;
}
