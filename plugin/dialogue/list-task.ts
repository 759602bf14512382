/** A question about a talk that the model answers with a list: the layout of two tasks it was trained on. */
import type { EnginePort, GenerateRequest } from '../engine-port.js';
import type { Persona } from './persona/types.js';
import { talkMessages } from './prompt/talk.js';
import { endsLikeSentence } from './sentences.js';
import type { TranscriptData } from './transcript.js';

/** Three short lines. */
const MAX_TOKENS = 72;
export const MAX_LINES = 3;

export interface ListTask extends Pick<GenerateRequest, 'sampling' | 'seed' | 'priority'> {
  /** Such as `(What does Mira remember of this talk?)`. */
  readonly question: string;
  /** Of the talk; it is left as it is. */
  readonly sequence: string;
}

/**
 * The whole sentences of the list, at most so long; on a fork of the talk.
 * @param maxChars longer lines are left out
 * @throws as `EnginePort.generate`
 */
export async function listLines(
  port: EnginePort,
  persona: Persona,
  data: TranscriptData,
  { question, ...request }: ListTask,
  maxChars: number,
  signal?: AbortSignal,
): Promise<string[]> {
  const messages = talkMessages(persona, data, [{ text: question, trusted: true }]);
  const { text } = await port.generate(
    { ...request, messages, fork: true, maxTokens: MAX_TOKENS, stop: [] },
    () => undefined,
    signal,
  );
  return (
    text
      .split('\n')
      .map((line) => line.replace(/^\s*[-•*]\s*/, '').trim())
      .filter((line) => line !== '' && line.length <= maxChars)
      // The last line may have been cut off.
      .filter(endsLikeSentence)
  );
}
