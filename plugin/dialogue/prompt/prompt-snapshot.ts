/** The prompt of a talk as it stands, part by part, with what each part costs. */
import type { EnginePort, Message } from '../../engine-port.js';
import { maxAnswerTokens } from '../answer/generate-answer.js';
import type { Persona } from '../persona/types.js';
import type { TranscriptData } from '../transcript.js';
import { messageText, promptExchanges, stableMessages, TEMPLATE_TOKENS, talkMessages } from './talk.js';
import type { TokenCounts } from './token-counts.js';

export interface PromptPart {
  /** `last`: the last exchange, with its stage lines; `exchange`: those before it. */
  readonly kind: 'system' | 'example' | 'exchange' | 'last';
  readonly role: Message['role'];
  readonly text: string;
  /** Without the chat template; undefined while no model is ready. */
  readonly tokens: number | undefined;
}

export interface PromptSnapshot {
  readonly parts: readonly PromptPart[];
  /** Of all parts; undefined while no model is ready. */
  readonly tokens: number | undefined;
  /** At most what the chat template adds. */
  readonly templateTokens: number;
  /** Kept free for the answer. */
  readonly answerTokens: number;
  /** The context window; undefined while no model is ready. */
  readonly nCtx: number | undefined;
  /** Exchanges that have left the prompt. */
  readonly droppedExchanges: number;
}

/** @throws EngineError as `EnginePort.countTokens` */
export async function promptSnapshot(
  persona: Persona,
  data: TranscriptData,
  counts: TokenCounts,
  port: EnginePort | undefined,
): Promise<PromptSnapshot> {
  const messages = talkMessages(persona, data);
  const stable = stableMessages(persona).length;
  const last = promptExchanges(data).length > 0 ? messages.length - 2 : messages.length;
  const texts = messages.map(messageText);
  const tokens = port ? await counts.of(port, texts) : undefined;
  const kindOf = (i: number) =>
    i === 0 ? 'system' : i < stable ? 'example' : i < last ? 'exchange' : 'last';
  return {
    parts: messages.map(({ role }, i) => ({
      kind: kindOf(i),
      role,
      text: texts[i]!,
      tokens: tokens?.[i],
    })),
    tokens: tokens?.reduce((sum, count) => sum + count, 0),
    templateTokens: messages.length * TEMPLATE_TOKENS,
    answerTokens: maxAnswerTokens(persona),
    nCtx: port?.model.nCtx,
    droppedExchanges: data.dropped,
  };
}
