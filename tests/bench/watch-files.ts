/**
 * Stands before the engine's script in its worker and watches its files from outside: the product has no event for a
 * cache that was saved.
 */
import { announceFiles } from './written-files.js';

/** As far as it is watched; TypeScript has it only in its library for workers. */
interface AccessHandle {
  write(buffer: BufferSource, options?: object): number;
  close(): void;
}

const { FileSystemSyncAccessHandle: watched } = globalThis as {
  FileSystemSyncAccessHandle?: { readonly prototype: AccessHandle };
};
if (watched) watch(watched.prototype, announceFiles());

function watch(prototype: AccessHandle, announce: ReturnType<typeof announceFiles>): void {
  const { write, close } = prototype;
  const written = new WeakMap<AccessHandle, number>();
  prototype.write = function (buffer, options) {
    const count = write.call(this, buffer, options);
    written.set(this, (written.get(this) ?? 0) + count);
    return count;
  };
  prototype.close = function () {
    close.call(this);
    const bytes = written.get(this);
    if (bytes !== undefined) announce({ bytes });
  };
}
