/** The models that are kept on the player's device: loaded from addresses or files, listed, removed. */
import { decode, encode } from '@msgpack/msgpack';
import { sha256 } from 'hash-wasm';
import { EngineError } from '../protocol.js';
import type { Store } from '../store/store.js';
import { type DownloadTools, downloadInto } from './downloader.js';
import { fileChunks } from './file-chunks.js';
import type { Locks } from './lock.js';
import type { ModelFiles } from './model-files.js';
import { mismatch, PartialFile, partFile, readPartialStates, removePartial } from './partial-file.js';
import type { DownloadRequest, PartialDownload, StoredModel } from './protocol.js';
import { checkRoom } from './quota.js';
import { modelId, storedUrl } from './stored-url.js';
import type { Report } from './transfer-report.js';

/** What is known of a whole file beside its bytes; without it the model is still listed. */
interface ModelRecord {
  readonly name: string;
  readonly sources: readonly string[];
  readonly storedAt: number;
}

interface Running {
  readonly abort: AbortController;
  /** Settles, and never rejects, once the file is closed. */
  readonly closed: Promise<unknown>;
}

export interface ModelStoreOptions extends DownloadTools {
  readonly files: ModelFiles;
  /** For small records beside the files. */
  readonly docs: Store;
  readonly locks: Locks;
}

const WHOLE = /^([0-9a-f]{64})\.gguf$/;
const PART = /^(.+)\.part$/;

export class ModelStore {
  readonly #options: ModelStoreOptions;
  /** Transfers of this page, by the id of their partial file. */
  readonly #running = new Map<string, Running>();

  constructor(options: ModelStoreOptions) {
    this.#options = options;
  }

  /** Oldest first. */
  async list(): Promise<StoredModel[]> {
    const names = await this.#options.files.list();
    const hashes = names.flatMap((name) => WHOLE.exec(name)?.[1] ?? []);
    const models = await Promise.all(hashes.map((hash) => this.#find(hash)));
    return models.filter((model) => model !== undefined).sort((a, b) => a.storedAt - b.storedAt);
  }

  /** What was cut off or cancelled and can be gone on with, and what is loading; leftovers of other kinds are removed. */
  async partials(): Promise<PartialDownload[]> {
    const { files, docs } = this.#options;
    const names = new Set(await files.list());
    const states = await readPartialStates(docs);
    for (const id of states.keys()) {
      if (!names.has(partFile(id))) await this.#sweep(id, states);
    }
    for (const name of names) {
      const id = PART.exec(name)?.[1];
      if (id !== undefined && !states.has(id)) await this.#sweep(id, states);
    }
    return [...states].map(([id, { request, bytes, totalBytes }]) => ({
      id,
      name: request.name ?? nameOfUrl(request),
      loadedBytes: bytes,
      totalBytes,
      request,
    }));
  }

  /**
   * Loads a model onto the device, or finds it there; goes on where an earlier try ended.
   * @param request checked: see `checkedRequest`
   * @throws EngineError model-fetch-failed, model-mismatch, quota-exceeded, storage-unavailable, gguf-*, unsupported-*
   * @throws DOMException AbortError; what came is kept
   */
  async download(request: DownloadRequest, report: Report, signal: AbortSignal): Promise<StoredModel> {
    const id = (await sha256(request.urls.join('\n'))).slice(0, 32);
    const work = async () => {
      const known = await this.#known(request);
      if (known) return known;
      const { files, docs } = this.#options;
      const file = await PartialFile.open(id, request, files, docs);
      return this.#fill(file, (stop) => downloadInto(file, this.#options, report, stop), report, signal);
    };
    const waiting = () => report('waiting', 0, request.bytes);
    return this.#options.locks.hold(lockOf(id), work, waiting, signal);
  }

  /**
   * Copies a file that the player gave. Nothing is kept of a copy that is given up.
   * @throws EngineError model-fetch-failed: the file cannot be read; quota-exceeded, storage-unavailable, gguf-*,
   *   unsupported-*
   * @throws DOMException AbortError
   */
  async import(blob: Blob, name: string, report: Report, signal: AbortSignal): Promise<StoredModel> {
    const id = `import-${Math.random().toString(36).slice(2)}`;
    const request: DownloadRequest = { urls: [], bytes: blob.size, name };
    const work = async () => {
      await checkRoom(blob.size, this.#options.estimate);
      const file = await PartialFile.open(id, request, this.#options.files);
      const copy = async (stop: AbortSignal) => {
        for await (const chunk of fileChunks(blob, (cause) => unreadable(name, cause))) {
          stop.throwIfAborted();
          await file.write(chunk);
          report('copy', file.bytes, blob.size);
        }
      };
      return this.#fill(file, copy, report, signal);
    };
    return this.#options.locks.hold(lockOf(id), work, () => undefined, signal);
  }

  /**
   * Removes a stored model, or what is there of a download; one that runs on this page is cancelled first. No error
   * where there is none.
   * @throws EngineError model-busy: another tab is loading it
   */
  async remove(id: string): Promise<void> {
    const { files, docs, locks } = this.#options;
    const hash = /^sha256:([0-9a-f]{64})$/.exec(id)?.[1];
    if (hash !== undefined) {
      await files.remove(wholeFile(hash));
      await docs.remove(recordKey(hash));
      return;
    }
    const running = this.#running.get(id);
    running?.abort.abort(new DOMException('The download was removed.', 'AbortError'));
    // Its lock goes a moment later than its file.
    await running?.closed;
    if (running) return removePartial(files, docs, id);
    if (await locks.tryHold(lockOf(id), () => removePartial(files, docs, id))) return;
    throw new EngineError('model-busy', 'This download runs in another tab; expected that nobody loads it.', {
      hint: 'Cancel it there, or close that tab.',
    });
  }

  /** Fills a file and makes a stored model of it; known as running meanwhile. */
  async #fill(
    file: PartialFile,
    fill: (signal: AbortSignal) => Promise<void>,
    report: Report,
    signal: AbortSignal,
  ): Promise<StoredModel> {
    const own = new AbortController();
    const abort = () => own.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const work = this.#keepOrClean(file, () => fill(own.signal), report, own.signal);
    this.#running.set(file.id, { abort: own, closed: work.catch(() => undefined) });
    try {
      return await work;
    } finally {
      this.#running.delete(file.id);
      signal.removeEventListener('abort', abort);
    }
  }

  /** Cleans up when a file is not whole, or not right. */
  async #keepOrClean(
    file: PartialFile,
    fill: () => Promise<void>,
    report: Report,
    signal: AbortSignal,
  ): Promise<StoredModel> {
    try {
      signal.throwIfAborted();
      await fill();
      report('check', file.bytes, file.bytes);
      return await this.#keep(file);
    } catch (error) {
      // Where the disk is full, even this may fail; what went wrong first is what is told.
      await (isAboutTheBytes(error) ? file.remove() : file.close()).catch(() => undefined);
      throw error;
    }
  }

  async #keep(file: PartialFile): Promise<StoredModel> {
    const { files, docs } = this.#options;
    const { request, bytes } = file;
    if (request.bytes !== undefined && bytes !== request.bytes) {
      throw mismatch('a file of', `${bytes} bytes`, `${request.bytes} bytes`);
    }
    const hash = await file.finish();
    if (request.sha256 !== undefined && hash !== request.sha256) {
      throw mismatch('a file with the SHA-256', hash, request.sha256);
    }
    const known = await this.#find(hash);
    if (!known) {
      const record: ModelRecord = {
        name: request.name ?? file.modelName ?? nameOfUrl(request),
        sources: request.urls,
        storedAt: Date.now(),
      };
      await docs.write(recordKey(hash), encode(record));
      // Only now it has the name of a whole file: whatever happened before left none.
      await files.rename(partFile(file.id), wholeFile(hash));
    }
    await removePartial(files, docs, file.id);
    const stored = known ?? (await this.#find(hash));
    if (!stored) throw new EngineError('internal', 'The model was stored and is gone.');
    return stored;
  }

  async #known({ sha256: hash, urls }: DownloadRequest): Promise<StoredModel | undefined> {
    if (hash !== undefined) return this.#find(hash);
    const same = urls.join('\n');
    return (await this.list()).find(({ sources }) => sources.join('\n') === same);
  }

  async #find(hash: string): Promise<StoredModel | undefined> {
    const { files, docs } = this.#options;
    // The file first: it knows best why a browser keeps none.
    const file = await files.read(wholeFile(hash));
    if (!file) return undefined;
    const bytes = await docs.read(recordKey(hash));
    const record = bytes && readRecord(bytes);
    const id = modelId(hash);
    const unknown = { name: hash.slice(0, 8), sources: [], storedAt: 0 };
    return { id, url: storedUrl(id), bytes: file.size, ...(record ?? unknown) };
  }

  /** Removes what a crash left and nobody works on. */
  async #sweep(id: string, states: Map<string, unknown>): Promise<void> {
    const { files, docs, locks } = this.#options;
    states.delete(id);
    await locks.tryHold(lockOf(id), () => removePartial(files, docs, id));
  }
}

/** The bytes of a stored model. @throws EngineError model-not-stored */
export async function readStored(files: ModelFiles, id: string): Promise<Blob> {
  const file = await files.read(wholeFile(id.replace(/^sha256:/, '')));
  if (file) return file;
  throw notStored(id);
}

export function notStored(id: string, cause?: unknown): EngineError {
  return new EngineError('model-not-stored', `Got the model ${id}; expected one that is stored here.`, {
    hint: 'It was removed, or the browser cleared the data of this site: load it again by its address.',
    cause,
  });
}

function unreadable(name: string, cause: unknown): EngineError {
  return new EngineError(
    'model-fetch-failed',
    `Got no more bytes of ${name} (${cause}); expected the whole file.`,
    {
      hint: 'The file was moved, changed or deleted while it was copied: choose it again.',
      cause,
    },
  );
}

function wholeFile(hash: string): string {
  return `${hash}.gguf`;
}

function recordKey(hash: string): string {
  return `models/${hash}.model`;
}

function lockOf(id: string): string {
  return `parley/models/${id}`;
}

/** The file's own fault: going on with it cannot help. */
function isAboutTheBytes(error: unknown): boolean {
  return error instanceof EngineError && /^(?:gguf-|unsupported-|model-mismatch$)/.test(error.code);
}

/** The last part of the address, without its ending. */
function nameOfUrl({ urls }: DownloadRequest): string {
  const path = urls[0] === undefined ? '' : new URL(urls[0]).pathname;
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.replace(/\.gguf.*$/i, '').replaceAll('%20', ' ') || 'model';
}

function readRecord(bytes: Uint8Array): ModelRecord | undefined {
  try {
    const { name, sources, storedAt } = decode(bytes) as ModelRecord;
    const valid = typeof name === 'string' && Array.isArray(sources) && typeof storedAt === 'number';
    return valid ? { name, sources, storedAt } : undefined;
  } catch {
    return undefined;
  }
}
