import { describe, expect, it } from 'vitest';
import { type ByteRange, utf8Ranges } from '../../../engine/sampler/utf8-ranges.js';

/** First and last code points of every length of UTF-8, of continuation bytes, and around the surrogates. */
const BORDERS = [0, 0x7f, 0x80, 0xbf, 0xc0, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xffff, 0x10000];
const HIGH_BORDERS = [0x3ffff, 0x40000, 0xfffff, 0x100000, 0x10ffff];
const NEAR = [...BORDERS, ...HIGH_BORDERS]
  .flatMap((border) => [border - 1, border, border + 1])
  .filter((point) => point >= 0 && point <= 0x10ffff);
const POINTS = [...new Set(NEAR)].sort((a, b) => a - b);
const isSurrogate = (point: number) => point >= 0xd800 && point <= 0xdfff;

function contains(ranges: readonly ByteRange[][], bytes: Uint8Array): boolean {
  const inside = ranges.filter(
    (range) =>
      range.length === bytes.length && range.every(([low, high], i) => bytes[i]! >= low && bytes[i]! <= high),
  );
  // Overlapping ranges would make a walk ambiguous.
  expect(inside.length).toBeLessThanOrEqual(1);
  return inside.length === 1;
}

function count(ranges: readonly ByteRange[][]): number {
  return ranges.reduce(
    (sum, range) => sum + range.reduce((product, [low, high]) => product * (high - low + 1), 1),
    0,
  );
}

describe('utf8Ranges', () => {
  it('holds exactly the characters between any two borders', () => {
    const encoded = POINTS.map((point) => new TextEncoder().encode(String.fromCodePoint(point)));
    for (const low of POINTS) {
      for (const high of POINTS.filter((point) => point >= low)) {
        const ranges = utf8Ranges(low, high);
        const surrogates = Math.max(0, Math.min(high, 0xdfff) - Math.max(low, 0xd800) + 1);
        // As many byte sequences as characters: nothing overlong, nothing outside.
        expect(count(ranges), `${low} to ${high}`).toBe(high - low + 1 - surrogates);
        POINTS.forEach((point, i) => {
          if (isSurrogate(point)) return;
          expect(contains(ranges, encoded[i]!)).toBe(point >= low && point <= high);
        });
      }
    }
  });

  it('holds no bytes of surrogates', () => {
    expect(utf8Ranges(0xd800, 0xdfff)).toEqual([]);
    expect(contains(utf8Ranges(0, 0x10ffff), Uint8Array.of(0xed, 0xa0, 0x80))).toBe(false);
  });
});
