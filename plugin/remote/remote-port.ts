/** The engine port on a remote server. */
import type { Chunk, EnginePort, GenerateRequest, GenerateResult } from '../engine-port.js';
import { chatRequest } from './chat-request.js';
import type { Connection } from './connection.js';
import type { CheckedOptions } from './options.js';
import { RemoteError } from './remote-error.js';
import type { RequestQueue } from './request-queue.js';
import type { Server } from './servers.js';
import { StreamedAnswer } from './streamed-answer.js';
import { estimatedTokens } from './token-estimate.js';

/** Before a request is sent again, where the server asks for no other time; doubled each time. */
const FIRST_PAUSE_MS = 500;
/** The player waits no longer for a busy server; an authored line is better. */
const LONGEST_PAUSE_MS = 5_000;
/** A server that failed every time is left alone so long: lines in the meantime are authored at once. */
const REST_MS = 5_000;

/** Documents are kept by someone else: the game's own store. */
export class RemotePort implements Omit<EnginePort, 'readDoc' | 'writeDoc'> {
  readonly model: EnginePort['model'];
  readonly #options: Pick<CheckedOptions, 'model' | 'retries' | 'body'>;
  readonly #server: Server;
  readonly #connection: Connection;
  readonly #queue: RequestQueue;
  #rest: { readonly untilMs: number; readonly error: RemoteError } | undefined;

  constructor(
    model: EnginePort['model'],
    options: Pick<CheckedOptions, 'model' | 'retries' | 'body'>,
    server: Server,
    connection: Connection,
    queue: RequestQueue,
  ) {
    this.model = model;
    this.#options = options;
    this.#server = server;
    this.#connection = connection;
    this.#queue = queue;
  }

  /** Estimates, rather too high. */
  async countTokens(texts: readonly string[]): Promise<number[]> {
    return texts.map(estimatedTokens);
  }

  /**
   * A failure after the first words ends the answer where it stands, as a limit on its length would.
   * @throws RemoteError what failed before the first words
   * @throws DOMException `AbortError` when `signal` aborts; the request ends
   */
  async generate(
    request: GenerateRequest,
    onChunk: (chunk: Chunk) => void,
    signal?: AbortSignal,
  ): Promise<GenerateResult> {
    const { model, body } = this.#options;
    const chat = chatRequest(request, model, this.#server, body);
    const answer = new StreamedAnswer(chat?.shown ?? '', onChunk);
    if (!chat) return answer.result();
    const { priority, sequence } = request;
    await this.#queue.run(priority, sequence, () => this.#stream(chat.body, answer, signal), signal);
    return answer.result();
  }

  /** The server's own prefix cache does what it can; nothing is sent that the player did not ask for. */
  async prefill(): Promise<void> {}

  async drop(): Promise<void> {}

  async #stream(
    body: Readonly<Record<string, unknown>>,
    answer: StreamedAnswer,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (this.#rest && performance.now() < this.#rest.untilMs) throw this.#rest.error;
    for (let tries = 0; ; tries++) {
      try {
        await this.#connection.chat(body, (event) => answer.take(event), signal);
        this.#rest = undefined;
        if (answer.onlyReasoned) throw onlyReasoning();
        return;
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        if (answer.begun) {
          answer.breakOff();
          console.warn(
            `Parley: the server failed in the middle of a line; it ends there. ${error.message} ${error.hint}`,
          );
          return;
        }
        const pauseMs = error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** tries;
        if (!error.passing || tries >= this.#options.retries || pauseMs > LONGEST_PAUSE_MS) {
          this.#restAfter(error);
          throw error;
        }
        await pause(pauseMs, signal);
        answer.restart();
      }
    }
  }

  #restAfter(error: RemoteError): void {
    if (!error.passing && error.code !== 'remote-timeout') return;
    this.#rest = { untilMs: performance.now() + (error.retryAfterMs ?? REST_MS), error };
  }
}

function onlyReasoning(): RemoteError {
  return new RemoteError('remote-invalid', 'Got reasoning without an answer; expected an answer.', {
    hint: "Switch reasoning off with the option body: { reasoning_effort: 'none' }, or { chat_template_kwargs: { enable_thinking: false } } for llama.cpp and vLLM. A line has few tokens, and reasoning uses them up.",
  });
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
