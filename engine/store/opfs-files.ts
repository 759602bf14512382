/** Files in the origin private file system, through the synchronous handles that only workers have. */
import { type RawFiles, storeFailed } from './store.js';

/**
 * A second handle on an open file fails; another tab of the same game may hold it for a moment, and a worker that hung
 * for the two seconds that a browser gives it to end.
 */
const BUSY_RETRIES = 100;
const BUSY_WAIT_MS = 30;
/** What is thrown then: the standard's, and WebKit's for opening and renaming. */
const BUSY_NAMES = ['NoModificationAllowedError', 'InvalidStateError'];

export class OpfsFiles implements RawFiles {
  readonly kind = 'opfs';
  readonly #place: string;

  /** @param place folder below the origin's root; all files stand in it */
  constructor(place: string) {
    this.#place = place;
  }

  async read(name: string, length = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    try {
      return await this.#withHandle(name, false, (handle) => {
        const bytes = new Uint8Array(Math.min(handle.getSize(), length));
        return bytes.subarray(0, handle.read(bytes, { at: 0 }));
      });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw storeFailed(this.kind, name, error);
    }
  }

  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    try {
      await this.#withHandle(name, true, (handle) => writeAll(handle, parts));
    } catch (error) {
      throw storeFailed(this.kind, name, error);
    }
  }

  async remove(name: string): Promise<void> {
    const { folders, file } = split(name);
    try {
      const folder = await this.#folder(folders, false);
      await whenFree(() => folder.removeEntry(file));
    } catch (error) {
      if (!isNotFound(error)) throw storeFailed(this.kind, name, error);
    }
  }

  async list(prefix: string): Promise<string[]> {
    const { folders } = split(prefix);
    try {
      const names = await namesIn(
        await this.#folder(folders, false),
        folders.map((name) => `${name}/`).join(''),
      );
      return names.filter((name) => name.startsWith(prefix));
    } catch (error) {
      if (isNotFound(error)) return [];
      throw storeFailed(this.kind, prefix, error);
    }
  }

  async #withHandle<T>(
    name: string,
    create: boolean,
    work: (handle: FileSystemSyncAccessHandle) => T,
  ): Promise<T> {
    const { folders, file } = split(name);
    const folder = await this.#folder(folders, create);
    const entry = await folder.getFileHandle(file, { create });
    const handle = await whenFree(() => entry.createSyncAccessHandle());
    try {
      return work(handle);
    } finally {
      handle.close();
    }
  }

  async #folder(folders: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
    // From the root each time: a handle is of no use once the player cleared the site's data.
    let folder = await navigator.storage.getDirectory();
    for (const name of [this.#place, ...folders]) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  }
}

function writeAll(handle: FileSystemSyncAccessHandle, parts: readonly Uint8Array[]): void {
  try {
    handle.truncate(0);
    let at = 0;
    for (const part of parts) {
      const written = handle.write(part as Uint8Array<ArrayBuffer>, { at });
      if (written !== part.length) {
        throw new DOMException(`${written} of ${part.length} bytes were written`, 'QuotaExceededError');
      }
      at += written;
    }
    handle.flush();
  } catch (error) {
    // A torn file is of no use and would keep what little room there is.
    handle.truncate(0);
    throw error;
  }
}

/** All files below a folder, with the path before them. */
async function namesIn(folder: FileSystemDirectoryHandle, path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const [name, entry] of (folder as IterableFolder).entries()) {
    if (entry.kind === 'file') names.push(path + name);
    else names.push(...(await namesIn(entry as FileSystemDirectoryHandle, `${path}${name}/`)));
  }
  return names;
}

/** TypeScript's library for workers leaves the iteration out. */
type IterableFolder = FileSystemDirectoryHandle & {
  entries(): AsyncIterable<[string, FileSystemHandle]>;
};

/** Waits for another handle on the same file to be closed. */
export async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof DOMException && BUSY_NAMES.includes(error.name);
      if (!busy || tries >= BUSY_RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS));
    }
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

function split(name: string): { folders: string[]; file: string } {
  const folders = name.split('/');
  return { file: folders.pop()!, folders };
}
