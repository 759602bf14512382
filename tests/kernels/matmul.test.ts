import { describe, expect, it } from 'vitest';
import { Activations, planActivations } from '../../engine/model/activations.js';
import { Arena } from '../../engine/model/arena.js';
import { BLOCK_COLUMNS, MULTIPLIERS, readRow, TILE_ROWS } from '../../engine/model/matrix.js';
import {
  dequantizeActivations,
  magnitude,
  multiply,
  quantizeActivations,
} from '../../engine/reference/matrix.js';
import { JOB_WORDS, JobRunner, JobWriter } from '../../engine/threads/job.js';
import { bitDifferences, mismatches } from '../support/close-to.js';
import { MATRIX_TYPES } from '../support/gguf-rows.js';
import { KERNEL_BUILDS, KernelMemory } from '../support/kernel-memory.js';
import { pack, packedValues, quantizeGroup, randomMatrix, runGemv } from '../support/packed-matrix.js';
import { seeded } from '../support/seeded.js';

const SHAPES = [
  { rows: 1, columns: 32 },
  { rows: 7, columns: 64 },
  { rows: 8, columns: 96 },
  { rows: 13, columns: 576 },
  { rows: 41, columns: 160 },
] as const;
/** A sum of n rounded f32 terms: far below what one wrong code would make. */
const TOLERANCE = { abs: 1e-6, rel: 2e-6 };

const [relaxed, plain] = await Promise.all(KERNEL_BUILDS.map((build) => KernelMemory.start(build)));
const memories = [relaxed!, plain!];

describe.each(memories)('Matrix kernels, $build', (memory) => {
  describe.each(MATRIX_TYPES)('%s', (type) => {
    it.each(SHAPES)('multiply a $rows x $columns matrix as the reference does', ({ rows, columns }) => {
      memory.reset();
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
      const matrix = pack(memory, randomMatrix(type, 21, 96, random));
      const x = Array.from({ length: count }, () => random.floats(96, 2));
      const alone = x.map((row) => runGemv(memory, matrix, row));

      const arena = new Arena(0);
      const offsets = planActivations(arena, 12, 96);
      const base = memory.take(arena.sizeBytes);
      const words = new Int32Array(JOB_WORDS);
      const job = new JobWriter(words);
      const runner = new JobRunner(memory.kernels, words, 0);
      const activations = new Activations(memory.kernels, memory.build, {
        i8: base + offsets.i8,
        i16: base + offsets.i16,
        meta8: base + offsets.meta8,
        meta16: base + offsets.meta16,
      });
      const input = memory.put(Float32Array.from(x.flatMap((row) => [...row])));
      const out = memory.take(12 * 24 * 4);
      activations.load(input, count, 96);
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
      const matrix = pack(memory, randomMatrix(type, 61, 64, random));
      const x = random.floats(64);
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
      const matrix = pack(memory, randomMatrix(type, 40, 64, random));
      const x = Array.from({ length: 4 }, () => random.floats(64));
      const { codes, meta } = quantizeGroup(memory, matrix, x, 4);
      const gemm4 = memory.kernels[MULTIPLIERS[matrix.layout].gemm4];
      const run = (ranges: readonly (readonly [number, number])[]) => {
        const out = memory.take(4 * 48 * 4);
        memory.floats(out, 4 * 48).fill(Number.NaN);
        for (const [begin, end] of ranges) {
          gemm4(out, 48 * 4, matrix.pointer, codes, meta, 1, begin, end, 64 / BLOCK_COLUMNS);
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
      const matrix = randomMatrix(type, 19, 96, seeded(8));
      const packed = pack(memory, matrix);
      const out = memory.take(96 * 4);
      packedValues(matrix).forEach((values, row) => {
        readRow(memory.kernels, packed, out, row);
        expect(mismatches(memory.floats(out, 96), values, { abs: 1e-7, rel: 1e-6 }), `row ${row}`).toEqual(
          [],
        );
      });
    });

    it('take extreme activations and weights without overflow', () => {
      memory.reset();
      const matrix = randomMatrix(type, 8, 64, seeded(9));
      if (type.startsWith('Q')) for (const row of matrix.rows) fillCodes(row, type);
      const packed = pack(memory, matrix);
      const values = packedValues(matrix);
      for (const x of [
        new Float32Array(64).fill(1e4),
        new Float32Array(64).fill(-1e4),
        new Float32Array(64),
      ]) {
        const rounded = dequantizeActivations(quantizeActivations(x));
        const scale = magnitude(values, rounded);
        const got = runGemv(memory, packed, x);
        expect(mismatches(got, multiply(values, rounded), { ...TOLERANCE, scale })).toEqual([]);
      }
    });
  });
});

describe('Matrix kernels', () => {
  it.each(MATRIX_TYPES)('give the same bits in both builds for %s', (type) => {
    for (const { rows, columns } of SHAPES) {
      const results = memories.map((memory) => {
        memory.reset();
        const random = seeded(rows + columns);
        const matrix = pack(memory, randomMatrix(type, rows, columns, random));
        return runGemv(memory, matrix, random.floats(columns, 5));
      });
      expect(bitDifferences(results[0]!, results[1]!), `${rows} x ${columns}`).toEqual([]);
    }
  });
});

/** All codes at their most negative: the largest sums that a block can have. */
function fillCodes(row: Uint8Array, type: string): void {
  const [blockBytes, header, code] = { Q4_0: [18, 2, 0], Q4_1: [20, 4, 0xff], Q8_0: [34, 2, 0x80] }[type] as [
    number,
    number,
    number,
  ];
  row.forEach((_, i) => {
    if (i % blockBytes >= header) row[i] = code;
  });
}
