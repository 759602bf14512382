/** Lets text through in whole words, some words late, so that a forbidden phrase is seen before any of it is shown. */
import type { Grounding } from '../grounding.js';
import { endsLikeSentence, firstSentenceEnd } from '../sentences.js';

/** Longest phrase that is caught, in words. */
const HELD_WORDS = 4;

export interface Release {
  /** Text that may be shown now; never taken back. */
  readonly text: string;
  /** A forbidden phrase or word, or a word from nowhere, that came; everything not released is void. */
  readonly violation?: string;
}

export interface ReleaseRules {
  /** Words and phrases that may not be shown, compared without case, on word borders. */
  readonly forbidden: readonly string[];
  /** Finds the first word of whole words that may not be shown. */
  readonly forbiddenWord?: ((wholeWords: string) => string | undefined) | undefined;
  /** The numbers and names that may be shown; absent: all. */
  readonly grounding?: Grounding | undefined;
  /** What stands before the text. */
  readonly after?: string;
}

export class WordRelease {
  readonly #forbidden: readonly string[];
  readonly #forbiddenWord: ReleaseRules['forbiddenWord'];
  readonly #grounding: Grounding | undefined;
  #startsSentence: boolean;
  #pending = '';

  constructor({ forbidden, forbiddenWord, grounding, after = '' }: ReleaseRules) {
    this.#forbiddenWord = forbiddenWord;
    this.#grounding = grounding;
    this.#startsSentence = endsSentence(after);
    this.#forbidden = forbidden.map((phrase) => phrase.toLowerCase().trim()).filter(Boolean);
  }

  push(text: string): Release {
    this.#pending += text;
    // The last word may go on, and be another one then.
    const violation = this.#violation(this.#pending.replace(/\S+$/u, ''));
    if (violation !== undefined) return { text: '', violation };
    // Word starts in what is held; all before the last four words may go.
    const starts = [...this.#pending.matchAll(/(?<=\s|^)\S/gu)].map(({ index }) => index);
    const keepFrom = starts.at(-HELD_WORDS - 1) === undefined ? 0 : starts.at(-HELD_WORDS)!;
    // The space goes with the word behind it, which may never come.
    const release = this.#pending.slice(0, keepFrom).trimEnd();
    this.#pending = this.#pending.slice(release.length);
    if (release !== '') this.#startsSentence = endsSentence(release);
    return { text: release };
  }

  /** The held words, when no more comes. */
  end(): Release {
    const violation = this.#violation(this.#pending);
    const text = violation === undefined ? this.#pending : '';
    this.#pending = '';
    return violation === undefined ? { text } : { text, violation };
  }

  /** The held words of an answer that was cut off, without the beginning of a sentence that it does not end. */
  cut(): Release {
    if (endsLikeSentence(this.#pending)) return this.end();
    let whole = 0;
    for (
      let next: number | undefined = 0;
      next !== undefined;
      next = firstSentenceEnd(this.#pending.slice(whole))
    )
      whole += next;
    // Where nothing ends in the held words, what was shown goes on in them.
    if (whole > 0) this.#pending = this.#pending.slice(0, whole).trimEnd();
    return this.end();
  }

  /** @param wholeWords the pending text as far as its words are complete */
  #violation(wholeWords: string): string | undefined {
    const text = this.#pending.toLowerCase();
    const phrase = this.#forbidden.find((phrase) => {
      for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
        const before = text.slice(0, at);
        const after = text.slice(at + phrase.length);
        if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
      }
      return false;
    });
    return (
      phrase ??
      this.#forbiddenWord?.(wholeWords) ??
      this.#grounding?.unknownWord(wholeWords, this.#startsSentence)
    );
  }
}

function endsSentence(text: string): boolean {
  return text.trim() === '' || /[.!?…:;—–]["'’”)]*\s*$/.test(text);
}
