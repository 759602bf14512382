import { describe, expect, it } from 'vitest';
import { type GgmlType, TENSOR_TYPES } from '../../../engine/model-file/tensor-types.js';
import { dequantizeRow } from '../../../engine/reference/dequantize.js';
import { randomRow } from '../../support/gguf-rows.js';
import { seeded } from '../../support/seeded.js';

const TYPES = Object.keys(TENSOR_TYPES) as GgmlType[];
const QUANTIZED = TYPES.filter((type) => TENSOR_TYPES[type].blockSize > 1);

describe('dequantizeRow', () => {
  it.each(TYPES)('reads a random row of %s from the middle of a buffer, as finite values', (type) => {
    const row = randomRow(type, 512, seeded(1));
    const shifted = new Uint8Array(row.length + 6);
    shifted.set(row, 3);
    const values = dequantizeRow(type, shifted.subarray(3, 3 + row.length), 512);
    expect(values).toEqual(dequantizeRow(type, row, 512));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(new Set(values).size).toBeGreaterThan(30);
  });

  it.each(TYPES)('reads the blocks of %s apart from each other', (type) => {
    const { blockSize, blockBytes } = TENSOR_TYPES[type];
    const row = randomRow(type, 3 * blockSize, seeded(2));
    const last = dequantizeRow(type, row.slice(2 * blockBytes), blockSize);
    expect(dequantizeRow(type, row, 3 * blockSize).slice(2 * blockSize)).toEqual(last);
  });

  it.each(TYPES)('rejects a row of %s with a byte too few or too many with RangeError', (type) => {
    const row = randomRow(type, 256, seeded(3));
    expect(() => dequantizeRow(type, row.slice(1), 256)).toThrow(RangeError);
    expect(() => dequantizeRow(type, new Uint8Array(row.length + 1), 256)).toThrow(RangeError);
  });

  it.each(QUANTIZED)('rejects part of a block of %s with RangeError', (type) => {
    const { blockSize, blockBytes } = TENSOR_TYPES[type];
    const half = new Uint8Array(blockBytes / 2);
    expect(() => dequantizeRow(type, half, blockSize / 2)).toThrow(`each ${blockSize} columns`);
  });
});
