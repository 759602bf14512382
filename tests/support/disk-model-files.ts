/** The model store's files in a folder of the disk: what the origin private file system is in a browser. */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openAsBlob,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFiles, OpenFile } from '../../engine/model-store/model-files.js';

export class DiskModelFiles implements ModelFiles {
  readonly #folder: string;
  /** Bytes that the disk still takes. */
  room = Number.POSITIVE_INFINITY;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(name: string): Promise<OpenFile> {
    await (await open(this.#path(name), 'a')).close();
    const fd = openSync(this.#path(name), 'r+');
    let closed = false;
    return {
      read: (into, { at }) => readSync(fd, into, 0, into.length, at),
      write: (bytes, { at }) => {
        const written = writeSync(fd, bytes, 0, Math.min(bytes.length, this.room), at);
        this.room -= written;
        return written;
      },
      truncate: (size) => ftruncateSync(fd, size),
      flush: () => fsyncSync(fd),
      getSize: () => fstatSync(fd).size,
      close: () => {
        if (!closed) closeSync(fd);
        closed = true;
      },
    };
  }

  async rename(name: string, to: string): Promise<void> {
    renameSync(this.#path(name), this.#path(to));
  }

  async read(name: string): Promise<Blob | undefined> {
    return (await this.list()).includes(name) ? openAsBlob(this.#path(name)) : undefined;
  }

  async remove(name: string): Promise<void> {
    rmSync(this.#path(name), { force: true });
  }

  async list(): Promise<string[]> {
    return readdirSync(this.#folder);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
