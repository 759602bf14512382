/** An engine without a worker behind the plugin's port: dialogue in Node, for the command line and tests. */
import type { EngineHost } from '../engine/host.js';
import type { Chunk, GenerateResult, ModelInfo, WorkerMessage } from '../engine/protocol.js';
import type { EnginePort } from '../plugin/engine-port.js';

export interface HostPort extends EnginePort {
  /** To be called with each message that the host posts. */
  receive(message: WorkerMessage): void;
}

/** A request whose pieces stream in beside its result. */
interface Stream {
  readonly onChunk: (chunk: Chunk) => void;
  readonly count: (pieces: number) => void;
}

/** @param firstId requests take this id and those behind it */
export function hostPort(host: EngineHost, { id: modelId, nCtx }: ModelInfo, firstId = 1): HostPort {
  const streams = new Map<number, Stream>();
  let nextId = firstId;
  const cancellable = async <T>(work: (id: number) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    const id = nextId++;
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        host.cancel(id);
        reject(signal?.reason);
      };
    });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([work(id), aborted]);
    } finally {
      // One signal may stand for many requests.
      signal?.removeEventListener('abort', abort);
      streams.delete(id);
    }
  };
  return {
    receive: (message) => {
      if (message.type !== 'frame') return;
      for (const { id, chunk } of message.chunks) {
        const stream = streams.get(id);
        stream?.onChunk(chunk);
        stream?.count(chunk.pieces.length);
      }
    },
    model: { id: modelId, nCtx },
    countTokens: async (texts) => host.countTokens(texts),
    similarities: async (words, others) => host.similarities(words, others),
    generate: (request, onChunk, signal) =>
      cancellable(async (id): Promise<GenerateResult> => {
        let received = 0;
        let whole = () => {};
        let total = Number.POSITIVE_INFINITY;
        const all = new Promise<void>((resolve) => {
          whole = resolve;
        });
        const count = (pieces: number) => {
          received += pieces;
          if (received >= total) whole();
        };
        streams.set(id, { onChunk, count });
        const { result, pieces } = await host.generate(id, request);
        // The last ones may come with the next grant.
        total = pieces;
        count(0);
        await all;
        return result;
      }, signal),
    prefill: (request, signal) => cancellable((id) => host.prefill(id, request), signal),
    drop: (sequence) => host.drop(sequence),
    readDoc: (key) => host.readDoc(key),
    writeDoc: (key, bytes) => host.writeDoc(key, bytes),
  };
}
