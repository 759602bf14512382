/**
 * Comlink's own "throw" handler keeps an error's name and message only; ours keeps `code` and `hint` too, so that the
 * other side rejects with an EngineError. Installed on both sides.
 */
import type { TransferHandler } from 'comlink';
import { EngineError, type EngineErrorCode } from './protocol.js';

type Thrown = { value: unknown };
type Serialized =
  | {
      kind: 'engine';
      code: EngineErrorCode;
      message: string;
      hint: string | undefined;
      stack: string | undefined;
    }
  | { kind: 'abort'; message: string }
  | { kind: 'other'; name: string; message: string; stack: string | undefined };

const BUILT_IN: Record<string, ErrorConstructor> = { TypeError, RangeError };

/** Wraps the `throw` entry of Comlink's `transferHandlers`. */
export function installErrorTransfer(handlers: Map<string, TransferHandler<unknown, unknown>>): void {
  const own = handlers.get('throw');
  if (!own) throw new Error('Comlink has no throw handler to wrap.');
  handlers.set('throw', {
    canHandle: own.canHandle,
    serialize: (thrown) => [serializeError((thrown as Thrown).value), []],
    deserialize: (serialized) => {
      throw deserializeError(serialized as Serialized);
    },
  });
}

export function serializeError(error: unknown): Serialized {
  if (error instanceof EngineError) {
    const { code, message, hint, stack } = error;
    return { kind: 'engine', code, message, hint, stack };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { kind: 'abort', message: error.message };
  }
  if (error instanceof Error) {
    return { kind: 'other', name: error.name, message: error.message, stack: error.stack };
  }
  return { kind: 'other', name: 'Error', message: String(error), stack: undefined };
}

export function deserializeError(serialized: Serialized): Error {
  if (serialized.kind === 'abort') return new DOMException(serialized.message, 'AbortError');
  const error =
    serialized.kind === 'engine'
      ? new EngineError(serialized.code, serialized.message, serialized.hint ? { hint: serialized.hint } : {})
      : new (BUILT_IN[serialized.name] ?? Error)(serialized.message);
  if (serialized.stack) error.stack = serialized.stack;
  return error;
}
