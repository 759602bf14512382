/** The engine in Node behind the plugin's port, for dialogue on the real model. */
import type { Chunk, GenerateRequest, GenerateResult, WorkerMessage } from '../../engine/protocol.js';
import type { DocStore, EnginePort } from '../../plugin/engine-port.js';
import type { EngineFixture } from './engine-fixture.js';

const FIRST_ID = 1_000_000;

/** Requests, as they were made, beside the port. */
export interface WatchedPort extends EnginePort {
  readonly requests: readonly GenerateRequest[];
}

/** Takes over the fixture's messages. */
export function portOf(engine: EngineFixture): WatchedPort {
  const listeners = new Map<number, (chunk: Chunk) => void>();
  const requests: GenerateRequest[] = [];
  let nextId = FIRST_ID;
  engine.onMessage = (message: WorkerMessage) => {
    if (message.type !== 'frame') return;
    for (const { id, chunk } of message.chunks) listeners.get(id)?.(chunk);
  };
  const cancellable = async <T>(work: (id: number) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    const id = nextId++;
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => {
        listeners.delete(id);
        engine.host.cancel(id);
        reject(signal.reason);
      });
    });
    return Promise.race([work(id), aborted]);
  };
  return {
    requests,
    model: { id: engine.info.id, nCtx: engine.info.nCtx },
    countTokens: async (texts) => engine.host.countTokens(texts),
    generate: (request, onChunk, signal) =>
      cancellable(async (id): Promise<GenerateResult> => {
        requests.push(request);
        listeners.set(id, onChunk);
        const { result } = await engine.host.generate(id, request);
        return result;
      }, signal),
    prefill: (request, signal) => cancellable((id) => engine.host.prefill(id, request), signal),
    drop: (sequence) => engine.host.drop(sequence),
    readDoc: (key) => engine.host.readDoc(key),
    writeDoc: (key, bytes) => engine.host.writeDoc(key, bytes),
  };
}

/** Documents in memory. */
export function memoryDocs(): DocStore & { readonly docs: Map<string, Uint8Array> } {
  const docs = new Map<string, Uint8Array>();
  return {
    docs,
    readDoc: async (key) => docs.get(key),
    writeDoc: async (key, bytes) => {
      docs.set(key, bytes);
    },
  };
}
