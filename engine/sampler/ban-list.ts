/** Refuses tokens that would complete a banned word in the answer, compared without case, at the start of a word. */
export class BanList {
  readonly #words: readonly string[];
  readonly #tailLength: number;
  #tail = '';

  constructor(words: readonly string[]) {
    this.#words = words.map((word) => word.toLowerCase()).filter((word) => word !== '');
    this.#tailLength = Math.max(0, ...this.#words.map((word) => word.length)) + 1;
  }

  /** Whether `text` after the answer so far completes a banned word. */
  refuses(text: string): boolean {
    if (this.#words.length === 0) return false;
    const whole = this.#tail + text.toLowerCase();
    return this.#words.some((word) => {
      for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
        const completedNow = at + word.length > this.#tail.length;
        if (completedNow && !/[\p{L}\p{N}]$/u.test(whole.slice(0, at))) return true;
      }
      return false;
    });
  }

  accept(text: string): void {
    if (this.#words.length > 0) this.#tail = (this.#tail + text.toLowerCase()).slice(-this.#tailLength);
  }
}
