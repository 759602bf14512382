/** Lets exchanges leave the prompt, and keeps of them what the character is to remember. */
import type { EnginePort, Segment } from '../../engine-port.js';
import { maxAnswerTokens } from '../answer/generate-answer.js';
import type { Persona } from '../persona/types.js';
import { exchangesToDrop } from '../prompt/talk.js';
import type { TokenCounts } from '../prompt/token-counts.js';
import { tell } from '../tell.js';
import type { TranscriptData } from '../transcript.js';
import { isWorkerLost } from '../worker-lost.js';
import { MAX_LINE_CHARS, MAX_MEMORIES, rememberTalk, withMemories } from './remember.js';

export class TalkMemory {
  readonly #persona: Persona;
  /** For messages. */
  readonly #id: string;
  readonly #tokenCounts: TokenCounts;
  #running = new AbortController();

  constructor(persona: Persona, id: string, tokenCounts: TokenCounts) {
    this.#persona = persona;
    this.#id = id;
    this.#tokenCounts = tokenCounts;
  }

  /** Ends what is being remembered. */
  stop(): void {
    this.#running.abort();
    this.#running = new AbortController();
  }

  /**
   * Lets whole old exchanges leave the prompt, once they are remembered where the persona asks for it.
   * @param user the next message, where it is known
   * @returns whether some left
   * @throws EngineError as `EnginePort.countTokens`
   */
  async makeRoom(
    port: EnginePort,
    data: TranscriptData,
    sequence: string,
    user?: readonly Segment[],
  ): Promise<boolean> {
    const persona = this.#persona;
    const maxTokens = maxAnswerTokens(persona);
    const dropped = await exchangesToDrop(port, this.#tokenCounts, persona, data, maxTokens, user);
    if (dropped === data.dropped) return false;
    if (persona.memory?.summary) await this.#remember(port, data, sequence);
    data.dropped = dropped;
    return true;
  }

  /** Remembers a talk that is over, where the persona asks for it. @returns whether it did */
  async rememberAll(port: EnginePort, data: TranscriptData, sequence: string): Promise<boolean> {
    return this.#persona.memory?.summary === true && this.#remember(port, data, sequence);
  }

  async #remember(port: EnginePort, data: TranscriptData, sequence: string): Promise<boolean> {
    const { signal } = this.#running;
    try {
      const facts = await rememberTalk(port, this.#persona, data, sequence, signal);
      data.memories = withMemories(data.memories, facts);
      return true;
    } catch (error) {
      if (!signal.aborted && !isWorkerLost(error)) {
        tell('warning', `${this.#id} remembers nothing of what left the prompt.`, error);
      }
      return false;
    }
  }
}

/** @throws RangeError too many, or one that is empty or too long */
export function checkedMemories(memories: readonly string[]): string[] {
  if (memories.length > MAX_MEMORIES) {
    throw new RangeError(`Got ${memories.length} memories; expected at most ${MAX_MEMORIES}.`);
  }
  const wrong = memories.find((fact) => fact.trim() === '' || fact.length > MAX_LINE_CHARS);
  if (wrong !== undefined) {
    throw new RangeError(`Got a memory of ${wrong.length} characters; expected 1 to ${MAX_LINE_CHARS}.`);
  }
  return [...memories];
}
