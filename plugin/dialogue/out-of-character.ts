/** Words that give a language model away: no character of any game says them, unless its own file does. */
import { oncePer } from './once-per.js';
import type { Persona } from './persona/types.js';

const WORDS =
  /\b(?:ai|a\.i\.|(?:language )?models?|assistants?|chatbots?|prompts?|i was trained|(?:my )?training data)(?![\p{L}\p{N}])/giu;

/** Those in a text, each once. */
export function outOfCharacterWords(text: string, persona: Persona): string[] {
  const found = wordsIn(text);
  return found.length === 0 ? [] : [...new Set(found)].filter((word) => !ownOf(persona).has(word));
}

/** A baker may well have an assistant. Not what the persona is to avoid: it names such words to forbid them. */
const ownOf = oncePer(
  ({ identity, core, voice, scenario, knowledge }: Persona): ReadonlySet<string> =>
    new Set(wordsIn(JSON.stringify([identity, core, voice?.style, voice?.examples, scenario, knowledge]))),
);

function wordsIn(text: string): string[] {
  return (text.match(WORDS) ?? []).map((word) => word.toLowerCase());
}
