/** Typed listeners by event; `on` returns the way back. */
export class Listeners<Events extends { [E in keyof Events]: unknown[] }> {
  readonly #sets: { [E in keyof Events]?: Set<(...args: Events[E]) => void> } = {};

  on<E extends keyof Events>(event: E, listener: (...args: Events[E]) => void): () => void {
    let set = this.#sets[event];
    if (!set) {
      set = new Set();
      this.#sets[event] = set;
    }
    set.add(listener);
    return () => this.#sets[event]?.delete(listener);
  }

  emit<E extends keyof Events>(event: E, ...args: Events[E]): void {
    for (const listener of this.#sets[event] ?? []) listener(...args);
  }

  clear(): void {
    for (const event in this.#sets) this.#sets[event]?.clear();
  }
}
