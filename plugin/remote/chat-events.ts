/** The events of a streamed chat answer. */
import { createParser } from 'eventsource-parser';
import { errorInAnswer, excerpt } from './refusal.js';
import { RemoteError } from './remote-error.js';

/** An event is one piece of an answer; a longer one is no answer. */
const MAX_EVENT_CHARS = 1_000_000;
const DONE = '[DONE]';

export interface ChatEvent {
  readonly text: string;
  /** The model thought aloud, apart from its answer. */
  readonly reasoned: boolean;
  /** Of the last event with text. */
  readonly finish?: string;
  readonly promptTokens?: number;
  readonly cachedTokens?: number;
}

/**
 * Reads a body of server-sent events up to `[DONE]`, or up to its end where that is not sent.
 * @throws RemoteError remote-invalid; remote-cut: the stream ended before the answer; what an error in it says
 */
export async function* chatEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatEvent> {
  const lines: { readonly event?: string | undefined; readonly data: string }[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: (line) => lines.push(line),
    onError: ({ type, field, value = '' }) => {
      tooLong ||= type === 'max-buffer-size-exceeded';
      // llama.cpp up to September 2025: `error: {…}` in place of `data: {"error": …}`, and `[DONE]` behind it.
      if (type === 'unknown-field' && field === 'error') lines.push({ event: 'error', data: value });
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        // Behind the end of an answer nothing is missing.
        if (finished) return { done: true, value: undefined };
        throw cutOff(cause);
      });
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      if (tooLong) throw invalid(`an event of more than ${MAX_EVENT_CHARS} characters`);
      for (const { event, data } of lines.splice(0)) {
        if (data.trim() === DONE) return;
        if (data.trim() === '') continue;
        const json = parsed(data);
        if (event === 'error') throw errorInAnswer(isRecord(json) ? (json.error ?? json) : data);
        // A cut comes in the middle of an event too.
        if (json === undefined && done) break;
        const chat = readEvent(json, data);
        finished ||= chat.finish !== undefined;
        yield chat;
      }
      if (done) break;
    }
  } finally {
    // What still comes is of no use to anyone.
    await reader.cancel().catch(() => undefined);
  }
  if (!finished) throw cutOff();
}

function cutOff(cause?: unknown): RemoteError {
  return new RemoteError('remote-cut', 'Got the end of the stream; expected the end of the answer.', {
    hint: 'The server or a proxy closed the connection; look whether it was stopped or ran out of memory.',
    cause,
  });
}

/** Undefined for what is no JSON. */
function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** @param data what `json` was read from */
function readEvent(json: unknown, data: string): ChatEvent {
  if (json === undefined) throw invalid(`an event that is no JSON (${excerpt(data)})`);
  if (!isRecord(json)) throw invalid(`an event that is no object (${excerpt(data)})`);
  if (json.error) throw errorInAnswer(json.error);
  const [choice] = Array.isArray(json.choices) ? json.choices : [];
  const { delta, finish_reason: finish } = isRecord(choice) ? choice : {};
  // Of reasoning: llama.cpp has the one name, Ollama the other, vLLM had both.
  const { content, reasoning_content: thought, reasoning = thought } = isRecord(delta) ? delta : {};
  const reasoned = typeof reasoning === 'string' && reasoning !== '';
  const usage = isRecord(json.usage) ? json.usage : {};
  const details = isRecord(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  return {
    text: typeof content === 'string' ? content : '',
    reasoned,
    // Ollama had an empty one on each event but the last; some proxies have one on each piece of reasoning.
    ...(typeof finish === 'string' && finish !== '' && !reasoned ? { finish } : {}),
    ...(typeof usage.prompt_tokens === 'number' ? { promptTokens: usage.prompt_tokens } : {}),
    ...(typeof details.cached_tokens === 'number' ? { cachedTokens: details.cached_tokens } : {}),
  };
}

function invalid(got: string): RemoteError {
  return new RemoteError('remote-invalid', `Got ${got}; expected chat completion chunks.`, {
    hint: 'Check that baseUrl is that of an OpenAI-compatible server, and what stands between.',
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
