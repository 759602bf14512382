import { describe, expect, it } from 'vitest';
import { fillRopeTable } from '../../engine/model/rope-table.js';
import { clampedExp, rmsNorm, rotate, swiGlu } from '../../engine/reference/elementwise.js';
import { bitDifferences, mismatches } from '../support/close-to.js';
import { KERNEL_BUILDS, KernelMemory } from '../support/kernel-memory.js';
import { seeded } from '../support/seeded.js';

const memories = await Promise.all(KERNEL_BUILDS.map((build) => KernelMemory.start(build)));
const LENGTHS = [4, 8, 28, 64, 576, 1536];

function runRmsNorm(memory: KernelMemory, x: Float32Array, weight: Float32Array, rows: number): Float32Array {
  memory.reset();
  const out = memory.take(x.byteLength);
  memory.kernels.rmsNorm(out, memory.put(x), memory.put(weight), rows, weight.length, 1e-5);
  return memory.floats(out, x.length).slice();
}

function runSwiGlu(memory: KernelMemory, gate: Float32Array, up: Float32Array): Float32Array {
  memory.reset();
  const at = memory.put(gate);
  memory.kernels.swiGlu(at, memory.put(up), gate.length);
  return memory.floats(at, gate.length).slice();
}

function runRotate(memory: KernelMemory, x: Float32Array, headSize: number, position: number): Float32Array {
  memory.reset();
  const table = new Float32Array((position + 1) * headSize * 2);
  fillRopeTable(table, { headSize, ropeBase: 100000 }, position + 1);
  const at = memory.put(x);
  memory.kernels.rotate(at, memory.put(table.slice(position * headSize * 2)), x.length / headSize, headSize);
  return memory.floats(at, x.length).slice();
}

describe.each(memories)('Elementwise kernels, $build', (memory) => {
  it.each(LENGTHS)('rmsNorm of %i columns is the reference, row by row', (n) => {
    const random = seeded(n);
    const [x, weight] = [random.floats(3 * n, 5), random.floats(n)];
    const got = runRmsNorm(memory, x, weight, 3);
    for (let row = 0; row < 3; row++) {
      const [begin, end] = [row * n, (row + 1) * n];
      const expected = rmsNorm(x.subarray(begin, end), weight, 1e-5);
      expect(mismatches(got.subarray(begin, end), expected, { abs: 1e-7, rel: 2e-6 })).toEqual([]);
    }
  });

  it('rmsNorm in place is the same, and zeros stay zeros', () => {
    const random = seeded(7);
    const [x, weight] = [random.floats(64), random.floats(64)];
    const apart = runRmsNorm(memory, x, weight, 1);
    memory.reset();
    const at = memory.put(x);
    memory.kernels.rmsNorm(at, at, memory.put(weight), 1, 64, 1e-5);
    expect(bitDifferences(memory.floats(at, 64), apart)).toEqual([]);
    const zeros = runRmsNorm(memory, new Float32Array(8), weight.subarray(0, 8), 1);
    expect(zeros.every((value) => value === 0)).toBe(true);
  });

  it.each(LENGTHS)('swiGlu of %i values is the reference', (n) => {
    const random = seeded(n + 1);
    const [gate, up] = [random.floats(n, 12), random.floats(n)];
    expect(mismatches(runSwiGlu(memory, gate, up), swiGlu(gate, up), { abs: 1e-9, rel: 2e-6 })).toEqual([]);
  });

  it('exp keeps a relative error below 5e-7 up to 88, and clamps there', () => {
    // With gate = -x and up = 1, swiGlu is -x / (1 + exp(x)): the error of exp shows where x is positive.
    const x = Float32Array.from({ length: 4000 }, (_, i) => -90 + i * 0.045);
    const got = runSwiGlu(
      memory,
      x.map((value) => -value),
      x.map(() => 1),
    );
    const expected = Array.from(x, (value) => -value / (1 + clampedExp(value)));
    expect(mismatches(got, expected, { abs: 1e-37, rel: 5e-7 })).toEqual([]);
  });

  it.each([4, 8, 32, 64, 80, 128])('rotate turns heads of %i columns as the reference', (headSize) => {
    for (const position of [0, 1, 15, 16, 511, 1535]) {
      const x = seeded(position).floats(3 * headSize);
      const expected = rotate(x, headSize, position, 100000);
      const got = runRotate(memory, x, headSize, position);
      expect(mismatches(got, expected, { abs: 1e-6, rel: 1e-6 }), `position ${position}`).toEqual([]);
    }
  });

  it('addRows adds, and touches nothing behind', () => {
    memory.reset();
    const random = seeded(11);
    const [x, y] = [random.floats(36), random.floats(36)];
    const at = memory.put(x);
    memory.kernels.addRows(at, memory.put(y), 32);
    const expected = x.map((value, i) => (i < 32 ? value + y[i]! : value));
    expect(bitDifferences(memory.floats(at, 36), expected)).toEqual([]);
  });
});

describe('Elementwise kernels', () => {
  it('give the same bits in both builds', () => {
    const random = seeded(12);
    const [x, y] = [random.floats(1536, 9), random.floats(1536)];
    const [relaxed, plain] = memories as [KernelMemory, KernelMemory];
    expect(bitDifferences(runRmsNorm(relaxed, x, y, 1), runRmsNorm(plain, x, y, 1))).toEqual([]);
    expect(bitDifferences(runSwiGlu(relaxed, x, y), runSwiGlu(plain, x, y))).toEqual([]);
    expect(bitDifferences(runRotate(relaxed, x, 64, 321), runRotate(plain, x, 64, 321))).toEqual([]);
  });
});
