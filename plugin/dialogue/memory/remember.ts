/** What a character remembers of exchanges that leave its prompt: the remember task of the bundled model, checked. */
import type { EnginePort, Message } from '../../engine-port.js';
import { Grounding, groundingSources } from '../grounding.js';
import type { Persona } from '../persona/types.js';
import { talkMessages } from '../prompt/talk.js';
import type { TranscriptData } from '../transcript.js';

/** Three short lines, as the bundled model was trained. */
const MAX_TOKENS = 72;
const MAX_LINES = 3;
/** Longer is no short fact. */
const MAX_LINE_CHARS = 160;
/** What a character can recall in all; the oldest goes first. */
const MAX_MEMORIES = 24;

/**
 * Facts about a talk, each one sentence, that nothing in the talk or the persona speaks against.
 * @param sequence of the talk; it is left as it is
 * @throws as `EnginePort.generate`
 */
export async function rememberTalk(
  port: EnginePort,
  persona: Persona,
  data: TranscriptData,
  sequence: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { name } = persona.identity;
  const question = { text: `(What does ${name} remember of this talk?)`, trusted: true };
  const messages: Message[] = talkMessages(persona, data, [question]);
  const { text } = await port.generate(
    {
      sequence,
      messages,
      fork: true,
      priority: 'npc',
      sampling: {},
      seed: 1,
      maxTokens: MAX_TOKENS,
      stop: [],
    },
    () => undefined,
    signal,
  );
  const grounding = new Grounding(groundingSources(persona, data.exchanges));
  return (
    text
      .split('\n')
      .map((line) => line.replace(/^\s*[-•*]\s*/, '').trim())
      .filter((line) => line !== '' && line.length <= MAX_LINE_CHARS)
      // The last line may have been cut off.
      .filter((line) => /[.!?]["'”]?$/.test(line))
      .filter((line) => grounding.unknownWord(line, true) === undefined)
      .slice(0, MAX_LINES)
  );
}

/** Adds facts that are not there yet. */
export function withMemories(memories: readonly string[], facts: readonly string[]): string[] {
  const known = new Set(memories.map((fact) => fact.toLowerCase()));
  const fresh = facts.filter((fact) => !known.has(fact.toLowerCase()));
  return [...memories, ...fresh].slice(-MAX_MEMORIES);
}
