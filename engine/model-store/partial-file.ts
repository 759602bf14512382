/** A model file that is not whole yet, with what is needed to go on with it after a crash. */
import { decode, encode } from '@msgpack/msgpack';
import { createSHA256, type IHasher } from 'hash-wasm';
import { EngineError } from '../protocol.js';
import { isFull, type Store } from '../store/store.js';
import { HeaderCheck } from './header-check.js';
import type { ModelFiles, OpenFile } from './model-files.js';
import type { DownloadRequest } from './protocol.js';
import { quotaExceeded } from './quota.js';

const FORMAT = 1;
const FOLDER = 'models/';
const STATE = '.partial';
/** What a crash costs at most; each checkpoint writes to the disk and waits for it. */
const CHECKPOINT_BYTES = 4 * 1024 * 1024;

/** What the server says of the version of a file; the same strings mean the same bytes. */
export type Validator = string;

/** Saved beside the file after each few megabytes. */
export interface PartialState {
  readonly format: typeof FORMAT;
  readonly request: DownloadRequest;
  /** Of the file, hashed and on disk; the file may be longer. */
  readonly bytes: number;
  readonly totalBytes: number | undefined;
  /** Of SHA-256 behind `bytes`, as the library saves it. */
  readonly hash: Uint8Array;
  /** Which of the addresses is being loaded, where its first byte stands in the file, and the hash before it. */
  readonly part: number;
  readonly partStart: number;
  readonly partHash: Uint8Array;
  readonly validator: Validator | undefined;
}

/** Name of the file of a partial download. */
export function partFile(id: string): string {
  return `${id}.part`;
}

/** States of all partial downloads by their ids; one that cannot be read is left out. */
export async function readPartialStates(docs: Store): Promise<Map<string, PartialState>> {
  const states = new Map<string, PartialState>();
  for (const key of await docs.list(FOLDER)) {
    if (!key.endsWith(STATE)) continue;
    const id = key.slice(FOLDER.length, -STATE.length);
    const state = await readState(docs, id);
    if (state) states.set(id, state);
  }
  return states;
}

/** Removes file and state. */
export async function removePartial(files: ModelFiles, docs: Store, id: string): Promise<void> {
  await docs.remove(stateKey(id));
  await files.remove(partFile(id));
}

export class PartialFile {
  readonly id: string;
  readonly request: DownloadRequest;
  /** In `docs` only when the download can be resumed. */
  readonly #docs: Store | undefined;
  readonly #files: ModelFiles;
  readonly #file: OpenFile;
  readonly #hasher: IHasher;
  #header = new HeaderCheck();
  #bytes = 0;
  /** The first bytes are saved at once: from then on the download is listed. */
  #savedBytes = Number.NEGATIVE_INFINITY;
  #part = 0;
  #partStart = 0;
  #partHash: Uint8Array;
  #finished = false;
  /** Of the part that is being loaded. */
  validator: Validator | undefined;
  /** Of the whole file, once known. */
  totalBytes: number | undefined;

  private constructor(
    id: string,
    request: DownloadRequest,
    files: ModelFiles,
    docs: Store | undefined,
    file: OpenFile,
    hasher: IHasher,
  ) {
    this.id = id;
    this.request = request;
    this.#files = files;
    this.#docs = docs;
    this.#file = file;
    this.#hasher = hasher;
    this.#partHash = hasher.init().save();
    this.totalBytes = request.bytes;
  }

  /**
   * Opens what an earlier try left of the same request, else begins an empty file.
   * @param docs for the state; left out for a file that cannot be gone on with
   * @throws EngineError storage-unavailable
   */
  static async open(
    id: string,
    request: DownloadRequest,
    files: ModelFiles,
    docs?: Store,
  ): Promise<PartialFile> {
    const [hasher, state] = await Promise.all([createSHA256(), docs && readState(docs, id)]);
    const file = await files.open(partFile(id));
    const partial = new PartialFile(id, request, files, docs, file, hasher);
    try {
      if (state && state.bytes <= file.getSize() && sameRequest(state.request, request)) partial.#goOn(state);
    } catch {
      // Saved by another version of the hash library: begin again.
      partial.restart();
    }
    file.truncate(partial.#bytes);
    return partial;
  }

  /** Of the whole file so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Which of the request's addresses is being loaded. */
  get part(): number {
    return this.#part;
  }

  /** Of the part that is being loaded so far. */
  get partBytes(): number {
    return this.#bytes - this.#partStart;
  }

  /** The model's own name, once the header is here. */
  get modelName(): string | undefined {
    return this.#header.modelName;
  }

  /**
   * Appends bytes.
   * @throws EngineError quota-exceeded, with all that came before kept
   * @throws EngineError gguf-*, unsupported-*: the file is no model that the engine computes
   */
  async write(chunk: Uint8Array): Promise<void> {
    this.#append(chunk);
    this.#hasher.update(chunk);
    this.#bytes += chunk.length;
    await this.#header.check(this.#file, this.#bytes, this.totalBytes);
    if (this.#bytes - this.#savedBytes >= CHECKPOINT_BYTES) await this.checkpoint();
  }

  /** Makes what is here survive a crash. @throws EngineError quota-exceeded, with the checkpoint before kept */
  async checkpoint(): Promise<void> {
    this.#savedBytes = this.#bytes;
    try {
      await this.#save();
    } catch (error) {
      throw isFull(error instanceof EngineError ? error.cause : error) ? this.#noRoom() : error;
    }
  }

  async #save(): Promise<void> {
    if (!this.#docs) return;
    // The bytes first: a state must not promise what is not there.
    this.#file.flush();
    const state: PartialState = {
      format: FORMAT,
      request: this.request,
      bytes: this.#bytes,
      totalBytes: this.totalBytes,
      hash: this.#hasher.save(),
      part: this.#part,
      partStart: this.#partStart,
      partHash: this.#partHash,
      validator: this.validator,
    };
    await this.#docs.write(stateKey(this.id), encode(state, { ignoreUndefined: true }));
  }

  /** Ends a part; the next bytes are those of the next address. */
  async endPart(): Promise<void> {
    this.#part++;
    this.#partStart = this.#bytes;
    this.#partHash = this.#hasher.save();
    this.validator = undefined;
    await this.checkpoint();
  }

  /** Drops what is here of the part that is being loaded. */
  restartPart(): void {
    this.#hasher.load(this.#partHash);
    this.#truncate(this.#partStart);
  }

  /** Drops everything. */
  restart(): void {
    this.#partHash = this.#hasher.init().save();
    this.#part = 0;
    this.#partStart = 0;
    this.#truncate(0);
  }

  /**
   * Closes the file, of which all is here; nothing may be called afterwards but `close` and `remove`.
   * @returns its SHA-256 in hex
   * @throws EngineError gguf-*, unsupported-*: the file is no model that the engine computes
   */
  async finish(): Promise<string> {
    await this.#header.finish(this.#file, this.#bytes);
    this.#file.flush();
    this.#file.close();
    this.#finished = true;
    return this.#hasher.digest('hex');
  }

  /** Keeps what is here for another try; a file with nothing in it is removed. */
  async close(): Promise<void> {
    if (!this.#docs || this.#bytes === 0) {
      await this.remove();
      return;
    }
    try {
      if (!this.#finished) await this.checkpoint();
    } finally {
      this.#file.close();
    }
  }

  async remove(): Promise<void> {
    this.#file.close();
    if (this.#docs) await this.#docs.remove(stateKey(this.id));
    await this.#files.remove(partFile(this.id));
  }

  #goOn(state: PartialState): void {
    this.#hasher.load(state.partHash).load(state.hash);
    this.#bytes = state.bytes;
    this.#savedBytes = state.bytes;
    this.#part = state.part;
    this.#partStart = state.partStart;
    this.#partHash = state.partHash;
    this.validator = state.validator;
    this.totalBytes = state.totalBytes ?? this.totalBytes;
  }

  #truncate(bytes: number): void {
    this.#bytes = bytes;
    this.#savedBytes = bytes;
    this.validator = undefined;
    this.totalBytes = this.request.bytes;
    this.#file.truncate(bytes);
    if (bytes === 0) this.#header = new HeaderCheck();
  }

  #append(chunk: Uint8Array): void {
    let written = 0;
    try {
      written = this.#file.write(chunk, { at: this.#bytes });
    } catch (error) {
      if (!isFull(error)) throw error;
    }
    if (written === chunk.length) return;
    this.#file.truncate(this.#bytes);
    throw this.#noRoom(chunk.length);
  }

  #noRoom(leastBytes = 0): EngineError {
    return quotaExceeded(Math.max((this.totalBytes ?? 0) - this.#bytes, leastBytes));
  }
}

function stateKey(id: string): string {
  return `${FOLDER}${id}${STATE}`;
}

function sameRequest(a: DownloadRequest, b: DownloadRequest): boolean {
  return a.urls.join('\n') === b.urls.join('\n') && a.sha256 === b.sha256 && a.bytes === b.bytes;
}

async function readState(docs: Store, id: string): Promise<PartialState | undefined> {
  const bytes = await docs.read(stateKey(id));
  if (!bytes) return undefined;
  try {
    // The store checks its sum, so it is as it was written, if by another version.
    const state = decode(bytes) as PartialState;
    return state.format === FORMAT ? state : undefined;
  } catch {
    return undefined;
  }
}

/** @throws EngineError model-mismatch */
export function mismatch(what: string, got: string | number, expected: string | number): EngineError {
  return new EngineError('model-mismatch', `Got ${what} ${got}; expected ${expected}.`, {
    hint: 'Nothing of the file was kept. Check the address and what is expected of it, or load it again.',
  });
}
