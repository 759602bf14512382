/** What goes wrong between a game and its server. */

export type RemoteErrorCode =
  /** No answer at all: not running, not reachable, or it refuses pages of this origin (CORS). */
  | 'remote-unreachable'
  /** 401 or 403. */
  | 'remote-unauthorized'
  /** 404: the path or the model. */
  | 'remote-not-found'
  /** 429 or 503: too many requests, or still loading. */
  | 'remote-busy'
  /** Another 4xx: the server does not take the request. */
  | 'remote-rejected'
  /** Another 5xx, or an error inside the stream that names no status. */
  | 'remote-failed'
  | 'remote-timeout'
  /** What came is no answer of an OpenAI-compatible server, or only reasoning. */
  | 'remote-invalid'
  /** The stream ended before the answer did. */
  | 'remote-cut'
  /** The talk is longer than the server's context window. */
  | 'context-full';

/** Asking once more may help. */
const PASSING: readonly RemoteErrorCode[] = [
  'remote-unreachable',
  'remote-busy',
  'remote-failed',
  'remote-cut',
];

export interface RemoteErrorOptions {
  readonly hint: string;
  readonly cause?: unknown;
  readonly retryAfterMs?: number | undefined;
}

/** An error of a remote server: the message gives what was got and expected, the hint the remedy. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteErrorCode;
  readonly hint: string;
  /** How long the server asks to be left alone, in milliseconds; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(code: RemoteErrorCode, message: string, { hint, cause, retryAfterMs }: RemoteErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether asking once more may help. */
  get passing(): boolean {
    return PASSING.includes(this.code);
  }
}
