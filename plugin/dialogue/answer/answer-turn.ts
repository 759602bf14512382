/** An answer to a line of a talk: what the engine is asked follows from the talk, live and in a replay alike. */
import type { Segment } from '../../engine-port.js';
import { emotionLabels } from '../emotions.js';
import { groundingOf } from '../grounding.js';
import type { PersonaAction } from '../persona/types.js';
import { talkMessages } from '../prompt/talk.js';
import type { TranscriptData } from '../transcript.js';
import { actionIntent } from './action-intent.js';
import { type Answer, type AnswerRequest, generateAnswer } from './generate-answer.js';
import { saidBefore, spokenBefore } from './spoken-before.js';

type FromTalk = 'messages' | 'labels' | 'intent' | 'hasFacts' | 'grounding' | 'spoken';

export interface TurnRequest extends Omit<AnswerRequest, FromTalk> {
  /** The talk up to the line. */
  readonly talk: TranscriptData;
  readonly said: string;
  /** The user message that the line became. */
  readonly user: readonly Segment[];
  /** Facts whose text stands in `user`. */
  readonly facts: readonly string[];
  /** Those that are open. */
  readonly actions: readonly PersonaAction[];
}

/** @throws EngineError as `generateAnswer` */
export function answerTurn({ talk, said, user, facts, actions, ...request }: TurnRequest): Promise<Answer> {
  const { persona } = request;
  const { exchanges } = talk;
  return generateAnswer({
    ...request,
    messages: talkMessages(persona, talk, user),
    labels: emotionLabels(persona),
    intent: actionIntent(said, saidBefore(exchanges), actions),
    hasFacts: facts.length > 0,
    grounding: groundingOf(persona, exchanges, user),
    spoken: spokenBefore(exchanges, said),
  });
}
