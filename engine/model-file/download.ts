/** A GGUF file as a stream of bytes from the network. */
import { EngineError } from '../protocol.js';
import { streamChunks } from './stream-chunks.js';

export interface ModelDownload {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Undefined when the server does not say. */
  readonly totalBytes: number | undefined;
  /** Hex, where it is known what the whole must be. */
  readonly sha256?: string;
}

/**
 * Opens the parts of a file, in order, as one stream.
 * @param urls absolute
 * @throws EngineError model-fetch-failed: no connection, or a status other than 200
 */
export async function fetchModel(urls: readonly string[]): Promise<ModelDownload> {
  const [first, ...rest] = urls;
  if (first === undefined) throw new RangeError('Got no model address; expected at least one.');
  const response = await openPart(first);
  const length = Number(response.headers.get('content-length'));
  const encoded = response.headers.has('content-encoding');
  return {
    chunks: readParts(response, first, rest),
    totalBytes: rest.length === 0 && length > 0 && !encoded ? length : undefined,
  };
}

async function openPart(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new EngineError('model-fetch-failed', `The model at ${url} could not be reached.`, {
      hint: 'Check the address, the connection and the CORS headers of the server.',
      cause,
    });
  }
  if (response.ok && response.body) return response;
  throw new EngineError('model-fetch-failed', `Got status ${response.status} for ${url}; expected 200.`, {
    hint: 'Check that the model file is served at this address.',
  });
}

async function* readParts(
  response: Response,
  url: string,
  rest: readonly string[],
): AsyncGenerator<Uint8Array> {
  yield* readPart(response, url);
  for (const next of rest) yield* readPart(await openPart(next), next);
}

async function* readPart(response: Response, url: string): AsyncGenerator<Uint8Array> {
  try {
    yield* streamChunks(response.body!);
  } catch (cause) {
    throw new EngineError('model-fetch-failed', `The connection broke while ${url} was loading.`, {
      hint: 'Load it again.',
      cause,
    });
  }
}
