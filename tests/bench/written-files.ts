/** What a watched worker says of a file that it has written and closed. */
export interface WrittenFile {
  readonly bytes: number;
}

const CHANNEL = 'parley-bench-files';
/** Saves of the largest cache take less. */
const TIMEOUT_MS = 5000;

/** In the worker. */
export function announceFiles(): (file: WrittenFile) => void {
  const channel = new BroadcastChannel(CHANNEL);
  return (file) => channel.postMessage(file);
}

/** In the page: when files were closed. */
export class WrittenFiles {
  readonly #channel = new BroadcastChannel(CHANNEL);
  #given = true;

  /**
   * Waits for the next file of so many bytes. The function returned gives the time when it was closed; undefined where
   * none is. After that none is waited for: the browser keeps no files.
   */
  expect(bytes: number): () => Promise<number | undefined> {
    const closed = new Promise<number>((resolve) => {
      const listener = ({ data }: MessageEvent<WrittenFile>) => {
        if (data.bytes < bytes) return;
        this.#channel.removeEventListener('message', listener);
        resolve(performance.now());
      };
      this.#channel.addEventListener('message', listener);
    });
    return async () => {
      if (!this.#given) return undefined;
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, TIMEOUT_MS));
      const closedMs = await Promise.race([closed, late]);
      this.#given = closedMs !== undefined;
      return closedMs;
    };
  }
}
