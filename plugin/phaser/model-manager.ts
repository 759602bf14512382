import type {
  DownloadRequest,
  ModelLibrary,
  PartialDownload,
  StoredModel,
  TransferOptions,
} from '../../engine/index.js';
import { deviceProfile, type StorageSpace, storageSpace } from './device.js';
import { checkedRequest, type ModelDownloadRequest } from './download-request.js';
import { type DeviceProfile, type ModelCandidate, type Proposal, proposeModel } from './propose-model.js';

/** A download above this asks the player first, and a file above it is worth asking the browser to keep. */
export const BIG_BYTES = 20_000_000;

/** A server that has not told a file's size by then is not waited for. */
const SIZE_TIMEOUT_MS = 10_000;

/** What the player is asked before a big download. */
export interface DownloadQuestion {
  readonly name: string;
  /** Still to be loaded; undefined where neither the request nor the server says it. */
  readonly bytes: number | undefined;
}

export type ConfirmDownload = (question: DownloadQuestion) => boolean | Promise<boolean>;

/** `this.parley.models`: models that are kept on the player's device. */
export class ModelManager {
  readonly #library: ModelLibrary;
  readonly #confirm: ConfirmDownload | undefined;

  /** @param confirm asked before each download of more than 20 MB or of unknown size */
  constructor(library: ModelLibrary, confirm: ConfirmDownload | undefined) {
    this.#library = library;
    this.#confirm = confirm;
  }

  /** The models on this device, oldest first. @throws EngineError storage-unavailable */
  list(): Promise<StoredModel[]> {
    return this.#library.list();
  }

  /** Downloads that were cut off or cancelled: `download(partial.request)` goes on. @throws EngineError storage-unavailable */
  partials(): Promise<PartialDownload[]> {
    return this.#library.partials();
  }

  /**
   * Keeps a model on this device, and goes on where an earlier try ended; one that is here already resolves at once.
   * @throws EngineError model-fetch-failed, model-mismatch, quota-exceeded, storage-unavailable, gguf-*, unsupported-*,
   *   worker-lost
   * @throws DOMException AbortError: the signal, or the player said no; what came is kept
   * @throws RangeError a request that says nothing of use
   */
  async download(request: ModelDownloadRequest, options: TransferOptions = {}): Promise<StoredModel> {
    const checked = checkedRequest(request, document.baseURI);
    await this.#ask(checked, options.signal);
    return this.#kept(await this.#library.download(checked, options));
  }

  /**
   * Keeps a copy of a file that the player chose or dropped.
   * @throws EngineError model-fetch-failed: the file cannot be read; quota-exceeded, storage-unavailable, gguf-*,
   *   unsupported-*, worker-lost
   * @throws DOMException AbortError: the signal; nothing is kept
   */
  async import(file: Blob, options: TransferOptions & { readonly name?: string } = {}): Promise<StoredModel> {
    const fileName = file instanceof File ? file.name.replace(/\.gguf$/i, '') : 'model';
    return this.#kept(await this.#library.import(file, options.name ?? fileName, options));
  }

  /**
   * Removes a stored model, or what is there of a download; one that runs on this page is cancelled. A model that is
   * loaded goes on talking until the page is closed. No error where there is none.
   * @param id of a `StoredModel` or a `PartialDownload`
   * @throws EngineError model-busy: another tab is loading it
   */
  remove(id: string): Promise<void> {
    return this.#library.remove(id);
  }

  /** Removes all models and all partial downloads. @throws EngineError model-busy: another tab is loading one */
  async removeAll(): Promise<void> {
    const [models, partials] = await Promise.all([this.list(), this.partials()]);
    for (const { id } of [...models, ...partials]) await this.remove(id);
  }

  /** Room on the device, and whether the browser promised to keep what is there. */
  space(): Promise<StorageSpace> {
    return storageSpace();
  }

  /**
   * Proposes the largest of some models that this device can hold and run, and says why.
   * @param device default: this one
   */
  async propose<C extends ModelCandidate>(
    candidates: readonly C[],
    device?: DeviceProfile,
  ): Promise<Proposal<C>> {
    return proposeModel(candidates, device ?? (await deviceProfile()));
  }

  destroy(): void {
    this.#library.dispose();
  }

  async #ask(request: DownloadRequest, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#confirm) return;
    const same = request.urls.join('\n');
    const [stored, partials] = await Promise.all([this.list(), this.partials()]);
    const here = stored.some(({ id, sources }) =>
      request.sha256 === undefined ? sources.join('\n') === same : id === `sha256:${request.sha256}`,
    );
    if (here) return;
    const partial = partials.find(({ request: { urls } }) => urls.join('\n') === same);
    const whole = request.bytes ?? partial?.totalBytes ?? (await sizeOnServer(request.urls, signal));
    const bytes = whole === undefined ? undefined : whole - (partial?.loadedBytes ?? 0);
    if (bytes !== undefined && bytes <= BIG_BYTES) return;
    const name = request.name ?? partial?.name ?? fileNameOf(request.urls[0]!);
    if (!(await this.#confirm({ name, bytes }))) {
      throw new DOMException('The player does not want the download.', 'AbortError');
    }
  }

  #kept(model: StoredModel): StoredModel {
    // Beside the game: some browsers ask the player. A refusal is told by `space`.
    if (model.bytes > BIG_BYTES) navigator.storage?.persist?.().catch(() => undefined);
    return model;
  }
}

/** Undefined where a server does not say: the download itself will tell what is wrong. */
async function sizeOnServer(
  urls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  const timer = setTimeout(stop, SIZE_TIMEOUT_MS);
  signal?.addEventListener('abort', stop);
  try {
    const sizes = await Promise.all(
      urls.map(async (url) => {
        const response = await fetch(url, { method: 'HEAD', signal: abort.signal }).catch(() => undefined);
        signal?.throwIfAborted();
        return response?.ok ? Number(response.headers.get('content-length')) : 0;
      }),
    );
    return sizes.every((size) => size > 0) ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function fileNameOf(url: string): string {
  const { pathname } = new URL(url);
  return pathname.slice(pathname.lastIndexOf('/') + 1);
}
