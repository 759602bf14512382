/** Lets text through in whole words, some words late, so that a forbidden phrase is seen before any of it is shown. */

/** Longest phrase that is caught, in words. */
const HELD_WORDS = 4;

/** What no character of any game says; the classic failure of language models. */
const OUT_OF_CHARACTER = [
  'language model',
  'as an ai',
  'an ai assistant',
  'chatbot',
  'i was trained',
  'my training data',
];

export interface Release {
  /** Text that may be shown now; never taken back. */
  readonly text: string;
  /** A forbidden phrase that came; everything not released is void. */
  readonly violation?: string;
}

export class WordRelease {
  readonly #forbidden: readonly string[];
  #pending = '';

  /** @param forbidden words and phrases, compared without case, on word borders */
  constructor(forbidden: readonly string[]) {
    this.#forbidden = [...OUT_OF_CHARACTER, ...forbidden]
      .map((phrase) => phrase.toLowerCase().trim())
      .filter(Boolean);
  }

  push(text: string): Release {
    this.#pending += text;
    const violation = this.#violation();
    if (violation !== undefined) return { text: '', violation };
    // Word starts in what is held; all before the last four words may go.
    const starts = [...this.#pending.matchAll(/(?<=\s|^)\S/gu)].map(({ index }) => index);
    const keepFrom = starts.at(-HELD_WORDS - 1) === undefined ? 0 : starts.at(-HELD_WORDS)!;
    const release = this.#pending.slice(0, keepFrom);
    this.#pending = this.#pending.slice(keepFrom);
    return { text: release };
  }

  /** The held words, when no more comes. */
  end(): Release {
    const violation = this.#violation();
    const text = violation === undefined ? this.#pending : '';
    this.#pending = '';
    return violation === undefined ? { text } : { text, violation };
  }

  #violation(): string | undefined {
    const text = this.#pending.toLowerCase();
    return this.#forbidden.find((phrase) => {
      for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
        const before = text.slice(0, at);
        const after = text.slice(at + phrase.length);
        if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
      }
      return false;
    });
  }
}
