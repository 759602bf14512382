/** Files in the origin private file system, through the synchronous handles that only workers have. */
import { type RawFiles, storeFailed } from './store.js';

/** A second handle on an open file fails; another tab of the same game may hold it for a moment. */
const BUSY_RETRIES = 5;
const BUSY_WAIT_MS = 30;

export class OpfsFiles implements RawFiles {
  readonly kind = 'opfs';
  readonly #root: FileSystemDirectoryHandle;

  private constructor(root: FileSystemDirectoryHandle) {
    this.#root = root;
  }

  /** @param folder below the origin's root; all files stand in it */
  static async open(folder: string): Promise<OpfsFiles> {
    const root = await navigator.storage.getDirectory();
    return new OpfsFiles(await root.getDirectoryHandle(folder, { create: true }));
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#withHandle(name, false, (handle) => {
        const bytes = new Uint8Array(handle.getSize());
        handle.read(bytes, { at: 0 });
        return bytes;
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
      throw storeFailed(this.kind, name, error);
    }
  }

  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    try {
      await this.#withHandle(name, true, (handle) => {
        handle.truncate(0);
        let at = 0;
        for (const part of parts) at += handle.write(part as Uint8Array<ArrayBuffer>, { at });
        handle.flush();
      });
    } catch (error) {
      throw storeFailed(this.kind, name, error);
    }
  }

  async remove(name: string): Promise<void> {
    const { folders, file } = split(name);
    try {
      await (await this.#folder(folders, false)).removeEntry(file);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) {
        throw storeFailed(this.kind, name, error);
      }
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
    const handle = await openHandle(entry);
    try {
      return work(handle);
    } finally {
      handle.close();
    }
  }

  async #folder(folders: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = this.#root;
    for (const name of folders) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  }
}

async function openHandle(entry: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let tries = 0; ; tries++) {
    try {
      return await entry.createSyncAccessHandle();
    } catch (error) {
      const busy = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!busy || tries >= BUSY_RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS));
    }
  }
}

function split(name: string): { folders: string[]; file: string } {
  const folders = name.split('/');
  return { file: folders.pop()!, folders };
}
