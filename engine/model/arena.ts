/** Hands out consecutive aligned ranges of a memory that does not exist yet, so that its exact size is known first. */
export class Arena {
  #end: number;

  /** @param begin first free byte; the kernels' static data stands below it */
  constructor(begin: number) {
    this.#end = begin;
  }

  /** The byte offset of a new range of `bytes`, aligned to 64 (one cache line). */
  take(bytes: number): number {
    const at = Math.ceil(this.#end / 64) * 64;
    this.#end = at + bytes;
    return at;
  }

  /** Bytes used so far. */
  get sizeBytes(): number {
    return this.#end;
  }
}
