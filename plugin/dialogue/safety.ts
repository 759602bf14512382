/** What is not talked about: seen in the player's line before the model is asked, and in the answer before it is shown. */
import { outOfCharacterWords } from './out-of-character.js';
import type { Line, Persona } from './persona/types.js';
import { ratedWord } from './rated-words.js';
import { words } from './words.js';

/** Phrases that no answer of the character may show, without those of every character. */
export function forbiddenPhrases({ voice = {}, safety = {} }: Persona): string[] {
  return [...(voice.avoid ?? []), ...(safety.blocklist ?? []), ...(safety.topicsDeny ?? [])];
}

/** The first word that no answer of the character, and no line that is suggested to the player, may have. */
export function forbiddenWord(text: string, persona: Persona): string | undefined {
  return outOfCharacterWords(text, persona)[0] ?? ratedWord(text, persona);
}

/** The topic of a line that the persona denies; whole words, also in the plural. */
export function deniedTopic(line: string, { safety = {} }: Persona): string | undefined {
  const said = words(line);
  return safety.topicsDeny?.find((topic) => {
    const phrase = words(topic).trim();
    return phrase !== '' && ['', 's', 'es'].some((ending) => said.includes(` ${phrase}${ending} `));
  });
}

/** What is said of a denied topic, in turn: refusals, or fallbacks where the persona asks for those. */
export function refusalLines({
  safety = {},
  dialogue = {},
  knowledge = {},
}: Persona): readonly Line[] | undefined {
  return safety.onViolation === 'fallback'
    ? dialogue.fallbacks
    : (dialogue.refusals ?? knowledge.unknownReply ?? dialogue.fallbacks);
}

/** What is said in place of an answer of which nothing may be shown. @param violation what refused it */
export function voidLines(persona: Persona, violation?: string): readonly Line[] | undefined {
  const denied =
    violation !== undefined && (deniedTopic(violation, persona) ?? ratedWord(violation, persona));
  return denied ? refusalLines(persona) : persona.knowledge?.unknownReply;
}
