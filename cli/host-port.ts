/** An engine without a worker behind the plugin's port: dialogue in Node, for the command line and tests. */
import type { EngineHost } from '../engine/host.js';
import { PieceStream } from '../engine/piece-stream.js';
import type { GenerateResult, ModelInfo, WorkerMessage } from '../engine/protocol.js';
import type { EnginePort } from '../plugin/engine-port.js';

export interface HostPort extends EnginePort {
  /** To be called with each message that the host posts. */
  receive(message: WorkerMessage): void;
}

/** @param firstId requests take this id and those behind it */
export function hostPort(host: EngineHost, { id: modelId, nCtx }: ModelInfo, firstId = 1): HostPort {
  const streams = new Map<number, PieceStream>();
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
      for (const { id, chunk } of message.chunks) streams.get(id)?.push(chunk);
    },
    model: { id: modelId, nCtx },
    countTokens: async (texts) => host.countTokens(texts),
    similarities: async (words, others) => host.similarities(words, others),
    generate: (request, onChunk, signal) =>
      cancellable(async (id): Promise<GenerateResult> => {
        const stream = new PieceStream(onChunk);
        streams.set(id, stream);
        const { result, pieces } = await host.generate(id, request);
        // The last ones may come with the next grant.
        await stream.received(pieces);
        return result;
      }, signal),
    prefill: (request, signal) => cancellable((id) => host.prefill(id, request), signal),
    drop: (sequence) => host.drop(sequence),
    readDoc: (key) => host.readDoc(key),
    writeDoc: (key, bytes) => host.writeDoc(key, bytes),
  };
}
