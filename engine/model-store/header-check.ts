import { ByteSource } from '../model-file/byte-source.js';
import { checkTensorPlaces, type GgufHeader, readGgufHeader } from '../model-file/gguf-reader.js';
import { readModelConfig } from '../model-file/model-config.js';
import { EngineError } from '../protocol.js';
import type { OpenFile } from './model-files.js';

/** Magic and version. */
const MAGIC_BYTES = 8;
/** Of real models, headers with their vocabularies have 1 to 10 MB. */
const FIRST_TRY_BYTES = 2 * 1024 * 1024;
const READ_BYTES = 256 * 1024;

/**
 * Looks at the head of a growing file as early as it can: at its magic, then at its header and the shape of the model,
 * so that nobody waits for hundreds of megabytes that the engine cannot compute.
 */
export class HeaderCheck {
  /** From `general.name`; undefined until the header was read. */
  modelName: string | undefined;
  #magicSeen = false;
  #passed = false;
  #nextTryBytes = FIRST_TRY_BYTES;

  /**
   * @param bytes of the file so far
   * @param totalBytes of the whole file, where known: a header that needs more is refused
   * @throws EngineError gguf-*, unsupported-architecture, unsupported-tensor-type
   */
  async check(file: OpenFile, bytes: number, totalBytes: number | undefined): Promise<void> {
    if (this.#passed) return;
    if (!this.#magicSeen && bytes >= MAGIC_BYTES) {
      this.#magicSeen = true;
      await this.#try(file, bytes, totalBytes);
    }
    if (bytes < this.#nextTryBytes || this.#passed) return;
    // Twice as far each time: what is read in vain stays less than what is read in the end.
    this.#nextTryBytes = bytes * 2;
    await this.#try(file, bytes, totalBytes);
  }

  /** As `check`, of a file that is whole. */
  async finish(file: OpenFile, bytes: number): Promise<void> {
    this.#pass(await readGgufHeader(new ByteSource(chunksOf(file, bytes)), bytes));
  }

  async #try(file: OpenFile, bytes: number, totalBytes: number | undefined): Promise<void> {
    let header: GgufHeader;
    try {
      header = await readGgufHeader(new ByteSource(chunksOf(file, bytes)));
    } catch (error) {
      // The rest is still to come.
      if (error instanceof EngineError && error.code === 'gguf-truncated') return;
      throw error;
    }
    if (totalBytes !== undefined) checkTensorPlaces(header.tensors, header.dataOffset, totalBytes);
    this.#pass(header);
  }

  #pass(header: GgufHeader): void {
    this.modelName = readModelConfig(header).name;
    this.#passed = true;
  }
}

async function* chunksOf(file: OpenFile, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; ) {
    const chunk = new Uint8Array(Math.min(READ_BYTES, bytes - at));
    const read = file.read(chunk, { at });
    if (read === 0) return;
    yield chunk.subarray(0, read);
    at += read;
  }
}
