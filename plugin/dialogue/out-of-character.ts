/** Words that give a language model away: no character of any game says them, unless its own file does. */
import type { Persona } from './persona/types.js';

const WORDS =
  /\b(?:ai|a\.i\.|(?:language )?models?|assistants?|chatbots?|prompts?|i was trained|(?:my )?training data)(?![\p{L}\p{N}])/giu;

/** Own words never change with a persona, and each token of an answer asks for them. */
const ownWords = new WeakMap<Persona, ReadonlySet<string>>();

/** Those in a text, each once. */
export function outOfCharacterWords(text: string, persona: Persona): string[] {
  const found = wordsIn(text);
  return found.length === 0 ? [] : [...new Set(found)].filter((word) => !ownOf(persona).has(word));
}

/** A baker may well have an assistant. Not what the persona is to avoid: it names such words to forbid them. */
function ownOf(persona: Persona): ReadonlySet<string> {
  let own = ownWords.get(persona);
  if (!own) {
    const { identity, core, voice, scenario, knowledge } = persona;
    own = new Set(
      wordsIn(JSON.stringify([identity, core, voice?.style, voice?.examples, scenario, knowledge])),
    );
    ownWords.set(persona, own);
  }
  return own;
}

function wordsIn(text: string): string[] {
  return (text.match(WORDS) ?? []).map((word) => word.toLowerCase());
}
