/** One tab of an origin at a time writes a file. */

export interface Locks {
  /**
   * Runs work while nobody else holds the name.
   * @param onWait called where another one holds it
   * @throws the signal's reason, while it waits
   */
  hold<T>(name: string, work: () => Promise<T>, onWait: () => void, signal: AbortSignal): Promise<T>;
  /** Runs work unless somebody holds the name: then undefined. */
  tryHold<T>(name: string, work: () => Promise<T>): Promise<{ readonly result: T } | undefined>;
}

/** Across tabs by Web Locks. */
export const webLocks: Locks = {
  async hold(name, work, onWait, signal) {
    const done = await webLocks.tryHold(name, work);
    if (done) return done.result;
    onWait();
    return navigator.locks.request(name, { signal }, work);
  },
  tryHold: (name, work) =>
    navigator.locks.request(name, { ifAvailable: true }, async (lock) =>
      lock ? { result: await work() } : undefined,
    ),
};

/** Within one page, where the browser has no Web Locks: of several tabs, the file itself refuses the second writer. */
export function pageLocks(): Locks {
  /** Names that are held, and when they are free. */
  const held = new Map<string, Promise<unknown>>();
  const take = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const done = work().finally(() => held.delete(name));
    held.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  };
  return {
    async hold(name, work, onWait, signal) {
      if (held.has(name)) onWait();
      while (held.has(name)) await unlessAborted(held.get(name), signal);
      return take(name, work);
    },
    tryHold: async (name, work) => (held.has(name) ? undefined : { result: await take(name, work) }),
  };
}

async function unlessAborted(promise: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<void>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
