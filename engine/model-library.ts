/** The model store seen from the main thread: a worker of its own, started when it is first needed. */
import * as Comlink from 'comlink';
import { installErrorTransfer } from './error-transfer.js';
import type { ModelService } from './model-store/model-service.js';
import type {
  DownloadRequest,
  PartialDownload,
  ProgressMessage,
  StartModelsMessage,
  StoredModel,
  TransferProgress,
} from './model-store/protocol.js';
import { EngineError } from './protocol.js';
import { startWorker } from './start-worker.js';

installErrorTransfer(Comlink.transferHandlers);

export interface ModelLibraryOptions {
  /** The worker script; default: the built worker, embedded, from a Blob. */
  readonly workerUrl?: string;
}

export interface TransferOptions {
  /** Aborting ends the transfer; what was downloaded is kept for the next try. */
  readonly signal?: AbortSignal;
  /** At most ten times a second, and when the stage changes; twice a second while nothing comes. */
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** One life of the worker. */
interface Life {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<ModelService>;
  readonly death: Promise<never>;
  readonly die: (reason: string) => void;
}

export class ModelLibrary {
  readonly #options: ModelLibraryOptions;
  readonly #listeners = new Map<number, (progress: TransferProgress) => void>();
  #life: Life | undefined;
  #nextId = 1;

  constructor(options: ModelLibraryOptions = {}) {
    this.#options = options;
  }

  list(): Promise<StoredModel[]> {
    return this.#call(({ remote }) => remote.list());
  }

  partials(): Promise<PartialDownload[]> {
    return this.#call(({ remote }) => remote.partials());
  }

  /** @param request addresses must be absolute; errors as `ModelStore.download`, and worker-lost */
  download(request: DownloadRequest, options: TransferOptions = {}): Promise<StoredModel> {
    return this.#transfer(options, ({ remote }, id) => remote.download(id, request));
  }

  /** Errors as `ModelStore.import`, and worker-lost. */
  import(blob: Blob, name: string, options: TransferOptions = {}): Promise<StoredModel> {
    return this.#transfer(options, ({ remote }, id) => remote.import(id, blob, name));
  }

  remove(id: string): Promise<void> {
    return this.#call(({ remote }) => remote.remove(id));
  }

  /** Ends the worker; what is pending rejects with `worker-lost`. */
  dispose(): void {
    this.#life?.die('it was disposed');
  }

  async #transfer<T>(
    { signal, onProgress }: TransferOptions,
    work: (life: Life, id: number) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const id = this.#nextId++;
    const cancel = () => void this.#life?.remote.cancel(id);
    if (onProgress) this.#listeners.set(id, onProgress);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      // Rejects when the worker has closed the file, so that what comes next finds it at rest.
      return await this.#call((life) => work(life, id));
    } finally {
      this.#listeners.delete(id);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async #call<T>(work: (life: Life) => Promise<T>): Promise<T> {
    const life = this.#alive();
    return Promise.race([work(life), life.death]);
  }

  #alive(): Life {
    this.#life ??= this.#start();
    return this.#life;
  }

  #start(): Life {
    const worker = startWorker('parley models', this.#options.workerUrl);
    const calls = new MessageChannel();
    const progress = new MessageChannel();
    const start: StartModelsMessage = { role: 'models', calls: calls.port2, progress: progress.port2 };
    worker.postMessage(start, [calls.port2, progress.port2]);
    progress.port1.onmessage = ({ data }: MessageEvent<ProgressMessage>) => {
      this.#listeners.get(data.id)?.(data.progress);
    };
    let reject: (error: EngineError) => void = () => undefined;
    const death = new Promise<never>((_, no) => {
      reject = no;
    });
    death.catch(() => undefined);
    const die = (reason: string) => {
      if (this.#life?.worker === worker) this.#life = undefined;
      worker.terminate();
      progress.port1.close();
      reject(
        new EngineError('worker-lost', `The worker of the model manager is gone: ${reason}.`, {
          hint: 'Try again: it is started anew, and a download goes on where it was.',
        }),
      );
    };
    worker.onerror = (event) => die(event.message || 'its script failed');
    return { worker, remote: Comlink.wrap<ModelService>(calls.port1), death, die };
  }
}

/** Starts no worker before the first call. */
export function createModelLibrary(options?: ModelLibraryOptions): ModelLibrary {
  return new ModelLibrary(options);
}
