import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type GgmlType, TENSOR_TYPES } from '../../engine/model-file/tensor-types.js';
import { dequantizeRow } from '../../engine/reference/dequantize.js';

interface Row {
  readonly columns: number;
  /** Base64 of the row's bytes, and of its f32 values as ggml makes them. */
  readonly blocks: string;
  readonly values: string;
}

const { rows }: { rows: Record<GgmlType, Row> } = JSON.parse(
  await readFile('tests/golden/dequantize.json', 'utf8'),
);

function floats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

describe('dequantizeRow', () => {
  it.each(Object.keys(TENSOR_TYPES) as GgmlType[])('gives the bits of ggml for %s', (type) => {
    const { columns, blocks, values } = rows[type];
    const got = dequantizeRow(type, Buffer.from(blocks, 'base64'), columns);
    const expected = floats(values);
    expect(expected.length).toBe(columns);
    expect(new Set(expected).size, 'distinct values').toBeGreaterThan(50);
    const wrong = Array.from(expected, (value, i) => ({ i, got: got[i], value })).filter(
      (entry) => !Number.isFinite(entry.value) || !Object.is(entry.got, entry.value),
    );
    expect(wrong.slice(0, 8)).toEqual([]);
  });
});
