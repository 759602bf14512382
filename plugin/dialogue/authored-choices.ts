/** The authored choices of a persona: which are offered now, and which one a typed line is taken for. */
import type { Choice } from './api.js';
import { holds, type ReadPath } from './conditions.js';
import type { Persona, PersonaChoice } from './persona/types.js';
import { contentWords, plainWords, stemOf } from './prompt/content-words.js';

interface Phrase {
  /** For each word the stems of which one must be said. */
  readonly words: readonly (readonly string[])[];
  /** The line may be about nothing else. */
  readonly alone: boolean;
}

/** Words of no weight that a line may hold beside those: "Hi, can you tell me where he is?" is no greeting. */
const MAX_LOOSE_WORDS = 2;
/** Stems of what a line may hold beside the words that it is about; the character's name is another one. */
const COURTESIES = new Set(
  'hello hi hey hail greetings good morning evening day night well oh ah thank thanks bye goodbye sorry excuse pardon tell ask say sir madam friend old man woman boy girl lad lady fellow mate sailor captain'
    .split(' ')
    .map(stemOf),
);

export class AuthoredChoices {
  readonly #choices: readonly PersonaChoice[];
  readonly #read: ReadPath;
  readonly #phrases: ReadonlyMap<PersonaChoice, readonly Phrase[]>;
  readonly #courtesies: ReadonlySet<string>;

  /** @param read for conditions */
  constructor(persona: Persona, read: ReadPath) {
    this.#choices = persona.dialogue?.choices ?? [];
    this.#read = read;
    this.#courtesies = new Set([...COURTESIES, ...plainWords(persona.identity.name).map(stemOf)]);
    this.#phrases = new Map(this.#choices.map((choice) => [choice, phrasesOf(choice)]));
  }

  /** Those whose `when` holds, without hidden ones. */
  offered(): readonly Choice[] {
    return this.#choices
      .filter(({ when, hidden }) => !hidden && holds(when, this.#read))
      .map(({ id, text }) => ({ id, text }));
  }

  /** @throws RangeError no choice has this id */
  byId(id: string): PersonaChoice {
    const choice = this.#choices.find((candidate) => candidate.id === id);
    if (!choice) throw new RangeError(`Got the choice ${JSON.stringify(id)}; expected one of choices().`);
    return choice;
  }

  /** Of those whose `when` holds: the one of whose phrases the longest has all its words in the line. */
  heard(line: string): PersonaChoice | undefined {
    const said = new Set(plainWords(line).map(stemOf));
    const content = new Set(contentWords(line).map(stemOf));
    let best: PersonaChoice | undefined;
    let most = 0;
    for (const choice of this.#choices) {
      for (const phrase of this.#phrases.get(choice)!) {
        const { length } = phrase.words;
        if (length <= most || !this.#isSaid(phrase, said, content)) continue;
        if (!holds(choice.when, this.#read)) break;
        best = choice;
        most = length;
      }
    }
    return best;
  }

  /** @param content those of the line's stems that say what it is about */
  #isSaid({ words, alone }: Phrase, said: ReadonlySet<string>, content: ReadonlySet<string>): boolean {
    if (!words.every((stems) => stems.some((stem) => said.has(stem)))) return false;
    if (!alone) return true;
    const others = [...said].filter(
      (stem) => !this.#courtesies.has(stem) && !words.some((stems) => stems.includes(stem)),
    );
    return others.length <= MAX_LOOSE_WORDS && !others.some((stem) => content.has(stem));
  }
}

/** Its own text is heard too, alone where other phrases of it are. */
function phrasesOf({ text, heard = [] }: PersonaChoice): Phrase[] {
  if (heard.length === 0) return [];
  const phrases = heard.map(phraseOf);
  const own = { ...phraseOf(text), alone: phrases.some(({ alone }) => alone) };
  return [own, ...phrases].filter(({ words }) => words.length > 0);
}

/** `carry|bring basket` as the stems that may stand for each of its words; `=who are you` where it must be all. */
function phraseOf(phrase: string): Phrase {
  const words = phrase
    .split(/\s+/)
    .map((word) => word.split('|').flatMap(plainWords).map(stemOf))
    .filter((stems) => stems.length > 0);
  return { words, alone: phrase.startsWith('=') };
}
