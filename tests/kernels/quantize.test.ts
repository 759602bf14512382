import { describe, expect, it } from 'vitest';
import { quantizeActivations } from '../../engine/reference/matrix.js';
import { KERNEL_BUILDS, KernelMemory } from '../support/kernel-memory.js';
import { seeded } from '../support/seeded.js';

const memories = await Promise.all(KERNEL_BUILDS.map((build) => KernelMemory.start(build)));

/** What the codes of eight columns are multiplied by for the plain kernels of 4-bit weights, see kernels/quantize.ts. */
const SHIFTS = [256, 256, 16, 16, 1, 1, 256, 256];
/** Where the sums of the wide kernels start, see kernels/quantize.ts. */
const INTEGER_BIAS = 0x4b400000;
const UNSHIFTED = [1, 1, 1, 1, 1, 1, 1, 1];

/** Halves, borders, denormals and a block of zeros: where rounding goes wrong first. */
function awkward(): Float32Array {
  const x = new Float32Array(96);
  for (let i = 0; i < 32; i++) x[i] = (i - 16) / 2;
  x[0] = 127;
  for (let i = 32; i < 64; i++) x[i] = (i % 2 ? 1 : -1) * 1e-39 * i;
  return x;
}

describe.each(memories)('Quantizing activations, $build', (memory) => {
  const cases = [
    ['random', seeded(1).floats(160, 4)],
    ['tiny', seeded(2).floats(64, 1e-20)],
    ['huge', seeded(3).floats(64, 1e30)],
    ['awkward', awkward()],
  ] as const;

  it.each(cases)('gives the codes, scales and sums of the reference for %s values', (_, x) => {
    const plain = memory.build === 'plain';
    for (const { bytesPerCode, shifts, quantize } of [
      {
        bytesPerCode: plain ? 2 : 1,
        shifts: plain ? SHIFTS : UNSHIFTED,
        quantize: memory.kernels.quantizeW4,
      },
      { bytesPerCode: 2, shifts: UNSHIFTED, quantize: memory.kernels.quantizeW8 },
    ]) {
      for (const [lanes, lane] of [
        [1, 0],
        [4, 0],
        [4, 3],
      ] as const) {
        memory.reset();
        const codes = memory.take(lanes * x.length * bytesPerCode);
        const meta = memory.take((x.length / 2) * lanes);
        quantize(codes, meta, memory.put(x), x.length, lanes, lane);
        const codeView = new DataView(memory.memory.buffer, codes);
        const metaView = new DataView(memory.memory.buffer, meta);
        // A 32-bit word holds consecutive columns of one lane.
        const perWord = 4 / bytesPerCode;
        const codeAt = (i: number) => {
          const at = Math.floor(i / perWord) * 4 * lanes + lane * 4 + (i % perWord) * bytesPerCode;
          return bytesPerCode === 1 ? codeView.getInt8(at) : codeView.getInt16(at, true);
        };
        quantizeActivations(x).forEach((block, b) => {
          const got = Array.from(block.codes, (_, i) => codeAt(b * 32 + i));
          const expected = Array.from(block.codes, (code, i) => code * shifts[i % 8]!);
          expect(got, `block ${b}`).toEqual(expected);
          const at = (b * lanes + lane) * 16;
          const sum = block.codes.reduce((total, code) => total + code, 0);
          expect(metaView.getFloat32(at, true)).toBe(block.scale);
          expect(metaView.getFloat32(at + 8, true)).toBe(Math.fround(block.scale * sum));
          if (quantize === memory.kernels.quantizeW8) return;
          const start =
            memory.build === 'relaxed'
              ? metaView.getInt16(at + 4, true) + metaView.getInt16(at + 6, true)
              : metaView.getInt32(at + 4, true);
          expect(start).toBe((memory.build === 'wide' ? INTEGER_BIAS : 0) - 8 * sum * (plain ? 256 : 1));
        });
      }
    }
  });

  it('writes no lane but its own', () => {
    memory.reset();
    const codesBytes = 4 * 32 * (memory.build === 'plain' ? 2 : 1);
    const codes = memory.take(codesBytes);
    const meta = memory.take(64);
    memory.bytes(codes, codesBytes).fill(99);
    memory.kernels.quantizeW4(codes, meta, memory.put(seeded(4).floats(32)), 32, 4, 2);
    const others = memory.bytes(codes, codesBytes).filter((_, i) => Math.floor(i / 4) % 4 !== 2);
    expect(others.every((byte) => byte === 99)).toBe(true);
  });
});
