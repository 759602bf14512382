/** The authored choices of a persona: which are offered now, and which one a typed line is taken for. */
import type { Choice } from './api.js';
import { holds, type ReadPath } from './conditions.js';
import type { Persona, PersonaChoice } from './persona/types.js';
import { plainWords, stemOf } from './prompt/content-words.js';

/** For each word of a phrase the stems of which one must be said. */
type Phrase = readonly (readonly string[])[];

export class AuthoredChoices {
  readonly #choices: readonly PersonaChoice[];
  readonly #read: ReadPath;
  readonly #phrases: ReadonlyMap<PersonaChoice, readonly Phrase[]>;

  /** @param read for conditions */
  constructor(persona: Persona, read: ReadPath) {
    this.#choices = persona.dialogue?.choices ?? [];
    this.#read = read;
    this.#phrases = new Map(
      this.#choices.map((choice) => [
        choice,
        choice.heard ? [choice.text, ...choice.heard].map(phraseOf).filter(({ length }) => length > 0) : [],
      ]),
    );
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
    let best: PersonaChoice | undefined;
    let most = 0;
    for (const choice of this.#choices) {
      for (const phrase of this.#phrases.get(choice)!) {
        if (phrase.length <= most || !phrase.every((stems) => stems.some((stem) => said.has(stem)))) continue;
        if (!holds(choice.when, this.#read)) break;
        best = choice;
        most = phrase.length;
      }
    }
    return best;
  }
}

/** `carry|bring basket` as the stems that may stand for each of its words. */
function phraseOf(phrase: string): Phrase {
  return phrase
    .split(/\s+/)
    .map((word) => word.split('|').flatMap(plainWords).map(stemOf))
    .filter((stems) => stems.length > 0);
}
