/** A fact that was put before a line, and why it was chosen. */
export interface ChosenFact {
  readonly text: string;
  /**
   * `secret`: its condition holds; `constant`: a lorebook entry that always stands there; `key`: one of its keys was
   * said; `match`: its words or what they mean.
   */
  readonly why: 'secret' | 'constant' | 'key' | 'match';
  /** How well it fits, beside the other facts; 0 for secrets. */
  readonly score: number;
  /** How well it fits the line by words, and by what they mean: shares of the best fact, 0 to 1. */
  readonly byWords: number;
  readonly byMeaning: number;
}
