/** SentencePiece-style BPE with scores and byte fallback, the vocabulary of Llama 2 and TinyLlama. */
import type { GgufValue } from '../model-file/gguf-reader.js';
import { EngineError } from '../protocol.js';
import type { TextTokenizer } from './tokenizer.js';
import { PIECE_BYTE, PIECE_UNKNOWN, type Vocabulary } from './vocabulary.js';

/** SentencePiece writes spaces as this character. */
const SPACE = '\u2581';

/** A stretch of the text; merged stretches stay in a doubly linked list. */
interface Symbol {
  text: string;
  previous: number;
  next: number;
}

/** A pair that may be merged, as it was when it was found. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly score: number;
  readonly length: number;
}

export class SentencePieceBpe implements TextTokenizer {
  readonly #vocabulary: Vocabulary;
  readonly #scores: readonly number[];
  readonly #byteTokens: readonly number[];
  readonly #encoder = new TextEncoder();

  constructor(metadata: ReadonlyMap<string, GgufValue>, vocabulary: Vocabulary) {
    const scores = metadata.get('tokenizer.ggml.scores');
    if (!Array.isArray(scores) || scores.length !== vocabulary.pieces.length) {
      throw new EngineError('gguf-invalid', 'tokenizer.ggml.scores is missing or does not fit the tokens.');
    }
    this.#vocabulary = vocabulary;
    this.#scores = scores;
    const unknown = vocabulary.types.indexOf(PIECE_UNKNOWN);
    this.#byteTokens = Array.from({ length: 256 }, (_, byte) => {
      const piece = `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
      return vocabulary.idOf.get(piece) ?? Math.max(unknown, 0);
    });
  }

  tokenizeText(text: string, out: number[], first: boolean): void {
    const prefix = first && this.#vocabulary.addSpacePrefix ? SPACE : '';
    const symbols = this.#merge(prefix + text.replaceAll(' ', SPACE));
    for (let i = symbols.length > 0 ? 0 : -1; i >= 0; i = symbols[i]!.next) {
      const id = this.#vocabulary.idOf.get(symbols[i]!.text);
      if (id !== undefined) out.push(id);
      else for (const byte of this.#encoder.encode(symbols[i]!.text)) out.push(this.#byteTokens[byte]!);
    }
  }

  pieceBytes(token: number): Uint8Array {
    const piece = this.#vocabulary.pieces[token] ?? '';
    if (this.#vocabulary.types[token] === PIECE_BYTE)
      return Uint8Array.of(Number.parseInt(piece.slice(3, 5), 16));
    return this.#encoder.encode(piece.replaceAll(SPACE, ' '));
  }

  /** Merges the pair of best score, leftmost first, until none is a piece. */
  #merge(text: string): Symbol[] {
    const symbols: Symbol[] = Array.from(text, (char, i) => ({ text: char, previous: i - 1, next: i + 1 }));
    if (symbols.length === 0) return symbols;
    symbols.at(-1)!.next = -1;
    const queue = new PairQueue();
    const offer = (left: number, right: number) => {
      if (left < 0 || right < 0) return;
      const merged = symbols[left]!.text + symbols[right]!.text;
      const id = this.#vocabulary.idOf.get(merged);
      if (id !== undefined) queue.push({ left, right, score: this.#scores[id]!, length: merged.length });
    };
    for (let i = 1; i < symbols.length; i++) offer(i - 1, i);
    for (let pair = queue.pop(); pair; pair = queue.pop()) {
      const left = symbols[pair.left]!;
      const right = symbols[pair.right]!;
      // Either side was merged into something else meanwhile.
      if (left.text === '' || right.text === '' || left.text.length + right.text.length !== pair.length)
        continue;
      left.text += right.text;
      right.text = '';
      left.next = right.next;
      if (right.next >= 0) symbols[right.next]!.previous = pair.left;
      offer(left.previous, pair.left);
      offer(pair.left, left.next);
    }
    return symbols;
  }
}

/** A binary heap: best score first, then leftmost. */
class PairQueue {
  readonly #heap: Pair[] = [];

  push(pair: Pair): void {
    const heap = this.#heap;
    let i = heap.push(pair) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(pair, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = pair;
  }

  pop(): Pair | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

function before(a: Pair, b: Pair): boolean {
  return a.score > b.score || (a.score === b.score && a.left < b.left);
}
