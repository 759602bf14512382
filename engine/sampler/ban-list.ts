import { foldCase } from './fold-case.js';
import type { PieceTable } from './piece-table.js';

const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;
/** Room in the tail for the character before a word: up to two UTF-16 units. */
const BEFORE_WORD = 2;

/** Refuses tokens that would complete a banned word in the answer, compared without case, at the start of a word. */
export class BanList {
  readonly #words: readonly string[];
  readonly #tailLength: number;
  /** The end of the answer, without case. */
  #tail = '';
  /** Bytes after it that begin a character. */
  #openBytes: Uint8Array = new Uint8Array(0);
  #inWord = false;
  /** What would complete the words that have begun. */
  #rests: readonly string[] = [];

  /** @param words empty ones are ignored */
  constructor(words: readonly string[]) {
    this.#words = words.map((word) => foldCase(new TextEncoder().encode(word))).filter((word) => word !== '');
    this.#tailLength = Math.max(0, ...this.#words.map((word) => word.length)) + BEFORE_WORD;
  }

  get empty(): boolean {
    return this.#words.length === 0;
  }

  /** Whether a token's piece after the answer so far completes a banned word. */
  refuses(token: number, pieces: PieceTable): boolean {
    const text =
      this.#openBytes.length === 0
        ? pieces.foldedText(token)
        : foldCase(join(this.#openBytes, pieces.piece(token)));
    if (this.#rests.some((rest) => text.startsWith(rest))) return true;
    return this.#words.some((word) => {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (!(at === 0 ? this.#inWord : ENDS_IN_WORD.test(text.slice(0, at)))) return true;
      }
      return false;
    });
  }

  /** Takes a piece into the answer. */
  accept(piece: Uint8Array): void {
    const bytes = join(this.#openBytes, piece);
    const whole = bytes.length - openLength(bytes);
    this.#openBytes = bytes.slice(whole);
    this.#tail = (this.#tail + foldCase(bytes.subarray(0, whole))).slice(-this.#tailLength);
    this.#inWord = ENDS_IN_WORD.test(this.#tail);
    this.#rests = this.#words.flatMap((word) =>
      Array.from({ length: word.length - 1 }, (_, i) => i + 1)
        .filter((n) => this.#tail.endsWith(word.slice(0, n)) && !ENDS_IN_WORD.test(this.#tail.slice(0, -n)))
        .map((n) => word.slice(n)),
    );
  }
}

/** How many bytes at the end begin a UTF-8 character without ending it. */
function openLength(bytes: Uint8Array): number {
  for (let n = 1; n <= 3 && n <= bytes.length; n++) {
    const byte = bytes[bytes.length - n]!;
    if (byte >= 0xc0) return n < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? n : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
