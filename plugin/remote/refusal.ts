/** What an HTTP status and a body say went wrong. */
import { RemoteError, type RemoteErrorCode } from './remote-error.js';

/** Of the server's own words, in a message. */
const MAX_EXCERPT = 200;
const CONTEXT = /context.{0,20}(?:length|size|window)|exceed.{0,30}context|too many tokens/i;

/** @param response one that is not `ok`; its body is read */
export async function refusalOf(response: Response): Promise<RemoteError> {
  const { status } = response;
  const said = excerpt(errorText(await response.text().catch(() => '')));
  const [code, hint] = remedyFor(status, said);
  return new RemoteError(
    code,
    `Got status ${status} from ${response.url}${said && ` (${said})`}; expected an answer.`,
    {
      hint,
      retryAfterMs: retryAfter(response.headers.get('retry-after')),
    },
  );
}

/** An error that comes in place of an answer, behind a status of 200: it has the status that it should have come with. */
export function errorInAnswer(error: unknown): RemoteError {
  const said = excerpt(errorText({ error }));
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  const [remoteCode, hint] = remedyFor(typeof code === 'number' ? code : 500, said);
  return new RemoteError(remoteCode, `Got an error in place of an answer (${said}); expected an answer.`, {
    hint,
  });
}

/** One line, not too long. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_EXCERPT ? `${line.slice(0, MAX_EXCERPT)}…` : line;
}

/** The message of an error object, as OpenAI, vLLM, FastAPI and Ollama write it; else the text itself. */
export function errorText(body: unknown): string {
  if (typeof body === 'string') {
    try {
      return errorText(JSON.parse(body)) || body;
    } catch {
      return body;
    }
  }
  if (typeof body !== 'object' || body === null) return '';
  const { error, message, detail } = body as Record<string, unknown>;
  if (typeof error === 'object' && error !== null) return errorText(error);
  return String(error ?? message ?? (typeof detail === 'string' ? detail : ''));
}

function remedyFor(status: number, said: string): readonly [RemoteErrorCode, string] {
  if (status === 401 || status === 403)
    return ['remote-unauthorized', 'Check apiKey and headers; the server does not take them.'];
  if (status === 404)
    return [
      'remote-not-found',
      'Check baseUrl (most end in /v1) and model: GET baseUrl/models lists what there is.',
    ];
  if (status === 429 || status === 503)
    return ['remote-busy', 'Ask again later, lower maxParallel, or give the server more slots.'];
  // Behind the statuses of a limit, which may be one on tokens.
  if (CONTEXT.test(said))
    return [
      'context-full',
      'Set nCtx to the context length that the server was started with, or give it more.',
    ];
  if (status >= 500) return ['remote-failed', "Look into the server's log."];
  return ['remote-rejected', 'Check the server option and what body adds to the requests.'];
}

/** Seconds or a date, as HTTP has it. @returns milliseconds from now */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+(?:\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
