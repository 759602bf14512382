/** One sequence's KV cache and the token ids that it holds. */
import type { KvCache, KvSequence } from './model/kv-cache.js';

/** Lives as long as the cache may; what it holds can be rebuilt from the transcript at any time. */
export class Session {
  readonly key: string;
  readonly kv: KvSequence;
  /** Holds positions that its saved copy lacks. */
  dirty = false;
  /** Ids of the computed positions; as many as `kv.length`. */
  readonly #tokens: number[];

  private constructor(key: string, kv: KvSequence, tokens: readonly number[] = []) {
    this.key = key;
    this.kv = kv;
    this.#tokens = [...tokens];
  }

  static empty(key: string, cache: KvCache): Session {
    return new Session(key, cache.createSequence());
  }

  get tokens(): readonly number[] {
    return this.#tokens;
  }

  /** How many leading tokens of `prompt` are computed. */
  sharedPrefix(prompt: readonly number[]): number {
    return commonPrefix(this.#tokens, prompt);
  }

  /** Cuts back to what `prompt` shares, always leaving its last token to compute, since logits come from it. */
  cutTo(prompt: readonly number[]): void {
    this.truncate(Math.min(this.sharedPrefix(prompt), prompt.length - 1));
  }

  /** Cuts back to its first `count` positions. */
  truncate(count: number): void {
    this.kv.truncate(count);
    this.#tokens.length = count;
  }

  /** Counts reserved positions as computed for these ids. */
  advance(tokens: readonly number[]): void {
    this.kv.advance(tokens.length);
    for (const token of tokens) this.#tokens.push(token);
    this.dirty = true;
  }

  /** Holds the donor's first `count` positions in place of its own, in the same memory until one of the two writes. */
  shareFrom(donor: Session, count: number): void {
    this.kv.shareFrom(donor.kv, count);
    this.#replaceTokens(donor.#tokens.slice(0, count));
    this.dirty = true;
  }

  /** Fills an empty session, whose positions are reserved, with saved pages. */
  restore(pages: readonly Uint8Array[], tokens: Uint32Array): void {
    this.kv.restore(pages, tokens.length);
    this.#replaceTokens(tokens);
  }

  /** A copy-on-write session that can be thrown away. */
  fork(): Session {
    return new Session(this.key, this.kv.fork(), this.#tokens);
  }

  /** Gives the memory back; the session is empty and can be used again. */
  release(): void {
    this.kv.release();
    this.#tokens.length = 0;
    this.dirty = false;
  }

  #replaceTokens(tokens: Iterable<number>): void {
    this.#tokens.length = 0;
    for (const token of tokens) this.#tokens.push(token);
  }
}

/** How many leading ids two lists share. */
export function commonPrefix(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const limit = Math.min(a.length, b.length);
  let n = 0;
  while (n < limit && a[n] === b[n]) n++;
  return n;
}
