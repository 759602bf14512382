/** Lets an answer through sentence by sentence: none that was said before, no loops, and no more than are wanted. */
import { firstSentenceEnd } from '../sentences.js';
import { words } from '../words.js';

/** A shorter sentence may be said twice in one answer: "Ha! Ha!" */
const MIN_WORDS_REPEATED = 2;
/** Words that come round this often are a loop. */
const LOOP_ROUNDS = 3;
const MAX_LOOP_WORDS = 8;
/** Of a sentence that comes again, so many words are enough to lead it elsewhere. */
const BANNED_WORDS = 3;

export interface GateRules {
  /** Sentences that may not be said again, as `plainSentence` gives them. */
  readonly spoken?: readonly string[];
  readonly maxSentences?: number | undefined;
  /** What was shown of the answer already. */
  readonly after?: string;
}

export interface Gated {
  readonly text: string;
  /** How the answer's first sentence begins, where that was said before; nothing of it was let through. */
  readonly repeated?: string;
}

/** A sentence as a listener hears it. */
export function plainSentence(sentence: string): string {
  return words(sentence).trim();
}

export class SentenceGate {
  readonly #spoken: Set<string>;
  #left: number;
  /** The sentence that is being said, and how much of it was let through. */
  #sentence: string;
  #passed: number;
  #first: boolean;
  #closed = false;

  constructor({ spoken = [], maxSentences = Number.POSITIVE_INFINITY, after = '' }: GateRules) {
    this.#spoken = new Set(spoken);
    this.#left = maxSentences;
    this.#sentence = after;
    for (let end = firstSentenceEnd(after); end !== undefined; end = firstSentenceEnd(this.#sentence)) {
      this.#count(this.#sentence.slice(0, end));
      this.#sentence = this.#sentence.slice(end);
    }
    this.#passed = this.#sentence.length;
    this.#first = after === '';
  }

  /** No more text comes through: what follows is said already, or too much. */
  get closed(): boolean {
    return this.#closed;
  }

  push(text: string): Gated {
    if (this.#closed) return { text: '' };
    this.#sentence += text;
    let out = '';
    for (
      let end = firstSentenceEnd(this.#sentence);
      end !== undefined && !this.#closed;
      end = firstSentenceEnd(this.#sentence)
    ) {
      const rest = this.#sentence.slice(end);
      const { text, repeated } = this.#endSentence(this.#sentence.slice(0, end));
      if (repeated !== undefined) return { text: '', repeated };
      out += text;
      this.#sentence = rest;
    }
    return { text: out + this.#beginning() };
  }

  /** The last sentence, when no more comes. */
  end(): Gated {
    return this.#closed ? { text: '' } : this.#endSentence(this.#sentence);
  }

  #endSentence(sentence: string): Gated {
    const text = sentence.slice(this.#passed);
    const plain = plainSentence(sentence);
    const untold = this.#passed === 0;
    this.#passed = 0;
    this.#sentence = '';
    if (untold && plain !== '' && this.#spoken.has(plain)) {
      this.#closed = true;
      return { text: '', ...(this.#first ? { repeated: beginningOf(sentence) } : {}) };
    }
    this.#first = false;
    this.#count(sentence);
    return { text };
  }

  #count(sentence: string): void {
    const plain = plainSentence(sentence);
    if (plain.split(' ').length >= MIN_WORDS_REPEATED) this.#spoken.add(plain);
    this.#left--;
    if (this.#left <= 0) this.#closed = true;
  }

  /** What may go of a sentence that is not over: all, once it is none of those that were said. */
  #beginning(): string {
    if (this.#closed) return '';
    const plain = plainSentence(this.#sentence);
    if (this.#passed === 0 && [...this.#spoken].some((spoken) => spoken.startsWith(plain))) return '';
    // The last word may go on.
    if (isLoop(plainSentence(this.#sentence.replace(/\S+$/u, '')).split(' '))) {
      this.#closed = true;
      return '';
    }
    const text = this.#sentence.slice(this.#passed);
    this.#passed = this.#sentence.length;
    return text;
  }
}

/** Whether the same words stand at the end, round after round; "no, no, no" is none yet. */
function isLoop(said: readonly string[]): boolean {
  for (let size = 1; size <= MAX_LOOP_WORDS; size++) {
    const length = size * (size === 1 ? LOOP_ROUNDS + 1 : LOOP_ROUNDS);
    if (length > said.length) return false;
    const tail = said.slice(-length);
    if (tail.every((word, i) => word === tail[i % size])) return true;
  }
  return false;
}

function beginningOf(sentence: string): string {
  return sentence.trim().split(/\s+/).slice(0, BANNED_WORDS).join(' ');
}
