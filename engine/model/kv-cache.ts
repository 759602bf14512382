/**
 * The KV caches of all characters: a pool of pages of 16 positions in the wasm memory, shared by reference counts.
 * A page holds all layers: [nLayers][nKvHeads] head blocks (layout: kernels/kv-page.ts).
 */
import type { ModelConfig } from '../model-file/model-config.js';
import { EngineError } from '../protocol.js';

/** Positions in one page. */
export const PAGE_POSITIONS = 16;

/** Changes whenever the bytes of a page mean something else; part of every saved cache's key. */
export const KV_FORMAT = 1;

/** Bytes of one KV head's keys, values and scales in one page. */
export function headBlockBytes(headSize: number): number {
  return 2 * headSize * PAGE_POSITIONS + 2 * 4 * PAGE_POSITIONS;
}

/** Bytes of one page, all layers. */
export function pageBytes(config: Pick<ModelConfig, 'nLayers' | 'nKvHeads' | 'headSize'>): number {
  return config.nLayers * config.nKvHeads * headBlockBytes(config.headSize);
}

/** The pool; sequences take pages from it and give them back. */
export class KvCache {
  readonly pageBytes: number;
  readonly pageCount: number;
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  readonly #references: Uint16Array;
  readonly #free: number[] = [];

  /**
   * @param base byte offset of the first page
   * @param pageCount pages in the pool
   */
  constructor(memory: WebAssembly.Memory, base: number, pageCount: number, pageBytes: number) {
    this.#memory = memory;
    this.#base = base;
    this.pageCount = pageCount;
    this.pageBytes = pageBytes;
    this.#references = new Uint16Array(pageCount);
    for (let page = pageCount - 1; page >= 0; page--) this.#free.push(page);
  }

  get freePages(): number {
    return this.#free.length;
  }

  /** Byte offset of a page in the wasm memory. */
  pageOffset(page: number): number {
    return this.#base + page * this.pageBytes;
  }

  /** A live view of a page's bytes. */
  pageView(page: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.pageOffset(page), this.pageBytes);
  }

  createSequence(): KvSequence {
    return new KvSequence(this);
  }

  /** A fresh page with one reference, or undefined when the pool is empty. */
  take(): number | undefined {
    const page = this.#free.pop();
    if (page !== undefined) this.#references[page] = 1;
    return page;
  }

  share(page: number): void {
    this.#references[page]!++;
  }

  release(page: number): void {
    if (--this.#references[page]! === 0) this.#free.push(page);
  }

  isShared(page: number): boolean {
    return this.#references[page]! > 1;
  }

  /** Copies a shared page; undefined when the pool is empty. */
  copy(page: number): number | undefined {
    const fresh = this.take();
    if (fresh !== undefined) this.pageView(fresh).set(this.pageView(page));
    return fresh;
  }
}

/** One sequence's page table; positions 0..length-1 are computed. */
export class KvSequence {
  readonly #cache: KvCache;
  #pages: number[] = [];
  #length = 0;

  constructor(cache: KvCache) {
    this.#cache = cache;
  }

  get length(): number {
    return this.#length;
  }

  /** Page numbers, in order of position. */
  get pages(): readonly number[] {
    return this.#pages;
  }

  /** Pages that `reserve(count)` would take from the pool. */
  pagesNeeded(count: number): number {
    const last = Math.ceil((this.#length + count) / PAGE_POSITIONS);
    const first = Math.floor(this.#length / PAGE_POSITIONS);
    const copies = first < this.#pages.length && this.#cache.isShared(this.#pages[first]!) ? 1 : 0;
    return Math.max(0, last - this.#pages.length) + (count > 0 ? copies : 0);
  }

  /**
   * Makes the next `count` positions writable: takes pages, and copies a page that is shared (copy on write).
   * @returns false, with nothing changed, when the pool has too few free pages
   */
  reserve(count: number): boolean {
    if (this.pagesNeeded(count) > this.#cache.freePages) return false;
    const first = Math.floor(this.#length / PAGE_POSITIONS);
    if (count > 0 && first < this.#pages.length && this.#cache.isShared(this.#pages[first]!)) {
      const shared = this.#pages[first]!;
      this.#pages[first] = this.#cache.copy(shared)!;
      this.#cache.release(shared);
    }
    const wanted = Math.ceil((this.#length + count) / PAGE_POSITIONS);
    while (this.#pages.length < wanted) this.#pages.push(this.#cache.take()!);
    return true;
  }

  /** Counts `count` reserved positions as computed. */
  advance(count: number): void {
    if (this.#length + count > this.#pages.length * PAGE_POSITIONS) {
      throw new EngineError('internal', `Advanced by ${count} past ${this.#pages.length} pages.`);
    }
    this.#length += count;
  }

  /** Cuts the sequence back to `length` positions and gives the pages behind it back. */
  truncate(length: number): void {
    if (length < 0 || length > this.#length) {
      throw new EngineError('internal', `Cannot cut a sequence of ${this.#length} positions to ${length}.`);
    }
    this.#length = length;
    this.#keepPages(Math.ceil(length / PAGE_POSITIONS));
  }

  /** A sequence of the same positions; pages are shared until one of the two writes. */
  fork(): KvSequence {
    const fork = new KvSequence(this.#cache);
    fork.shareFrom(this, this.#length);
    return fork;
  }

  /** Holds the donor's first `length` positions in place of its own, sharing their pages. */
  shareFrom(donor: KvSequence, length: number): void {
    const pages = donor.#pages.slice(0, Math.ceil(length / PAGE_POSITIONS));
    for (const page of pages) this.#cache.share(page);
    this.release();
    this.#pages = pages;
    this.#length = length;
  }

  /** Live views of the pages that hold computed positions, in order. */
  pageViews(): Uint8Array[] {
    return this.#pages
      .slice(0, Math.ceil(this.#length / PAGE_POSITIONS))
      .map((page) => this.#cache.pageView(page));
  }

  /**
   * Fills an empty sequence with saved pages.
   * @returns false, with nothing changed, when the pool has too few free pages
   */
  restore(pages: readonly Uint8Array[], length: number): boolean {
    if (this.#length !== 0 || !this.reserve(length)) return false;
    pages.forEach((bytes, i) => {
      this.#cache.pageView(this.#pages[i]!).set(bytes);
    });
    this.advance(length);
    return true;
  }

  /** Gives all pages back; the sequence is empty afterwards. */
  release(): void {
    this.#length = 0;
    this.#keepPages(0);
  }

  #keepPages(count: number): void {
    while (this.#pages.length > count) this.#cache.release(this.#pages.pop()!);
  }
}
