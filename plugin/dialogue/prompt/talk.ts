/** A talk as messages for the engine, cut to what the context window holds. */
import type { EnginePort, Message, Segment } from '../../engine-port.js';
import { emotionLabels, NEUTRAL } from '../emotions.js';
import { oncePer } from '../once-per.js';
import type { Persona } from '../persona/types.js';
import type { Exchange, TranscriptData } from '../transcript.js';
import { systemText } from './system-text.js';
import type { TokenCounts } from './token-counts.js';
import { turnSegments } from './turn-text.js';

/** Voice examples that lead the talk. */
const MAX_EXAMPLES = 3;
/** Player turns kept, as the bundled model was trained. */
const DEFAULT_TURNS = 8;
/** A user message with its stage lines is seldom longer. */
const USUAL_MESSAGE_TOKENS = 160;
/** The chat template's own tokens, per message. */
export const TEMPLATE_TOKENS = 8;

/** The stable beginning: system text and voice examples. */
export const stableMessages: (persona: Persona) => readonly Message[] = oncePer((persona) => {
  const examples = (persona.voice?.examples ?? [])
    .slice(0, MAX_EXAMPLES)
    .flatMap(({ player, npc, emotion }) => [
      userMessage(turnSegments({ name: persona.identity.name, facts: [], speaker: 'Player', text: player })),
      answerMessage(`[${modelLabel(persona, emotion ?? NEUTRAL)}] ${npc}`, []),
    ]);
  return [{ role: 'system', segments: [{ text: systemText(persona), trusted: true }] }, ...examples];
});

const exchangeMessages = oncePer((exchange: Exchange): readonly Message[] => [
  userMessage(exchange.user!),
  answerMessage(exchange.answer.raw, exchange.answer.tokens),
]);

/** All messages up to a new user message, or without one. */
export function talkMessages(persona: Persona, data: TranscriptData, user?: readonly Segment[]): Message[] {
  return [
    ...stableMessages(persona),
    ...promptExchanges(data).flatMap(exchangeMessages),
    ...(user ? [userMessage(user)] : []),
  ];
}

/** Exchanges that still stand in the prompt. */
export function promptExchanges({ exchanges, dropped }: TranscriptData): Exchange[] {
  return exchanges.slice(dropped).filter(({ user }) => user !== null);
}

/** The label that the model knows for a persona's label. */
export function modelLabel(persona: Persona, label: string): string {
  return emotionLabels(persona).find((emotion) => emotion.label === label)?.modelLabel ?? NEUTRAL;
}

/**
 * How many exchanges must have left the prompt before the next turn: half of them at once, so that the cache behind
 * the persona is rebuilt seldom. Decided from token counts alone, so that a replay decides the same, and for a message
 * of usual length, so that it can be known before that is written.
 * @param user the message where it is known; a very long one may make more exchanges leave
 * @returns the new number of dropped exchanges
 */
export async function exchangesToDrop(
  port: EnginePort,
  counts: TokenCounts,
  persona: Persona,
  data: TranscriptData,
  maxTokens: number,
  user?: readonly Segment[],
): Promise<number> {
  const limit = Math.min(persona.budget?.promptTokens ?? port.model.nCtx, port.model.nCtx) - maxTokens;
  const turns = persona.memory?.turns ?? DEFAULT_TURNS;
  let { dropped } = data;
  for (;;) {
    const now = { ...data, dropped };
    const kept = promptExchanges(now);
    if (kept.length === 0) return dropped;
    const tokens = await countMessages(port, counts, talkMessages(persona, now, user));
    const tooLong = tokens + (user ? 0 : USUAL_MESSAGE_TOKENS) > limit;
    if (!tooLong && kept.length < turns) return dropped;
    const leave = Math.max(1, kept.length - Math.floor(Math.min(turns, kept.length) / 2));
    dropped = data.exchanges.indexOf(kept[leave - 1]!) + 1;
  }
}

async function countMessages(
  port: EnginePort,
  counts: TokenCounts,
  messages: readonly Message[],
): Promise<number> {
  const tokens = await counts.of(port, messages.map(messageText));
  return tokens.reduce((sum, count) => sum + count + TEMPLATE_TOKENS, 0);
}

/** The whole text of a message, without the chat template. */
export const messageText: (message: Message) => string = oncePer((message) =>
  message.role === 'assistant' ? message.text : message.segments.map(({ text }) => text).join(''),
);

function userMessage(segments: readonly Segment[]): Message {
  return { role: 'user', segments };
}

function answerMessage(text: string, tokens: readonly number[]): Message {
  return { role: 'assistant', text, tokens };
}
