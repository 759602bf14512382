/** What stands before a line: what is no secret any more, then the facts that bear on it, within the persona's budget. */
import type { EnginePort } from '../../engine-port.js';
import { holds, type ReadPath } from '../conditions.js';
import type { Persona } from '../persona/types.js';
import type { TranscriptData } from '../transcript.js';
import type { ChosenFact } from './chosen-fact.js';
import { FactIndex } from './retrieval.js';
import { promptExchanges } from './talk.js';

/** Exchanges before the line that the choice looks at. */
const CONTEXT_EXCHANGES = 2;
/** Secrets before one line. */
const MAX_SECRETS = 1;

export class TurnFacts {
  readonly #persona: Persona;
  readonly #read: ReadPath;
  readonly #index: FactIndex;

  /** @param read for the conditions of secrets */
  constructor(persona: Persona, read: ReadPath) {
    this.#persona = persona;
    this.#read = read;
    this.#index = new FactIndex(persona);
  }

  /**
   * The most telling first, none that stands in the prompt already.
   * @param data the talk up to the line
   * @throws EngineError as `EnginePort.countTokens`, where the persona has a budget
   */
  async choose(
    port: EnginePort,
    line: string,
    data: TranscriptData,
    memories: readonly string[],
  ): Promise<readonly ChosenFact[]> {
    const shown = new Set(promptExchanges(data).flatMap(({ facts }) => facts));
    const context = data.exchanges
      .slice(-CONTEXT_EXCHANGES)
      .flatMap(({ said, shown: { text } }) => [said, text]);
    const secrets = (this.#persona.core.secrets ?? [])
      .filter(({ text, when }) => !shown.has(text) && holds(when, this.#read))
      .map(({ text }): ChosenFact => ({ text, why: 'secret', score: 0, byWords: 0, byMeaning: 0 }))
      .slice(0, MAX_SECRETS);
    const facts = await this.#index.choose(line, { context, shown, memories, port });
    return this.#affordable(port, [...secrets, ...facts]);
  }

  /** The first ones, as many as there are tokens for. */
  async #affordable(port: EnginePort, facts: readonly ChosenFact[]): Promise<readonly ChosenFact[]> {
    const { loreTokens } = this.#persona.budget ?? {};
    if (loreTokens === undefined) return facts;
    let spent = 0;
    const counts = await port.countTokens(facts.map(({ text }) => text));
    const tooMany = counts.findIndex((tokens) => {
      spent += tokens;
      return spent > loreTokens;
    });
    return tooMany < 0 ? facts : facts.slice(0, tooMany);
  }
}
