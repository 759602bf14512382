/** A request of the dialogue as the body of `/chat/completions`. */
import type { GenerateRequest, Message } from '../engine-port.js';
import { askForForm } from './answer-form.js';
import { behind, toGbnf } from './gbnf.js';
import type { Server } from './servers.js';
import { estimatedTokens } from './token-estimate.js';

interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Begins a marker of some chat template: `<|im_end|>`, `</s>`, `<<SYS>>`, `[INST]`. */
const MARKER = /[<[](?=[/|\uff5c<[\p{L}])/gu;
/** An answer begins with its label, in such brackets. */
const ANGLE_MARKER = /<(?=[/|\uff5c<\p{L}])/gu;

export interface ChatRequest {
  readonly body: Readonly<Record<string, unknown>>;
  /** What the answer begins with and what has been shown already: the part of it that is gone on from. */
  readonly shown: string;
}

/**
 * @param body fields that go over the others
 * @returns undefined where the server cannot go on from a partial answer
 */
export function chatRequest(
  request: GenerateRequest,
  model: string,
  server: Server,
  body: Readonly<Record<string, unknown>>,
): ChatRequest | undefined {
  const { sampling, seed, maxTokens, stop, continueAnswer } = request;
  const last = request.messages.at(-1);
  const shown = continueAnswer && last?.role === 'assistant' ? last.text : '';
  // Most servers close the last answer and begin a new one; a grammar that begins with it makes them write it again.
  if (shown !== '' && !(server.grammar && request.grammar)) return undefined;
  const grammar = request.grammar && shown !== '' ? behind(shown, request.grammar) : request.grammar;
  const messages = (shown === '' ? request.messages : request.messages.slice(0, -1)).map(chatMessage);
  const asked = messages.at(-1);
  if (grammar && !server.grammar && asked) asked.content += askForForm(grammar);
  return {
    shown,
    body: {
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      temperature: sampling.temperature ?? 0,
      top_p: sampling.topP ?? 1,
      seed,
      max_tokens: maxTokens + (shown === '' ? 0 : estimatedTokens(shown)),
      ...(stop.length > 0 ? { stop } : {}),
      ...server.fields(request, grammar && server.grammar ? toGbnf(grammar) : undefined),
      ...body,
    },
  };
}

/** The server's template puts the roles around; no text from a player, or said after one, may hold its markers. */
function chatMessage(message: Message): ChatMessage {
  const { role } = message;
  if (role === 'assistant') return { role, content: message.text.replace(ANGLE_MARKER, '$& ') };
  const texts = message.segments.map(({ text, trusted }) => (trusted ? text : text.replace(MARKER, '$& ')));
  return { role, content: texts.join('') };
}
