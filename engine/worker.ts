/** Worker entry: the engine host or the model manager, exposed through Comlink, or a thread of the engine's pool. */
import * as Comlink from 'comlink';
import { inflateSync } from 'fflate';
import plain from '../build/kernels/plain.wasm';
import relaxed from '../build/kernels/relaxed.wasm';
import { installErrorTransfer } from './error-transfer.js';
import { EngineHost } from './host.js';
import { ModelService } from './model-store/model-service.js';
import { openModel } from './model-store/open-model.js';
import type { StartModelsMessage } from './model-store/protocol.js';
import type { ClientMessage, StartMessage, WorkerMessage } from './protocol.js';
import { openGameStore } from './store/open-store.js';
import { startNestedWorker } from './threads/nested-worker.js';
import { type PoolThreadStart, runPoolThread } from './threads/pool-thread.js';
import { canShareMemory } from './threads/shared-memory.js';

installErrorTransfer(Comlink.transferHandlers);

/** The page hears of an answer's end and sends its transcript, also at ten frames a second. */
const CACHE_SAVE_DELAY_MS = 200;

/** The one plain message to the worker says what it is. */
self.onmessage = ({ data }: MessageEvent<StartMessage | StartModelsMessage | PoolThreadStart>) => {
  if (data.role === 'engine') startEngine(data);
  else if (data.role === 'models') startModels(data);
  else runPoolThread(data, (message) => self.postMessage(message)).finally(() => self.close());
};

/** Calls go through Comlink, tokens and grants beside it. */
function startEngine({ gameId, calls, stream }: StartMessage): void {
  const post = (message: WorkerMessage) => stream.postMessage(message);
  const host = new EngineHost({
    gameId,
    // Deflated by the build.
    binaries: { plain: inflateSync(plain), relaxed: inflateSync(relaxed) },
    openStore: () => openGameStore(gameId, (storage) => post({ type: 'storage', storage })),
    openModel,
    post,
    startThread: canShareMemory() ? startNestedWorker : undefined,
    now: () => performance.now(),
    defer: createDefer(),
    cacheSaveDelayMs: CACHE_SAVE_DELAY_MS,
  });
  stream.onmessage = ({ data: message }: MessageEvent<ClientMessage>) => {
    if (message.type === 'grant') host.grant(message.grant);
    else host.cancel(message.id);
  };
  // The page says what happened; the browser's own report would say it twice.
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    post({ type: 'fatal', message: String(event.reason) });
  });
  self.addEventListener('error', (event) => {
    event.preventDefault();
    post({ type: 'fatal', message: String(event.error ?? event.message) });
  });
  Comlink.expose(host, calls);
}

/** A worker of its own: downloads go on while the engine computes, loads or dies. */
function startModels({ calls, progress }: StartModelsMessage): void {
  Comlink.expose(new ModelService((message) => progress.postMessage(message)), calls);
}

/** Back to the event loop and on: a message to oneself, which no timer clamps. */
function createDefer(): (callback: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const callbacks: (() => void)[] = [];
  port1.onmessage = () => callbacks.shift()?.();
  return (callback) => {
    callbacks.push(callback);
    port2.postMessage(null);
  };
}
