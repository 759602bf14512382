import type { AskOptions, Choice, Utterance } from './api.js';

/** What a script does for a character: fixed lines and choices in place of the persona's; free talk between them. */
export interface Rails {
  /** False once the script has ended or failed: the character talks as if there were none. */
  readonly active: boolean;
  /** Whether the player may say anything now, beside the choices. */
  readonly freeTalk: boolean;
  /** Opens the talk in place of a greeting; undefined where the script begins with choices. */
  begin(): Utterance | undefined;
  /** The script's choices now; none while its lines are being spoken. */
  choices(): readonly Choice[];
  /** Takes a choice. @throws RangeError when it is not one of `choices()` */
  choose(id: string, options?: AskOptions): Utterance;
  /** The player said this to the character, which answers: the script may go on from there. */
  heard(text: string, answer: Utterance): void;
  /** The talk ends, or its screen goes away: lines that wait are spoken when it begins again. */
  pause(): void;
}
