/** Two characters talk to each other: each hears what the other said, and answers it. */
import type { Character, UtteranceResult } from './api.js';
import type { Line } from './persona/types.js';

/** A line and its answer: further ones of the bundled model lose the thread. */
const DEFAULT_LINES = 2;
const MAX_LINES = 12;

export interface ConverseOptions {
  /** What the first one begins with. Default: one of the persona's `dialogue.openers` that fits. */
  readonly opening?: Line;
  /** Lines in all, the opening among them: 2 to 12. Default 2. */
  readonly lines?: number;
  /** Ends the talk in the middle. */
  readonly signal?: AbortSignal;
}

/** Waits until a line was read, so that the other one does not talk into it. */
export type Paced = (speaker: Character, result: UtteranceResult) => Promise<void>;

/**
 * Lets `first` begin a talk with `second`. It ends when its lines are said, or when the player speaks to one of the two:
 * the player comes first. Each remembers it as part of its own talk.
 * @returns whether it was said to the end; false at once where one of them is in a talk or there is no opening
 * @throws RangeError `lines` is no integer from 2 to 12, or it is one character twice
 */
export async function converse(
  first: Character,
  second: Character,
  { opening, lines = DEFAULT_LINES, signal }: ConverseOptions = {},
  paced: Paced = async () => undefined,
): Promise<boolean> {
  if (!Number.isInteger(lines) || lines < 2 || lines > MAX_LINES) {
    throw new RangeError(`Got ${lines} lines; expected 2 to ${MAX_LINES}.`);
  }
  if (first === second) throw new RangeError(`Got ${first.id} twice; expected two characters.`);
  await Promise.all([first.ready, second.ready]);
  const free = () => !first.talking && !second.talking && !signal?.aborted;
  if (!free()) return false;
  const begin = opening ?? first.opener(second.persona.id);
  if (begin === undefined) return false;
  const nameOf = ({ persona }: Character) => persona.identity.name;
  let result = await first.say(begin, { speaker: nameOf(second), overheard: true });
  let [speaker, listener] = [first, second];
  for (let said = 1; ; said++) {
    await paced(speaker, result);
    if (said === lines) {
      // The last line has no answer to be kept with.
      if (result.text !== '') listener.overhear(nameOf(speaker), result.text);
      return true;
    }
    if (!free() || result.finish !== 'done' || result.text === '') return false;
    [speaker, listener] = [listener, speaker];
    const answer = speaker.ask(result.text, { speaker: nameOf(listener), overheard: true });
    const stop = () => answer.interrupt();
    signal?.addEventListener('abort', stop, { once: true });
    result = await answer;
    signal?.removeEventListener('abort', stop);
    // Authored lines that stand in for a model that is not there answer nothing.
    if (result.source !== 'model') return false;
  }
}
