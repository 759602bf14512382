import { encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/protocol.js';
import { combineCrc32, crc32 } from '../../../engine/store/crc32.js';
import { type ExpectedSnapshot, readSnapshot, writeSnapshot } from '../../../engine/store/kv-snapshot.js';
import type { ValuePart } from '../../../engine/store/store.js';
import { seeded } from '../../support/seeded.js';

const PAGE_BYTES = 48;
const EXPECTED: ExpectedSnapshot = {
  modelId: 'sha256:abc',
  templateId: 'chatml',
  engineFormat: 1,
  pageBytes: PAGE_BYTES,
  maxTokens: 100,
};

function snapshotOf(tokenCount: number, overrides: Partial<ExpectedSnapshot> = {}) {
  const random = seeded(tokenCount);
  return {
    ...EXPECTED,
    ...overrides,
    tokens: Uint32Array.from({ length: tokenCount }, () => random.below(49152)),
    pages: Array.from({ length: Math.ceil(tokenCount / 16) }, () => random.bytes(PAGE_BYTES)),
  };
}

function fileOf(parts: readonly ValuePart[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(({ bytes }) => [...bytes]));
}

function outcome(bytes: Uint8Array): string {
  try {
    readSnapshot(bytes, EXPECTED);
    return 'read';
  } catch (error) {
    return error instanceof EngineError ? error.code : String(error);
  }
}

describe('A KV snapshot', () => {
  it.each([1, 15, 16, 17, 33, 100])('of %i tokens comes back as it was', (count) => {
    const snapshot = snapshotOf(count);
    const read = readSnapshot(fileOf(writeSnapshot(snapshot)), EXPECTED);
    expect([...read.tokens]).toEqual([...snapshot.tokens]);
    expect(read.pages.map((page) => [...page])).toEqual(snapshot.pages.map((page) => [...page]));
  });

  it('has its pages at a multiple of 16 and copies none', () => {
    const snapshot = snapshotOf(20);
    const [start, ...pages] = writeSnapshot(snapshot);
    expect(start!.bytes.length % 16).toBe(0);
    expect(pages.length).toBe(snapshot.pages.length);
    pages.forEach(({ bytes }, i) => {
      expect(bytes).toBe(snapshot.pages[i]);
    });
  });

  it('gives pages that are views of the bytes it read', () => {
    const file = fileOf(writeSnapshot(snapshotOf(33)));
    const { pages } = readSnapshot(file, EXPECTED);
    expect(pages.every((page) => page.buffer === file.buffer)).toBe(true);
    expect(pages.map((page) => page.byteOffset % 16)).toEqual([0, 0, 0]);
  });

  it('throws RangeError for pages that do not fit the tokens', () => {
    const snapshot = snapshotOf(33);
    expect(() => writeSnapshot({ ...snapshot, pages: snapshot.pages.slice(1) })).toThrow(RangeError);
    const uneven = [...snapshot.pages.slice(1), new Uint8Array(PAGE_BYTES - 1)];
    expect(() => writeSnapshot({ ...snapshot, pages: uneven })).toThrow(RangeError);
  });

  it('with a header that counts a billion things is refused with snapshot-invalid', () => {
    for (const start of [0xdd, 0xdf, 0xc6, 0xdb, 0xc9]) {
      const file = new Uint8Array(64);
      file.set([0x50, 0x52, 0x4c, 0x59, 0x4b, 0x56, 1, 0, 40, 0, 0, 0, start, 0x40, 0, 0, 0]);
      expect(outcome(file)).toBe('snapshot-invalid');
    }
  });

  it('reads from the middle of a larger buffer', () => {
    const file = fileOf(writeSnapshot(snapshotOf(20)));
    const larger = new Uint8Array(file.length + 7);
    larger.set(file, 7);
    expect(readSnapshot(larger.subarray(7), EXPECTED).tokens).toHaveLength(20);
  });

  it.each([{ modelId: 'sha256:other' }, { templateId: 'zephyr' }, { engineFormat: 2 }])(
    'of another origin %o is refused with snapshot-invalid',
    (overrides) => {
      expect(outcome(fileOf(writeSnapshot(snapshotOf(20, overrides))))).toBe('snapshot-invalid');
    },
  );

  it('longer than the context window is refused with snapshot-invalid', () => {
    expect(outcome(fileOf(writeSnapshot(snapshotOf(101))))).toBe('snapshot-invalid');
  });

  it('cut at any byte is refused with snapshot-invalid', () => {
    const file = fileOf(writeSnapshot(snapshotOf(20)));
    for (let end = 0; end < file.length; end++)
      expect(outcome(file.subarray(0, end))).toBe('snapshot-invalid');
    expect(outcome(Uint8Array.of(...file, 0))).toBe('snapshot-invalid');
  });

  it('with any bit of its pages changed is refused with snapshot-invalid', () => {
    const file = fileOf(writeSnapshot(snapshotOf(20)));
    for (let bit = (file.length - 2 * PAGE_BYTES) * 8; bit < file.length * 8; bit++) {
      const rotten = file.slice();
      rotten[bit >> 3]! ^= 1 << (bit & 7);
      expect(outcome(rotten)).toBe('snapshot-invalid');
    }
  });

  it('with any byte changed anywhere gives back true tokens or is refused, and throws nothing else', () => {
    const snapshot = snapshotOf(20);
    const file = fileOf(writeSnapshot(snapshot));
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const rotten = file.slice();
        rotten[at]! ^= flip;
        const result = outcome(rotten);
        expect(['read', 'snapshot-invalid']).toContain(result);
        // Wrong ids under right pages would put another talk into the character's mouth.
        if (result === 'read')
          expect([...readSnapshot(rotten, EXPECTED).tokens]).toEqual([...snapshot.tokens]);
      }),
      { numRuns: 3000 },
    );
  });

  it('made of noise is refused with snapshot-invalid', () => {
    const magic = [0x50, 0x52, 0x4c, 0x59, 0x4b, 0x56, 1, 0, 0, 0];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, withMagic) => {
        expect(outcome(withMagic ? Uint8Array.from([...magic, ...noise]) : noise)).toBe('snapshot-invalid');
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['an absurd header length', 0xffffffff, encode({})],
    ['another header', undefined, encode([1, 2, 3])],
    ['a header without tokens', undefined, encode({ ...EXPECTED, pageCrcs: [] })],
  ])('with %s is refused with snapshot-invalid', (_, length, header) => {
    const file = new Uint8Array(1024);
    file.set([0x50, 0x52, 0x4c, 0x59, 0x4b, 0x56, 1, 0]);
    new DataView(file.buffer).setUint32(8, length ?? header.length, true);
    file.set(header, 12);
    expect(outcome(file)).toBe('snapshot-invalid');
  });
});

describe('crc32', () => {
  it('is the CRC-32 of zip', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  it('goes on from where it stopped', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.nat(50), (bytes, cut) => {
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
      }),
    );
  });

  it('of a whole comes from those of its halves, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(5000), (bytes, cut) => {
        const [first, second] = [bytes.subarray(0, cut), bytes.subarray(cut)];
        expect(combineCrc32(crc32(first), crc32(second), second.length)).toBe(crc32(bytes));
      }),
    );
  });
});
