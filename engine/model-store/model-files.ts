/** Where the model manager keeps large files, and what it needs of that place. */
import { EngineError } from '../protocol.js';
import { isNotFound, whenFree } from '../store/opfs-files.js';

/** An open file that only its holder can write; the part of `FileSystemSyncAccessHandle` that is used. */
export interface OpenFile {
  /** @returns bytes read; fewer than asked for only at the end */
  read(into: Uint8Array, options: { at: number }): number;
  /** @returns bytes written; fewer than given where there is no room */
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  getSize(): number;
  close(): void;
}

/** Files in one folder. Names have no slashes. */
export interface ModelFiles {
  /** Opens a file for writing, and makes it where there is none. */
  open(name: string): Promise<OpenFile>;
  /** Renames a closed file, in place of one that has the new name. */
  rename(name: string, to: string): Promise<void>;
  /** The bytes of a file that is not open; undefined where there is none. */
  read(name: string): Promise<Blob | undefined>;
  /** No error where there is none. */
  remove(name: string): Promise<void>;
  list(): Promise<string[]>;
}

type MovableFile = FileSystemFileHandle & { move(name: string): Promise<void> };
type IterableFolder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

/** `parley/models` in the origin private file system; writing needs a worker. */
export class OpfsModelFiles implements ModelFiles {
  async open(name: string): Promise<OpenFile> {
    const folder = await this.#folder(true);
    const { prototype } = FileSystemFileHandle;
    if (!('createSyncAccessHandle' in prototype) || !('move' in prototype)) {
      throw storageUnavailable('its files cannot be written in place or renamed');
    }
    const file = await folder.getFileHandle(name, { create: true });
    try {
      return (await whenFree(() => file.createSyncAccessHandle())) as OpenFile;
    } catch (error) {
      // WebKit outside of Apple's systems has the method, and nothing behind it.
      if (!(error instanceof DOMException && error.name === 'NotSupportedError')) throw error;
      await folder.removeEntry(name).catch(() => undefined);
      throw storageUnavailable('its files cannot be written in place', error);
    }
  }

  async rename(name: string, to: string): Promise<void> {
    const file = (await (await this.#folder(true)).getFileHandle(name)) as MovableFile;
    await whenFree(() => file.move(to));
  }

  async read(name: string): Promise<Blob | undefined> {
    try {
      return await (await (await this.#folder(false)).getFileHandle(name)).getFile();
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    try {
      const folder = await this.#folder(false);
      await whenFree(() => folder.removeEntry(name));
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async list(): Promise<string[]> {
    const names: string[] = [];
    try {
      for await (const name of ((await this.#folder(false)) as IterableFolder).keys()) names.push(name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return names;
  }

  async #folder(create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder: FileSystemDirectoryHandle;
    try {
      // From the root each time: a handle is of no use once the player cleared the site's data.
      folder = await navigator.storage.getDirectory();
    } catch (cause) {
      throw storageUnavailable('it gives no file system of the origin', cause);
    }
    for (const name of ['parley', 'models']) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  }
}

function storageUnavailable(why: string, cause?: unknown): EngineError {
  return new EngineError('storage-unavailable', `This browser keeps no models: ${why}.`, {
    hint: 'Load the model by its address instead, each time; or use https and a newer browser, not in a private window.',
    cause,
  });
}
