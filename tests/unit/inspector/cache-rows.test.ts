import { describe, expect, it } from 'vitest';
import { cacheRows } from '../../../plugin/inspector/cache-rows.js';

describe('cacheRows', () => {
  it('gives each character its caches in memory and on disk, and names those of nobody', () => {
    const rows = cacheRows(
      [
        { id: 'mira', sequencePrefix: 'main/mira/' },
        { id: 'bess', sequencePrefix: 'main/bess/' },
      ],
      {
        caches: {
          pageBytes: 100,
          pages: 10,
          freePages: 4,
          sequences: [
            { sequence: 'main/mira/1', tokens: 50, pages: 4, sharedPages: 1 },
            { sequence: 'main/miranda/1', tokens: 20, pages: 2, sharedPages: 0 },
          ],
        },
        savedSequences: ['main/bess/1'],
      },
    );
    expect(rows).toEqual([
      { name: 'mira', tokens: 50, bytes: 400, sharedBytes: 100, saved: false },
      { name: 'bess', tokens: 0, bytes: 0, sharedBytes: 0, saved: true },
      { name: 'main/miranda/1', tokens: 20, bytes: 200, sharedBytes: 0, saved: false },
    ]);
  });
});
