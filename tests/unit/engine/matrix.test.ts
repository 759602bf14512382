import { describe, expect, it } from 'vitest';
import { packedBytes } from '../../../engine/model/matrix.js';
import { type GgmlType, TENSOR_TYPES } from '../../../engine/model-file/tensor-types.js';

const ROWS = 2048;
const COLUMNS = 2048;

describe('A packed matrix', () => {
  it.each(Object.keys(TENSOR_TYPES) as GgmlType[])(
    'of %s takes at most 1.1 of its bytes in the file',
    (type) => {
      const { blockSize, blockBytes } = TENSOR_TYPES[type];
      const fileBytes = (ROWS * COLUMNS * blockBytes) / blockSize;
      expect(packedBytes(type, ROWS, COLUMNS) / fileBytes).toBeLessThanOrEqual(1.1);
    },
  );
});
