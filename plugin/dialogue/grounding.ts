/** Whether what a model says came from somewhere: small models invent prices and names, and a player believes them. */
import type { Segment } from '../engine-port.js';
import { oncePer } from './once-per.js';
import type { Persona } from './persona/types.js';
import type { Exchange } from './transcript.js';

const NUMBER_WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const LARGE_NUMBER_WORDS = 'thirty forty fifty sixty seventy eighty ninety hundred thousand million'.split(
  ' ',
);
/** Counted out of habit, not from knowledge: "one of us", "two of a kind". */
const LOOSE_NUMBERS = ['zero', 'one'];
/** Written with a capital letter in any world. */
const COMMON_NAMES = new Set(
  `i i'm i'll i've i'd mr mrs ms dr sir madam lady lord miss master captain god gods heaven english
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december christmas ok okay`.split(/\s+/),
);

/** Words and numbers, without the 's of a genitive. */
const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/** The numbers and names that may be said. */
export class Grounding {
  readonly #known: readonly ReadonlySet<string>[];

  /** @param sources texts in which a number or a name may have been read; `known` their words, where these are there */
  constructor(sources: readonly string[], known: readonly ReadonlySet<string>[] = []) {
    this.#known = [knownIn(sources), ...known];
  }

  /**
   * The first word of a text that is a number or a proper name from nowhere. A capital letter makes no name at the
   * beginning of a sentence.
   * @param startsSentence whether the text begins one
   */
  unknownWord(text: string, startsSentence: boolean): string | undefined {
    let atStart = startsSentence;
    let end = 0;
    for (const { 0: whole, index } of text.matchAll(WORD)) {
      // Behind a colon, a dash or a quotation mark something begins as well.
      atStart ||= /[.!?…:;—–"“”(]/.test(text.slice(end, index));
      end = index + whole.length;
      const word = bare(whole);
      if (this.#mustBeKnown(word, atStart) && !this.#isKnown(word)) {
        return word;
      }
      atStart = false;
    }
    return undefined;
  }

  #isKnown(word: string): boolean {
    const forms = formsOf(word);
    return this.#known.some((words) => forms.some((form) => words.has(form)));
  }

  #mustBeKnown(word: string, atStart: boolean): boolean {
    const lower = word.toLowerCase();
    if (isNumber(lower)) return !LOOSE_NUMBERS.includes(lower);
    return !atStart && /^\p{Lu}/u.test(word) && !COMMON_NAMES.has(lower.replace('’', "'"));
  }
}

/** For an answer to a user message; undefined where the persona switches the check off. */
export function groundingOf(
  persona: Persona,
  exchanges: readonly Exchange[],
  user: readonly Segment[],
): Grounding | undefined {
  if (persona.generation?.grounding === false) return undefined;
  return talkGrounding(persona, exchanges, user);
}

/** What a character may have read: its persona, and what was said and shown in the talk. */
export function talkGrounding(
  persona: Persona,
  exchanges: readonly Exchange[],
  user: readonly Segment[] = [],
): Grounding {
  const known = [personaWords(persona), ...exchanges.map(exchangeWords)];
  return new Grounding(
    user.map(({ text }) => text),
    known,
  );
}

/** Words that the persona itself writes, in small letters. */
export const personaWords: (persona: Persona) => ReadonlySet<string> = oncePer((persona) =>
  knownIn(personaTexts(persona)),
);

const exchangeWords = oncePer((exchange: Exchange) => knownIn(exchangeTexts(exchange)));

function knownIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => wordsOf(text).flatMap(formsOf)));
}

function exchangeTexts({ speaker, said, user, shown }: Exchange): string[] {
  return [speaker, said, ...(user ?? []).map(({ text }) => text), shown.text];
}

function personaTexts(persona: Persona): string[] {
  const { identity, core, voice = {}, knowledge = {}, actions = [], dialogue = {} } = persona;
  const lines = [
    ...(dialogue.greetings ?? []),
    ...(dialogue.farewell ?? []),
    ...(dialogue.fallbacks ?? []),
    ...(dialogue.barks ?? []),
    ...(dialogue.openers ?? []),
    ...(dialogue.choices ?? []),
    ...(knowledge.unknownReply ?? []),
  ];
  return [
    ...Object.values(identity).map(String),
    core.compact ?? core.description ?? '',
    voice.style ?? '',
    ...(voice.catchphrases ?? []),
    ...(voice.examples ?? []).flatMap(({ player, npc }) => [player, npc]),
    persona.scenario ?? '',
    ...(knowledge.facts ?? []),
    ...(knowledge.book ?? []).map(({ text }) => text),
    ...actions.flatMap(({ description, params = {} }) => [
      description,
      ...Object.values(params).flatMap(({ enum: values = [] }) => values),
    ]),
    ...lines.map((line) => (typeof line === 'string' ? line : line.text)),
    'Player',
  ];
}

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map(bare);
}

function bare(word: string): string {
  return word.replace(/['’]s$/i, '');
}

/** "7", "seven" and "twenty-two"; no "two-handed". */
function isNumber(lower: string): boolean {
  return (
    /\d/.test(lower) ||
    lower.split('-').every((part) => NUMBER_WORDS.includes(part) || LARGE_NUMBER_WORDS.includes(part))
  );
}

/** A word without case, a small number also as a numeral, and the parts of a hyphened word that is no number. */
function formsOf(word: string): string[] {
  const lower = word.toLowerCase();
  const number = NUMBER_WORDS.indexOf(lower);
  if (number >= 0) return [lower, String(number)];
  return [lower, ...(lower.includes('-') && !isNumber(lower) ? lower.split('-') : [])];
}
