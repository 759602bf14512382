import { streamChunks } from '../model-file/stream-chunks.js';
import type { EngineError } from '../protocol.js';

/** The bytes of a file on the device. @param gone what is thrown when it goes away, or changes, while it is read */
export async function* fileChunks(
  file: Blob,
  gone: (cause: unknown) => EngineError,
): AsyncGenerator<Uint8Array> {
  try {
    yield* streamChunks(file.stream());
  } catch (cause) {
    throw gone(cause);
  }
}
