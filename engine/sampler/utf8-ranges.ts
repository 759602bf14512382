/** A range of code points as sequences of byte ranges. @source Russ Cox, "Regular Expression Matching in the Wild" */

export type ByteRange = readonly [low: number, high: number];

/** Where the number of UTF-8 bytes changes, and the surrogates, which UTF-8 does not have. */
const BORDERS: readonly (readonly [number, number])[] = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xd7ff],
  [0xe000, 0xffff],
  [0x10000, 0x10ffff],
];

/** All byte sequences of the code points low..high, as one list of byte ranges each. */
export function utf8Ranges(low: number, high: number): ByteRange[][] {
  return BORDERS.flatMap(([from, to]) => {
    const begin = Math.max(low, from);
    const end = Math.min(high, to);
    return begin <= end ? split(begin, end, to <= 0x7f ? 0 : to <= 0x7ff ? 1 : to <= 0xffff ? 2 : 3) : [];
  });
}

/** Cuts until every continuation byte covers its whole range or a single value. */
function split(low: number, high: number, continuations: number): ByteRange[][] {
  for (let i = 1; i <= continuations; i++) {
    const mask = (1 << (6 * i)) - 1;
    if ((low & ~mask) === (high & ~mask)) continue;
    if ((low & mask) !== 0) {
      return [...split(low, low | mask, continuations), ...split((low | mask) + 1, high, continuations)];
    }
    if ((high & mask) !== mask) {
      return [...split(low, (high & ~mask) - 1, continuations), ...split(high & ~mask, high, continuations)];
    }
  }
  const first = bytesOf(low, continuations);
  const last = bytesOf(high, continuations);
  return [first.map((byte, i): ByteRange => [byte, last[i]!])];
}

function bytesOf(codePoint: number, continuations: number): number[] {
  if (continuations === 0) return [codePoint];
  const lead = [0, 0xc0, 0xe0, 0xf0][continuations]! | (codePoint >> (6 * continuations));
  const rest = Array.from(
    { length: continuations },
    (_, i) => 0x80 | ((codePoint >> (6 * (continuations - 1 - i))) & 0x3f),
  );
  return [lead, ...rest];
}
