/** Token ids, the highest score first and equal ones by id; ordered only as far as they are taken. */
export class CandidateQueue {
  readonly #ids: Int32Array;
  #scores: Float32Array = new Float32Array(0);
  #size = 0;

  constructor(vocabSize: number) {
    this.#ids = new Int32Array(vocabSize);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Takes in the tokens whose score lies in [floor, ceiling] and whose class is open; forgets those before.
   * @param scores f32[vocabSize], not to change until the last token is taken
   * @param classes the class of each token
   * @param open 1 for each class that may come
   */
  fill(scores: Float32Array, floor: number, ceiling: number, classes: Uint16Array, open: Uint8Array): void {
    const ids = this.#ids;
    let size = 0;
    for (let token = 0; token < scores.length; token++) {
      const score = scores[token]!;
      if (score >= floor && score <= ceiling && open[classes[token]!] === 1) ids[size++] = token;
    }
    this.#scores = scores;
    this.#size = size;
    this.#order();
  }

  /** Drops what is not admitted. */
  keep(admits: (token: number) => boolean): void {
    const ids = this.#ids;
    let size = 0;
    for (let i = 0; i < this.#size; i++) {
      if (admits(ids[i]!)) ids[size++] = ids[i]!;
    }
    this.#size = size;
    this.#order();
  }

  /** The sum over all tokens, in an order that the ids and scores alone decide. */
  sum(weigh: (token: number) => number): number {
    let sum = 0;
    for (let i = 0; i < this.#size; i++) sum += weigh(this.#ids[i]!);
    return sum;
  }

  /** Takes the best one out; undefined when none is left. */
  take(): number | undefined {
    if (this.#size === 0) return undefined;
    const best = this.#ids[0]!;
    this.#size--;
    this.#ids[0] = this.#ids[this.#size]!;
    this.#sink(0);
    return best;
  }

  #order(): void {
    for (let i = (this.#size >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  /** Restores the heap below `at`. */
  #sink(at: number): void {
    const ids = this.#ids;
    const size = this.#size;
    const token = ids[at]!;
    let hole = at;
    for (let child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && this.#precedes(ids[child + 1]!, ids[child]!)) child++;
      if (!this.#precedes(ids[child]!, token)) break;
      ids[hole] = ids[child]!;
      hole = child;
    }
    ids[hole] = token;
  }

  #precedes(a: number, b: number): boolean {
    const difference = this.#scores[a]! - this.#scores[b]!;
    return difference > 0 || (difference === 0 && a < b);
  }
}
