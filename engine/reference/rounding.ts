/** Nearest integer, halves to even, as wasm's `nearest` rounds. */
export function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Signed 8-bit codes of one block with one scale, each in ±127: value ≈ code * scale. */
export interface SignedBlock {
  readonly codes: Int8Array;
  readonly scale: number;
}

/** Rounds values to codes in ±127 with one f32 scale, every step in f32 as the kernels take it. */
export function roundToSignedBlock(values: Float32Array): SignedBlock {
  const top = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const inverse = top > 0 ? Math.fround(127 / top) : 0;
  const codes = Int8Array.from(values, (value) => {
    const code = roundHalfToEven(Math.fround(value * inverse));
    return Math.min(Math.max(code, -127), 127);
  });
  return { codes, scale: Math.fround(top / 127) };
}
