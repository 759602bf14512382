import { foldCase } from './fold-case.js';

export type PieceBytes = (token: number) => Uint8Array;

const tables = new WeakMap<PieceBytes, PieceTable>();

/**
 * The pieces of a vocabulary end to end, made once for each `pieceBytes` function: tens of thousands of small arrays
 * would be a cache miss each.
 */
export class PieceTable {
  /** All pieces; token t has [starts[t], starts[t + 1]). */
  readonly bytes: Uint8Array;
  /** u32[vocabSize + 1] */
  readonly starts: Uint32Array;
  readonly #folded: (string | undefined)[];

  private constructor(pieceBytes: PieceBytes, vocabSize: number) {
    const pieces = Array.from({ length: vocabSize }, (_, token) => pieceBytes(token));
    this.starts = new Uint32Array(vocabSize + 1);
    pieces.forEach((piece, token) => {
      this.starts[token + 1] = this.starts[token]! + piece.length;
    });
    this.bytes = new Uint8Array(this.starts[vocabSize]!);
    pieces.forEach((piece, token) => {
      this.bytes.set(piece, this.starts[token]);
    });
    this.#folded = new Array(vocabSize).fill(undefined);
  }

  static of(pieceBytes: PieceBytes, vocabSize: number): PieceTable {
    const known = tables.get(pieceBytes);
    if (known?.starts.length === vocabSize + 1) return known;
    const table = new PieceTable(pieceBytes, vocabSize);
    tables.set(pieceBytes, table);
    return table;
  }

  piece(token: number): Uint8Array {
    return this.bytes.subarray(this.starts[token], this.starts[token + 1]);
  }

  /** The tokens whose piece begins with these bytes, ascending. */
  startingWith(bytes: Uint8Array): number[] {
    const tokens: number[] = [];
    for (let token = 0; token + 1 < this.starts.length; token++) {
      const start = this.starts[token]!;
      if (this.starts[token + 1]! - start < bytes.length) continue;
      if (bytes.every((byte, i) => this.bytes[start + i] === byte)) tokens.push(token);
    }
    return tokens;
  }

  /** The piece as text without case; bytes of cut characters become U+FFFD. */
  foldedText(token: number): string {
    this.#folded[token] ??= foldCase(this.piece(token));
    return this.#folded[token]!;
  }
}
