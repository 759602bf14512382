/** The events of a streamed chat answer. */
import { createParser } from 'eventsource-parser';
import { errorText, excerpt } from './refusal.js';
import { RemoteError } from './remote-error.js';

/** An event is one piece of an answer; a longer one is no answer. */
const MAX_EVENT_CHARS = 1_000_000;
const DONE = '[DONE]';

export interface ChatEvent {
  readonly text: string;
  /** Of the last event with text. */
  readonly finish?: string;
  readonly promptTokens?: number;
  readonly cachedTokens?: number;
}

/**
 * Reads a body of server-sent events up to `[DONE]`.
 * @throws RemoteError remote-failed, remote-invalid; remote-cut: the stream ended before the answer
 */
export async function* chatEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatEvent> {
  const lines: string[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: ({ data }) => lines.push(data),
    onError: ({ type }) => {
      tooLong ||= type === 'max-buffer-size-exceeded';
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      if (tooLong) throw invalid(`an event of more than ${MAX_EVENT_CHARS} characters`);
      for (const line of lines.splice(0)) {
        if (line === DONE) return;
        const event = readEvent(line);
        finished ||= event.finish !== undefined;
        yield event;
      }
      if (done) break;
    }
  } finally {
    // What still comes is of no use to anyone.
    await reader.cancel().catch(() => undefined);
  }
  if (!finished) throw cutOff();
}

export function cutOff(cause?: unknown): RemoteError {
  return new RemoteError('remote-cut', 'Got the end of the stream; expected the end of the answer.', {
    hint: 'The server or a proxy closed the connection; look whether it was stopped or ran out of memory.',
    cause,
  });
}

function readEvent(data: string): ChatEvent {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    throw invalid(`an event that is no JSON (${excerpt(data)})`);
  }
  if (!isRecord(json)) throw invalid(`an event that is no object (${excerpt(data)})`);
  if (json.error) {
    const said = excerpt(errorText(json));
    throw new RemoteError('remote-failed', `Got an error in the stream (${said}); expected an answer.`, {
      hint: "Look into the server's log.",
    });
  }
  const [choice] = Array.isArray(json.choices) ? json.choices : [];
  const { delta, finish_reason: finish } = isRecord(choice) ? choice : {};
  const content = isRecord(delta) ? delta.content : undefined;
  const usage = isRecord(json.usage) ? json.usage : {};
  const details = isRecord(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  return {
    text: typeof content === 'string' ? content : '',
    ...(typeof finish === 'string' ? { finish } : {}),
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
