/** Files on disk, for Node: the command line and tests. Not part of the worker. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { type RawFiles, storeFailed } from '../engine/store/store.js';

export class NodeFiles implements RawFiles {
  readonly kind = 'files';
  readonly #folder: string;

  /** @param folder all files stand below it; made when needed */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, name));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw storeFailed(this.kind, name, error);
    }
  }

  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    const path = join(this.#folder, name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.new`, Buffer.concat(parts));
      await rename(`${path}.new`, path);
    } catch (error) {
      throw storeFailed(this.kind, name, error);
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  async list(prefix: string): Promise<string[]> {
    try {
      const names = await readdir(this.#folder, { recursive: true });
      return names.map((name) => name.replaceAll(sep, '/')).filter((name) => name.startsWith(prefix));
    } catch (error) {
      if (isMissing(error)) return [];
      throw storeFailed(this.kind, prefix, error);
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
