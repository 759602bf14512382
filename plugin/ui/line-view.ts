/** Shows what a character says: the bubble over its head, the box at the bottom, or a game's own. */
export interface LineView {
  /** A line begins; nothing of it is known yet. */
  begin(speaker: string): void;
  /** The emotion of the line. */
  emotion(label: string): void;
  /** Whole words, with the spaces between them. */
  text(words: string): void;
  /** No more words will come. */
  end(): void;
  /** Resolves when the line was read, for a script to go on; without it lines follow each other at once. */
  whenRead?(): Promise<void>;
  /** Takes the line away at once. */
  clear(): void;
}
