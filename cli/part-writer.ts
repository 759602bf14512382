/** Writes a stream into one file, or into parts; whole ones only. */
import { open, rename, rm } from 'node:fs/promises';

export interface PartWriterOptions {
  /** Bytes of a part at most. */
  readonly partBytes: number;
  /** Of a part, by its number from 1. */
  readonly path: (part: number) => string;
}

export class PartWriter {
  readonly #options: PartWriterOptions;
  #file: Awaited<ReturnType<typeof open>> | undefined;
  #left = 0;
  #parts = 0;

  constructor(options: PartWriterOptions) {
    this.#options = options;
  }

  /** Paths of the parts so far. */
  get paths(): string[] {
    return Array.from({ length: this.#parts }, (_, i) => this.#options.path(i + 1));
  }

  async write(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      if (this.#left === 0) await this.#next();
      const piece = chunk.subarray(at, at + this.#left);
      await this.#file!.writeFile(piece);
      at += piece.length;
      this.#left -= piece.length;
    }
  }

  /** Gives the parts their names; until then they are hidden behind another. */
  async commit(): Promise<void> {
    await this.#file?.close();
    for (const path of this.paths) await rename(unfinished(path), path);
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#file?.close().catch(() => undefined);
    for (const path of this.paths) await rm(unfinished(path), { force: true });
  }

  /** The written bytes while they have no names yet, for a check. */
  get unfinishedPaths(): string[] {
    return this.paths.map(unfinished);
  }

  async #next(): Promise<void> {
    await this.#file?.close();
    this.#parts++;
    this.#left = this.#options.partBytes;
    this.#file = await open(unfinished(this.#options.path(this.#parts)), 'w');
  }
}

function unfinished(path: string): string {
  return `${path}.unfinished`;
}
