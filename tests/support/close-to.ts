/** Comparing arrays with what a reference gives. */

/** How far a value may stand from its reference: abs + rel * |scale|. */
export interface Tolerance {
  readonly abs: number;
  readonly rel: number;
  /** What rounding errors scale with, where not the reference itself. */
  readonly scale?: ArrayLike<number>;
}

const SHOWN = 5;

/** The first places where `got` is out of tolerance, as lines of text; empty when there are none. */
export function mismatches(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  { abs, rel, scale = expected }: Tolerance,
): string[] {
  if (got.length !== expected.length) return [`got ${got.length} values, expected ${expected.length}`];
  const lines: string[] = [];
  for (let i = 0; i < got.length && lines.length < SHOWN; i++) {
    const allowed = abs + rel * Math.abs(scale[i]!);
    const within = Math.abs(got[i]! - expected[i]!) <= allowed;
    if (!within) lines.push(`[${i}] got ${got[i]}, expected ${expected[i]} ± ${allowed}`);
  }
  return lines;
}

/** The first places where two arrays differ in any bit. */
export function bitDifferences(a: Float32Array, b: Float32Array): string[] {
  const bits = (x: Float32Array) => new Uint32Array(x.slice().buffer);
  const [x, y] = [bits(a), bits(b)];
  if (x.length !== y.length) return [`got ${x.length} values, expected ${y.length}`];
  return Array.from(x.keys())
    .filter((i) => x[i] !== y[i])
    .slice(0, SHOWN)
    .map((i) => `[${i}] got ${a[i]}, expected ${b[i]}`);
}
