/** Makes the answers of a saved talk again: the same model, persona and inputs give the same text, whatever the budget was. */
import type { EnginePort, Segment } from '../engine-port.js';
import { answerTurn } from './answer/answer-turn.js';
import type { Persona } from './persona/types.js';
import { type AnswerRecord, type Exchange, readTranscript, type TranscriptData } from './transcript.js';

export interface ReplayedAnswer {
  /** Index of the exchange in the transcript. */
  readonly exchange: number;
  readonly said: string;
  /** Label, text and action as they were. */
  readonly expected: string;
  /** The same, as they come out now. */
  readonly got: string;
  readonly same: boolean;
}

export interface ReplayOptions {
  readonly port: EnginePort;
  readonly persona: Persona;
  /** A `.talk` document: what the character writes behind each turn. */
  readonly transcript: Uint8Array;
  readonly signal?: AbortSignal;
  /** Called after each answer. */
  readonly onAnswer?: (answer: ReplayedAnswer) => void;
}

/** An exchange whose answer the model made. */
type Replayable = Exchange & { readonly user: readonly Segment[]; readonly record: AnswerRecord };

function isReplayable(exchange: Exchange): exchange is Replayable {
  return exchange.user !== null && exchange.record !== undefined;
}

/** The replay's own KV cache. */
const SEQUENCE = 'replay/talk/1';

/**
 * Replays each answer that the model made, from what was said before it; authored lines are taken as they are.
 * @throws RangeError a transcript that is damaged, or was made by another model than the port's
 * @throws EngineError as `EnginePort.generate`
 */
export async function replayTalk(options: ReplayOptions): Promise<ReplayedAnswer[]> {
  const { port, transcript, onAnswer } = options;
  const data = readTranscript(transcript);
  if (!data) throw new RangeError(`transcript: got ${transcript.length} bytes that are no transcript`);
  const answers: ReplayedAnswer[] = [];
  try {
    for (const [i, exchange] of data.exchanges.entries()) {
      if (!isReplayable(exchange)) continue;
      const { record } = exchange;
      if (record.model !== port.model.id) {
        throw new RangeError(`transcript: made by the model ${record.model}, expected ${port.model.id}`);
      }
      const answer = await again(options, { ...data, exchanges: data.exchanges.slice(0, i) }, exchange);
      const replayed: ReplayedAnswer = {
        exchange: i,
        said: exchange.said,
        expected: exchange.answer.raw,
        got: answer,
        same: answer === exchange.answer.raw,
      };
      answers.push(replayed);
      onAnswer?.(replayed);
    }
  } finally {
    await port.drop(SEQUENCE);
  }
  return answers;
}

/** @param before the talk as it stood when the line was said */
async function again(
  { port, persona, signal }: ReplayOptions,
  before: TranscriptData,
  { facts, said, user, record }: Replayable,
): Promise<string> {
  const { actions, seed, cut, dropped } = record;
  const { raw } = await answerTurn({
    port,
    persona,
    sequence: SEQUENCE,
    priority: 'player',
    talk: { ...before, dropped },
    said,
    user,
    facts,
    actions: (persona.actions ?? []).filter(({ name }) => actions.includes(name)),
    seed,
    signal: signal ?? new AbortController().signal,
    ...(cut === undefined ? {} : { cutAfter: cut }),
    onEmotion: () => undefined,
    onText: () => undefined,
  });
  return raw;
}
