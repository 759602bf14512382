/** What a game says about its server. */
import { SERVER_KINDS, type ServerKind } from './servers.js';

export interface RemoteOptions {
  /** Where `/models` and `/chat/completions` are, such as `http://localhost:8080/v1`; relative to the page. */
  readonly baseUrl: string;
  /** The name under which the server knows its model. */
  readonly model: string;
  /** Default: what the server's list of models tells; `openai` where that tells nothing. */
  readonly server?: ServerKind;
  /** Sent as `Authorization: Bearer …`. Whoever opens the page can read it: never the key of an account. */
  readonly apiKey?: string;
  /** More headers for each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Context window in tokens. Default: what the server tells, else 2048. */
  readonly nCtx?: number;
  readonly timeoutMs?: Partial<Timeouts>;
  /** Requests at a time, 1 to 64; of several, one is kept for the player. Default 2. */
  readonly maxParallel?: number;
  /** How often a request is sent again of which nothing has been shown, 0 to 10. Default 2. */
  readonly retries?: number;
  /** More fields for each chat request, over those that are sent by default. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** In milliseconds, above 0. */
export interface Timeouts {
  /** Until the list of models has come. Default 10 000. */
  readonly connect: number;
  /** From sending a request to its first words: many servers send no header before. Default 30 000. */
  readonly firstToken: number;
  /** Between two pieces of an answer. Default 15 000. */
  readonly stall: number;
}

export interface CheckedOptions
  extends Pick<RemoteOptions, 'model' | 'server' | 'nCtx'>,
    Required<Pick<RemoteOptions, 'maxParallel' | 'retries' | 'body'>> {
  /** Ends in a slash. */
  readonly base: URL;
  readonly headers: Headers;
  readonly timeoutMs: Timeouts;
}

const TIMEOUTS: Timeouts = { connect: 10_000, firstToken: 30_000, stall: 15_000 };
const MIN_CONTEXT = 256;
const MAX_CONTEXT = 1_048_576;

/** @throws TypeError, RangeError: what was got and expected */
export function checkedOptions(options: RemoteOptions): CheckedOptions {
  const { model, server, apiKey, headers = {}, nCtx, maxParallel = 2, retries = 2, body = {} } = options;
  if (typeof model !== 'string' || model === '') throw new TypeError(expected('model', model, 'a name'));
  if (server !== undefined && !SERVER_KINDS.includes(server))
    throw new RangeError(expected('server', server, `one of ${SERVER_KINDS.join(', ')}`));
  if (nCtx !== undefined) checkWhole('nCtx', nCtx, MIN_CONTEXT, MAX_CONTEXT);
  checkWhole('maxParallel', maxParallel, 1, 64);
  checkWhole('retries', retries, 0, 10);
  const timeoutMs = { ...TIMEOUTS, ...options.timeoutMs };
  for (const [name, ms] of Object.entries(timeoutMs)) {
    if (!(ms > 0)) throw new RangeError(expected(`timeoutMs.${name}`, ms, 'milliseconds above 0'));
  }
  return {
    base: checkedUrl(options.baseUrl),
    model,
    ...(server === undefined ? {} : { server }),
    ...(nCtx === undefined ? {} : { nCtx }),
    headers: checkedHeaders(apiKey, headers),
    timeoutMs,
    maxParallel,
    retries,
    body,
  };
}

function checkedUrl(baseUrl: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl, globalThis.document?.baseURI);
  } catch {
    throw new TypeError(expected('baseUrl', baseUrl, 'an address such as http://localhost:8080/v1'));
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new RangeError(expected('baseUrl', baseUrl, 'http or https, without user, query and hash'));
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** Names are the same in any case: the game's own go over the others. */
function checkedHeaders(apiKey: string | undefined, headers: Readonly<Record<string, string>>): Headers {
  const checked = new Headers();
  const all = [
    ...(apiKey === undefined ? [] : [['authorization', `Bearer ${apiKey}`]]),
    ...Object.entries(headers),
  ];
  for (const [name = '', value = ''] of all) {
    try {
      checked.set(name, value);
    } catch {
      // Not its value: that may be a key.
      throw new TypeError(
        `remoteEngine header ${JSON.stringify(name)}: got a name or value that HTTP does not allow, expected one line of Latin characters.`,
      );
    }
  }
  return checked;
}

function checkWhole(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new RangeError(expected(name, value, `a whole number from ${min} to ${max}`));
}

function expected(name: string, got: unknown, what: string): string {
  return `remoteEngine ${name}: got ${JSON.stringify(got)}, expected ${what}.`;
}
