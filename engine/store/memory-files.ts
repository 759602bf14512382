import type { RawFiles } from './store.js';

/** Files in memory: for plain http, private windows and blocked storage, where saves last as long as the page. */
export class MemoryFiles implements RawFiles {
  readonly kind = 'memory';
  readonly #files = new Map<string, Uint8Array>();

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.#files.get(name);
  }

  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#files.set(name, bytes);
  }

  async list(prefix: string): Promise<string[]> {
    return [...this.#files.keys()].filter((name) => name.startsWith(prefix));
  }

  async remove(name: string): Promise<void> {
    this.#files.delete(name);
  }
}
