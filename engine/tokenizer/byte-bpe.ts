/** Byte-level BPE as in GPT-2: words are cut by a pattern, their bytes merged pair by pair in the order of the merge list. */
import type { GgufValue } from '../model-file/gguf-reader.js';
import { EngineError } from '../protocol.js';
import type { TextTokenizer } from './tokenizer.js';
import { PIECE_USER_DEFINED, stringList, type Vocabulary } from './vocabulary.js';

// White space as llama.cpp's Unicode table has it; JavaScript's \s differs in U+0085 and U+FEFF.
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const GPT2_WORD = new RegExp(
  `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${SPACE}\\p{L}\\p{N}]+|[${SPACE}]+(?![^${SPACE}])|[${SPACE}]+`,
  'gu',
);
const DIGIT = /\p{N}/gu;

/** How text is cut before merging, by the file's `tokenizer.ggml.pre`. @source llama.cpp, llama-vocab.cpp */
const PRE_TOKENIZERS: Record<string, { readonly singleDigits: boolean }> = {
  'gpt-2': { singleDigits: false },
  default: { singleDigits: false },
  smollm: { singleDigits: true },
  starcoder: { singleDigits: true },
};

/** Words are met again and again; past this many the memo starts afresh. */
const MEMO_WORDS = 20_000;

export class ByteBpe implements TextTokenizer {
  readonly #vocabulary: Vocabulary;
  /** `left right` to its place in the merge list. */
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #singleDigits: boolean;
  readonly #memo = new Map<string, readonly number[]>();
  readonly #encoder = new TextEncoder();

  constructor(metadata: ReadonlyMap<string, GgufValue>, vocabulary: Vocabulary) {
    const name = String(metadata.get('tokenizer.ggml.pre') ?? 'default');
    const pre = Object.hasOwn(PRE_TOKENIZERS, name) ? PRE_TOKENIZERS[name] : undefined;
    if (!pre) {
      throw new EngineError(
        'unsupported-tokenizer',
        `Got pre-tokenizer ${name}; expected one of ${Object.keys(PRE_TOKENIZERS).join(', ')}.`,
      );
    }
    this.#vocabulary = vocabulary;
    this.#singleDigits = pre.singleDigits;
    this.#ranks = new Map(
      stringList(metadata, 'tokenizer.ggml.merges').map((merge, rank) => [merge, rank] as const),
    );
  }

  tokenizeText(text: string, out: number[]): void {
    if (!this.#singleDigits) {
      this.#words(text, out);
      return;
    }
    let end = 0;
    for (const { 0: digit, index } of text.matchAll(DIGIT)) {
      if (index > end) this.#words(text.slice(end, index), out);
      this.#word(digit, out);
      end = index + digit.length;
    }
    if (end < text.length) this.#words(text.slice(end), out);
  }

  pieceBytes(token: number): Uint8Array {
    const piece = this.#vocabulary.pieces[token] ?? '';
    if (this.#vocabulary.types[token] === PIECE_USER_DEFINED) return this.#encoder.encode(piece);
    return Uint8Array.from(
      [...piece].flatMap((char) => BYTE_OF.get(char) ?? [...this.#encoder.encode(char)]),
    );
  }

  #words(text: string, out: number[]): void {
    for (const [word] of text.matchAll(GPT2_WORD)) this.#word(word, out);
  }

  #word(word: string, out: number[]): void {
    let ids = this.#memo.get(word);
    if (!ids) {
      ids = this.#merge(word);
      if (this.#memo.size >= MEMO_WORDS) this.#memo.clear();
      this.#memo.set(word, ids);
    }
    for (const id of ids) out.push(id);
  }

  /** Merges the pair of lowest rank, leftmost first, until none is left. */
  #merge(word: string): readonly number[] {
    const { idOf } = this.#vocabulary;
    const symbols = Array.from(this.#encoder.encode(word), (byte) => CHAR_OF[byte]!);
    const whole = idOf.get(symbols.join(''));
    const ranks = symbols.slice(1).map((symbol, i) => this.#rank(symbols[i]!, symbol));
    for (;;) {
      let best = -1;
      for (let i = 0; i < ranks.length; i++) {
        if (ranks[i]! < (best < 0 ? Number.POSITIVE_INFINITY : ranks[best]!)) best = i;
      }
      if (best < 0) break;
      symbols.splice(best, 2, symbols[best]! + symbols[best + 1]!);
      ranks.splice(best, 1);
      if (best > 0) ranks[best - 1] = this.#rank(symbols[best - 1]!, symbols[best]!);
      if (best < ranks.length) ranks[best] = this.#rank(symbols[best]!, symbols[best + 1]!);
    }
    if (symbols.length === 1 && whole !== undefined) return [whole];
    // What no merge made a piece of falls back to its bytes.
    return symbols.flatMap((symbol) => {
      const id = idOf.get(symbol);
      if (id !== undefined) return [id];
      return [...symbol].flatMap((char) => idOf.get(char) ?? []);
    });
  }

  #rank(left: string, right: string): number {
    return this.#ranks.get(`${left} ${right}`) ?? Number.POSITIVE_INFINITY;
  }
}

/** The visible character that stands for each byte in the vocabulary. @source GPT-2, encoder.py, bytes_to_unicode */
const CHAR_OF: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte).map(
  (
    (next) => (byte: number) =>
      (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
        ? String.fromCodePoint(byte)
        : String.fromCodePoint(256 + next.value++)
  )({ value: 0 }),
);
const BYTE_OF: ReadonlyMap<string, number> = new Map(CHAR_OF.map((char, byte) => [char, byte]));
