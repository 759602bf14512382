/** Requests to one server, and to no other place. */
import { type ChatEvent, chatEvents } from './chat-events.js';
import type { CheckedOptions } from './options.js';
import { errorInAnswer, excerpt, refusalOf } from './refusal.js';
import { RemoteError } from './remote-error.js';
import { Watchdog } from './watchdog.js';

/** Behind the end of an answer the server may still say what it took; that is worth no longer wait. */
const AFTER_END_MS = 1_000;

export interface ListedModel {
  readonly id: string;
  readonly owner?: string;
  /** Tokens, where the server tells. */
  readonly nCtx?: number;
}

export class Connection {
  readonly #options: Pick<CheckedOptions, 'base' | 'headers' | 'timeoutMs'>;

  constructor(options: Pick<CheckedOptions, 'base' | 'headers' | 'timeoutMs'>) {
    this.#options = options;
  }

  /** The models that the server has. @throws RemoteError; AbortError */
  async models(signal?: AbortSignal): Promise<ListedModel[]> {
    return this.#watched(signal, async (watchdog) => {
      watchdog.expect('the list of models', this.#options.timeoutMs.connect, 'connect');
      const response = await this.#fetch('models', watchdog.signal);
      const text = await response.text();
      return readModels(text) ?? fail(notAnswer(response, text, 'a list of models'));
    });
  }

  /**
   * Streams an answer.
   * @param onEvent returns false to end it
   * @throws RemoteError; AbortError when `signal` aborts, which ends the request
   */
  async chat(
    body: Readonly<Record<string, unknown>>,
    onEvent: (event: ChatEvent) => boolean,
    signal?: AbortSignal,
  ): Promise<void> {
    const { firstToken, stall } = this.#options.timeoutMs;
    await this.#watched(signal, async (watchdog) => {
      watchdog.expect('the first words', firstToken, 'firstToken');
      const response = await this.#fetch('chat/completions', watchdog.signal, JSON.stringify(body));
      const type = response.headers.get('content-type') ?? '';
      if (!response.body || !type.startsWith('text/event-stream'))
        throw notAnswer(response, await response.text(), 'a stream of events');
      for await (const event of chatEvents(response.body)) {
        if (event.text !== '') watchdog.expect('the next words', stall, 'stall');
        if (event.finish !== undefined) watchdog.expect('the end', AFTER_END_MS, 'stall');
        if (!onEvent(event)) return;
      }
    });
  }

  async #watched<T>(signal: AbortSignal | undefined, work: (watchdog: Watchdog) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const watchdog = new Watchdog(signal);
    try {
      return await work(watchdog);
    } catch (error) {
      throw watchdog.reason ?? error;
    } finally {
      watchdog.stop();
    }
  }

  /** @param post JSON to post */
  async #fetch(path: string, signal: AbortSignal, post?: string): Promise<Response> {
    const { base } = this.#options;
    const url = new URL(path, base);
    const headers = new Headers(this.#options.headers);
    if (post !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
    let response: Response;
    try {
      response = await fetch(url, {
        ...(post === undefined ? {} : { method: 'POST', body: post }),
        headers,
        signal,
        // A redirect could lead what is said anywhere.
        redirect: 'error',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      });
    } catch (cause) {
      throw new RemoteError('remote-unreachable', `Got no answer from ${url}; expected a server there.`, {
        hint: 'Check that it runs, that it allows pages of this origin (CORS), that an https page asks an https server, and that it does not redirect.',
        cause,
      });
    }
    if (!response.ok) throw await refusalOf(response);
    return response;
  }
}

function notAnswer(response: Response, text: string, expected: string): RemoteError {
  const error = errorOf(text);
  if (error) return errorInAnswer(error);
  const type = response.headers.get('content-type') ?? 'no content type';
  return new RemoteError(
    'remote-invalid',
    `Got ${type} (${excerpt(text)}) from ${response.url}; expected ${expected}.`,
    { hint: 'Check that baseUrl is that of an OpenAI-compatible server; most end in /v1.' },
  );
}

/** What stands under `error` in a body of JSON. */
function errorOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: unknown } | null)?.error;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no list of models. */
function readModels(text: string): ListedModel[] | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    if (!Array.isArray(data)) return undefined;
    return data
      .filter((model): model is { id: string } & Record<string, unknown> => typeof model?.id === 'string')
      .map(({ id, owned_by: owner, max_model_len: nCtx }) => ({
        id,
        ...(typeof owner === 'string' ? { owner } : {}),
        ...(typeof nCtx === 'number' && nCtx > 0 ? { nCtx } : {}),
      }));
  } catch {
    return undefined;
  }
}

function fail(error: Error): never {
  throw error;
}
