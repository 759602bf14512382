/** Seeded input and robust averages for benchmarks. */

const WORDS =
  'harbor lantern gull rope tide market stone bread winter letter captain barrel whistle copper window garden fish story market ladder kettle island morning salt shadow river engine candle ribbon thunder village brother coin'.split(
    ' ',
  );

/** `count` words, the same for the same seed. */
export function seededWords(count: number, seed: number): string {
  let state = (seed + 1) * 2654435761;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return WORDS[state % WORDS.length];
  }).join(' ');
}

/** What repeats of one measurement gave. */
export interface Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function figureOf(values: readonly number[]): Figure {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that a share `rank` of all values stays at or below. */
export function quantile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)]!;
}
