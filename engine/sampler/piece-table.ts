import { foldCase } from './ban-list.js';

const tables = new WeakMap<PieceBytes, PieceTable>();

export type PieceBytes = (token: number) => Uint8Array;

/** The pieces of a vocabulary side by side, made once for each `pieceBytes` function. */
export class PieceTable {
  readonly bytes: readonly Uint8Array[];
  readonly #folded: (string | undefined)[];

  private constructor(pieceBytes: PieceBytes, vocabSize: number) {
    this.bytes = Array.from({ length: vocabSize }, (_, token) => pieceBytes(token));
    this.#folded = new Array(vocabSize).fill(undefined);
  }

  static of(pieceBytes: PieceBytes, vocabSize: number): PieceTable {
    const known = tables.get(pieceBytes);
    if (known?.bytes.length === vocabSize) return known;
    const table = new PieceTable(pieceBytes, vocabSize);
    tables.set(pieceBytes, table);
    return table;
  }

  /** The piece as text without case; bytes of cut characters become U+FFFD. */
  foldedText(token: number): string {
    this.#folded[token] ??= foldCase(this.bytes[token]!);
    return this.#folded[token]!;
  }
}
