import { concatBytes } from '../bytes.js';
import type { RawFiles } from './store.js';

/** Files in memory: where the browser blocks all storage, saves last as long as the page. */
export class MemoryFiles implements RawFiles {
  readonly kind = 'memory';
  readonly #files = new Map<string, Uint8Array>();

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.#files.get(name);
  }

  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    this.#files.set(name, concatBytes(parts));
  }

  async list(prefix: string): Promise<string[]> {
    return [...this.#files.keys()].filter((name) => name.startsWith(prefix));
  }

  async remove(name: string): Promise<void> {
    this.#files.delete(name);
  }
}
