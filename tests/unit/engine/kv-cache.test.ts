import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KvCache, type KvSequence, PAGE_POSITIONS, pageBytes } from '../../../engine/model/kv-cache.js';

const PAGE_BYTES = 32;

function newCache(pageCount: number): KvCache {
  return new KvCache(new WebAssembly.Memory({ initial: 2, maximum: 2 }), 1024, pageCount, PAGE_BYTES);
}

/** Computes `count` positions, each leaving one byte in its page. */
function compute(cache: KvCache, sequence: KvSequence, bytes: readonly number[]): boolean {
  if (!sequence.reserve(bytes.length)) return false;
  bytes.forEach((byte, i) => {
    const position = sequence.length + i;
    const page = sequence.pages[Math.floor(position / PAGE_POSITIONS)]!;
    cache.pageView(page)[position % PAGE_POSITIONS] = byte;
  });
  sequence.advance(bytes.length);
  return true;
}

function contents(sequence: KvSequence): number[] {
  return sequence
    .pageViews()
    .flatMap((page) => [...page.subarray(0, PAGE_POSITIONS)])
    .slice(0, sequence.length);
}

const count = (n: number, from = 0) => Array.from({ length: n }, (_, i) => (from + i) % 256);

describe('pageBytes', () => {
  it.each([
    ['TinyLlama', { nLayers: 22, nKvHeads: 4, headSize: 64 }],
    ['the bundled model', { nLayers: 30, nKvHeads: 3, headSize: 64 }],
  ])('is at most 12 kB a token for %s', (_, config) => {
    expect(pageBytes(config) / PAGE_POSITIONS).toBeLessThanOrEqual(12 * 1024);
  });
});

describe('KvCache', () => {
  it('takes a page for each 16 positions and gives them back on truncate and release', () => {
    const cache = newCache(8);
    const sequence = cache.createSequence();
    expect(compute(cache, sequence, count(33))).toBe(true);
    expect(cache.freePages).toBe(5);
    sequence.truncate(16);
    expect(cache.freePages).toBe(7);
    expect(contents(sequence)).toEqual(count(16));
    sequence.release();
    expect([cache.freePages, sequence.length]).toEqual([8, 0]);
  });

  it('changes nothing when the pool is too small', () => {
    const cache = newCache(3);
    const sequence = cache.createSequence();
    compute(cache, sequence, count(20));
    expect(sequence.reserve(30)).toBe(false);
    expect([cache.freePages, sequence.length, sequence.pages.length]).toEqual([1, 20, 2]);
    expect(sequence.reserve(28)).toBe(true);
  });

  it('needs a page for a copy too, and refuses when there is none', () => {
    const cache = newCache(2);
    const sequence = cache.createSequence();
    compute(cache, sequence, count(20));
    const fork = sequence.fork();
    expect(fork.pagesNeeded(1)).toBe(1);
    expect(fork.reserve(1)).toBe(false);
    expect(contents(fork)).toEqual(count(20));
    sequence.release();
    expect(fork.reserve(1)).toBe(true);
  });

  it('shares pages with a fork and copies only the one that is written', () => {
    const cache = newCache(8);
    const sequence = cache.createSequence();
    compute(cache, sequence, count(40));
    const fork = sequence.fork();
    expect(cache.freePages).toBe(5);
    compute(cache, fork, [200, 201]);
    expect(cache.freePages).toBe(4);
    compute(cache, sequence, [100]);
    expect(cache.freePages).toBe(4);
    expect(contents(fork)).toEqual([...count(40), 200, 201]);
    expect(contents(sequence)).toEqual([...count(40), 100]);
    fork.release();
    expect(contents(sequence)).toEqual([...count(40), 100]);
    sequence.release();
    expect(cache.freePages).toBe(8);
  });

  it('throws when more positions are advanced than reserved, or a cut is no cut', () => {
    const sequence = newCache(2).createSequence();
    sequence.reserve(1);
    expect(() => sequence.advance(17)).toThrow('Advanced by 17');
    expect(() => sequence.truncate(1)).toThrow('Cannot cut');
  });

  it('restores pages into an empty sequence only, and only when they fit', () => {
    const cache = newCache(4);
    const sequence = cache.createSequence();
    compute(cache, sequence, count(20));
    const saved = sequence.pageViews().map((page) => page.slice());
    const restored = cache.createSequence();
    expect(restored.restore(saved, 20)).toBe(true);
    expect(contents(restored)).toEqual(count(20));
    expect(restored.restore(saved, 20)).toBe(false);
    expect(cache.createSequence().restore(saved, 20)).toBe(false);
  });

  it('holds what each sequence computed, and loses no page, whatever is done in whatever order', () => {
    const step = fc.record({
      kind: fc.constantFrom('compute', 'truncate', 'fork', 'release'),
      which: fc.nat(),
      amount: fc.nat({ max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cache = newCache(12);
        const all = [{ sequence: cache.createSequence(), model: [] as number[] }];
        steps.forEach(({ kind, which, amount }, i) => {
          const one = all[which % all.length]!;
          if (kind === 'compute') {
            const bytes = count(amount, i * 7);
            if (compute(cache, one.sequence, bytes)) one.model.push(...bytes);
          } else if (kind === 'truncate') {
            one.model.length = Math.min(amount, one.model.length);
            one.sequence.truncate(one.model.length);
          } else if (kind === 'fork') {
            all.push({ sequence: one.sequence.fork(), model: [...one.model] });
          } else {
            one.sequence.release();
            one.model.length = 0;
          }
          for (const { sequence, model } of all) expect(contents(sequence)).toEqual(model);
          const held = new Set(all.flatMap(({ sequence }) => sequence.pages));
          expect(cache.freePages + held.size).toBe(cache.pageCount);
        });
        for (const { sequence } of all) sequence.release();
        expect(cache.freePages).toBe(cache.pageCount);
      }),
    );
  });
});
