/** One request for the rest of a file, and what the answer says of it. */
import { streamChunks } from '../model-file/stream-chunks.js';
import { EngineError } from '../protocol.js';
import type { Validator } from './partial-file.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The connection broke or the server is not able now: worth another try. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

export interface RestOfFile {
  /** Where the bytes begin: what was asked for, or 0 where the server sends all again. */
  readonly at: number;
  /** Of the whole file; undefined where the server does not say. */
  readonly totalBytes: number | undefined;
  /** Undefined where the server does not say, or hides it from pages of other origins. */
  readonly validator: Validator | undefined;
  /** Ends in an Interruption when the connection breaks. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Gives the bytes up unread. */
  cancel(): void;
}

const SILENCE_MS = 30_000;
const NOT_NOW = new Set([408, 425, 429]);

/**
 * Asks for the bytes from `at` on.
 * @param url absolute; redirects are followed
 * @returns undefined when the server has no bytes at `at`
 * @throws Interruption
 * @throws EngineError model-fetch-failed: a status that another try does not change; gguf-not-gguf: a web page
 * @throws DOMException AbortError
 */
export async function requestRest(
  fetchFile: Fetch,
  url: string,
  at: number,
  signal: AbortSignal,
): Promise<RestOfFile | undefined> {
  const watch = new Watch(signal);
  let response: Response;
  try {
    // Not kept twice: what is stored needs no copy in the browser's cache.
    const init = {
      // A range, also from 0 on, makes browsers ask for the bytes as they are and not compressed. No `If-Range` beside
      // it: at another origin, and behind a redirect to one, that costs a preflight, which few hosts of files allow.
      headers: { Range: `bytes=${at}-` },
      signal: watch.signal,
      cache: 'no-store',
    } as const;
    response = await fetchFile(url, init);
  } catch (error) {
    throw watch.interruption(error);
  }
  const { body } = response;
  const cancel = () => {
    watch.end();
    body?.cancel().catch(() => undefined);
  };
  if (response.status === 416 && at > 0) {
    cancel();
    return undefined;
  }
  const refusal = refusalOf(response, url);
  if (refusal || !body) {
    cancel();
    throw refusal ?? new Interruption('an answer without bytes');
  }
  return {
    ...rangeOf(response, at),
    validator: validatorOf(response),
    chunks: readBody(body, watch),
    cancel,
  };
}

function refusalOf(response: Response, url: string): Error | undefined {
  const { status, ok, headers } = response;
  if (status >= 500 || NOT_NOW.has(status)) return new Interruption(`status ${status}`);
  if (!ok) {
    return new EngineError('model-fetch-failed', `Got status ${status} for ${url}; expected 200 or 206.`, {
      hint: 'Check that the model file is served at this address.',
    });
  }
  if (!headers.get('content-type')?.startsWith('text/html')) return undefined;
  return new EngineError(
    'gguf-not-gguf',
    `Got a web page from ${url}; expected a GGUF model, which begins with "GGUF".`,
    { hint: 'Use the address of the file itself, not that of the page that shows it.' },
  );
}

async function* readBody(body: ReadableStream<Uint8Array>, watch: Watch): AsyncGenerator<Uint8Array> {
  const chunks = streamChunks(body);
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        throw watch.interruption(error);
      });
      if (next.done) return;
      watch.alive();
      yield next.value;
    }
  } finally {
    watch.end();
    await chunks.return(undefined);
  }
}

/** Ends a request when its caller gives up, and when nothing comes: a lost network often breaks no connection. */
class Watch {
  readonly #caller: AbortSignal;
  readonly #controller = new AbortController();
  readonly #onAbort = () => this.#controller.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal) {
    caller.throwIfAborted();
    this.#caller = caller;
    caller.addEventListener('abort', this.#onAbort, { once: true });
    this.alive();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  alive(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), SILENCE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener('abort', this.#onAbort);
  }

  /** @throws the caller's reason where that one gave up */
  interruption(error: unknown): Interruption {
    this.end();
    this.#caller.throwIfAborted();
    const silent = this.signal.aborted;
    return new Interruption(silent ? `nothing came for ${SILENCE_MS / 1000} s` : String(error));
  }
}

/** Where the bytes of an answer begin and how many the whole has; hidden headers are worked out from the others. */
function rangeOf(response: Response, at: number): Pick<RestOfFile, 'at' | 'totalBytes'> {
  const { headers } = response;
  const length = headers.has('content-encoding') ? 0 : Number(headers.get('content-length'));
  if (response.status !== 206) return { at: 0, totalBytes: length || undefined };
  const [, from, total] = /^bytes (\d+)-\d*\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  const begin = from === undefined ? at : Number(from);
  const whole = Number(total);
  return { at: begin, totalBytes: whole > 0 ? whole : length > 0 ? begin + length : undefined };
}

function validatorOf({ headers }: Response): Validator | undefined {
  return headers.get('etag') ?? headers.get('last-modified') ?? undefined;
}
