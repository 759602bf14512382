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

/** Where the browser has none, the file itself refuses a second writer. */
export const noLocks: Locks = {
  hold: (_name, work) => work(),
  tryHold: async (_name, work) => ({ result: await work() }),
};
