import { describe, expect, it } from 'vitest';
import { Activations, planActivations } from '../../engine/model/activations.js';
import { Arena } from '../../engine/model/arena.js';
import { BLOCK_COLUMNS, packedBytes, readRow, TILE_ROWS } from '../../engine/model/matrix.js';
import { type GgmlType, TENSOR_TYPES } from '../../engine/model-file/tensor-types.js';
import {
  dequantizeActivations,
  magnitude,
  multiply,
  quantizeActivations,
} from '../../engine/reference/matrix.js';
import { JOB_WORDS, JobRunner, JobWriter } from '../../engine/threads/job.js';
import { bitDifferences, mismatches } from '../support/close-to.js';
import { HALVES, MATRIX_TYPES } from '../support/gguf-rows.js';
import { KERNEL_BUILDS, KernelMemory } from '../support/kernel-memory.js';
import { pack, packedValues, quantizeGroup, randomMatrix, runGemv } from '../support/packed-matrix.js';
import { seeded } from '../support/seeded.js';

/** Columns are counted in blocks of the type, or in 32. */
const SHAPES = [
  { rows: 1, blocks: 1 },
  { rows: 7, blocks: 2 },
  { rows: 8, blocks: 3 },
  { rows: 13, blocks: 18 },
  { rows: 41, blocks: 5 },
] as const;
/** A sum of n rounded f32 terms: far below what one wrong code would make. */
const TOLERANCE = { abs: 1e-6, rel: 2e-6 };

const memories = await Promise.all(KERNEL_BUILDS.map((build) => KernelMemory.start(build)));

/** Columns that a row of this type comes in multiples of. */
function columnsOfBlock(type: GgmlType): number {
  return Math.max(TENSOR_TYPES[type].blockSize, BLOCK_COLUMNS);
}

describe.each(memories)('Matrix kernels, $build', (memory) => {
  describe.each(MATRIX_TYPES)('%s', (type) => {
    const unit = columnsOfBlock(type);

    it.each(SHAPES)('multiply $rows rows of $blocks blocks as the reference does', ({ rows, blocks }) => {
      memory.reset();
      const columns = blocks * unit;
      const random = seeded(rows * 1000 + columns);
      const matrix = randomMatrix(type, rows, columns, random);
      const x = random.floats(columns, 3);
      const values = packedValues(matrix);
      const rounded = dequantizeActivations(quantizeActivations(x));
      const got = runGemv(memory, pack(memory, matrix), x);
      const scale = magnitude(values, rounded);
      expect(mismatches(got, multiply(values, rounded), { ...TOLERANCE, scale })).toEqual([]);
    });

    it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('give %i rows the bits that each has alone', (count) => {
      memory.reset();
      const random = seeded(count);
      const matrix = pack(memory, randomMatrix(type, 21, 3 * unit, random));
      const x = Array.from({ length: count }, () => random.floats(3 * unit, 2));
      const alone = x.map((row) => runGemv(memory, matrix, row));

      const arena = new Arena(0);
      const offsets = planActivations(arena, 12, 3 * unit);
      const base = memory.take(arena.sizeBytes);
      const words = new Int32Array(JOB_WORDS);
      const job = new JobWriter(words);
      const runner = new JobRunner(memory.kernels, words, 0);
      const activations = new Activations(memory.kernels, memory.build, {
        W4: { codes: base + offsets.W4.codes, meta: base + offsets.W4.meta },
        W8: { codes: base + offsets.W8.codes, meta: base + offsets.W8.meta },
      });
      const input = memory.put(Float32Array.from(x.flatMap((row) => [...row])));
      const out = memory.take(12 * 24 * 4);
      activations.load(input, count, 3 * unit);
      job.begin();
      activations.multiply(job, out, 24, matrix);
      runner.run(0, job.items);
      x.forEach((_, row) => {
        const together = memory.floats(out + row * 24 * 4, 21);
        expect(bitDifferences(together, alone[row]!), `row ${row}`).toEqual([]);
      });
    });

    it('compose tile ranges to the whole', () => {
      memory.reset();
      const random = seeded(5);
      const matrix = pack(memory, randomMatrix(type, 61, 2 * unit, random));
      const x = random.floats(2 * unit);
      const whole = runGemv(memory, matrix, x);
      const parts = runGemv(memory, matrix, x, [
        [5, 8],
        [0, 1],
        [1, 5],
        [3, 3],
      ]);
      expect(bitDifferences(parts, whole)).toEqual([]);
      const first = runGemv(memory, matrix, x, [[0, 2]]);
      expect(bitDifferences(first.subarray(0, 16), whole.subarray(0, 16))).toEqual([]);
      expect(first.subarray(16).every(Number.isNaN)).toBe(true);
    });

    it('compose tile ranges of four-row groups to the whole', () => {
      memory.reset();
      const random = seeded(6);
      const matrix = pack(memory, randomMatrix(type, 40, 2 * unit, random));
      const x = Array.from({ length: 4 }, () => random.floats(2 * unit));
      const { codes, meta } = quantizeGroup(memory, matrix, x, 4);
      const gemm4 = memory.kernels[`gemm4${matrix.layout}`];
      const run = (ranges: readonly (readonly [number, number])[]) => {
        const out = memory.take(4 * 48 * 4);
        memory.floats(out, 4 * 48).fill(Number.NaN);
        for (const [begin, end] of ranges) {
          gemm4(out, 48 * 4, matrix.pointer, codes, meta, 1, begin, end, (2 * unit) / BLOCK_COLUMNS);
        }
        return memory.floats(out, 4 * 48).slice();
      };
      const whole = run([[0, 40 / TILE_ROWS]]);
      expect(
        bitDifferences(
          run([
            [2, 5],
            [0, 2],
          ]),
          whole,
        ),
      ).toEqual([]);
      // The stride is wider than a row: what lies between rows is not written.
      for (let row = 0; row < 4; row++) {
        expect(whole.subarray(row * 48, row * 48 + 40).some(Number.isNaN)).toBe(false);
        expect(whole.subarray(row * 48 + 40, row * 48 + 48).every(Number.isNaN)).toBe(true);
      }
    });

    it('read single rows as the packed values', () => {
      memory.reset();
      const matrix = randomMatrix(type, 19, 3 * unit, seeded(8));
      const packed = pack(memory, matrix);
      const out = memory.take(3 * unit * 4);
      packedValues(matrix).forEach((values, row) => {
        readRow(memory.kernels, packed, out, row);
        expect(
          mismatches(memory.floats(out, 3 * unit), values, { abs: 1e-7, rel: 1e-6 }),
          `row ${row}`,
        ).toEqual([]);
      });
    });

    it.each([0, 0x80, 0xff])('take extreme activations and codes of %i without overflow', (byte) => {
      memory.reset();
      const matrix = randomMatrix(type, 8, 2 * unit, seeded(9));
      for (const row of matrix.rows) fillCodes(row, type, byte);
      const packed = pack(memory, matrix);
      const values = packedValues(matrix);
      for (const top of [1e4, -1e4, 0]) {
        const x = new Float32Array(2 * unit).fill(top);
        // Eight times the scale joins the sum and the minimum, and leaves again: the tolerance is wider.
        const rounded = dequantizeActivations(quantizeActivations(x));
        const scale = magnitude(values, rounded);
        const got = runGemv(memory, packed, x);
        expect(mismatches(got, multiply(values, rounded), { abs: 1e-6, rel: 1e-5, scale })).toEqual([]);
      }
    });
  });
});

describe('Matrix kernels', () => {
  it.each(MATRIX_TYPES)('give the same bits in all builds for %s', (type) => {
    for (const { rows, blocks } of SHAPES) {
      const columns = blocks * columnsOfBlock(type);
      const results = memories.map((memory) => {
        memory.reset();
        const random = seeded(rows + columns);
        const matrix = pack(memory, randomMatrix(type, rows, columns, random));
        return runGemv(memory, matrix, random.floats(columns, 5));
      });
      for (const other of results.slice(1)) {
        expect(bitDifferences(results[0]!, other), `${rows} x ${columns}`).toEqual([]);
      }
    }
  });
});

/** Sets all of a quantized row but its halves to one byte: the largest sums that a block can have. */
function fillCodes(row: Uint8Array, type: GgmlType, byte: number): void {
  if (!type.startsWith('Q')) return;
  const halves = (HALVES[type] ?? []).flatMap((at) => [at, at + 1]);
  row.forEach((_, i) => {
    if (!halves.includes(i % TENSOR_TYPES[type].blockBytes)) row[i] = byte;
  });
}

describe.each(KERNEL_BUILDS)('Reading ahead, %s', (build) => {
  it.each(['Q4_0', 'Q8_0'] as const)('changes no bit of %s, and stops at the end of memory', async (type) => {
    const rows = 600;
    const columns = 512;
    const random = seeded(9);
    const source = randomMatrix(type, rows, columns, random);
    const x = random.floats(columns);
    // So little is left behind the weights that reading as far ahead as in the middle would trap.
    const memory = await KernelMemory.start(build, type === 'Q4_0' ? 256 * 1024 : 448 * 1024);
    const matrix = pack(memory, source);
    expect(memory.memory.buffer.byteLength - matrix.pointer).toBeLessThan(
      packedBytes(type, rows, columns) + 82_000,
    );
    memory.kernels.setReadAhead(1);
    const ahead = runGemv(memory, matrix, x);
    memory.kernels.setReadAhead(0);
    expect(bitDifferences(runGemv(memory, matrix, x), ahead)).toEqual([]);
    expect(ahead.every(Number.isFinite)).toBe(true);
  });
});
