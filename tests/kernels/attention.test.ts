import { describe, expect, it } from 'vitest';
import { headBlockBytes, PAGE_POSITIONS } from '../../engine/model/kv-cache.js';
import { attend, type HeadCache, packHeadPage, quantizeHead } from '../../engine/reference/attention.js';
import { bitDifferences, mismatches } from '../support/close-to.js';
import { KERNEL_BUILDS, KernelMemory } from '../support/kernel-memory.js';
import { type Seeded, seeded } from '../support/seeded.js';

const memories = await Promise.all(KERNEL_BUILDS.map((build) => KernelMemory.start(build)));

/** Query and softmax weights are rounded to 16 bits, each with an error of 2^-16 of the largest; values stand below 5. */
const TOLERANCE = { abs: 1e-3, rel: 1e-4 };
/** Bytes before the head under test in each page: pages hold many heads. */
const OFFSET = 448;

interface Talk {
  readonly queries: Float32Array;
  readonly head: HeadCache;
  readonly headSize: number;
  readonly queryHeads: number;
  readonly positions: number;
}

function randomTalk(random: Seeded, positions: number, headSize: number, queryHeads: number): Talk {
  const rows = (spread: number) => Array.from({ length: positions }, () => random.floats(headSize, spread));
  return {
    queries: random.floats(queryHeads * headSize, 2),
    head: quantizeHead(rows(2), rows(1.5)),
    headSize,
    queryHeads,
    positions,
  };
}

/** Pages stand in reverse order in memory, and what lies past the last position is poison. */
function runAttention(memory: KernelMemory, talk: Talk): Float32Array {
  const { queries, head, headSize, queryHeads, positions } = talk;
  memory.reset();
  const pageCount = Math.ceil(positions / PAGE_POSITIONS);
  const pages = Array.from({ length: pageCount }, (_, page) => {
    const slots = [page * PAGE_POSITIONS, (page + 1) * PAGE_POSITIONS] as const;
    return packHeadPage({ keys: head.keys.slice(...slots), values: head.values.slice(...slots) }, headSize);
  });
  const offsets = [...pages.keys()]
    .reverse()
    .map((page) => {
      const at = memory.take(OFFSET + headBlockBytes(headSize));
      memory.bytes(at + OFFSET, headBlockBytes(headSize)).set(pages[page]!);
      return at;
    })
    .reverse();
  const out = memory.take(queries.byteLength);
  memory.kernels.attend(
    out,
    memory.put(queries),
    memory.put(Uint32Array.from(offsets)),
    pageCount,
    memory.put(Uint32Array.of(positions - 1)),
    OFFSET,
    headBlockBytes(headSize),
    // Only the last position's angles are read: no rotation.
    memory.put(noRotation(headSize)) - (positions - 1) * headSize * 8,
    1,
    queryHeads,
    headSize,
    memory.take(pageCount * 64 + headSize * 2 + 32),
    0,
    1,
  );
  return memory.floats(out, queries.length).slice();
}

/** The angles of a position that rotates nothing. */
function noRotation(headSize: number): Float32Array {
  return new Float32Array(headSize * 2).fill(1, 0, headSize);
}

function expectAttention(memory: KernelMemory, talk: Talk, message: string): void {
  const got = runAttention(memory, talk);
  for (let i = 0; i < talk.queryHeads; i++) {
    const [begin, end] = [i * talk.headSize, (i + 1) * talk.headSize];
    const expected = attend(talk.queries.subarray(begin, end), talk.head);
    expect(mismatches(got.subarray(begin, end), expected, TOLERANCE), `${message}, head ${i}`).toEqual([]);
  }
}

describe.each(memories)('Attention, $build', (memory) => {
  it('is the reference for 1 to 40 positions', () => {
    for (let positions = 1; positions <= 40; positions++) {
      expectAttention(memory, randomTalk(seeded(positions), positions, 64, 3), `${positions} positions`);
    }
  });

  it.each([8, 16, 24, 64, 80, 128])('is the reference for heads of %i columns', (headSize) => {
    for (const positions of [1, 17, 33]) {
      expectAttention(memory, randomTalk(seeded(headSize), positions, headSize, 2), `${positions} positions`);
    }
  });

  it.each([1, 2, 3, 4, 8])('is the reference for groups of %i query heads', (queryHeads) => {
    expectAttention(memory, randomTalk(seeded(queryHeads), 21, 32, queryHeads), 'group');
  });

  it('is the reference for a long talk', () => {
    expectAttention(memory, randomTalk(seeded(99), 1535, 64, 3), 'long');
  });

  it('keeps to one position where its score stands far above the others', () => {
    const talk = randomTalk(seeded(3), 20, 64, 1);
    const keys = talk.head.keys.map(({ codes }, i) => ({ codes, scale: i === 18 ? 5 : 0 }));
    const loud = Float32Array.from(keys[18]!.codes);
    expectAttention(memory, { ...talk, queries: loud, head: { ...talk.head, keys } }, 'one position');
  });

  it('takes zeros for a query and for the whole cache', () => {
    const talk = randomTalk(seeded(4), 18, 64, 1);
    expectAttention(memory, { ...talk, queries: new Float32Array(64) }, 'zero query');
    const zeros = talk.head.values.map(() => ({ codes: new Int8Array(64), scale: 0 }));
    expectAttention(memory, { ...talk, head: { keys: zeros, values: zeros } }, 'zero cache');
  });

  it('does not see what stands past the last position', () => {
    const talk = randomTalk(seeded(5), 32, 64, 2);
    const head = { keys: talk.head.keys.slice(0, 19), values: talk.head.values.slice(0, 19) };
    const short = runAttention(memory, { ...talk, positions: 19, head });
    // The same 19 positions before 13 others that the call does not count.
    const longer = runAttention(memory, { ...talk, positions: 19 });
    expect(bitDifferences(longer, short)).toEqual([]);
  });

  it.each([8, 64, 80])('stores keys and values of %i columns as the reference packs them', (headSize) => {
    memory.reset();
    const random = seeded(headSize);
    const heads = 3;
    const block = headBlockBytes(headSize);
    const page = memory.take(heads * block);
    memory.bytes(page, heads * block).fill(0);
    const rows = Array.from({ length: PAGE_POSITIONS }, (_, slot) => ({
      keys: random.floats(heads * headSize, slot === 7 ? 0 : 3),
      values: random.floats(heads * headSize, slot === 9 ? 1e-30 : 1),
    }));
    // Out of order: a slot must not touch its neighbours.
    for (let i = 0; i < PAGE_POSITIONS; i++) {
      const slot = (i * 5) % PAGE_POSITIONS;
      const { keys, values } = rows[slot]!;
      memory.kernels.storeKeyValue(page, slot, memory.put(keys), memory.put(values), heads, headSize);
    }
    for (let head = 0; head < heads; head++) {
      const cut = (x: Float32Array) => x.subarray(head * headSize, (head + 1) * headSize);
      const cache = quantizeHead(
        rows.map(({ keys }) => cut(keys)),
        rows.map(({ values }) => cut(values)),
      );
      const got = memory.bytes(page + head * block, block);
      expect([...got], `head ${head}`).toEqual([...packHeadPage(cache, headSize)]);
    }
  });
});

describe('Attention', () => {
  it('gives the same bits in both builds', () => {
    for (const positions of [1, 15, 16, 17, 40, 300]) {
      const talk = randomTalk(seeded(positions), positions, 64, 3);
      const [relaxed, plain] = memories.map((memory) => runAttention(memory, talk));
      expect(bitDifferences(relaxed!, plain!), `${positions} positions`).toEqual([]);
    }
  });
});
