import type { Choice, Utterance } from '../dialogue/index.js';

/** What leads a talk in place of the persona's greetings and choices: a story, or a script of the game's own. */
export interface Rails {
  /** Whether the player may also say what they like now; then the model answers. */
  readonly freeText: boolean;
  /** Begins the talk, or goes on where it was left; undefined where nothing is said now. */
  begin(): Utterance | undefined;
  /** What the player may pick now. */
  choices(): readonly Choice[];
  /** @throws RangeError no choice that is open has this id */
  choose(id: string): Utterance | undefined;
}
